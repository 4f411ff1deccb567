"""What stands behind one number of an answer: the number as the answer has it, its counts, and the steps to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.compare import LONGEST, NATION, Answered, NoAnswer, Question
from evenhand.library.datasets.comparison import SMALL_BASE, NotRecorded
from evenhand.library.datasets.engine import Figure
from evenhand.library.datasets.forces import OutcomeRow, adjusted, areas, outcomes, strata
from evenhand.library.datasets.funnel import funnel
from evenhand.library.datasets.loader import ALL, KNOWN
from evenhand.library.datasets.panel import Panel
from evenhand.library.datasets.trace.cells import Count, Role, cells_of, count
from evenhand.library.datasets.trace.ways import BOTH, OF_NATION, SYMBOLS, WAYS, Way, way_of
from evenhand.library.datasets.trace.working import Step, steps_by_area
from evenhand.library.places import place
from evenhand.library.statistics import proportion
from evenhand.library.vocabulary.ethnicity import UNKNOWN

OF_WHOLE = ("population", "rate")
Shown = tuple[float, float | None, float | None]  # a number, and the ends of its range where it has one


@dataclass(frozen=True)
class Asked:
    """Which number is meant: of which answer, which figure of it, of which group, and of which outcome."""

    question: Question
    answered: Answered
    figure: str
    group: str
    outcome: str


@dataclass(frozen=True)
class Behind:
    """A number with its range, and all that it was made of."""

    shown: Shown
    way: Way
    counts: tuple[Count, ...]
    steps: tuple[Step, ...]
    period: str
    outcome: str = ""


def behind_answer(asked: Asked) -> Behind | None:
    """What stands behind a number of one row of an answer, or of the answer as a whole; None if it has none such."""
    shown = _shown(asked.answered, asked.figure, asked.group)
    return _behind_row(asked, asked.question.panel, shown) if shown else None


def behind_cumulative(asked: Asked) -> Behind | None:
    """What stands behind a ratio out of residents, of a measure that is otherwise out of the stage before."""
    panel = asked.question.cumulative_panel
    row = next((row for row in asked.question.cumulative if row.group == asked.group), None)
    if panel is None or row is None or row.ratio is None:
        return None
    return _behind_row(asked, panel, (row.ratio, row.lower, row.upper))


def behind_outcome(asked: Asked) -> Behind | None:
    """What stands behind the share of one group's events that ended in one outcome; NoAnswer for no such outcome."""
    question, dataset = asked.question, asked.answered.measure.outcomes
    if dataset is None or question.place.code != NATION:
        return None
    period, rows = _outcomes(question, dataset)
    names = {one.outcome.casefold(): one.outcome for one in rows}
    if asked.outcome.strip().casefold() not in names:
        fault = Unknown("outcome", asked.outcome[:LONGEST], list(names.values()))
        raise NoAnswer("unknown-outcome", str(fault), fault.near)
    wanted = (asked.group, names[asked.outcome.strip().casefold()])
    found = next((one for one in rows if (one.group, one.outcome) == wanted), None)
    if found is None or found.of < SMALL_BASE:
        return None
    figures = [
        one
        for one in question.engine.figures(dataset, "outcomes", "five", versions=question.versions, period=period)
        if one.group == asked.group and one.detail != ALL
    ]
    own = [one for one in figures if one.detail == found.outcome]
    return _behind_share(asked, (found.share, found.lower, found.upper), own, figures, period, found.outcome)


def outcome_groups(question: Question, dataset: str) -> list[str]:
    """The groups of which outcomes are counted."""
    _, rows = _outcomes(question, dataset)
    return sorted({one.group for one in rows})


def behind_residents(asked: Asked) -> Behind | None:
    """What stands behind the share of residents that is set beside a share of something else."""
    question, detail = asked.question, asked.question.detail
    if detail.beside is None:
        return None
    figures = question.engine.figures(
        detail.beside,
        detail.population_series,
        detail.classification,
        versions=question.versions,
        places=[question.place.code],
    )
    own = [one for one in figures if one.group == asked.group]
    everyone = sum(one.value or 0 for one in figures)
    if not own or own[0].value is None or not everyone:
        return None
    return _behind_share(asked, (own[0].value / everyone, None, None), own, figures, own[0].period)


