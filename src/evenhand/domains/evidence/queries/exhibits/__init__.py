"""The exhibits of a page: each a message with its chart, its table, its receipt and its notes."""

from collections.abc import Callable, Mapping

from evenhand.core.design.parts import Exhibit
from evenhand.domains.evidence.queries.exhibits.areas import area_map, ranks
from evenhand.domains.evidence.queries.exhibits.cumulative import stage_and_population
from evenhand.domains.evidence.queries.exhibits.funnel import funnel_of_areas
from evenhand.domains.evidence.queries.exhibits.further import further, further_tables
from evenhand.domains.evidence.queries.exhibits.groups import groups
from evenhand.domains.evidence.queries.exhibits.nation import adjusted_for_area, outcomes_of_events
from evenhand.domains.evidence.queries.exhibits.recording import recording
from evenhand.domains.evidence.queries.exhibits.trend import trend
from evenhand.domains.evidence.queries.exhibits.unknowns import not_recorded
from evenhand.domains.evidence.queries.shown import Shown

EXHIBITS: Mapping[str, Callable[[Shown], Exhibit | None]] = {
    "groups": groups,
    "stage": stage_and_population,
    "trend": trend,
    "not-recorded": not_recorded,
    "unknown-years": recording,
    "areas": area_map,
    "funnel": funnel_of_areas,
    "ranks": ranks,
    "adjusted": adjusted_for_area,
    "outcomes": outcomes_of_events,
}


def exhibits(shown: Shown) -> tuple[Exhibit, ...]:
    """Every exhibit that the answer has figures for, in the order of the page."""
    made = tuple(exhibit for make in EXHIBITS.values() if (exhibit := make(shown)))
    return made + further_tables(shown)


def exhibit(shown: Shown, name: str) -> Exhibit | None:
    """One exhibit by its name; none where the answer has no figures for it."""
    if name in EXHIBITS:
        return EXHIBITS[name](shown)
    found = next((one for one in shown.answered.measure.further if one.id == name), None)
    return further(shown, found) if found else None
