"""The page of figures on their way: what they are, what is hidden of them, and what publishing them would change."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.access import Caller
from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import Cell, Column, Link, Row, Table
from evenhand.core.errors import NotPossible
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import resolve
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.models import Edition
from evenhand.domains.evidence.queries.corrections.pages import changes_table
from evenhand.domains.evidence.queries.data import words
from evenhand.domains.evidence.queries.data.held import facts_of_draft
from evenhand.domains.evidence.queries.editions.listing import crumbs
from evenhand.domains.evidence.queries.exhibits.receipts import basis, day
from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.loader import SMALL_COUNT, Fault, Loader
from evenhand.library.datasets.own.declaration import Own, newer
from evenhand.library.datasets.store import Report, Store

FIRST_ROWS, MOST_FAULTS, FEW = 15, 200, 5
Pair = tuple[str, str, Link | None]


def edition_page(edition: Edition, caller: Caller) -> dict[str, Any]:
    """Figures on their way, or what is left of them where they were taken away."""
    moves = {move.name for move in EDITION.open_to(edition, caller)}
    who = resolve([edition.loaded_by])[edition.loaded_by].title
    common = {
        "edition": edition,
        "heading": edition.dataset,
        "state": EDITION.state(edition.status),
        "who": who,
        "loaded_on": day(edition.loaded_at.date()),
        "crumbs": crumbs(Link(edition.dataset, "", current=True)),
        "may_send": "send" in moves,
        "may_decide": "publish" in moves,
        "may_withdraw": "withdraw" in moves,
        "mine": caller.signed_in and caller.ref == edition.loaded_by,
        "lines": list(_lines(edition)),
    }
    try:
        report = Store(settings.EVIDENCE_FOLDER).report(edition.dataset, edition.version)
    except Unknown:
        return {**common, "gone": True}
    return {**common, **report_of(report)}


def report_of(report: Report) -> dict[str, Any]:
    """A release before it is published: what it is, what is hidden, its first rows, and what would change."""
    store, at = Store(settings.EVIDENCE_FOLDER), (report.release.dataset, report.release.version)
    own = store.declared(*at) or newer(at[0])
    published = report.release.state == "published"
    return {
        "report": report,
        "heading": report.release.title,
        "pairs": [*_about(own.loader, *at)],
        "small": _small_counts(report),
        "measure": own.measure,
        "states": _states(report),
        "rows": first_rows(own, *at),
        "changes": changes_table(report.changes) if report.changes else None,
        "changed": _changed(report),
        "declaration": own.declaration.decode("utf-8-sig") if own.declaration else "",
        "public": reverse("evidence:dataset", args=[at[0]]) if published else "",
    }


def declaration_of(edition: Edition) -> bytes:
    """The declaration beside the table; NotPossible where there is none."""
    own = Store(settings.EVIDENCE_FOLDER).declared(edition.dataset, edition.version)
    if own is None:
        raise NotPossible(_("These figures have no declaration: the product knows how they are read."), status=404)
    return own.declaration


def faults_table(faults: tuple[Fault, ...]) -> Table:
    """What is wrong in a file, by row and column."""
    columns = (Column(_("Row")), Column(_("Column")), Column(_("What is wrong, and what to do")))
    alike: dict[tuple[str, str], list[int]] = {}
    for one in faults:
        alike.setdefault((one.column, one.reason), []).append(one.row)
    rows = tuple(
        Row(_rows(at), (Cell(column or "–"), Cell(reason))) for (column, reason), at in [*alike.items()][:MOST_FAULTS]
    )
    return Table(_("What is wrong in the table. The first row, of headings, is 1"), columns, rows, name="faults")


def _rows(numbers: list[int]) -> str:
    """The rows with the same fault: a few of them, and how many more."""
    if not numbers[0]:
        return _("All")
    named = ", ".join(map(str, numbers[:FEW]))
    if len(numbers) <= FEW:
        return named
    return _("%(rows)s and %(more)s more") % {"rows": named, "more": whole(len(numbers) - FEW)}


def first_rows(own: Own, dataset: str, version: str) -> Table:
    """The first rows of the table, as everybody will be able to take it away."""
    _name, content = Store(settings.EVIDENCE_FOLDER).source_file(dataset, version)
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    numeric = {column.name for column in own.held}
    columns = (Column(_("Row")), *(Column(name, numeric=name in numeric) for name in header))
    shown = (line for line in lines[:FIRST_ROWS] if len(line) == len(header))
    rows = tuple(Row(str(number), tuple(Cell(cell) for cell in line)) for number, line in enumerate(shown, start=2))
    caption = _("The table as everybody will see it: the first %(shown)s of %(all)s rows")
    return Table(caption % {"shown": whole(len(rows)), "all": whole(len(lines))}, columns, rows, name="rows")


def _about(one: Loader, dataset: str, version: str) -> Iterator[Pair]:
    found = facts_of_draft(dataset, version)
    pairs = (
        (_("Dataset"), dataset),
        (_("Release"), version),
        (_("Publisher"), one.publisher),
        (_("Its home"), one.landing_page),
        (_("Licence"), one.licence),
        (_("One row counts"), _(one.one_row)),
        (_("Ethnicity"), basis(one.basis)),
        (_("Periods"), words.span(found.periods)),
        (_("Places"), words.places_held(found.place_kinds)),
        (_("Groups"), ", ".join(found.classifications)),
        (_("Checked"), _(one.checked)),
        (_("Look again"), day(one.look_again)),
    )
    return ((term, text, None) for term, text in pairs)


def _small_counts(report: Report) -> str:
    """What was done about small counts, in a sentence."""
    said = report.small_counts
    if said.get("rule") != "suppress":
        return _("Small counts stand as they are, since the figures are said to be published like this already.")
    told = {"few": SMALL_COUNT + 1, "small": whole(said["small"]), "withheld": whole(said["withheld"])}
    if not said["small"] and not said["withheld"]:
        return _("No count is from 1 to 5, and nothing had to be hidden.")
    return (
        _(
            "Counts from 1 to 5: %(small)s, shown as “fewer than %(few)s”. Withheld beside them, so that nobody can "
            "work these out here or from an earlier release: %(withheld)s."
        )
        % told
    )


def _changed(report: Report) -> str:
    """What publishing would change, in a sentence."""
    if report.over is None:
        return _("Nothing of this dataset is published yet: every figure is new.")
    kinds = [one.kind for one in report.changes]
    told = {name: whole(kinds.count(name)) for name in ("changed", "appeared", "disappeared")}
    text = _("Against release %(over)s: %(changed)s changed, %(appeared)s appeared and %(disappeared)s disappeared.")
    return text % {**told, "over": report.over}


def _states(report: Report) -> Table:
    columns = (Column(_("State of a cell")), Column(_("What it means")), Column(_("Cells"), numeric=True))
    found = words.states(report.states)
    rows = tuple(Row(state, (Cell(meaning), Cell(whole(count), count))) for state, meaning, count in found)
    count = ngettext("%(count)s figure, by its state", "%(count)s figures, by their state", report.release.figures)
    return Table(count % {"count": whole(report.release.figures)}, columns, rows, name="states")


def _lines(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """What was done, by whom and when, the newest first."""
    done = {
        "load": _("Loaded"),
        "send": _("Sent to be published"),
        "publish": _("Published"),
        "return": _("Sent back"),
        "take-up": _("Taken up from a terminal"),
        "load-again": _("Loaded again"),
        "withdraw": _("Taken away"),
    }
    lines = list(lines_about(edition.ref))
    known = resolve(line.by for line in lines)
    for line in lines:
        yield day(line.at.date()), known[line.by].title, done[line.tag.rpartition(".")[2]]
