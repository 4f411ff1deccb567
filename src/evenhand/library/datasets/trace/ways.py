"""How each figure is made: from which counts, in which words, by which steps, and with which range."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from evenhand.library.datasets.catalogue import Answer
from evenhand.library.datasets.loader import adds_up
from evenhand.library.datasets.trace import working
from evenhand.library.datasets.trace.cells import Role
from evenhand.library.datasets.trace.working import Step, Working

SYMBOLS: Mapping[Role, str] = {
    "events": "a",
    "population": "A",
    "reference-events": "b",
    "reference-population": "B",
    "nation-events": "a′",
    "nation-population": "A′",
    "nation-reference-events": "b′",
    "nation-reference-population": "B′",
    "unknown": "U",
    "all-events": "N",
    "part": "x",
    "whole": "n",
    "rate": "r",
    "reference-rate": "r₀",
    "ratio": "ratio",
}
GROUP: tuple[Role, ...] = ("events", "population")
BOTH: tuple[Role, ...] = (*GROUP, "reference-events", "reference-population")
OF_NATION: tuple[Role, ...] = (
    "nation-events",
    "nation-population",
    "nation-reference-events",
    "nation-reference-population",
)


@dataclass(frozen=True)
class Way:
    """How one kind of figure is made: from which counts, in which words, and with which range."""

    roles: tuple[Role, ...]
    words: str
    range: str = ""
    steps: Callable[[Working], None] | None = None
    limits: Callable[[Working], None] | None = None
    of_group: bool = True

    def taken(self, values: Mapping[str, float]) -> tuple[Step, ...]:
        """Every step from the counts to the number, and to the ends of its range."""
        work = Working(values)
        for take in (self.steps, self.limits):
            if take:
                take(work)
        return tuple(work.steps)


EXACT = (
    "95%, exact conditional Poisson. Given a + b events in all, a follows a binomial distribution. Odds(p; x, y) is "
    "q ÷ (1 − q), where q is the p-quantile of the beta distribution with x and y (Clopper–Pearson)."
)
ZOU_DONNER = (
    "95%, Zou and Donner’s method over the exact limits of each rate. Gamma(p; x) is the p-quantile of the gamma "
    "distribution of shape x (Garwood)."
)

WILSON = "95%, Wilson’s score interval."
CHANCE = (
    "Of the events of both groups together, those of this one are binomial, were the area’s ratio that of the nation: "
    "Binom(q; n, p) is the number that has the share q of that distribution below it, in fractions. Where too few or "
    "too many would be as rare as that, the line is drawn (Spiegelhalter 2005)."
)

WAYS: Mapping[str, Way] = {
    "events": Way(("events",), "As counted."),
    "population": Way(("population",), "As counted."),
    "rate": Way(GROUP, "What was counted, out of how many.", steps=working.rate),
    "ratio": Way(
        BOTH, "One rate divided by the other, neither of them rounded.", EXACT, working.ratio, working.ratio_limits
    ),
    "cumulative-ratio": Way(
        BOTH,
        "The same events out of residents, so with every earlier difference: one rate divided by the other.",
        EXACT,
        working.ratio,
        working.ratio_limits,
    ),
    "difference": Way(
        BOTH,
        "One rate less the other, neither of them rounded.",
        ZOU_DONNER,
        working.difference,
        working.difference_limits,
    ),
    "excess": Way(
        BOTH,
        "What was counted, less what the rate of the group compared with would give.",
        ZOU_DONNER,
        working.excess,
        working.excess_limits,
    ),
    "unknown": Way(("unknown",), "As counted.", of_group=False),
    "all-events": Way(("all-events",), "As counted.", of_group=False),
    "unknown-share": Way(
        ("unknown", "all-events"),
        "Those with no ethnicity recorded, out of all.",
        WILSON,
        working.share_unknown,
        working.share_unknown_limits,
        of_group=False,
    ),
    "lower-bound": Way(
        (*BOTH, "unknown"),
        "The ratio, were every record with no ethnicity given to the group compared with.",
        steps=working.lower_bound,
    ),
    "upper-bound": Way(
        (*BOTH, "unknown"),
        "The ratio, were every record with no ethnicity given to this group.",
        steps=working.upper_bound,
    ),
    "tipping-share": Way(
        (*BOTH, "unknown"),
        "The share of the records with no ethnicity that would have to be of this group for the two rates to be "
        "equal. Below 0 or above 1, no share would do it.",
        steps=working.tipping_share,
    ),
    "outcome-share": Way(
        ("part", "whole"),
        "Those that ended in this outcome, out of all of the same group.",
        WILSON,
        working.share,
        working.share_limits,
    ),
    "residents-share": Way(("part", "whole"), "Residents of this group, out of all residents.", steps=working.share),
    "indirect": Way(
        BOTH,
        "How many there were, over how many there would be at each area’s own rate for the group compared with.",
        "95%, exact Poisson limits of what was counted. Gamma(p; x) is the p-quantile of the gamma distribution of "
        "shape x.",
    ),
    "mantel-haenszel": Way(
        BOTH,
        "One ratio taken to hold in every area, each area weighted by its size.",
        "95%, log-normal with the variance of Greenland and Robins.",
    ),
    "chance-95": Way(
        (*BOTH, *OF_NATION), "Between which ratios 95 in 100 lie by chance.", CHANCE, limits=working.chance_95
    ),
    "chance-99-8": Way(
        (*BOTH, *OF_NATION), "Between which ratios 998 in 1,000 lie by chance.", CHANCE, limits=working.chance_99_8
    ),
    "rank": Way(
        BOTH,
        "The middle of 2,000 draws: in each, every count is drawn anew from the gamma distribution of shape count + ½, "
        "and the areas are put in the order of their ratios.",
        "The middle 95% of the 2,000 draws.",
    ),
}

AS_PUBLISHED = Way(("rate",), "As published, without counts.")
# Where rates or ratios were published without counts, nothing lies behind them but the cells themselves.
PUBLISHED: Mapping[str, Mapping[str, Way]] = {
    "rates": {
        "rate": AS_PUBLISHED,
        "ratio": Way(("rate", "reference-rate"), "One published rate divided by the other.", steps=working.ratio),
        "difference": Way(("rate", "reference-rate"), "One published rate less the other.", steps=working.difference),
    },
    "ratios": {"ratio": Way(("ratio",), "As published, without counts.")},
    "shares": {"rate": AS_PUBLISHED},
}
LESS: tuple[Role, ...] = ("all-events", "unknown")
SHARES: Mapping[str, Way] = {
    "population": Way(LESS, "All, less those with no ethnicity recorded.", steps=working.known),
    "rate": Way(
        ("events", *LESS), "What was counted, out of all whose ethnicity is known.", steps=working.share_of_known
    ),
}


def way_of(detail: Answer, figure: str, figures: Collection[Role]) -> Way:
    """How one figure of an answer is made, out of the parts that it has figures for."""
    if detail.kind == "counts":
        return WAYS[figure]
    if detail.kind == "shares" and adds_up(detail.series):
        return SHARES.get(figure, WAYS[figure]) if "population" not in figures else WAYS[figure]
    return PUBLISHED[detail.kind].get(figure, WAYS[figure])
