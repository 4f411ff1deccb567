"""Where the gaps are: what is offered by region, need and community, what was looked for in vain, and what is old."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Cell, Column, Row, Table
from evenhand.core.exports import About, Licence, Sheet, sheet_of
from evenhand.domains.directory.models import Unmet
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.index.asking import tag
from evenhand.domains.directory.queries.index.counting import counted
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.domains.directory.rules import CLOCK
from evenhand.library.places import Place, UnknownPlace, UnknownPostcode, place, places, within
from evenhand.library.places.whereabouts import places_of_outward

EVERYWHERE: Final = ("K04000001", "E92000001", "W92000004")
WALES: Final = "W92000004"
FEW: Final = 6  # fewer searches than this are not told apart
MONTHS: Final = 12
OPEN: Final = Licence("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True)
class Part:
    """One table of gaps: what it says, and the file that it is."""

    name: str
    heading: str
    says: str
    table: Table | None


def parts(today: dt.date) -> tuple[Part, ...]:
    """Every table of the page, in order."""
    return tuple(PARTS[name](today) for name in PARTS)


def part(name: str, today: dt.date) -> Part:
    """One table; KeyError if there is none of that name."""
    return PARTS[name](today)


def sheet(one: Part, table: Table, today: dt.date) -> Sheet:
    """One table as a file to take away."""
    about = About(
        title=one.heading,
        description=one.says,
        publisher="Evenhand",
        licence=OPEN,
        permalink=settings.SITE_URL + reverse("directory:gaps"),
        issued=today,
    )
    key = (table.fields[0].name, table.fields[1].name, table.fields[2].name) if one.name == "unmet" else ()
    return sheet_of(table, about, key=key)


def needs(today: dt.date) -> Part:
    """How many listed services help with each need, by the region that they name."""
    del today
    tags = {name: tag("need", term) for term, name in words.known("need").items()}
    return Part(
        "needs",
        _("Needs by region"),
        _(
            "How many listed services help with each need and name a place in the region. Services for all of England "
            "and Wales, or for a whole nation, stand apart: they are no sign that anything is near."
        ),
        _by_region("needs", _("Listed services by need and region"), _("Need"), tags),
    )


def communities(today: dt.date) -> Part:
    """How many listed services are made for each community, by the region that they name."""
    del today
    tags = {name: tag("forcommunity", term) for term, name in words.known("community").items()}
    return Part(
        "communities",
        _("Communities by region"),
        _(
            "How many listed services say that they are made for people of each community. A service for a part of a "
            "broad group is counted in that too. Services that are open to everyone and made for nobody in particular "
            "are not counted here."
        ),
        _by_region("communities", _("Listed services by community and region"), _("Community"), tags),
    )


def unmet(today: dt.date) -> Part:
    """What was looked for in the last year and not found."""
    since = today.replace(year=today.year - 1, day=1)
    times: Counter[tuple[str, str, str]] = Counter()
    for each in Unmet.objects.filter(month__gte=since):
        times[_region_of(each.area), each.need, each.community] += each.times
    ordered = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = tuple(
        Row(
            Cell(region or _("Not said"), region or _("Not said")),
            (
                Cell(words.called("need", need) if need else _("Any"), need or "any"),
                Cell(words.called("community", community) if community else _("Anyone"), community or "anyone"),
                _few(number),
            ),
        )
        for (region, need, community), number in ordered
    )
    columns = (
        Column(_("Region")),
        Column(_("Need")),
        Column(_("Community")),
        Column(_("Searches"), numeric=True),
    )
    return Part(
        "unmet",
        _("Looked for, and not found"),
        _(
            "Searches of the last 12 months that found nothing: the region, need and community that were asked for. "
            "Nothing else of a search is kept, neither the words nor who asked. Fewer than six are not told apart."
        ),
        Table(_("Searches that found nothing"), columns, rows, name="unmet") if rows else None,
    )


def stale(today: dt.date) -> Part:
    """How fresh the checks of listed services are, by the region that they name."""
    ages: dict[str, Counter[str]] = defaultdict(Counter)
    held = listed_services(today).values_list("pk", "assured_on", "coverage__code")
    seen: set[tuple[object, str]] = set()
    for service, assured_on, code in held.iterator(chunk_size=2000):
        region = _region_named(code or "")
        if (service, region) not in seen:
            seen.add((service, region))
            ages[region][CLOCK.freshness(assured_on, today)] += 1
    rows = tuple(
        Row(
            name,
            (
                _number(sum(ages[name].values())),
                _number(ages[name]["checked"]),
                _number(ages[name]["due"]),
                _number(ages[name]["stale"]),
            ),
        )
        for name in (*(each.name for each in regions()), _("England and Wales, or no place named"))
    )
    columns = (
        Column(_("Region")),
        Column(_("Listed"), numeric=True),
        Column(_("Checked in the last three months"), numeric=True),
        Column(_("Check due"), numeric=True),
        Column(_("Check long overdue"), numeric=True),
    )
    return Part(
        "stale",
        _("How fresh the checks are"),
        _("Listed services by when somebody last checked them. What was not checked for a year is not listed at all."),
        Table(_("Listed services by their last check"), columns, rows, name="stale"),
    )


PARTS: Final[dict[str, Callable[[dt.date], Part]]] = {
    "needs": needs,
    "communities": communities,
    "unmet": unmet,
    "stale": stale,
}


def regions() -> tuple[Place, ...]:
    """The regions of England, and Wales."""
    return (*places("region"), place(WALES))


def _by_region(name: str, caption: str, first: str, tags: Mapping[str, str]) -> Table:
    areas = {each.name: tuple(_codes(each)) for each in regions()}
    areas[_("England and Wales, or a nation")] = EVERYWHERE
    numbers = counted(tuple(tags.values()), tuple(areas.values()))
    return Table(
        caption,
        (Column(first), *(Column(heading, numeric=True) for heading in areas)),
        tuple(Row(said, tuple(map(_number, numbers[each]))) for said, each in tags.items()),
        name=name,
    )


def _codes(region: Place) -> Iterator[str]:
    """The codes of a region and of everything within it. Wales alone says no more than a nation: only what is in it."""
    if region.code != WALES:
        yield region.code
    for kind in ("police-force", "council", "probation-region", "prison"):
        yield from (each.code for each in within(region, kind))


def _region_named(code: str) -> str:
    """The region of a place that a service names; of a nation and of nothing, all together."""
    everywhere = _("England and Wales, or no place named")
    if not code or code in EVERYWHERE:
        return everywhere
    try:
        named = place(code)
    except UnknownPlace:
        return everywhere
    names = {each.code: each.name for each in regions()}
    return next((names[each] for each in (named.code, *named.parents) if each in names), everywhere)


def _region_of(area: str) -> str:
    """The region of an outward code or a place that was searched near to."""
    names = {each.code: each.name for each in regions()}
    try:
        around = [place(area).code, *place(area).parents] if area else []
    except UnknownPlace:
        try:
            around = [each.code for each in places_of_outward(area)]
        except UnknownPostcode:
            around = []
    return next((names[code] for code in around if code in names), "")


def _number(number: int) -> Cell:
    return Cell(f"{number:,}", number)


def _few(number: int) -> Cell:
    return _number(number) if number >= FEW else Cell(_("fewer than 6"), None, reason=_("fewer than 6"))
