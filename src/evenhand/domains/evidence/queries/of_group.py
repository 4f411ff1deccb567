"""The evidence of one group: every measure along the journey where it is counted, by its own name or within another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.charts.axes import LogAxis
from evenhand.core.design.numbers import times
from evenhand.core.design.parts import Link
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.lines import GROUND, address, denominator, drawn
from evenhand.domains.evidence.queries.shown import origin_of
from evenhand.library.datasets.catalogue import Measure, measures
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison
from evenhand.library.vocabulary import Stage, UnknownLabel, UnknownTerm, stages
from evenhand.library.vocabulary.errors import near_misses
from evenhand.library.vocabulary.ethnicity import Classification, Group, IllegalJoin, classification, crosswalk

Of = TypeVar("Of")
BROAD, DETAILED, WHITE = "five", "census-2021-19", "White"
CENSUS = (BROAD, DETAILED, "gss-18")


@dataclass(frozen=True)
class Counted:
    """What one measure says of the group; `within` names the wider group that holds it, where it is not told apart."""

    title: str
    url: str
    period: str
    out_of: str
    sentence: str
    within: str
    figure: str
    doubt: str
    origin: str
    strip: SafeString | None
    notes: tuple[str, ...]
    ratio: float | None
    clear: bool


@dataclass(frozen=True)
class Unsaid:
    """A measure that says nothing of the group, and why."""

    title: str
    url: str
    why: str


@dataclass(frozen=True)
class OfGroup:
    """All the evidence of one group, stage by stage."""

    group: Group
    definition: str
    around: Link | None
    parts: tuple[Link, ...]
    counted: tuple[tuple[Stage, tuple[Counted, ...]], ...]
    turns: tuple[Counted, ...]
    unsaid: tuple[tuple[Stage, tuple[Unsaid, ...]], ...]
    areas: Link | None
    ground: SafeString
    scale: SafeString

    @property
    def compared(self) -> bool:
        """Whether any ratio is known."""
        return any(one.strip for _stage, some in self.counted for one in some)

    @property
    def extent(self) -> str:
        """In how many measures the group is counted by its own name, within a wider one, or not at all."""
        lines = [one for _stage, some in self.counted for one in some]
        held = sum(bool(one.within) for one in lines)
        silent = sum(len(some) for _stage, some in self.unsaid)
        said = {"all": len(lines) + silent, "own": len(lines) - held, "held": held, "silent": silent}
        parts = [_("Of %(all)s measures, %(own)s count this group by its own name.")]
        if not said["own"]:
            parts = [_("None of %(all)s measures counts this group by its own name.")]
        parts += [_("%(held)s count it within a wider group, which says less.")] if held else []
        parts += [_("%(silent)s say nothing of it.")] if silent else []
        return " ".join(parts) % said


@cache
def groups() -> tuple[tuple[Classification, tuple[Group, ...]], ...]:
    """Every group that some measure counts, each under the first classification that has it."""
    used = dict.fromkeys(answer.classification for measure in measures() for answer in measure.answers)
    found: dict[str, tuple[Classification, list[Group]]] = {}
    seen: set[str] = set()
    for slug in dict.fromkeys((BROAD, DETAILED, *used)):
        scheme = classification(slug)
        if fresh := [group for group in scheme.groups if group.slug not in seen]:
            seen |= {group.slug for group in fresh}
            found[slug] = (scheme, fresh)
    return tuple((scheme, tuple(fresh)) for scheme, fresh in found.values())


def group_named(slug: str) -> tuple[Classification, Group]:
    """The group of a slug, and the classification that it stands in; UnknownTerm with the near matches."""
    for scheme, some in groups():
        for group in some:
            if group.slug == slug:
                return scheme, group
    known = [group.slug for _scheme, some in groups() for group in some]
    raise UnknownTerm(slug, near_misses(slug, known), what="group")


def group_slug(answered: Answered, name: str) -> str:
    """The slug of the page of a group that an answer names; blank for one that has none."""
    known = {group.slug for _scheme, some in groups() for group in some}
    for scheme in (answered.classification, *answered.measure.answer(answered.groups).outside.values()):
        for group in classification(scheme).groups:
            if group.name == name and group.slug in known:
                return group.slug
    return ""


def of_group(slug: str) -> OfGroup:
    """Everything that is known of a group; UnknownTerm for a slug that is none."""
    scheme, group = group_named(slug)
    said = {measure.slug: _said(measure, scheme, group) for measure in measures()}
    known = {name: one for name, one in said.items() if isinstance(one, tuple)}
    axis = charts.strip_axis(
        tuple(
            charts.StripMark(row.ratio, row.lower, row.upper)
            for _answered, row, _within in known.values()
            if row.ratio is not None
        )
    )
    counted = {name: _counted(answered, row, within, axis) for name, (answered, row, within) in known.items()}
    silent = {name: one for name, one in said.items() if isinstance(one, Unsaid)}
    return OfGroup(
        group,
        scheme.definition,
        _link(group.parent) if group.parent else None,
        tuple(_link(part.name) for part in classification(DETAILED).groups if part.parent == group.name)
        if scheme.slug == BROAD
        else (),
        tuple(_by_stage(counted)),
        tuple(_turns(one for one in counted.values() if not one.within)),
        tuple(_by_stage(silent)),
        _areas(scheme, group),
        charts.strip_ground(axis, name=GROUND),
        charts.strip_scale(axis),
    )


def _said(measure: Measure, scheme: Classification, group: Group) -> tuple[Answered, Comparison, str] | Unsaid:
    """The answer and the row that say most of the group, with the wider group that holds it; or why none does."""
    answers = [ask(measure.slug, groups=detail.groups).answer() for detail in measure.answers]
    url = reverse("evidence:measure", args=[measure.slug])
    if not answers:
        return Unsaid(_(measure.title), url, _("No open count. %(what)s") % {"what": _(measure.not_published)})
    own = [(answered, row) for answered in answers if (row := _own_row(answered, group))]
    for answered, row in own:
        if _speaks(answered, row):
            return answered, row, ""
    held = [
        (answered, row)
        for answered in answers
        if (holder := _holder(classification(answered.classification), scheme, group))
        for row in answered.rows
        if row.group == holder.name
    ]
    for answered, row in held:
        # Nearly all White people are White British: what is said of White says nothing of the others.
        if row.group != WHITE and _speaks(answered, row):
            return answered, row, words.named(answered, row.group)
    if own:
        answered, row = own[0]
        warned = row.group in answered.measure.answer(answered.groups).not_separate
        why = _(group.warning) if warned and group.warning else words.reason(row.flag).capitalize() + "."
        return Unsaid(_(measure.title), url, why)
    if held:
        answered, row = held[0]
        text = _("Counted within %(group)s, and not told apart.")
        if row.flag == "reference":
            text = _("Counted within %(group)s, the group that others are compared with, and not told apart.")
        return Unsaid(_(measure.title), url, text % {"group": words.named(answered, row.group)})
    return Unsaid(_(measure.title), url, _("The source has no such group."))


def _speaks(answered: Answered, row: Comparison) -> bool:
    """Whether a row says something: a ratio, a share of the whole, or what all others are compared with."""
    return row.ratio is not None or row.flag == "reference" or (answered.kind == "shares" and row.rate is not None)


def _own_row(answered: Answered, group: Group) -> Comparison | None:
    """The row of the group by its own name, in the answer's own groups or among those outside them."""
    outside = answered.measure.answer(answered.groups).outside.values()
    names = {
        one.name
        for slug in (answered.classification, *outside)
        for one in classification(slug).groups
        if one.slug == group.slug
    }
    return next((row for row in answered.rows if row.group in names), None)


