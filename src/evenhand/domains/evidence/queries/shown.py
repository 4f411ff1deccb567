"""What a page is about: a question, its answer, the group that it leads with, and the same for the nation."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.errors import Refused
from evenhand.core.exports import Source
from evenhand.domains.evidence.queries import words
from evenhand.library.datasets.catalogue import Answer, Caveat, Unknown
from evenhand.library.datasets.compare import LONGEST, NATION, Answered, Question
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.places import place

USUAL_FIGURE = "ratio"


@dataclass(frozen=True)
class Shown:
    """A question with its answer, and what stands beside it."""

    question: Question
    answered: Answered
    lead: Comparison | None
    nation: Answered | None
    wanted: str = ""  # the group that was asked for, which may have no comparison here

    @property
    def name(self) -> str:
        """The measure, place and period, as a title."""
        return _("%(measure)s, %(place)s, %(period)s") % {
            "measure": _(self.answered.measure.title),
            "place": self.answered.place.name,
            "period": self.answered.period,
        }

    @property
    def release(self) -> str:
        """The release that the page shows, by its name."""
        return self.answered.release

    @property
    def release_url(self) -> str:
        """The address that shows this answer for ever."""
        return self.answered.permalink

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What must be said beside every figure."""
        return self.answered.caveats

    def sources(self, name: str) -> tuple[Source, ...]:
        """The published tables that one exhibit was read from."""
        del name
        return tuple(sources_of(self.answered))

    def datasets(self, name: str) -> frozenset[str]:
        """The datasets behind one exhibit, or behind the page where none is named."""
        del name
        return frozenset(source.dataset for source in self.answered.sources)

    def licence(self, name: str) -> str:
        """The terms of the figures of one exhibit, as their publisher writes them."""
        del name
        return self.question.catalogue.loader(self.question.detail.events).licence

    @property
    def permalink(self) -> str:
        """The address that shows this page for ever, led by the same group."""
        return self.answered.permalink + (f"&{urlencode({'group': self.lead.group})}" if self.lead else "")

    def url(self, name: str, form: str, view: str = "exhibit") -> str:
        """The address of an exhibit as a file of one form: this same answer, in this same release."""
        answered = self.answered
        asked = {
            "period": answered.period,
            "groups": str(answered.groups),
            "reference": answered.reference,
            "release": answered.release,
            **({"group": self.lead.group} if self.lead else {}),
        }
        path = reverse(f"evidence:{view}", args=[answered.measure.slug, answered.place.code, name, form])
        return f"{path}?{urlencode(asked)}"

    def origin(
        self,
        figure: str,
        group: str = "",
        *,
        place: str = "",
        period: str = "",
        outcome: str = "",
        level: Answer | None = None,
    ) -> str:
        """The address that tells where one number comes from, here or elsewhere: in it, only what is not usual."""
        question, answered = self.question, self.answered
        code = place or answered.place.code
        period = period or answered.period
        own = level in (None, question.detail)
        groups = question.detail.groups if level is None else level.groups
        return _trace_url(
            answered,
            code,
            figure=figure,
            group=group,
            outcome=outcome,
            period="" if own and period == question.panel.place_periods(code)[-1] else period,
            groups=groups,
            reference="" if not own or answered.reference == question.detail.reference else answered.reference,
        )


def origin_of(answered: Answered, figure: str, group: str = "") -> str:
    """The address that tells where one number of a page of many answers comes from."""
    usual = answered.measure.answer(answered.groups).reference
    return _trace_url(
        answered,
        answered.place.code,
        figure=figure,
        group=group,
        period=answered.period,
        groups=answered.groups,
        reference="" if answered.reference == usual else answered.reference,
    )


def _trace_url(
    answered: Answered,
    code: str,
    *,
    figure: str,
    group: str,
    period: str,
    groups: int,
    reference: str,
    outcome: str = "",
) -> str:
    """The address of one number of an answer, in its release: what is blank or usual is left out."""
    asked = {
        "figure": "" if figure == USUAL_FIGURE else figure,
        "group": group,
        "outcome": outcome,
        "period": period,
        "groups": "" if groups == answered.measure.answers[0].groups else str(groups),
        "reference": reference,
        "release": answered.release,
    }
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"/evidence/{answered.measure.slug}/{code}/trace/?{said}"


def row_url(dataset: str, version: str, row: int, column: str = "") -> str:
    """The address of one row of a file as it was loaded, with one cell of it marked."""
    marked = f"?{urlencode({'column': column})}" if column else ""
    return f"/evidence/data/{dataset}/{version}/row/{row}/{marked}"


def sources_of(answered: Answered) -> Iterator[Source]:
    """The published tables behind one answer, as a file names them."""
    for one in answered.sources:
        yield Source(one.publisher, one.title, one.url, one.table, one.licence)


def shown_for(question: Question, group: str = "") -> Shown:
    """What a page shows for a question, led by one group or by the clearest difference; Refused for no such group."""
    answered = question.answer()
    names = {row.group.casefold(): row.group for row in answered.rows}
    wanted = names.get(group.strip().casefold(), "")
    if group and not wanted:
        unknown = Unknown("group", group[:LONGEST], list(names.values()))
        raise Refused(str(unknown), near=unknown.near, code="unknown-group", status=404)
    nation = None
    if question.place.code != NATION and (NATION, question.period) in question.panel.cells:
        nation = question.answer(place=place(NATION))
    return Shown(question, answered, words.lead_of(answered, wanted), nation, wanted)
