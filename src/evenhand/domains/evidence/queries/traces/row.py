"""One row of a source file as it was loaded: every column, what was read from it, and where the file is from."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import Cell, Column, Link, Notice, Row, Table
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.answers import ANSWERING, catalogue, refused_in_words, released_on
from evenhand.domains.evidence.queries.exhibits.receipts import basis, day
from evenhand.domains.evidence.queries.shown import row_url
from evenhand.library.datasets.compare import LONGEST
from evenhand.library.datasets.engine import Engine, Observed
from evenhand.library.datasets.loader import ALL, Loader
from evenhand.library.datasets.trace import SourceFile, source_file
from evenhand.library.places import place


def row_page(dataset: str, version: str, number: int, column: str) -> dict[str, Any]:
    """One row, with one of its cells marked; Refused where there is no such dataset, release, row or column."""
    with refused_in_words(unknown="unknown-dataset"):
        one = catalogue().loader(dataset)
    engine = ANSWERING.engine()
    file = _file(engine, one, version)
    if number not in file.rows:
        last = max(file.rows, default=1)
        message = _("Row %(row)s is not in this file: its rows are 2 to %(last)s, the header being row 1.")
        raise Refused(message % {"row": number, "last": last}, code="unknown-row", status=404)
    if column and column not in file.columns:
        message = _("No column of this file is called “%(name)s”. There are: %(known)s.")
        said = {"name": column[:LONGEST], "known": ", ".join(file.columns)}
        raise Refused(message % said, near=file.columns, code="unknown-column", status=404)
    read = engine.read_from_row(dataset, version, number)
    said = {"row": whole(number), "file": file.name}
    marked = file.text(number, column) if column else ""
    heading = _("Row %(row)s of the file") % said
    return {
        "dataset": one,
        "heading": heading,
        "title": _("Row %(row)s of %(file)s") % said,
        "file": file.name,
        "kicker": _(one.title),
        "marked": marked,
        "column": column,
        "table": _table(file, number, column),
        "read": _read(read),
        "notices": tuple(_notices(engine, one, version, read)),
        "pairs": tuple(_pairs(one, file, version)),
        "steps": tuple(_steps(file, dataset, version, number, column)),
        "source_url": reverse("evidence:source", args=[dataset, version]),
        "crumbs": [
            Link(_("Home"), "/"),
            Link(_("Evidence"), reverse("evidence:journey")),
            Link(_(one.title), f"/evidence/data/{dataset}/"),
            Link(heading, "", current=True),
        ],
        "canonical": settings.SITE_URL + row_url(dataset, version, number),
        "alternates": [],
    }


def _file(engine: Engine, one: Loader, version: str) -> SourceFile:
    try:
        return source_file(engine, one.name, version)
    except LookupError:
        message = _("No release of “%(title)s” is called %(version)s here.")
        said = {"title": _(one.title), "version": version}
        raise Refused(message % said, code="unknown-release", status=404) from None


def _table(file: SourceFile, number: int, column: str) -> Table:
    rows = tuple(
        Row(
            Cell(name, name, tag=_("the figure") if name == column else ""),
            (Cell(text, text) if text.strip() else Cell("", None, _("blank")),),
            lead=name == column,
        )
        for name, text in zip(file.columns, file.rows[number], strict=True)
    )
    return Table(
        _("Every column of the row"), (Column(_("Column")), Column(_("As it stands in the file"))), rows, name="row"
    )


def _read(read: list[Observed]) -> Table | None:
    """What was made of the row; nothing where this dataset takes nothing from it."""
    if not read:
        return None
    states = {"present": "", "no-row": _("blank"), "suppressed": _("withheld by the publisher")}
    names = (_("Series"), _("Period"), _("Place"), _("Group"), _("Further"))
    rows = tuple(
        Row(
            Cell(one.column, one.column),
            (
                *(Cell(text, text) if text else Cell("–") for text in _of(one)),
                Cell("", None, states.get(one.state) or _("no figure"))
                if one.value is None
                else Cell(f"{one.value:,.10g}", one.value, tag=_(one.state) if one.state != "present" else ""),
            ),
        )
        for one in read
    )
    columns = (Column(_("Column")), *map(Column, names), Column(_("Value"), numeric=True))
    return Table(_("What was read from it"), columns, rows, name="read")


def _of(one: Observed) -> tuple[str, ...]:
    further = ", ".join(part for part in (one.detail, one.sex, one.age) if part and part != ALL)
    return one.series, one.period, place(one.place).name, one.group, further


def _notices(engine: Engine, one: Loader, version: str, read: list[Observed]) -> Iterator[Notice]:
    """What today's release says of the same figures, where this one is not today's."""
    current = engine.versions.get(one.name)
    if current in (None, version):
        return
    for observed in read:
        now = engine.same(observed, one.name, str(current))
        if now is None:
            text = _("Today’s release has no such figure: %(what)s.")
        elif now.value == observed.value and now.state == observed.state:
            text = _("Today’s release has the same figure: %(what)s.")
        else:
            text = _("Today’s release has another figure: %(what)s was %(before)s and is now %(after)s.")
        said = {
            "what": ", ".join(part for part in _of(observed) if part),
            "before": _value(observed),
            "after": _value(now) if now else "",
        }
        link = Link(_("See its row"), row_url(one.name, str(current), now.row, now.column)) if now else None
        yield Notice(text % said, _("An earlier release"), "care", link)


def _value(one: Observed) -> str:
    return f"{one.value:,.10g}" if one.value is not None else _("no figure")


def _pairs(one: Loader, file: SourceFile, version: str) -> Iterator[tuple[str, str, None]]:
    """The facts of a summary list; none of them has a link."""
    on = released_on(one.name, version)
    yield _("Publisher"), _(one.publisher), None
    yield _("What one row counts"), _(one.one_row), None
    yield _("Ethnicity"), basis(one.basis), None
    yield _("Licence"), _(one.licence), None
    yield _("File"), file.name, None
    yield _("Release"), version, None
    if on:
        yield _("Released here"), day(on), None
    yield _("Checked"), _(one.checked), None


def _steps(file: SourceFile, dataset: str, version: str, number: int, column: str) -> Iterator[Link]:
    """The rows before and after."""
    for name, step in ((_("The row before"), number - 1), (_("The row after"), number + 1)):
        if step in file.rows:
            yield Link(name, row_url(dataset, version, step, column))
