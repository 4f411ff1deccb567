"""What a page of counterfactuals is about: one measure, and the answers to every question that fits it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.errors import Refused
from evenhand.core.exports import Source
from evenhand.domains.evidence.queries.answers import suppose
from evenhand.domains.evidence.queries.shown import Shown, sources_of
from evenhand.library.datasets import catalogue
from evenhand.library.datasets.catalogue import Caveat
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.datasets.counterfactuals import ONE_STAGE, Counterfactual, Line, questions
from evenhand.library.datasets.quoted_counterfactuals import quoted_counterfactuals

PRISON = "prison-population"
STAGES, QUOTED, GAPS = "stages", "side-by-side", "no-open-count"  # exhibits that are not read from the measure alone
POOLED = " to "  # stands in the name of years that were counted together


@dataclass(frozen=True)
class Supposed(Shown):
    """A measure with the answers to its named questions, one of which is the first."""

    answers: tuple[Counterfactual, ...] = ()
    quoted: str | None = None  # the release that the reader asked for

    @property
    def first(self) -> Counterfactual:
        """The answer that stands first."""
        return self.answers[0]

    @property
    def leader(self) -> Line:
        """The line of the group that the page speaks of."""
        return self.first.line(self.lead.group) if self.lead else max(self.first.lines, key=_size)

    @property
    def name(self) -> str:
        """What the page is about, as a title."""
        return _("Counterfactuals: %(name)s") % {"name": super().name}

    @property
    def release(self) -> str:
        """The release of everything on the page, which is quoted together."""
        return self.first.release

    @property
    def release_url(self) -> str:
        """The address that shows this page for ever."""
        return self.first.permalink

    @property
    def permalink(self) -> str:
        """The same: no group is chosen here."""
        return self.first.permalink

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What must be said beside any counterfactual, and beside the measure."""
        return self.first.caveats

    def sources(self, name: str) -> tuple[Source, ...]:
        """The published tables that one exhibit was read from; the stages and the quotations have their own."""
        if name == STAGES:
            return tuple(dict.fromkeys(source for answer in self.stages for source in sources_of(answer.answered)))
        if name == QUOTED:
            quoted = (
                Source(one.title, one.source_title, one.source_url, one.table, one.licence)
                for one in quoted_counterfactuals()
            )
            return (*quoted, *super().sources(name))
        if name == GAPS:
            return ()
        return super().sources(name)

    def datasets(self, name: str) -> frozenset[str]:
        """The datasets behind one exhibit; behind the page, those of the measure and of every stage."""
        of_stages = frozenset(source.dataset for answer in self.stages for source in answer.answered.sources)
        if name == STAGES:
            return of_stages
        return super().datasets(name) | (of_stages if not name else frozenset())

    def licence(self, name: str) -> str:
        """The terms of the figures of one exhibit, as their publishers write them."""
        if name in (STAGES, QUOTED):
            return "; ".join(dict.fromkeys(source.licence for source in self.sources(name)))
        return super().licence(name)

    @cached_property
    def stages(self) -> tuple[Counterfactual, ...]:
        """The answer of each stage that has counts, in the order of the journey."""
        return tuple(_stages(self.quoted))

    def url(self, name: str, form: str, view: str = "exhibit") -> str:
        """The address of an exhibit as a file of one form: of this same page, in this same release."""
        return f"{reverse(f'evidence:counterfactual-{view}', args=[name, form])}?{urlencode(self.asked)}"

    @property
    def asked(self) -> dict[str, str]:
        """What the address of this page says of it."""
        answered = self.answered
        return {
            "measure": answered.measure.slug,
            "period": answered.period,
            "reference": answered.reference,
            "release": self.release,
        }


def supposed_for(
    slug: str, *, period: str | None = None, reference: str | None = None, release: str | None = None
) -> Supposed:
    """Every question that fits a measure, answered; Refused with what is published instead where there is none."""
    measure = next((one for one in catalogue.measures() if one.slug == slug), None)
    asked = [one.slug for one in questions(measure)] if measure else []
    answers = tuple(
        suppose(slug, one, period=period, reference=reference, release=release) for one in asked or [ONE_STAGE.slug]
    )
    first = answers[0]
    return Supposed(first.question, first.answered, _lead(first), None, answers=answers, quoted=release)


def _lead(first: Counterfactual) -> Comparison | None:
    """The group with the largest clear difference; where none is clear, with the largest that rests on enough."""
    moved = [line for line in first.lines if line.group != first.answered.reference and line.difference is not None]
    clear = [line for line in moved if line.clear]
    steady = [line for line in clear or moved if line.flag is None]
    found = max(steady or clear or moved, key=_size, default=None)
    return first.answered.row(found.group) if found else None


def _size(line: Line) -> float:
    return abs(line.difference or 0)


def _stages(release: str | None) -> Iterator[Counterfactual]:
    """The answer of each stage in its latest period, and in years that were counted together."""
    for measure in catalogue.counted().measures:
        if ONE_STAGE not in questions(measure):
            continue
        try:
            latest = suppose(measure.slug, ONE_STAGE.slug, release=release)
        except Refused as fault:
            if fault.code == "not-released":  # the quoted release is older than the measure
                continue
            raise
        yield latest
        for period in latest.question.periods:
            if POOLED in period and period != latest.answered.period:
                yield suppose(measure.slug, ONE_STAGE.slug, period=period, release=release)
