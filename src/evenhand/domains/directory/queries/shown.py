"""A service as its page, a card and a printed sheet show it: sentences and links, with nothing left to work out."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.design.parts import Link
from evenhand.domains.directory.models import Capacity, Location, Service
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.listed import RELATED
from evenhand.domains.directory.rules import CLOCK, Freshness, exits
from evenhand.library.places import KINDS, UnknownPlace, place

Pair = tuple[str, str]
Tone = Literal["good", "care"]
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY: Final = "j F Y"
SAID_ON: Final = frozenset({"way", "referrer"})  # of which only the first of a line begins with a capital


@dataclass(frozen=True)
class Checked:
    """When a listing was last checked, by whom, when it is due again, and what to do about it."""

    state: Freshness
    tag: str
    tone: Tone
    words: str


@dataclass(frozen=True)
class Shown:
    """One service."""

    id: str
    slug: str
    url: str
    title: str
    summary: str
    description: str
    notice: str
    organisation: str
    organisation_url: str
    demonstration: bool
    checked: Checked
    whom: tuple[str, ...]
    needs: tuple[Link, ...]
    stages: tuple[Link, ...]
    phone: str
    email: str
    website: str
    contact_role: str
    facts: tuple[Pair, ...]
    where: tuple[tuple[str, ...], ...]
    covers: tuple[tuple[str, tuple[Link, ...]], ...]
    exits: bool

    @property
    def short(self) -> tuple[Pair, ...]:
        """The facts of a card: whom, where, when, at what cost."""
        whom, where = " ".join(self.whom), "; ".join(", ".join(one) for one in self.where)
        rest = [pair for pair in self.facts if pair[0] in {_("Open"), _("Cost"), _("How to get in")}]
        pairs = [(_("For"), whom), (_("Where"), where or _("By phone, post or visit")), *rest]
        return tuple(pair for pair in pairs if pair[1])


def shown_of(service: Service, today: dt.date | None = None) -> Shown:
    """One service as its page shows it."""
    terms = _terms(service)
    own = service.organisation
    return Shown(
        id=str(service.pk),
        slug=service.slug,
        url=reverse("directory:service", args=[service.slug]),
        title=service.title,
        summary=service.summary,
        description=service.description,
        notice=service.notice,
        organisation=own.title,
        organisation_url=reverse("organisation", args=[own.slug]),
        demonstration=own.demonstration,
        checked=checked_of(service, today or timezone.localdate()),
        whom=tuple(_whom(service)),
        needs=tuple(Link(words.called("need", one), "") for one in terms.get("need", ())),
        stages=tuple(Link(words.called("stage", one), reverse("stage", args=[one])) for one in terms.get("stage", ())),
        phone=service.phone,
        email=service.email,
        website=service.website,
        contact_role=service.contact_role,
        facts=tuple(pair for pair in _facts(service, terms) if pair[1]),
        where=tuple(_where(one) for one in service.locations.all()),
        covers=tuple(_covers(service)),
        exits=exits(terms.get("need", ()), terms.get("flag", ())),
    )


def shown_all(services: Iterable[Service], today: dt.date | None = None) -> list[Shown]:
    """Many services, as cards and sheets show them, in the order given."""
    day = today or timezone.localdate()
    return [shown_of(one, day) for one in services]


def with_all(ids: Iterable[object]) -> dict[str, Service]:
    """Services by their numbers, with everything that is said of each, in one question a table."""
    found = Service.objects.filter(pk__in=list(ids)).select_related("organisation").prefetch_related(*RELATED)
    return {str(one.pk): one for one in found}


def checked_of(service: Service, today: dt.date) -> Checked:
    """How far what a listing says can be trusted today."""
    state = CLOCK.freshness(service.assured_on, today)
    if service.assured_on is None:
        return Checked(state, _("Not checked"), "care", _("Nobody has checked this yet. Ring first."))
    own = service.assured_by is not None and service.assured_by.kind == "organisations.organisation"
    due = CLOCK.next_check(service.assured_on)
    said = {
        "day": formats.date_format(service.assured_on, DAY),
        "who": _("by the organisation itself") if own else _("by Evenhand"),
        "due": formats.date_format(due, DAY),
        "edited": formats.date_format(timezone.localdate(service.edited_at), DAY),
    }
    if service.changed_since:
        words_ = _("Checked %(day)s, %(who)s. Changed since then: the last change was on %(edited)s.") % said
        return Checked(state, _("Changed since its check"), "care", words_)
    if state == "checked":
        return Checked(state, _("Checked"), "good", _("%(day)s, %(who)s. Next check by %(due)s.") % said)
    words_ = _("Last checked %(day)s, %(who)s. The next check was due on %(due)s.") % said
    return Checked(state, _("Ring first"), "care", words_)


def _terms(service: Service) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in service.terms.all():
        found.setdefault(one.kind, []).append(one.term)
    return found


def _whom(service: Service) -> Iterator[str]:
    """Who may come, in sentences: for whom it is made, for whom alone, and of which ages."""
    audiences = list(service.audiences.all())
    alone = [words.people(one.kind, one.term) for one in audiences if one.only]
    made = [words.people(one.kind, one.term) for one in audiences if not one.only]
    ages = _ages(service)
    if service.made_for:
        yield service.made_for if service.made_for.endswith(".") else f"{service.made_for}."
    if alone:
        yield _("Only for %(people)s.") % {"people": _listed(alone)}
    if made:
        said = {"people": _listed(made)}
        yield (_("Made for %(people)s.") % said if alone else _("Made for %(people)s, and open to everyone.") % said)
    if ages:
        yield _("Ages: %(ages)s.") % {"ages": ages}
    if not audiences and not service.made_for:
        yield _("Open to everyone.")


def _ages(service: Service) -> str:
    said = {"lower": service.minimum_age, "upper": service.maximum_age}
    if service.minimum_age is not None and service.maximum_age is not None:
        return _("%(lower)s to %(upper)s") % said
    if service.minimum_age is not None:
        return _("%(lower)s and over") % said
    return _("up to %(upper)s") % said if service.maximum_age is not None else ""


def _facts(service: Service, terms: dict[str, list[str]]) -> Iterator[Pair]:
    yield _("How help is given"), _joined("way", terms)
    yield _("How to get in"), service.how_to_refer
    yield _("Who may bring you"), _joined("referrer", terms)
    yield _("Cost"), _cost(service)
    yield _("Room for more"), _capacity(service)
    yield _("Open"), _hours(service)
    yield _("Languages"), _joined("language", terms)
    yield _("Access"), ". ".join(filter(None, (_joined("access", terms), service.access_words)))


def _joined(kind: str, terms: dict[str, list[str]]) -> str:
    """The terms of a kind in the order of their vocabulary, on one line."""
    names = [name for slug, name in words.known(kind).items() if slug in terms.get(kind, ())]
    if kind in SAID_ON:
        names[1:] = [name[0].lower() + name[1:] for name in names[1:]]
    return ", ".join(names)


def _cost(service: Service) -> str:
    return ". ".join(filter(None, (str(service.get_cost_display()), service.cost_words)))


def _capacity(service: Service) -> str:
    if not service.capacity or service.capacity_on is None:
        return ""
    said = {"state": service.get_capacity_display(), "day": formats.date_format(service.capacity_on, DAY)}
    text = _("%(state)s, as at %(day)s") % said
    weeks = service.waiting_weeks
    if weeks is None or service.capacity == Capacity.FULL:
        return text
    wait = ngettext("The wait is about %(weeks)s week.", "The wait is about %(weeks)s weeks.", weeks)
    return f"{text}. {wait % {'weeks': weeks}}" if weeks else text


def _hours(service: Service) -> str:
    lines = [opening(one.days, one.opens_at, one.closes_at, one.words) for one in service.openings.all()]
    return ". ".join([*lines, *([service.hours] if service.hours else [])])


def opening(days: str, opens: dt.time | None, closes: dt.time | None, said: str) -> str:
    """Hours on some days in words, such as “Tuesday and Thursday, 10am to 4pm, drop-in”."""
    at = f"{_clock(opens)} {_('to')} {_clock(closes)}" if opens and closes else ""
    return ", ".join(filter(None, (_days(days.split(",")), at, said)))


def _days(days: list[str]) -> str:
    """Days in words: three or more in a row as a span."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    at = sorted({DAYS.index(day) for day in days})
    if len(at) > 2 and at == list(range(at[0], at[-1] + 1)):  # noqa: PLR2004  (two are named one by one)
        return _("%(first)s to %(last)s") % {"first": names[at[0]], "last": names[at[-1]]}
    return _listed([str(names[one]) for one in at])


