"""Differences that the released figures bear and that could be put on the register, each as of its release.

The evidence finds them and the register keeps them: they meet here, since neither knows the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.core.references import Ref
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.claims.ours import headline
from evenhand.domains.evidence.queries.words import display, years
from evenhand.domains.reviews.models import Disparity
from evenhand.domains.reviews.rules.disparities import Interval, clear, comparable, found
from evenhand.library.datasets.compare import NATION, Answered, Question
from evenhand.library.datasets.comparison import Comparison


@dataclass(frozen=True)
class Proposal:
    """One difference: what it is of, what the figures show in words, and whether it stands on the register."""

    key: str
    title: str
    finding: str
    lasting: bool
    periods: int
    figure: Ref
    answered: Answered
    row: Comparison
    permalink: str

    def entry(self, slug: str) -> Disparity:
        """What is put on the register."""
        return Disparity(
            slug=slug,
            title=self.title,
            finding=self.finding,
            lasting=self.lasting,
            figure=self.figure,
            group=self.row.group,
            reference=self.answered.reference,
            groups=self.answered.groups,
            period=self.answered.period,
            release=self.answered.release,
            permalink=self.permalink,
        )


def proposals() -> list[Proposal]:
    """Every difference of the nation that persists to a group's harm and is not on the register yet.

    It is clear of parity in the latest period and in at least two of the latest three that are comparable. Those that
    are the same in every comparable period come first, then the largest.
    """
    there = {
        (one.figure, one.group, one.reference, one.groups) for one in Disparity.objects.exclude(status="dismissed")
    }
    every = [one for measure in catalogue().measures if measure.answers for one in _of(measure.slug)]
    fresh = [one for one in every if _stands(one) not in there]
    return sorted(fresh, key=lambda one: (not one.lasting, -_size(one), one.key))


def proposal(key: str) -> Proposal | None:
    """The difference that a form names; None if it is not borne out (any more) or stands on the register."""
    return next((one for one in proposals() if one.key == key), None)


def _of(slug: str) -> Iterator[Proposal]:
    asked = ask(slug)
    answered = asked.answer()
    if answered.place.code != NATION or answered.kind != "counts":
        return
    for row in answered.rows:
        if row.group in answered.unsafe:
            continue
        periods = comparable(asked.periods, asked.measure.breaks)
        intervals = [_interval(asked, period, row.group) for period in periods]
        shows = found(intervals, asked.measure.harm)
        if shows != "none":
            yield _proposal(
                asked, answered, row, dict(zip(periods, intervals, strict=True)), lasting=shows == "lasting"
            )


def _proposal(
    asked: Question, answered: Answered, row: Comparison, intervals: dict[str, Interval], *, lasting: bool
) -> Proposal:
    claim = headline(answered, row)
    said = {"measure": _(asked.measure.title), "group": display(answered, row.group), "reference": answered.reference}
    title = _("%(measure)s: %(group)s compared with %(reference)s, %(place)s") % {
        **said,
        "place": answered.place.name,
    }
    finding = f"{claim.sentence} ({claim.doubt}). {_over_time(asked, intervals, lasting=lasting)}"
    return Proposal(
        key=f"{asked.measure.slug}.{row.group}".lower().replace(" ", "-"),
        title=title,
        finding=finding,
        lasting=lasting,
        periods=len(intervals),
        figure=Ref("evidence.measure", asked.measure.slug),
        answered=answered,
        row=row,
        permalink=claim.permalink,
    )


def _over_time(asked: Question, intervals: dict[str, Interval], *, lasting: bool) -> str:
    """What the comparable periods say together."""
    said = {
        "first": years(next(iter(intervals))),
        "count": len(intervals),
        "clear": sum(clear(one, asked.measure.harm) for one in intervals.values()),
    }
    if lasting:
        return _("The likely range left out parity in each of the %(count)s periods from %(first)s.") % said
    return _("The likely range left out parity in %(clear)s of the %(count)s periods from %(first)s.") % said


def _interval(asked: Question, period: str, group: str) -> Interval:
    row = asked.answer(period=period).row(group)
    return None if row.lower is None or row.upper is None else (row.lower, row.upper)


def _stands(one: Proposal) -> tuple[Ref, str, str, int]:
    return one.figure, one.row.group, one.answered.reference, one.answered.groups


def _size(one: Proposal) -> float:
    """How far from parity, whichever side of it."""
    ratio = one.row.ratio or 1
    return max(ratio, 1 / ratio) if ratio else 1
