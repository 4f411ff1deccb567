"""Cells of a table: a figure as shown and as known, or why there is none."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import times
from evenhand.core.design.parts import Cell, Column
from evenhand.domains.evidence.queries import words
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison

Show = Callable[[float | None], str]
NOTHING = "–"


def cell(show: Show, value: float | None, why: str = "") -> Cell:
    """One figure, or the reason for its absence."""
    return Cell(show(value) if value is not None else "" if why else NOTHING, value, "" if value is not None else why)


def ends(show: Show, lower: float | None, upper: float | None) -> Cell:
    """The two ends of a likely range: one cell on the page, two in the download."""
    return Cell(between(show(lower), show(upper)) or NOTHING, (lower, upper))


def ratio_cells(row: Comparison, why: str) -> tuple[Cell, Cell]:
    """A ratio and its likely range."""
    return cell(times, row.ratio, why), ratio_ends(row.lower, row.upper)


def ratio_ends(lower: float | None, upper: float | None) -> Cell:
    """The likely range of a ratio."""
    return Cell(words.interval(lower, upper) or NOTHING, (lower, upper))


def figures(name: str) -> Column:
    """A column of figures."""
    return Column(name, numeric=True)


def ranges(of: str, name: str = "", *, whole: bool = False) -> Column:
    """A column of likely ranges of something, `whole` with the figure itself; the download names each part."""
    said = {"of": of}
    parts = (_("%(of)s, lower") % said, _("%(of)s, upper") % said)
    return Column(name or _("Likely range"), numeric=True, ends=(of, *parts) if whole else parts)


def small_tag(row: Comparison) -> str:
    """The words beside a name whose count, or that of the group it is compared with, is small."""
    if row.flag != "small-base":
        return ""
    said = {"base": SMALL_BASE}
    own = row.events is not None and row.events < SMALL_BASE
    return _("under %(base)s") % said if own else _("compared with under %(base)s") % said


def between(lower: str, upper: str) -> str:
    """A range in words, or nothing."""
    return _("%(lower)s to %(upper)s") % {"lower": lower, "upper": upper} if lower and upper else ""
