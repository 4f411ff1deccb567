"""Commitments as everybody sees them, as a list, as pages and as data; those that wait, for staff."""

import datetime as dt
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
from evenhand.core.exports import About, Licence, Sheet
from evenhand.core.references import Known, resolve
from evenhand.domains.reviews.lifecycle import CHALLENGE, COMMITMENT, UPDATE
from evenhand.domains.reviews.lifecycle.commitments import ADOPTED
from evenhand.domains.reviews.models import Challenge, Clock, Commitment, Update
from evenhand.domains.reviews.queries.clocks import ShownClock, clocks_of

OPEN = Licence("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
TAGS = {"on-track": "tag--good", "met": "tag--good", "at-risk": "tag--care", "missed": "tag--care"}


# Under names of their own, so that nobody takes what waits for what is published.
PUBLIC: tuple[Any, ...] = (
    "wordings",
    Prefetch("updates", Update.objects.filter(status="published"), to_attr="public_updates"),
    Prefetch(
        "challenges",
        Challenge.objects.filter(status__in=("shown", "answered", "removed")).order_by("-made_at"),
        to_attr="public_challenges",
    ),
)


@dataclass(frozen=True)
class ShownCommitment:
    """A commitment with everything that is public of it."""

    one: Commitment
    label: str
    tag_class: str
    url: str
    figure: Known | None
    clocks: tuple[ShownClock, ...]
    updates: tuple[Update, ...]
    challenges: tuple[tuple[Challenge, tuple[ShownClock, ...]], ...]

    @property
    def next_update(self) -> ShownClock | None:
        """When it is to be told of again, and whether that is overdue."""
        running = (one for one in self.clocks if one.kind == Clock.Kind.UPDATE)
        return next((one for one in running if one.standing in {"running", "overdue"}), None)

    @property
    def pairs(self) -> list[tuple[str, str, Link | None]]:
        """What stands beside the promise."""
        link = Link(self.figure.title, self.figure.url) if self.figure and self.figure.url else None
        adopted = self.one.adopted_on
        return [
            (_("Who keeps it"), self.one.owner, None),
            (_("Who answers for it on the board"), self.one.sponsor, None),
            (_("By when"), date_format(self.one.due_on, "j F Y"), None),
            (_("How anybody can tell"), self.one.measure, link),
            (_("Where it began"), self.one.baseline, None),
            (_("What counts as kept"), self.one.target, None),
            *([(_("Adopted by the board"), date_format(adopted, "j F Y"), None)] if adopted else []),
        ]


def adopted() -> QuerySet[Commitment]:
    """What the board has adopted: the rest is nobody's to see but the staff's."""
    return Commitment.objects.filter(status__in=ADOPTED)


def shown(commitments: Iterable[Commitment], today: dt.date | None = None) -> list[ShownCommitment]:
    """Commitments with what is public of each; one question for the clocks of all, one for what they point at."""
    rows: list[Any] = list(commitments)
    prefetch_related_objects(rows, *PUBLIC)
    asked = {row.pk: row.public_challenges for row in rows}
    refs = [row.ref for row in rows] + [one.ref for some in asked.values() for one in some]
    clocks = clocks_of(refs, today or timezone.localdate())
    known = resolve([row.figure for row in rows if row.figure])
    return [
        ShownCommitment(
            row,
            COMMITMENT.state(row.status).label,
            TAGS.get(row.status, ""),
            reverse("reviews:commitment", args=[row.slug]),
            known[row.figure] if row.figure else None,
            tuple(clocks[row.ref]),
            tuple(row.public_updates),
            tuple((one, tuple(clocks[one.ref])) for one in asked[row.pk]),
        )
        for row in rows
    ]


def by_status(every: list[ShownCommitment], asked: str) -> Chooser | None:
    """The states that any commitment stands at, as links that show those alone; None where there is one state."""
    path = reverse("reviews:commitments")
    held = [one.one.status for one in every]
    states = [state for state in COMMITMENT.states if state.name in held]
    links = [
        Link(state.label, f"{path}?status={state.name}", current=asked == state.name, note=str(held.count(state.name)))
        for state in states
    ]
    every_link = Link(_("All"), path, current=not asked, note=str(len(every)))
    return Chooser(_("Where they stand"), (every_link, *links)) if len(states) > 1 else None


def lessons(every: Iterable[ShownCommitment]) -> list[tuple[ShownCommitment, Update]]:
    """What was learned, the latest first."""
    found = [(one, update) for one in every for update in one.updates if update.learned]
    return sorted(found, key=lambda pair: pair[1].published_on or dt.date.min, reverse=True)


def waiting() -> QuerySet[Commitment]:
    """What the board has still to decide on."""
    return Commitment.objects.filter(status=COMMITMENT.first)


def updates_waiting() -> QuerySet[Update]:
    """What a second person has still to publish."""
    return Update.objects.filter(status=UPDATE.first).select_related("commitment").order_by("written_at")


def challenges_waiting() -> QuerySet[Challenge]:
    """What has still to be read or answered."""
    return Challenge.objects.filter(status__in=(CHALLENGE.first, "shown")).select_related("commitment")


def sheet(every: list[ShownCommitment]) -> Sheet:
    """Every commitment as one row of a table to take away."""
    about = About(
        title=_("Commitments on race equality"),
        description=_("What the body that keeps this site has promised, with its own account of where each stands."),
        publisher=_("Evenhand"),
        licence=OPEN,
        permalink=settings.SITE_URL + reverse("reviews:commitments"),
    )
    fields = (
        Field("slug", _("Address")),
        Field("title", _("In one line")),
        Field("status", _("Where it stands")),
        Field("text", _("What is promised")),
        Field("owner", _("Who keeps it")),
        Field("sponsor", _("Who answers for it on the board")),
        Field("measure", _("How anybody can tell")),
        Field("baseline", _("Where it began")),
        Field("target", _("What counts as kept")),
        Field("due_on", _("By when")),
        Field("adopted_on", _("Adopted on")),
        Field("last_update_on", _("Last update on")),
        Field("next_update_due_on", _("Next update due on")),
        Field("update_days_overdue", _("Days by which that is overdue"), "whole"),
        Field("demonstration", _("Of a demonstration")),
        Field("url", _("Page")),
    )
    return Sheet("commitments", fields, tuple(map(_row, every)), about, key=("slug",))


def record(one: ShownCommitment) -> dict[str, Any]:
    """A commitment as JSON gives it, with its updates, earlier wordings, and questions with their answers."""
    said = one.one
    update = one.next_update
    return {
        "slug": said.slug,
        "ref": str(said.ref),
        "title": said.name,
        "status": said.status,
        "status_label": one.label,
        "text": said.text,
        "owner": said.owner,
        "sponsor": said.sponsor,
        "measure": said.measure,
        "figure": str(said.figure) if said.figure else None,
        "baseline": said.baseline,
        "target": said.target,
        "due_on": said.due_on,
        "adopted_on": said.adopted_on,
        "next_update_due_on": update.due_on if update else None,
        "update_days_overdue": update.days if update else 0,
        "updates": [
            {
                "on": row.published_on,
                "standing": row.standing,
                "words": row.words,
                "figure": row.figure,
                "learned": row.learned,
            }
            for row in one.updates
        ],
        "earlier_wordings": [
            {
                "until": row.until,
                "why": row.why,
                "text": row.text,
                "measure": row.measure,
                "baseline": row.baseline,
                "target": row.target,
                "due_on": row.due_on,
            }
            for row in said.wordings.all()
        ],
        "questions": [
            {
                "asked": row.asked,
                "answer": row.answer,
                "answered_on": row.answered_on,
                "removed_on": row.removed_on,
                "removed_for": row.removed_for,
            }
            for row, _clocks in one.challenges
        ],
        "demonstration": said.demonstration,
        "url": settings.SITE_URL + one.url,
    }


def _row(one: ShownCommitment) -> tuple[str | int, ...]:
    said, update = one.one, one.next_update
    return (
        said.slug,
        said.name,
        said.status,
        said.text,
        said.owner,
        said.sponsor,
        said.measure,
        said.baseline,
        said.target,
        said.due_on.isoformat(),
        said.adopted_on.isoformat() if said.adopted_on else "",
        str(one.updates[0].published_on) if one.updates else "",
        update.due_on.isoformat() if update else "",
        update.days if update else 0,
        "yes" if said.demonstration else "no",
        settings.SITE_URL + one.url,
    )
