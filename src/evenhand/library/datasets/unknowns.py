"""Events with no ethnicity, wherever a measure has a published number of them: each share with its interval."""

from dataclasses import dataclass

from evenhand.library import statistics
from evenhand.library.datasets.catalogue import Answer
from evenhand.library.datasets.compare import NoAnswer, Question, question
from evenhand.library.datasets.comparison import NotRecorded
from evenhand.library.datasets.periods import read_period


@dataclass(frozen=True)
class UnknownShare:
    """The share of one period's events that has no ethnicity, and the source that says so.

    Shares of one `source` count the same things in the same way; those of two do not, and are never one series.
    """

    period: str
    source: tuple[str, str]  # the dataset, and the classification that its groups stand in
    unknown: NotRecorded
    lower: float
    upper: float


def unknown_shares(asked: Question) -> tuple[UnknownShare, ...]:
    """Every period and level of detail of a measure with a published number of events with no ethnicity, in one place.

    In order of time, source by source. Two levels of detail of one table count the same events: they
    are one share.
    """
    found: dict[tuple[str, str], UnknownShare] = {}
    for detail in asked.measure.answers:
        if detail.unknowns is None or (level := _level(asked, detail)) is None:
            continue
        for period in level.periods:
            unknown = level.panel.cells[asked.place.code, period].unknown
            if unknown is not None:
                limits = statistics.proportion(unknown.events, unknown.of)
                share = UnknownShare(
                    period,
                    (detail.unknowns, detail.classification),
                    unknown,
                    float(limits.lower),
                    float(limits.upper),
                )
                found.setdefault((detail.unknowns, period), share)
    shares = sorted(found.values(), key=lambda one: read_period(one.period).end)
    first = {one.source: at for at, one in reversed(list(enumerate(shares)))}
    return tuple(sorted(shares, key=lambda one: first[one.source]))


def _level(asked: Question, detail: Answer) -> Question | None:
    """The same question at another level of detail; None where it is not published here."""
    try:
        return question(
            asked.measure.slug,
            place=asked.place.code,
            groups=detail.groups,
            engine=asked.engine,
            versions=asked.versions,
        )
    except NoAnswer:
        return None
