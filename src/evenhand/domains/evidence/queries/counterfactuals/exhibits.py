"""The exhibits of the page of counterfactuals, in order."""

from collections.abc import Callable, Mapping
from functools import partial

from evenhand.core.design.parts import Exhibit
from evenhand.domains.evidence.queries.counterfactuals.inputs import inputs, not_recorded
from evenhand.domains.evidence.queries.counterfactuals.quoted import side_by_side
from evenhand.domains.evidence.queries.counterfactuals.scenarios import scenario
from evenhand.domains.evidence.queries.counterfactuals.shown import Supposed
from evenhand.domains.evidence.queries.counterfactuals.stages import no_open_count, one_at_a_time
from evenhand.library.datasets.counterfactuals import SCENARIOS

EXHIBITS: Mapping[str, Callable[[Supposed], Exhibit | None]] = {
    **{slug: partial(scenario, slug=slug) for slug in SCENARIOS},
    "inputs": inputs,
    "not-recorded": not_recorded,
    "side-by-side": side_by_side,
    "stages": one_at_a_time,
    "no-open-count": no_open_count,
}


def exhibits(shown: Supposed) -> tuple[Exhibit, ...]:
    """Every exhibit that the answers have figures for, in the order of the page."""
    return tuple(exhibit for make in EXHIBITS.values() if (exhibit := make(shown)))


def exhibit(shown: Supposed, name: str) -> Exhibit | None:
    """One exhibit by its name; none where the answers have no figures for it."""
    return EXHIBITS[name](shown) if name in EXHIBITS else None
