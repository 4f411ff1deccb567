"""The register of disparities as everybody sees it, as a table and as JSON; what waits, for staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Chooser, Field, Link
from evenhand.core.errors import Refused
from evenhand.core.exports import About, Sheet
from evenhand.core.quoting import Asked, Quoted, quote
from evenhand.core.references import Known, Ref, resolve
from evenhand.domains.reviews.lifecycle import DISPARITY, EXCHANGE
from evenhand.domains.reviews.lifecycle.disparities import OPEN, PUBLIC
from evenhand.domains.reviews.models import Disparity, Exchange
from evenhand.domains.reviews.queries.clocks import ShownClock, clocks_of
from evenhand.domains.reviews.queries.commitments import OPEN as LICENCE
from evenhand.domains.reviews.queries.shown import after

TAGS = {"accepted": "tag--good", "refused": "tag--care", "awaited": "tag--care", "reopened": "tag--care"}
# Under a name of its own, so that nobody takes what waits for what is published.
TURNS = Prefetch("exchanges", Exchange.objects.filter(status="published"), to_attr="public_turns")


@dataclass(frozen=True)
class ShownDisparity:
    """A disparity with everything that is public of it."""

    one: Disparity
    label: str
    tag_class: str
    url: str
    figure: Known
    clocks: tuple[ShownClock, ...]
    turns: tuple[Exchange, ...]

    def last(self, *kinds: str) -> Exchange | None:
        """The latest turn of one of these kinds."""
        return next((turn for turn in self.turns if turn.kind in kinds), None)

    @property
    def running(self) -> tuple[ShownClock, ...]:
        """What is due now."""
        return tuple(one for one in self.clocks if one.standing in {"running", "overdue"})

    @property
    def boxes(self) -> list[tuple[str, str]]:
        """Explanation, evidence for it and reform, each as it stands, or that there is none."""
        explained, promised = self.last("explain"), self.last("promise")
        given = explained.evidence if explained else ""
        none = _("None that is published here.")
        return [
            (_("What the body says of it"), explained.words if explained else none),
            (_("Evidence that it gives"), given or none),
            (_("Reform that it promises"), promised.words if promised else none),
        ]

    @property
    def pairs(self) -> list[tuple[str, str, Link | None]]:
        """What stands at the head of its page."""
        opened, body = self.one.opened_on, self.one.body
        note = after(body) if body else ""
        answers = (f"{body.name} ({note})" if note else body.name) if body else ""
        return [
            (_("Who answers for it"), answers, None),
            (_("Group"), self.one.group, None),
            (_("Compared with"), self.one.reference, None),
            (_("Figures of"), self.one.period, Link(_("The figures, as they were then"), self.one.permalink)),
            (
                _("Measure"),
                self.figure.title,
                Link(_("The measure today"), self.figure.url) if self.figure.url else None,
            ),
            *([(_("Opened on"), date_format(opened, "j F Y"), None)] if opened else []),
        ]

    @property
    def quoted(self) -> Quoted | None:
        """The figure as of its release, with what became of it since; None where it cannot be given any more."""
        try:
            return quote(Asked(self.one.figure, self.one.group, self.one.period, self.one.release))
        except Refused:
            return None


def register() -> QuerySet[Disparity]:
    """What was opened, whether or not it is closed by now."""
    return Disparity.objects.filter(status__in=PUBLIC).select_related("body")


def of_measure(measure: Ref) -> list[ShownDisparity]:
    """What is open about a measure: of the nation, or of the place that is named."""
    return shown(register().filter(figure=measure, status__in=OPEN))


def shown(disparities: Iterable[Disparity]) -> list[ShownDisparity]:
    """Disparities with what is public of each; one question for the clocks of all, one for what they point at."""
    rows: list[Any] = list(disparities)
    prefetch_related_objects(rows, TURNS)
    clocks = clocks_of([row.ref for row in rows], timezone.localdate())
    known = resolve([row.figure for row in rows])
    return [
        ShownDisparity(
            row,
            DISPARITY.state(row.status).label,
            TAGS.get(row.status, ""),
            reverse("reviews:disparity", args=[row.slug]),
            known[row.figure],
            tuple(clocks[row.ref]),
            tuple(row.public_turns),
        )
        for row in rows
    ]


def choosers(every: list[ShownDisparity], status: str, body: str) -> tuple[Chooser, ...]:
    """By where they stand and by who answers for them, as links; nothing to choose where all are alike."""
    path = reverse("reviews:disparities")
    states = {one.one.status: one.label for one in every}
    bodies = {one.one.body.slug: one.one.body.name for one in every if one.one.body}
    return tuple(
        Chooser(
            heading,
            (
                Link(_("All"), path, current=not asked),
                *(Link(name, f"{path}?{key}={slug}", current=asked == slug) for slug, name in found.items()),
            ),
        )
        for heading, key, found, asked in (
            (_("Where they stand"), "status", states, status),
            (_("Who answers for them"), "body", bodies, body),
        )
        if len(found) > 1
    )


def waiting() -> QuerySet[Disparity]:
    """What a second person has still to open, or not."""
    return Disparity.objects.filter(status=DISPARITY.first)


def turns_waiting() -> QuerySet[Exchange]:
    """What a second person has still to publish."""
    return Exchange.objects.filter(status=EXCHANGE.first).select_related("disparity").order_by("written_at")


def record(one: ShownDisparity) -> dict[str, Any]:
    """A disparity as JSON gives it."""
    said = one.one
    return {
        "slug": said.slug,
        "ref": str(said.ref),
        "title": said.name,
        "status": said.status,
        "status_label": one.label,
        "finding": said.finding,
        "lasting": said.lasting,
        "figure": str(said.figure),
        "group": said.group,
        "reference": said.reference,
        "period": said.period,
        "release": said.release,
        "figures_url": settings.SITE_URL + said.permalink,
        "body": said.body.slug if said.body else None,
        "body_name": said.body.name if said.body else None,
        "opened_on": said.opened_on,
        "turns": [
            {
                "kind": turn.kind,
                "on": turn.on,
                "words": turn.words,
                "evidence": turn.evidence,
                "url": turn.url,
                "due_on": turn.due_on,
            }
            for turn in one.turns
        ],
        "clocks": [
            {"kind": clock.kind, "due_on": clock.due_on, "standing": clock.standing, "days_late": clock.days}
            for clock in one.clocks
        ],
        "demonstration": said.demonstration,
        "url": settings.SITE_URL + one.url,
    }


def sheet(every: list[ShownDisparity]) -> Sheet:
    """The register as a table to take away, one row a disparity."""
    about = About(
        title=_("Explain or reform: the register"),
        description=_(
            "Differences between groups that a body is asked to explain or to reform, and where each stands."
        ),
        publisher=_("Evenhand"),
        licence=LICENCE,
        permalink=settings.SITE_URL + reverse("reviews:disparities"),
    )
    fields = (
        Field("slug", _("Address")),
        Field("title", _("In one line")),
        Field("status", _("Where it stands")),
        Field("body", _("Who answers for it")),
        Field("finding", _("What the figures show")),
        Field("figure", _("Measure")),
        Field("group", _("Group")),
        Field("reference", _("Compared with")),
        Field("period", _("Period")),
        Field("release", _("Release")),
        Field("figures", _("The figures, as they were then")),
        Field("opened_on", _("Opened on")),
        Field("explanation", _("What the body says of it")),
        Field("evidence", _("Evidence that it gives")),
        Field("reform", _("Reform that it promises")),
        Field("reform_due_on", _("Promised by")),
        Field("demonstration", _("Of a demonstration")),
        Field("url", _("Page")),
    )
    return Sheet("disparities", fields, tuple(map(_row, every)), about, key=("slug",))


def _row(one: ShownDisparity) -> tuple[str, ...]:
    said, explained, promised = one.one, one.last("explain"), one.last("promise")
    return (
        said.slug,
        said.name,
        said.status,
        said.body.name if said.body else "",
        said.finding,
        str(said.figure),
        said.group,
        said.reference,
        said.period,
        said.release,
        settings.SITE_URL + said.permalink,
        str(said.opened_on or ""),
        explained.words if explained else "",
        explained.evidence if explained else "",
        promised.words if promised else "",
        str(promised.due_on or "") if promised else "",
        "yes" if said.demonstration else "no",
        settings.SITE_URL + one.url,
    )
