"""The listings that somebody keeps, and those that want an editor's attention."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, QuerySet, When

from evenhand.core.access import Caller
from evenhand.domains.directory.lifecycle import SHOWN
from evenhand.domains.directory.models import Coverage, Report, Service, Version
from evenhand.domains.directory.people import editor, organisations_of
from evenhand.domains.directory.queries.facts import changed
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.domains.directory.rules import CLOCK
from evenhand.library.places import UnknownPlace, parents, place, places

STATES: Final = ("checked", "due", "stale", "hidden")


@dataclass(frozen=True)
class Region:
    """How many services cover a region, by how old their check is."""

    name: str
    checked: int
    due: int
    stale: int
    hidden: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.checked + self.due + self.stale + self.hidden


@dataclass(frozen=True)
class Step:
    """One version of a listing, and what it changed."""

    version: Version
    changed: tuple[str, ...]


def services_kept_by(caller: Caller) -> QuerySet[Service]:
    """The services that a caller may write: their organisations' own, and every one for an editor."""
    if editor.admits(caller):
        return Service.objects.all()
    return Service.objects.filter(organisation__in=organisations_of(caller))


def submitted() -> QuerySet[Service]:
    """What waits for the check of a second person, the longest first."""
    return Service.objects.filter(status="submitted").select_related("organisation").order_by("touched_at")


def reports_open() -> QuerySet[Report]:
    """What readers and keepers say is wrong and nobody has settled: what is not safe first, then the oldest."""
    waiting = Report.objects.filter(status="new").select_related("service__organisation")
    unsafe = Case(When(kind=Report.Kind.UNSAFE, then=0), default=1)
    return waiting.order_by(unsafe, "made_at")


def changed_by_keepers() -> QuerySet[Service]:
    """What its own people changed of how it is reached, and no editor has looked at: the latest change first."""
    waiting = Service.objects.filter(to_look_at=True, status__in=SHOWN).select_related("organisation")
    return waiting.order_by("-edited_at")


def without_address(today: dt.date) -> QuerySet[Service]:
    """Listed services that nobody can be asked about: there is no address to write to."""
    due = today - dt.timedelta(days=CLOCK.ask[0])
    return listed_services(today).filter(assured_on__lte=due, keeper_email="", email="", organisation__email="")


def stale_by_region(today: dt.date) -> list[Region]:
    """For each region and Wales: the services that cover it or a place in it, by how old their check is."""
    rows = Coverage.objects.exclude(code="").filter(
        service__status__in=(*SHOWN, "hidden"), service__organisation__closed_on=None
    )
    covering: dict[str, dict[object, str]] = {}
    for code, pk, assured_on in rows.values_list("code", "service_id", "service__assured_on"):
        for region in _regions(code):
            covering.setdefault(region, {})[pk] = CLOCK.freshness(assured_on, today)
    named = [*places("region"), *(one for one in places("nation") if one.name == "Wales")]
    found = []
    for one in named:
        counts = Counter(covering.get(one.code, {}).values())
        found.append(Region(one.name, *(counts[state] for state in STATES)))
    return found


def history(service: Service) -> list[Step]:
    """Every version of a listing, the newest first, with what each changed."""
    versions = list(service.versions.all())
    before = [one.facts for one in versions[1:]] + [{}]
    return [Step(one, changed(facts, one.facts)) for one, facts in zip(versions, before, strict=True)]


def _regions(code: str) -> tuple[str, ...]:
    """The region of England, or Wales, that a place is or lies in; none for what is wider."""
    try:
        one = place(code)
    except UnknownPlace:
        return ()
    return tuple(each.code for each in (one, *parents(one)) if each.kind == "region" or each.name == "Wales")