def _holder(into: Classification, scheme: Classification, group: Group) -> Group | None:
    """The group of one classification that holds a group of the census's two lists; none where nobody can say."""
    if scheme.slug not in (BROAD, DETAILED):
        return None
    step = scheme.steps.get(into.slug)
    try:
        name = crosswalk(scheme.slug, into.slug, override=step.override or None if step else None).mapping[group.name]
    except IllegalJoin:
        try:
            name = into.read(group.parent or group.name)
        except UnknownLabel:
            return None
    held = next((one for one in into.groups if one.name == name), None)
    return held if held and held.slug != group.slug else None


def _counted(answered: Answered, row: Comparison, within: str, axis: LogAxis) -> Counted:
    figure = doubt = origin = ""
    if row.ratio is not None:
        origin = origin_of(answered, "ratio", row.group)
        figure, doubt = times(row.ratio), words.likely(words.interval(row.lower, row.upper))
    elif answered.kind == "shares":
        origin = origin_of(answered, "rate", row.group)
        figure, doubt = words.share(row), _("of %(events)s") % {"events": _(answered.measure.events)}
    return Counted(
        _(answered.measure.title),
        address(answered, group=row.group) if row.flag != "reference" else address(answered),
        answered.period,
        _out_of(answered),
        "".join(words.headline(answered, row)) if row.flag != "reference" else words.groups_message(answered),
        within,
        figure,
        doubt,
        origin,
        drawn(row, axis, lead=not within) if row.ratio is not None else None,
        tuple(_notes(answered, row)),
        row.ratio,
        row.group not in answered.unsafe
        and (row.clear or (row.ratio is not None and row.lower is None and times(row.ratio) != words.PARITY)),
    )


