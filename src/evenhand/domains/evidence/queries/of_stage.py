"""The evidence of one stage: every measure of it, the groups side by side, and what nobody publishes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent
from evenhand.core.design.parts import Link
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.lines import COLUMNS, GROUND, Line, address, axis_of, line_of
from evenhand.library.datasets.compare import Answered, Question
from evenhand.library.places import place
from evenhand.library.vocabulary import Stage, stage


@dataclass(frozen=True)
class Measured:
    """What one measure of the stage says, why it matters, and where there is more of it."""

    title: str
    url: str
    period: str
    message: str
    why: str
    notes: tuple[str, ...]
    more: tuple[Link, ...]


@dataclass(frozen=True)
class OfStage:
    """All the evidence of one stage."""

    stage: Stage
    lines: tuple[Line, ...]
    measured: tuple[Measured, ...]
    ground: SafeString
    scale: SafeString
    columns: tuple[str, ...] = COLUMNS

    @property
    def compared(self) -> bool:
        """Whether any ratio is known."""
        return any(line.marks for line in self.lines)


def of_stage(slug: str) -> OfStage:
    """Everything that is known of a stage; UnknownTerm for a slug that is none."""
    here = stage(slug)
    found = [measure for measure in catalogue().measures if measure.stage == here.slug]
    questions = {measure.slug: ask(measure.slug) for measure in found if measure.answers}
    answers = {name: question.answer() for name, question in questions.items()}
    axis = axis_of(answers.values())
    titles = {name: words.titled(answered) for name, answered in answers.items()}
    return OfStage(
        here,
        tuple(
            line_of(measure, answers.get(measure.slug), axis, title=titles.get(measure.slug, "")) for measure in found
        ),
        tuple(_measured(questions[name], answered) for name, answered in answers.items()),
        charts.strip_ground(axis, name=GROUND),
        charts.strip_scale(axis),
    )


def _measured(question: Question, answered: Answered) -> Measured:
    measure = answered.measure
    return Measured(
        _(measure.title),
        address(answered),
        words.years(answered.period),
        words.groups_message(answered) + ".",
        _(measure.why),
        tuple(_notes(answered)),
        tuple(_more(question, answered)),
    )


def _notes(answered: Answered) -> Iterator[str]:
    if answered.unknown is not None:
        said = {"share": percent(answered.unknown.share), "events": _(answered.measure.events)}
        yield _("%(share)s of %(events)s have no ethnicity recorded.") % said
    if answered.kind in ("rates", "ratios"):
        yield _("Published without counts, so without a likely range.")
    if answered.ethnicity_basis == "officer-observed":
        yield _("As officers saw it.")
    yield from map(_, answered.notes)


def _more(question: Question, answered: Answered) -> Iterator[Link]:
    """The same measure by more groups, through the years and by area, where there are any."""
    for detail in answered.measure.answers[1:]:
        other = ask(answered.measure.slug, groups=detail.groups).answer()
        yield Link(_("By %(count)s groups") % {"count": detail.groups}, address(other))
    if len(question.periods) > 1:
        yield Link(_("%(count)s periods") % {"count": len(question.periods)}, address(answered))
    forces = {code for code, _period in question.panel.cells if place(code).kind == "police-force"}
    if forces:
        yield Link(_("By police force area"), address(answered) + "#choose")
