"""The evidence of one place: every measure that has figures there, and by stage what is not published for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, times
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.lines import COLUMNS, GROUND, Line, address, axis_of, line_of
from evenhand.domains.evidence.queries.shown import Shown, origin_of, shown_for
from evenhand.library.datasets.catalogue import Measure
from evenhand.library.datasets.compare import NATION, Question
from evenhand.library.datasets.forces import AreaRow, areas
from evenhand.library.places import Place, parents, place
from evenhand.library.vocabulary import Stage, stages


@dataclass(frozen=True)
class Finding:
    """What one measure says of the place, of the group with the clearest difference, and what stands beside that."""

    stage: Stage
    title: str
    url: str
    period: str
    sentence: str
    figure: str
    doubt: str
    origin: str
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Absent:
    """A measure without figures for the place: what is published instead, or that nothing is."""

    title: str
    url: str
    instead: str
    gap: bool


@dataclass(frozen=True)
class OfPlace:
    """All the evidence of one place. Where it has no figures of its own, `counted` is the place around it that has."""

    place: Place
    counted: Place
    found: tuple[Finding, ...]
    lines: tuple[tuple[Stage, tuple[Line, ...]], ...]
    absent: tuple[tuple[Stage, tuple[Absent, ...]], ...]
    ground: SafeString
    scale: SafeString
    columns: tuple[str, ...] = COLUMNS

    @property
    def whose(self) -> str:
        """Why the figures are those of another place; blank where they are its own."""
        if self.counted == self.place:
            return ""
        said = {"place": self.place.name, "counted": self.counted.name, "kind": kind_in_words(self.counted)}
        text = _(
            "No figures are published for %(place)s alone. It lies in %(counted)s (%(kind)s): these are its figures."
        )
        return text % said


def of_place(asked: Place) -> OfPlace:
    """Everything that is known of a place: a force area, region or nation; or of the force area that it lies in."""
    counted, questions = _counted(asked)
    answers = {slug: question.answer() for slug, question in questions.items()}
    axis = axis_of(answers.values())
    national = asked.code == NATION  # whose lines are the page of the whole journey
    return OfPlace(
        asked,
        counted,
        tuple(_finding(shown_for(question)) for question in questions.values()),
        tuple(
            (stage, tuple(line_of(measure, answers[measure.slug], axis) for measure in of))
            for stage, of in _by_stage(measure for measure in catalogue().measures if measure.slug in answers)
        )
        if not national
        else (),
        tuple(
            (stage, tuple(_absent(measure) for measure in of))
            for stage, of in _by_stage(measure for measure in catalogue().measures if measure.slug not in answers)
        ),
        charts.strip_ground(axis, name=GROUND),
        charts.strip_scale(axis),
    )


def kind_in_words(one: Place) -> str:
    """What kind of place it is."""
    return {
        "police-force": _("police force area"),
        "nation": _("nation"),
        "region": _("region"),
        "council": _("council"),
        "probation-region": _("probation region"),
        "prison": _("prison"),
    }[one.kind]


def _counted(asked: Place) -> tuple[Place, dict[str, Question]]:
    """The nearest place around this one that any measure has figures for, itself first, and what is asked of it."""
    for near in (asked, *parents(asked)):
        if questions := dict(_questions(near)):
            return near, questions
    return asked, {}


def _questions(where: Place) -> Iterator[tuple[str, Question]]:
    """Every measure that has figures for the place, at the first level of detail that has them."""
    for measure in catalogue().measures:
        for detail in measure.answers:
            try:
                yield measure.slug, ask(measure.slug, place=where.code, groups=detail.groups)
            except Refused:
                continue
            break


def _by_stage(some: Iterator[Measure]) -> Iterator[tuple[Stage, list[Measure]]]:
    by: dict[str, list[Measure]] = {}
    for measure in some:
        by.setdefault(measure.stage, []).append(measure)
    yield from ((stage, by[stage.slug]) for stage in stages() if stage.slug in by)


def _finding(shown: Shown) -> Finding:
    answered, lead = shown.answered, shown.lead
    figure = doubt = origin = ""
    if lead and answered.kind == "shares":
        figure, doubt, origin = words.share(lead), _("no likely range"), origin_of(answered, "rate", lead.group)
    elif lead:
        figure, doubt = times(lead.ratio) + "×", words.likely(words.interval(lead.lower, lead.upper))
        origin = origin_of(answered, "ratio", lead.group)
    return Finding(
        next(stage for stage in stages() if stage.slug == answered.measure.stage),
        _(answered.measure.title),
        address(answered),
        words.years(answered.period),
        "".join(words.headline(answered, lead)),
        figure,
        doubt,
        origin,
        tuple(text for text in (_nation(shown), _unknown(shown), _rank(shown), *map(_, answered.notes)) if text),
    )


def _nation(shown: Shown) -> str:
    """The same group in England and Wales."""
    if shown.nation is None or shown.lead is None:
        return ""
    row = shown.nation.row(shown.lead.group)
    if shown.answered.kind == "shares":
        return _("England and Wales: %(share)s.") % {"share": words.share(row)} if row.rate is not None else ""
    if row.ratio is None:
        return ""
    said = {"times": times(row.ratio), "doubt": words.likely(words.interval(row.lower, row.upper))}
    return _("England and Wales: %(times)s times, %(doubt)s.") % said


def _unknown(shown: Shown) -> str:
    """The share with no ethnicity, and how far it could move the answer."""
    answered, lead = shown.answered, shown.lead
    if answered.unknown is None:
        return (
            _("How many have no ethnicity recorded is not published here.")
            if answered.kind in ("counts", "shares")
            else ""
        )
    said = {"share": percent(answered.unknown.share), "events": _(answered.measure.events)}
    text = _("%(share)s of %(events)s have no ethnicity recorded.") % said
    could = words.could_be(lead, answered.bound(lead.group)) if lead else ""
    return f"{text} {could}" if could else text


def _rank(shown: Shown) -> str:
    """Between which places in the order of force areas it stands, where its base allows that to be said."""
    question, lead = shown.question, shown.lead
    if lead is None or lead.ratio is None or question.place.kind != "police-force" or shown.nation is None:
        return ""
    ranked = _ranked(question, lead.group)
    own = next((one for one in ranked if one.place == question.place), None)
    if own is None or own.rank_lower is None or own.rank_upper is None:
        return _("Too little is counted to say where it stands among the force areas.")
    said = {
        "all": sum(one.rank is not None for one in ranked),
        "from": f"{own.rank_lower:.0f}",
        "to": f"{own.rank_upper:.0f}",
    }
    if said["from"] == said["to"]:
        return _("Of %(all)s force areas, its ratio stands at place %(from)s, counted from the highest.") % said
    return (
        _("Of %(all)s force areas, its ratio stands between place %(from)s and place %(to)s, counted from the highest.")
        % said
    )


def _ranked(question: Question, group: str) -> tuple[AreaRow, ...]:
    """Every force area with its likely ranks, worked out once for all of them."""
    key = (
        *("areas", question.measure.slug, question.detail.groups, question.period, question.reference, group),
        tuple(sorted(question.versions.items())),
    )
    return question.engine.kept(key, lambda: areas(replace(question, place=place(NATION)), group))


def _absent(measure: Measure) -> Absent:
    url = reverse("evidence:measure", args=[measure.slug])
    return Absent(_(measure.title), url, _(measure.not_published), gap=not measure.answers)
