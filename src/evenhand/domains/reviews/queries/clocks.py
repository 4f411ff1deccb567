"""Clocks as pages show them, and what is overdue, body by body."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.references import Known, Ref, resolve
from evenhand.domains.reviews.models import Clock, Clocks
from evenhand.domains.reviews.rules.clocks import Standing, days_late, standing

TAGS: dict[Standing, str] = {
    "running": "",
    "overdue": "tag--care",
    "kept": "tag--good",
    "late": "tag--care",
    "ended": "",
}


@dataclass(frozen=True)
class ShownClock:
    """A clock in words: what is due, from whom, where it stands, and about what."""

    kind: str
    what: str
    whose: str
    body: str
    due_on: dt.date
    standing: Standing
    days: int
    words: str
    tag_class: str
    about: Known


@dataclass(frozen=True)
class Owed:
    """What one body owes and has not done; `slug` is empty for what is ours."""

    slug: str
    name: str
    clocks: tuple[ShownClock, ...]


@dataclass(frozen=True)
class Kept:
    """How many promises, replies and updates were done, and how many of them in time."""

    in_time: int
    late: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.in_time + self.late


def clocks_of(refs: Iterable[Ref], today: dt.date | None = None) -> dict[Ref, list[ShownClock]]:
    """The clocks of each thing, those that still run first."""
    wanted = list(refs)
    found: dict[Ref, list[ShownClock]] = {ref: [] for ref in wanted}
    clocks = Clock.objects.filter(of__in=wanted).select_related("body")
    for clock, shown in zip(clocks, _shown(clocks, today or timezone.localdate()), strict=True):
        found[clock.of].append(shown)
    for some in found.values():
        some.sort(key=lambda one: (one.standing not in {"running", "overdue"}, one.due_on))
    return found


def public() -> Clocks:
    """What everybody may know of: an assessment on which an answer is awaited is not published yet."""
    return Clock.objects.exclude(kind=Clock.Kind.RIGHT_OF_REPLY).select_related("body")


def overdue(today: dt.date, *, body: str | None = None) -> list[Owed]:
    """Everything that is overdue, body by body, what is ours first and the oldest first; of one body if named."""
    late = public().running().filter(due_on__lt=today)
    if body is not None:
        late = late.filter(body__slug=body) if body else late.filter(body=None)
    shown = _shown(late.order_by(F("body__name").asc(nulls_first=True), "due_on", "pk"), today)
    return [
        Owed(slug, name, tuple(some)) for (slug, name), some in groupby(shown, key=lambda one: (one.body, one.whose))
    ]


def due_soon(today: dt.date, days: int) -> list[ShownClock]:
    """What is due within so many days, the soonest first."""
    until = today + dt.timedelta(days=days)
    return _shown(public().running().filter(due_on__gte=today, due_on__lte=until), today)


def kept() -> Kept:
    """How often what was due was done in time."""
    done = public().exclude(met_on=None).values_list("met_on", "due_on")
    in_time = sum(met_on is not None and met_on <= due_on for met_on, due_on in done)
    return Kept(in_time, len(done) - in_time)


def answers_awaited() -> Clocks:
    """Clocks for staff alone: answers before an assessment is published."""
    return Clock.objects.running().filter(kind=Clock.Kind.RIGHT_OF_REPLY)


def ours() -> str:
    """The name of the body that keeps this site."""
    return str(settings.BODY or "Evenhand")


def _shown(clocks: Iterable[Clock], today: dt.date) -> list[ShownClock]:
    rows = list(clocks)
    known = resolve(row.of for row in rows)
    return [_one(row, known[row.of], today) for row in rows]


def _one(clock: Clock, about: Known, today: dt.date) -> ShownClock:
    stands = standing(clock.due_on, met_on=clock.met_on, ended_on=clock.ended_on, today=today)
    days = 0 if stands == "ended" else days_late(clock.due_on, met_on=clock.met_on, today=today)
    return ShownClock(
        clock.kind,
        clock.get_kind_display(),
        clock.body.name if clock.body else ours(),
        clock.body.slug if clock.body else "",
        clock.due_on,
        stands,
        days,
        _words(clock, stands, days),
        TAGS[stands],
        about,
    )


def _words(clock: Clock, stands: Standing, days: int) -> str:
    said = {"due": date_format(clock.due_on, "j F Y"), "days": days}
    if stands == "ended":
        return _("Was due by %(due)s, and is not due any more") % said
    if stands == "running":
        return _("Due by %(due)s") % said
    if stands == "overdue":
        words = ngettext("Was due by %(due)s: %(days)s day overdue", "Was due by %(due)s: %(days)s days overdue", days)
        return words % said
    said["met"] = date_format(clock.met_on or clock.due_on, "j F Y")
    if stands == "kept":
        return _("Done on %(met)s, due by %(due)s") % said
    words = ngettext(
        "Done on %(met)s, %(days)s day after it was due", "Done on %(met)s, %(days)s days after it was due", days
    )
    return words % said
