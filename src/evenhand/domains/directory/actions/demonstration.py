"""The services of a demonstration: two of each of its organisations, none of which exists."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.journal.actions import record
from evenhand.core.organisations.demonstration import ALL, Declared, declared
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.actions.indexing import refresh
from evenhand.domains.directory.models import Capacity, Location, Report, Service, Version
from evenhand.domains.directory.queries.facts import ROWS, facts_of
from evenhand.domains.directory.queries.words import people
from evenhand.domains.directory.rules import CLOCK
from evenhand.library.discover import made, read_table
from evenhand.library.places import Place, outward, place, within
from evenhand.library.places.whereabouts import outward_codes_in, places_of_outward

DECLARED: Final = Path(__file__).with_name("demonstration.toml")
BY: Final = machine("demonstration")
LONDON: Final = "E23000001"
WIDE: Final = frozenset({"nation", "region"})
# By how many days ago they were last checked: most are current, some are not, and a few are hidden.
AGES: Final = (3, 8, 15, 21, 34, 40, 52, 61, 70, 78, 84, 90, 97, 110, 128, 170, 240, 400)
SPOKEN: Final = {
    "communities:census-2021-19/pakistani": ("ur", "pa"),
    "communities:census-2021-19/bangladeshi": ("bn", "syl"),
    "communities:census-2021-19/indian": ("pa", "gu", "hi"),
    "communities:census-2021-19/black-african": ("so", "yo", "fr"),
    "communities:census-2021-19/arab": ("ar",),
    "communities:census-2021-19/chinese": ("zh",),
    "communities:census-2021-19/roma": ("rom", "ro"),
    "communities:five/asian": ("ur", "bn", "pa"),
    "faiths:muslim": ("ar", "ur", "so"),
    "faiths:sikh": ("pa",),
    "faiths:hindu": ("hi", "gu"),
}


@dataclass(frozen=True)
class Sort:
    """What services that answer one need are like."""

    need: str
    names: tuple[str, ...]
    summary: str
    description: str
    refer: str
    ways: tuple[str, ...]
    stages: tuple[str, ...]
    topics: tuple[str, ...]
    flags: tuple[str, ...] = ()
    hidden: bool = False
    area: bool = False


@transaction.atomic
def load(today: dt.date | None = None) -> int:
    """Make the services that are missing, all at once; how many. Each says when it was checked, counted from today."""
    day = today or timezone.localdate()
    owners = {one.slug: one for one in Organisation.objects.filter(demonstration=True)}
    there = set(Service.objects.filter(organisation__demonstration=True).values_list("slug", flat=True))
    told = {
        slug: (owners[one.slug], facts)
        for one in declared()
        if one.slug in owners
        for slug, facts in _services(one, day)
        if slug not in there
    }
    services = [_service(slug, owner, facts) for slug, (owner, facts) in told.items()]
    Service.objects.bulk_create(services)
    for name, (table, _columns) in ROWS.items():
        rows = [table(service=one, **row) for one in services for row in told[one.slug][1][name]]
        table._default_manager.bulk_create(rows)  # noqa: SLF001  (Django's name)
    Version.objects.bulk_create(
        Version(service=one, number=1, facts=facts_of(one), by=BY.ref)
        for one in Service.objects.filter(pk__in=[one.pk for one in services]).prefetch_related(*ROWS)
    )
    Report.objects.bulk_create(_reports(services))
    if services:
        record("directory.demonstration.load", ALL, by=BY, details={"made": len(services)})
        refresh(today=day)  # so that they are found at once
    return len(services)


@transaction.atomic
def remove() -> int:
    """Take every service of the demonstration away; how many. The journal keeps what was done."""
    _all, by_kind = Service.objects.filter(organisation__demonstration=True).delete()
    removed = int(by_kind.get("directory.Service", 0))
    if removed:
        record("directory.demonstration.remove", ALL, by=BY, details={"removed": removed})
    return removed


@cache
def sorts() -> Mapping[str, Sort]:
    """What services are like, by need."""
    rows: list[dict[str, Any]] = read_table(DECLARED)["kind"]
    return {row["need"]: made(Sort, row, where=DECLARED) for row in rows}


def _services(one: Declared, today: dt.date) -> Iterator[tuple[str, dict[str, Any]]]:
    """The two services of an organisation: of its first need, and of its next or of its first in another way."""
    chance = random.Random(one.slug)  # noqa: S311  (the same each time, and no secret)
    needs = (one.needs * 2)[:2]
    for number, need in enumerate(needs):
        line = number == 1 and needs[0] == need
        yield f"{one.slug}-{need}{'-line' if line else ''}", _facts(one, need, chance, today, line=line)


def _facts(one: Declared, need: str, chance: random.Random, today: dt.date, *, line: bool) -> dict[str, Any]:
    sort = sorts()[need]
    kind, term = _audience(one.focused_on or one.led_by)
    whom = people(kind, term) if term else "anybody"
    age = chance.choice(AGES)
    young = "16 to 25" in one.description
    name = chance.choice(sort.names)
    return {
        "name": f"{name} by telephone" if line else name,
        "summary": sort.summary.format(people=whom),
        "description": sort.description,
        "how_to_refer": "Ring. Somebody answers at these hours, or rings back the same day." if line else sort.refer,
        "made_for": "",
        "minimum_age": 16 if young else chance.choice((None, None, 18, 18)),
        "maximum_age": 25 if young else None,
        "cost": "free",
        "capacity": (capacity := chance.choice(("", *Capacity.values, "open", "open"))),
        "capacity_on": today - dt.timedelta(days=min(age, 30)) if capacity else None,
        "waiting_weeks": chance.randint(1, 8) if capacity == "waiting" else None,
        "phone": one.phone,
        "email": one.email,
        "website": one.website,
        "contact_role": chance.choice(("", "the duty worker", "the referrals desk", "the project lead")),
        "assured_on": today - dt.timedelta(days=age),
        "own": chance.random() < 0.7,  # noqa: PLR2004  (most are checked by the organisation itself)
        "terms": list(_terms(one, sort, chance, line=line)),
        "audiences": [{"kind": kind, "term": term, "only": kind == "gender" and sort.hidden}] if term else [],
        "coverage": [{"code": code} for code in _coverage(one, sort, chance)],
        "locations": [] if line else list(_locations(one, sort, chance)),
        "openings": [_opening(chance)],
    }


def _audience(community: str) -> tuple[str, str]:
    """Whom it is for, as the directory says it: the facts of organisations name their taxonomy."""
    taxonomy, _colon, term = community.partition(":")
    if taxonomy == "sexes":
        return "gender", "women" if term == "female" else "men"
    return {"communities": "community", "faiths": "faith"}.get(taxonomy, ""), term


def _terms(one: Declared, sort: Sort, chance: random.Random, *, line: bool) -> Iterator[dict[str, str]]:
    access = ("step-free", "accessible-toilet", "hearing-loop", "quiet-space", "easy-read", "children-welcome")
    said = {
        "need": (sort.need,),
        "stage": sort.stages,
        "topic": sort.topics,
        "way": ("phone",) if line else sort.ways,
        "flag": sort.flags,
        "referrer": ("self", *chance.sample(("family", "probation", "prison", "court", "other"), 3)),
        "language": ("en", *SPOKEN.get(one.focused_on or one.led_by, ())[: chance.randint(1, 3)]),
        "access": () if line else chance.sample(access, chance.randint(0, 3)),
    }
    for kind, terms in said.items():
        yield from ({"kind": kind, "term": term} for term in sorted(set(terms)))


def _coverage(one: Declared, sort: Sort, chance: random.Random) -> list[str]:
    """Where the organisation works, and for who visits prisons a few that lie there."""
    codes = list(one.areas)
    if "prison-visits" in sort.ways:
        near = [each.code for code in one.areas for each in _prisons(place(code))]
        codes += chance.sample(near, min(len(near), 3))
    return sorted(set(codes))


@cache
def _prisons(area: Place) -> tuple[Place, ...]:
    """The prisons within a place, or else within the police force area around it."""
    around = next((each for each in map(place, area.parents) if each.kind == "police-force"), area)
    return within(area, "prison") or within(around, "prison")


def _locations(one: Declared, sort: Sort, chance: random.Random) -> Iterator[dict[str, Any]]:
    if sort.hidden:
        yield {"visibility": Location.Visibility.HIDDEN}
        return
    area = place(one.areas[0])
    codes = outward_codes_in(area)
    if not codes or area.kind in WIDE:
        return
    code = chance.choice(codes)
    point, around = outward(code), places_of_outward(code)[0]
    # Some outward codes are known by their county alone, which goes by its police.
    part = "town" if around.kind == "council" or around.code == LONDON else "county"
    name = "London" if around.code == LONDON else around.name
    where: dict[str, Any] = {part: name, "latitude": point.latitude, "longitude": point.longitude}
    if sort.area:
        yield where | {"visibility": Location.Visibility.AREA, "postcode": code}
    else:
        street = chance.choice(("Demonstration Road", "Example Street", "Invented Yard", "Specimen Lane"))
        yield where | {"line_1": f"{chance.randint(1, 180)} {street}", "postcode": f"{code} 0XX"}


def _opening(chance: random.Random) -> dict[str, Any]:
    days = chance.choice(("MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR", "MO,WE,FR", "TU,TH", "TU,WE,TH,FR,SA"))
    opens, closes = chance.choice(((9, 17), (10, 16), (11, 19), (13, 20)))
    return {"days": days, "opens_at": dt.time(opens, chance.choice((0, 30))), "closes_at": dt.time(closes)}


def _service(slug: str, owner: Organisation, facts: Mapping[str, Any]) -> Service:
    """The row of a service, as it would stand had the clock run since it was checked."""
    columns = {name: value for name, value in facts.items() if name not in ROWS and name != "own"}
    assured_by = owner.ref if facts["own"] else BY.ref
    state = CLOCK.freshness(facts["assured_on"], timezone.localdate())
    status = {"stale": "stale", "hidden": "hidden"}.get(state, "listed")
    return Service(slug=slug, organisation=owner, status=status, assured_by=assured_by, **columns)


def _reports(services: list[Service]) -> Iterator[Report]:
    """A few things that readers say are wrong, so that the desk has something on it."""
    said = (
        (Report.Kind.CONTACT, "The number rings and nobody answers, three days in a row."),
        (Report.Kind.PLACE, "They have moved to the other side of the road."),
        (Report.Kind.CLOSED, "The door had a notice that the project has ended."),
        (Report.Kind.PEOPLE, "They told me it is only for people under 25."),
    )
    for number, one in enumerate(services[7::60]):
        kind, words = said[number % len(said)]
        yield Report(service=one, kind=kind, words=words)
