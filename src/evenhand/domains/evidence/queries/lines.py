"""Measures as lines of a table: the groups side by side, each as a number and a drawing on one axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.charts.axes import LogAxis
from evenhand.core.design.numbers import times
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.shown import origin_of
from evenhand.library.datasets.catalogue import Measure
from evenhand.library.datasets.compare import NATION, Answered
from evenhand.library.datasets.comparison import Comparison

COLUMNS = ("Black", "Mixed", "Asian", "Other")
IN_OTHER = {"Chinese or other": "Other", "Any other": "Other"}  # how older classifications name their last group
GROUND = "sg"


@dataclass(frozen=True)
class Mark:
    """One group at one measure: its ratio as a number and as a drawing, or why there is none."""

    group: str
    shown: str
    doubt: str
    strip: SafeString | None
    why: str
    lead: bool
    origin: str = ""


@dataclass(frozen=True)
class Line:
    """One measure of a stage: its marks, or in words what there is instead of ratios."""

    title: str
    url: str
    period: str
    out_of: str
    against: str
    marks: tuple[Mark, ...]
    said: str
    gap: bool = False


def axis_of(answers: Iterable[Answered]) -> LogAxis:
    """The axis that every line of one table shares."""
    return charts.strip_axis(
        tuple(
            charts.StripMark(row.ratio, row.lower, row.upper)
            for answered in answers
            for row in answered.rows
            if row.ratio is not None and _column(row.group) in COLUMNS
        )
    )


def _column(group: str) -> str:
    return IN_OTHER.get(group, group)


def line_of(measure: Measure, answered: Answered | None, axis: LogAxis, *, title: str = "") -> Line:
    """One measure as a line: of the place that was answered for; without an answer, what there is instead."""
    title = title or _(measure.title)
    if answered is None:
        url = reverse("evidence:measure", args=[measure.slug])
        return Line(title, url, "", "", "", (), _(measure.not_published), gap=True)
    url, out_of = address(answered), denominator(answered)
    against = "" if answered.reference == "White" else words.display(answered, answered.reference)
    if answered.kind == "shares":
        return Line(title, url, answered.period, out_of, "", (), words.groups_message(answered) + ".")
    by = {_column(row.group): row for row in answered.rows}
    return Line(
        title,
        url,
        answered.period,
        out_of,
        against,
        tuple(_mark(answered, group, by.get(group), axis) for group in COLUMNS),
        "",
    )


def address(answered: Answered, **asked: str) -> str:
    """The page of an answer in its place, as it is today."""
    slug = answered.measure.slug
    nation = answered.place.code == NATION
    path = (
        reverse("evidence:measure", args=[slug])
        if nation
        else reverse("evidence:place", args=[slug, answered.place.code])
    )
    if answered.groups != answered.measure.answers[0].groups:
        asked = {"groups": str(answered.groups), **asked}
    return f"{path}?{urlencode(asked)}" if asked else path


def denominator(answered: Answered) -> str:
    """Whom the events are counted out of, in a few words."""
    words_of = {
        "population": _("out of %(population)s"),
        "stock": _("on one day, out of %(population)s") if answered.kind == "counts" else _("out of %(population)s"),
        "stage-before": _("out of those who came this far: %(population)s"),
        "share": _("shares only"),
    }
    return words_of[answered.measure.denominator] % {"population": _(answered.measure.population)}


def drawn(row: Comparison, axis: LogAxis, *, lead: bool) -> SafeString:
    """One ratio with its likely range, on an axis whose lines stand in the ground of the page."""
    kind = "published" if row.lower is None else "few" if row.flag == "small-base" else "other"
    return charts.strip(
        charts.StripMark(row.ratio, row.lower, row.upper, kind=kind, lead=lead),  # type: ignore[arg-type]
        axis,
        ground=GROUND,
    )


def _mark(answered: Answered, group: str, row: Comparison | None, axis: LogAxis) -> Mark:
    name = _(group)
    if row is None:
        return Mark(name, "", "", None, _("within Other") if group == "Mixed" else _("not published"), lead=False)
    if row.ratio is None:
        return Mark(name, "", "", None, words.reason(row.flag), lead=False)
    leads = group == "Black"  # one colour down the page: the same group, not the largest figure of each row
    return Mark(
        name,
        times(row.ratio),
        words.interval(row.lower, row.upper) or _("published without counts"),
        drawn(row, axis, lead=leads),
        _("unsafe") if row.group in answered.unsafe else "",
        lead=leads,
        origin=origin_of(answered, "ratio", row.group),
    )
