"""Cells of a table: a figure as shown and as known, or why there is none."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import times
from evenhand.core.design.parts import Cell, Column, Field, Kind, machine_name
from evenhand.domains.evidence.queries import words
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison

Show = Callable[[float | None], str]
NOTHING = "–"


def place_field() -> Field:
    """The column of a download that names a place."""
    return Field("place", _("Place"))


def place_code_field() -> Field:
    """The column of a download that has the official code of a place."""
    return Field("place_code", _("Place code"), "text", _("Code of the Office for National Statistics"))


def cell(show: Show, value: float | None, why: str = "", origin: str = "") -> Cell:
    """One figure with the way to where it comes from, or the reason for its absence."""
    if value is None:
        return Cell("" if why else NOTHING, None, why)
    return Cell(show(value), value, origin=origin)


def ends(show: Show, lower: float | None, upper: float | None, origin: str = "") -> Cell:
    """The two ends of a likely range: one cell on the page, two in the download."""
    return _range(between(show(lower), show(upper)), lower, upper, origin)


def ratio_cells(row: Comparison, why: str, origin: str = "") -> tuple[Cell, Cell]:
    """A ratio and its likely range."""
    return cell(times, row.ratio, why, origin), ratio_ends(row.lower, row.upper, origin)


def ratio_ends(lower: float | None, upper: float | None, origin: str = "") -> Cell:
    """The likely range of a ratio."""
    return _range(words.interval(lower, upper), lower, upper, origin)


def _range(text: str, lower: float | None, upper: float | None, origin: str) -> Cell:
    return Cell(text or NOTHING, (lower, upper), origin=origin if text else "")


def heads(title: str, name: str, about: str = "") -> Column:
    """The column that heads the rows."""
    return Column(title, fields=(Field(name, title, "text", about),))


def areas_head(title: str) -> Column:
    """The column of areas: their names on the page, and their codes too in the download."""
    return Column(title, fields=(place_field(), place_code_field()))


def figures(title: str, name: str = "", kind: Kind = "number", about: str = "") -> Column:
    """A column of figures, in the download under a name for machines."""
    return Column(title, numeric=True, fields=(Field(name or machine_name(title), title, kind, about),))


def ranges(of: str, title: str = "", *, name: str = "", kind: Kind = "number", whole: bool = False) -> Column:
    """A column of likely ranges of something, `whole` with the figure itself; the download names each part."""
    said, name = {"of": of}, name or machine_name(of)
    ends = (
        Field(f"{name}_lower", _("%(of)s, lower") % said, kind, _("Lower end of the 95% likely range")),
        Field(f"{name}_upper", _("%(of)s, upper") % said, kind, _("Upper end of the 95% likely range")),
    )
    return Column(title or _("Likely range"), numeric=True, fields=(Field(name, of, kind), *ends) if whole else ends)


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
