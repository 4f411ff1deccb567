"""The page of all corrections, and the page of one."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import Cell, Column, Link, Row, Table
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.evidence.queries.corrections import cells
from evenhand.domains.evidence.queries.corrections.entries import entries, entry, summary
from evenhand.domains.evidence.queries.corrections.sheets import concerned, files
from evenhand.domains.evidence.queries.exhibits.receipts import day
from evenhand.library.datasets.corrections import Correction, Figures
from evenhand.library.datasets.loader import Observation
from evenhand.library.datasets.revisions import Revision
from evenhand.library.datasets.store import Change
from evenhand.library.places import place

Page = dict[str, Any]
Pair = tuple[str, str, Link | None]
FIRST = 100  # figures that a page shows of a revision; the file has them all


def corrections_page() -> Page:
    """Mistakes and doubts that people wrote down, and apart from them what new releases changed."""
    found = entries()
    return {
        "written": [(one, day(one.on)) for one in found if isinstance(one.of, Correction)],
        "released": [(one, day(one.on)) for one in found if isinstance(one.of, Revision)],
        "contact": contact(),
        "canonical": settings.SITE_URL + reverse("evidence:corrections"),
        "alternates": feed_links(),
        "crumbs": [*_above(), Link(_("Corrections"), "")],
    }


def correction_page(slug: str) -> Page:
    """One correction or revision."""
    found = entry(slug)
    page = _written(found.of) if isinstance(found.of, Correction) else _released(found.of)
    return {
        "entry": found,
        "files": files(slug),
        **page,
        "contact": contact(),
        "canonical": settings.SITE_URL + found.url,
        "alternates": feed_links(),
        "crumbs": [*_above(), Link(_("Corrections"), reverse("evidence:corrections")), Link(day(found.on), "")],
    }


def contact() -> Link | None:
    """How a reader reports an error; None where the site has not been told."""
    if not settings.CONTACT:
        return None
    return Link(settings.CONTACT, settings.CONTACT if "://" in settings.CONTACT else f"mailto:{settings.CONTACT}")


def feed_links() -> tuple[Link, ...]:
    """Both feeds, for readers and for their programs."""
    return (
        Link(_("Corrections (Atom)"), reverse("evidence:corrections-atom"), note="application/atom+xml"),
        Link(_("Corrections (JSON Feed)"), reverse("evidence:corrections-json"), note="application/feed+json"),
    )


def _above() -> list[Link]:
    return [Link(_("Home"), "/"), Link(_("Evidence"), reverse("evidence:journey"))]


def _written(one: Correction) -> Page:
    pairs: list[Pair] = [
        (_("What was wrong"), _(one.wrong), None),
        (_("What is right"), _(one.right), None),
        (_("What was done"), _(one.done), None),
        (_("Which figures"), "; ".join(_figures(each) for each in one.figures), None),
        (_("Who noticed"), _(one.noticed_by), None),
        (_("Written down"), day(one.on), None),
        (_("Source"), one.source, None),
        (_("Address"), one.source_url, None),
    ]
    kept = concerned(one)
    rows = tuple(_kept_row(figure) for _dataset, figure in kept[:FIRST])
    columns = (*_figure_columns(), Column(_("As printed"), numeric=True))
    return {
        "pairs": pairs,
        "table": Table(_("The figures concerned, as they are kept"), columns, rows, name="figures") if rows else None,
        "left": whole(len(kept) - len(rows)) if len(kept) > len(rows) else "",
        "table_heading": _("The figures"),
    }


def _released(one: Revision) -> Page:
    source = catalogue().loader(one.dataset)
    pairs: list[Pair] = [
        (_("Figures"), _(source.title), Link(_("The dataset"), reverse("evidence:dataset", args=[one.dataset]))),
        (_("Published by"), _(source.publisher), None),
        (_("Released here"), day(one.on), None),
        *([(_("Why"), one.note, None)] if one.note else []),
        (_("Release before"), one.old, None),
        (_("Release now"), one.new, None),
        (_("Landing page"), source.landing_page, None),
    ]
    table = changes_table(one.changes)
    left = len(one.changes) - len(table.rows)
    return {
        "pairs": pairs,
        "table": table,
        "left": whole(left) if left else "",
        "table_heading": _("Before and now"),
        "lede": summary(one),
    }


def _figures(one: Figures) -> str:
    """Some figures in a few words."""
    dataset = catalogue().loader(one.dataset)
    named = [*one.groups, *(place(code).name for code in one.places), *one.periods]
    return ", ".join((_(dataset.title), *named)) if named else _(dataset.title)


def _figure_columns() -> tuple[Column, ...]:
    return (Column(_("Figure")), Column(_("Group")), Column(_("Place")), Column(_("Period")))


def changes_table(changes: Sequence[Change]) -> Table:
    """Figures before and now, as many as a page shows."""
    ends = (_("Before"), _("Now"), _("Change"))
    columns = (*_figure_columns(), *(Column(name, numeric=True) for name in ends))
    rows = tuple(_row(change) for change in changes[:FIRST])
    return Table(_("Every figure that changed"), columns, rows, name="changes")


def _row(change: Change) -> Row:
    ends = [Cell(cells.value(one), one.value if one else None, cells.why(one)) for one in (change.before, change.after)]
    size = Cell(cells.change_of(change.difference) or "–", change.difference)
    return Row(cells.of_what(change.cell), (*_where(change.cell), *ends, size))


def _kept_row(figure: Observation) -> Row:
    value = Cell(cells.value(figure), figure.value, cells.why(figure))
    return Row(cells.of_what(figure), (*_where(figure), value))


def _where(figure: Observation) -> tuple[Cell, ...]:
    texts = (cells.group_name(figure), cells.place_name(figure), figure.period)
    return tuple(Cell(text, text) for text in texts)