def behind_areas(asked: Asked) -> Behind | None:
    """What stands behind a number that rests on every police force area: a ratio adjusted for area, or a rank."""
    question, figure, group = asked.question, asked.figure, asked.group
    way, panel, period = WAYS[figure], question.panel, question.period
    whole = replace(question, place=place(NATION)) if figure == "rank" else question
    if (whole.place.code, period) not in panel.cells:
        return None
    shown, codes = _rank(whole, question.place.code, group) if figure == "rank" else _adjusted(whole, figure, group)
    if shown is None:
        return None
    parts = [(role, _figures(panel, (code, period), group)[role]) for code in codes for role in way.roles]
    cells = cells_of(question.engine, (one for _, several in parts for one in several))
    counts = tuple(count(role, f"{SYMBOLS[role]}ₖ", several, cells) for role, several in parts)
    numbers = [one.value or 0 for one in counts]
    values = [tuple(numbers[at : at + len(way.roles)]) for at in range(0, len(numbers), len(way.roles))]
    return Behind(shown, way, counts, steps_by_area(figure, values, shown), period)


def behind_chance(asked: Asked) -> Behind | None:
    """What stands behind the ratios between which an area would lie by chance, were its ratio the nation's."""
    question, group = asked.question, asked.group
    found = funnel(question, group)
    here = next((one for one in found.areas if one.place == question.place), None) if found else None
    ends = None if here is None else here.inner if asked.figure == "chance-95" else here.outer
    if found is None or ends is None:
        return None
    way, period = WAYS[asked.figure], question.period
    own = _figures(question.panel, (question.place.code, period), group)
    nation = _figures(question.panel, (NATION, period), group)
    parts = {**{role: own[role] for role in BOTH}, **dict(zip(OF_NATION, (nation[role] for role in BOTH), strict=True))}
    cells = cells_of(question.engine, (one for several in parts.values() for one in several))
    counts = tuple(count(role, SYMBOLS[role], several, cells) for role, several in parts.items())
    steps = way.taken({one.symbol: one.value or 0 for one in counts})
    return Behind((found.target, *ends), way, counts, steps, period)


BEHIND: Mapping[str, Callable[[Asked], Behind | None]] = {
    "cumulative-ratio": behind_cumulative,
    "outcome-share": behind_outcome,
    "residents-share": behind_residents,
    "indirect": behind_areas,
    "mantel-haenszel": behind_areas,
    "chance-95": behind_chance,
    "chance-99-8": behind_chance,
    "rank": behind_areas,
}


def behind(asked: Asked) -> Behind | None:
    """What stands behind any number that can be asked about; None where there is no such number."""
    return BEHIND.get(asked.figure, behind_answer)(asked)


def holds(question: Question, answered: Answered, figure: str, group: str) -> bool:
    """Whether there is such a number, as far as can be said without working it out; outcomes are not looked at."""
    row = next((row for row in answered.rows if row.group == group), None)
    if figure not in BEHIND:
        return (row is not None or not group) and _shown(answered, figure, group) is not None
    compared = row is not None and row.lower is not None
    of_area = answered.place.kind == "police-force" and compared
    nation = question.panel.cells.get((NATION, question.period))
    around = of_area and nation is not None and any(one.group == group and one.ratio for one in nation.rows)
    return {
        "cumulative-ratio": any(one.group == group and one.ratio is not None for one in question.cumulative),
        "residents-share": row is not None and question.detail.beside is not None,
        "rank": of_area and row is not None and row.flag is None,
        "chance-95": around,
        "chance-99-8": around,
    }.get(figure, compared and figure != "outcome-share" and len(strata(question, group)) > 1)


def _behind_row(asked: Asked, panel: Panel, shown: Shown) -> Behind:
    question, figure = asked.question, asked.figure
    key = (question.place.code, question.period)
    figures = _figures(panel, key, asked.group, of_whole=figure in OF_WHOLE)
    way = way_of(panel.detail, figure, figures)
    used = {role: figures[role] for role in way.roles if role in figures}
    cells = cells_of(question.engine, (one for several in used.values() for one in several))
    counts = tuple(count(role, SYMBOLS[role], several, cells) for role, several in used.items())
    known = {one.symbol: one.value for one in counts if one.value is not None}
    return Behind(shown, way, counts, way.taken({**known, "k": question.measure.rate_per}), question.period)