def _out_of(answered: Answered) -> str:
    """Whom the events are counted out of, and in which list of groups, where it is not one of the census's."""
    text = denominator(answered)
    scheme = classification(answered.classification)
    return text if scheme.slug in CENSUS else f"{text}, {_(scheme.short)}"


def _notes(answered: Answered, row: Comparison) -> Iterator[str]:
    """What must be read beside the figure."""
    if row.flag == "reference":
        unit = _(answered.measure.unit)
        said = {"rate": words.level(answered, row.rate) + ("" if unit.startswith("%") else " ") + unit}
        text = _("The group that others are compared with: %(rate)s.")
        yield (text if row.rate is not None else _("The group that others are compared with.")) % said
    elif row.ratio is not None:
        yield _("Compared with %(reference)s.") % {"reference": words.people(answered, answered.reference)}
    if row.flag == "small-base":
        yield _("A count under %(base)s: it can change a great deal from year to year.") % {"base": SMALL_BASE}
    elif row.ratio is not None and row.lower is not None and not row.clear:
        yield _("No clear difference.")
    if answered.ethnicity_basis == "officer-observed":
        yield _("As officers saw it.")
    if row.group in answered.unsafe:
        yield _("Its source makes this figure unsafe.")


def _turns(counted: Iterable[Counted]) -> Iterator[Counted]:
    """The measures at which the pattern turns round: the fewer of those clearly above parity and those below."""
    clear = [one for one in counted if one.clear]
    more, less = ([one for one in clear if ((one.ratio or 0) > 1) is above] for above in (True, False))
    if more and less:
        yield from min(less, more, key=len)


def _by_stage(lines: Mapping[str, Of]) -> Iterator[tuple[Stage, tuple[Of, ...]]]:
    for stage in stages():
        if here := tuple(lines[one.slug] for one in measures() if one.stage == stage.slug and one.slug in lines):
            yield stage, here


def _areas(scheme: Classification, group: Group) -> Link | None:
    """Searches of the group by police force area, which are published for five groups alone."""
    if scheme.slug != BROAD or group.name == "White":
        return None
    return Link(
        _("Searches by police force area"), address(ask("stop-and-search").answer(), group=group.name) + "#areas"
    )


def _link(name: str) -> Link:
    found = next(group for _scheme, some in groups() for group in some if group.name == name)
    return Link(_(found.display), reverse("group", args=[found.slug]))