def _clock(at: dt.time) -> str:
    """A time as people say it: 9:30am, 12 noon."""
    if (at.hour, at.minute) == (12, 0):
        return _("12 noon")
    half = _("am") if at.hour < 12 else _("pm")  # noqa: PLR2004  (noon)
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02}{half}" if at.minute else f"{hour}{half}"


def _where(location: Location) -> tuple[str, ...]:
    if location.visibility == Location.Visibility.HIDDEN:
        return (_("The address is confidential. Ring, and they will tell you how to meet."),)
    lines = (location.name, location.line_1, location.line_2, location.town, location.county, location.postcode)
    return tuple(line for line in lines if line)


def _covers(service: Service) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The places that it covers, kind by kind, courts last."""
    found: dict[str, list[Link]] = {}
    for one in service.coverage.all():
        if one.court:
            found.setdefault("court", []).append(Link(one.court, ""))
            continue
        try:
            where = place(one.code)
        except UnknownPlace:
            continue
        found.setdefault(where.kind, []).append(Link(where.name, reverse("place", args=[where.code])))
    for kind in (*KINDS, "court"):
        if links := found.get(kind):
            yield _kind(kind), tuple(sorted(links, key=lambda link: link.name))


def _kind(kind: str) -> str:
    return {
        "nation": _("Nations"),
        "region": _("Regions"),
        "police-force": _("Police force areas"),
        "council": _("Councils"),
        "probation-region": _("Probation regions"),
        "prison": _("Prisons"),
        "court": _("Courts"),
    }[kind]


def _listed(names: list[str]) -> str:
    if len(names) < 2:  # noqa: PLR2004  (one is no list)
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