def _behind_share(
    asked: Asked, shown: Shown, own: Sequence[Figure], every: Sequence[Figure], period: str, outcome: str = ""
) -> Behind:
    """A share of one part in all of them."""
    way, cells = WAYS[asked.figure], cells_of(asked.question.engine, every)
    counts = (count("part", SYMBOLS["part"], own, cells), count("whole", SYMBOLS["whole"], every, cells))
    steps = way.taken({one.symbol: one.value or 0 for one in counts})
    return Behind(shown, way, counts, steps, period, outcome)


def _outcomes(question: Question, dataset: str) -> tuple[str, tuple[OutcomeRow, ...]]:
    engine, versions = question.engine, question.versions
    kept = ("outcomes", dataset, versions[dataset])
    return engine.kept(kept, lambda: outcomes(engine, dataset, versions=versions))


def _shown(answered: Answered, figure: str, group: str) -> Shown | None:
    """The number as the answer has it; None where it has none."""
    unknown = answered.unknown
    found: dict[str, tuple[float | None, float | None, float | None]]
    if group:
        row, bound = answered.row(group), answered.bound(group)
        found = {
            "events": (row.events, None, None),
            "population": (row.population, None, None),
            "rate": (row.rate, None, None),
            "ratio": (row.ratio, row.lower, row.upper),
            "difference": (row.difference, row.difference_lower, row.difference_upper),
            "excess": (row.excess, row.excess_lower, row.excess_upper),
            "lower-bound": (bound.lower if bound else None, None, None),
            "upper-bound": (bound.upper if bound else None, None, None),
            "tipping-share": (bound.tipping_share if bound else None, None, None),
        }
    else:
        found = {
            "unknown": (unknown.events if unknown else None, None, None),
            "all-events": (unknown.of if unknown else None, None, None),
            "unknown-share": _share_of(unknown) if unknown else (None, None, None),
        }
    value, *ends = found.get(figure, (None, None, None))
    return None if value is None else (value, ends[0], ends[1])


def _share_of(unknown: NotRecorded) -> Shown:
    limits = proportion(unknown.events, unknown.of)
    return unknown.share, float(limits.lower), float(limits.upper)


def _figures(
    panel: Panel, key: tuple[str, str], group: str, *, of_whole: bool = False
) -> dict[Role, tuple[Figure, ...]]:
    """The figures behind the numbers of one row, by the part that each plays; several add up to one count.

    A number `of_whole` is a share of everyone whose group is known, or the number of these.
    """
    detail, own, base = panel.detail, panel.behind(key, group), panel.behind(key, panel.reference)
    everyone = panel.everyone(detail.unknowns or detail.events).get(key, {})
    counted = detail.kind in {"counts", "shares"}
    found: dict[Role, tuple[Figure | None, ...]] = {
        "events": (own.own if counted else own.counted,),
        "population": (own.population if counted else own.asked,),
        "reference-events": (base.own,),
        "reference-population": (base.population,),
        "unknown": (everyone.get(UNKNOWN),),
        "all-events": panel.all_events(key),
        "rate": (own.own,),
        "reference-rate": (base.own,),
        "ratio": (own.own,),
    }
    if detail.kind == "shares" and of_whole:
        everyone = panel.everyone(detail.events).get(key, {})
        groups = (panel.behind(key, name).own for name in panel.groups)
        found["population"] = (everyone[KNOWN],) if KNOWN in everyone else () if ALL in everyone else tuple(groups)
        found["all-events"], found["unknown"] = (everyone.get(ALL),), (everyone.get(UNKNOWN),)
    return {role: made for role, several in found.items() if (made := tuple(one for one in several if one))}


def _adjusted(question: Question, figure: str, group: str) -> tuple[Shown | None, list[str]]:
    one = next((one for one in adjusted(question) if one.group == group), None)
    if one is None:
        return None, []
    shown = (one.indirect, one.indirect_lower, one.indirect_upper)
    if figure == "mantel-haenszel":
        shown = (one.mantel_haenszel, one.mantel_haenszel_lower, one.mantel_haenszel_upper)
    return shown, [area.code for area in strata(question, group)]


def _rank(question: Question, code: str, group: str) -> tuple[Shown | None, list[str]]:
    ranked = {
        one.place.code: (one.rank, one.rank_lower, one.rank_upper)
        for one in areas(question, group)
        if one.rank is not None
    }
    return ranked.get(code), list(ranked)
