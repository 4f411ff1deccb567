"""The page of one dataset: everything that a reader must know of it, and its releases as files."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import Cell, Column, Link, LinkGroup, Row, Table
from evenhand.domains.evidence.queries.data import words
from evenhand.domains.evidence.queries.data.files import FORMS, content
from evenhand.domains.evidence.queries.data.held import Facts, current_of, declared, facts, releases_of, source
from evenhand.domains.evidence.queries.data.listing import readers, stages_of
from evenhand.domains.evidence.queries.data.sheets import address
from evenhand.domains.evidence.queries.exhibits.receipts import basis, day
from evenhand.library.datasets.loader import UNSAFE, Loader
from evenhand.library.datasets.store import Held
from evenhand.library.vocabulary import stage

MOST_NOTES = 12  # that a page prints; the file has them all
MOST_MEASURED = 4  # newest releases whose files are measured: to say how large one is, it must be made


def dataset_page(name: str) -> dict[str, Any]:
    """One dataset."""
    one, held = declared(name), current_of(name)
    found = facts(held)
    notes = sorted(found.notes, key=lambda note: (not note.startswith(UNSAFE), -found.notes[note]))
    return {
        "crumbs": [
            Link(_("Home"), reverse("home")),
            Link(_("Evidence"), reverse("evidence:journey")),
            Link(_("The data"), reverse("evidence:datasets")),
            Link(_(one.title), "", current=True),
        ],
        "dataset": one,
        "pairs": _pairs(one, held, found),
        "series": _series(found),
        "states": _states(found),
        "classifications": list(words.classifications(found.classifications)),
        "notes": [note.removeprefix(UNSAFE) if note.startswith(UNSAFE) else note for note in notes[:MOST_NOTES]],
        "notes_left": len(notes[MOST_NOTES:]),
        "measures": [Link(_(each.title), reverse("evidence:measure", args=[each.slug])) for each in readers(name)],
        "sources": found.sources,
        "files": _files(held, measured=True),
        "releases": [_release(each, measured=at < MOST_MEASURED) for at, each in _counted_back(releases_of(name))],
        "canonical": settings.SITE_URL + reverse("evidence:dataset", args=[name]),
        "alternates": [Link(_("The figures as CSV"), address(held, "csv"), note="text/csv")],
    }


def _pairs(one: Loader, held: Held, found: Facts) -> list[tuple[str, str, None]]:
    pairs = (
        (_("Publisher"), one.publisher),
        (_("Published"), day(one.published) if one.published else ""),
        (_("One row counts"), _(one.one_row)),
        (_("Ethnicity"), basis(one.basis)),
        (_("Stages"), ", ".join(_(stage(slug).name) for slug in stages_of(one.name))),
        (_("Periods"), words.span(found.periods)),
        (_("Places"), words.places_held(found.place_kinds)),
        (_("Figures"), whole(held.figures)),
        (_("Licence"), one.licence),
        (_("Checked"), _(one.checked)),
        (_("Look again"), day(one.look_again)),
        (_("Its home"), one.landing_page),
    )
    return [(term, text, None) for term, text in pairs if text]


def _series(found: Facts) -> Table:
    columns = (
        Column(_("Series")),
        Column(_("What its figures are")),
        Column(_("Figures"), numeric=True),
        Column(_("Periods")),
        Column(_("Groups")),
    )
    rows = tuple(
        Row(
            Cell(words.series(one.name), one.name),
            (
                Cell(words.unit(one.name)),
                Cell(whole(one.figures), one.figures),
                Cell(words.span(one.periods)),
                Cell(", ".join(one.classifications)),
            ),
        )
        for one in found.series
    )
    return Table(_("What is counted or measured"), columns, rows, name="series")


def _states(found: Facts) -> Table:
    columns = (Column(_("State of a cell")), Column(_("What it means")), Column(_("Cells"), numeric=True))
    rows = tuple(
        Row(state, (Cell(meaning), Cell(whole(count), count))) for state, meaning, count in words.states(found.states)
    )
    return Table(_("Where there is a figure, and where not"), columns, rows, name="states")


def _counted_back(every: tuple[Held, ...]) -> Iterator[tuple[int, Held]]:
    """Each release with how many newer ones there are."""
    return zip(range(len(every) - 1, -1, -1), every, strict=True)


def _release(held: Held, *, measured: bool) -> dict[str, Any]:
    return {
        "held": held,
        "loaded_on": day(held.loaded_on) if held.loaded_on else _("With the product"),
        "files": _files(held, measured=measured),
    }


def _files(held: Held, *, measured: bool) -> tuple[LinkGroup, ...]:
    """The figures in every form, and the source as it was loaded, each with its size where that was measured."""
    sizes = {form: filesizeformat(len(content(held, form))) if measured else "" for form in FORMS}
    figures = tuple(Link(said, address(held, form), note=sizes[form]) for form, said in FORMS.items())
    path = reverse("evidence:source", args=[held.dataset, held.version])
    loaded = Link("CSV", path, note=filesizeformat(len(source(held))))
    return LinkGroup(_("Figures"), figures), LinkGroup(_("Source as loaded"), (loaded,))
