"""A table that somebody brings, on its way into the store: read, checked, protected, and tried before it is kept."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.library.datasets.catalogue import Catalogue
from evenhand.library.datasets.loader import SMALL_COUNT, Fault, Observation, RefusedFile
from evenhand.library.datasets.loader.row import Line
from evenhand.library.datasets.own.declaration import Own
from evenhand.library.datasets.own.protection import Decision, protect
from evenhand.library.datasets.store.release import version_of
from evenhand.library.vocabulary import IllegalJoin

SHOWN = {"small": f"fewer than {SMALL_COUNT + 1}", "suppressed": "[c]"}


@dataclass(frozen=True)
class Prepared:
    """Everything that will be written of one table, worked out before any of it is."""

    own: Own
    version: str
    observations: tuple[Observation, ...]
    kept: bytes  # the file that stands in the release: as handed in, or as CSV with small counts hidden
    file: str
    remarks: tuple[str, ...]
    decision: Decision | None

    def manifest(self) -> dict[str, Any]:
        """What is known of the release."""
        loader = self.own.loader
        return {
            "dataset": loader.name,
            "version": self.version,
            "sha256": hashlib.sha256(self.kept).hexdigest(),
            "file": self.file,
            "handed_in": loader.file,
            "publisher": loader.publisher,
            "title": loader.title,
            "landing_page": loader.landing_page,
            "licence": loader.licence,
            "reading": loader.revision,
            "observations": len(self.observations),
            "shipped": False,
            "by_two": True,
            "states": dict(Counter(one.state for one in self.observations)),
            "totals": [str(total) for total in loader.totals],
            "remarks": list(self.remarks),
            "small_counts": self._small_counts(),
        }

    def _small_counts(self) -> dict[str, Any]:
        """The decision on small counts, without what it hides."""
        if self.decision is None:
            return {"rule": self.own.small_counts}
        hidden = self.decision.hidden
        return {
            "rule": self.own.small_counts,
            "shown_as": SHOWN["small"],
            "small": len(self.decision.small & self.decision.printed),
            "withheld": len(self.decision.withheld & self.decision.printed),
            "totals_not_printed_and_not_to_be_known": len(hidden - self.decision.printed),
        }


def prepare(own: Own, content: bytes, catalogue: Catalogue, earlier: Sequence[Decision]) -> Prepared:
    """Read, check and protect a table; RefusedFile with every fault, or with what it clashes with."""
    file = own.loader.file
    if clashes := [*own.clashes(catalogue)]:
        raise RefusedFile(file, [Fault(0, "", why) for why in clashes])
    table, remarks = own.table(content)
    found, decision = own.read(table), None
    if own.small_counts == "suppress":
        found, decision = protect(found, own.loader.totals, earlier, file=file)
    if own.declaration:
        # The name of a release is a hash that everybody sees. Of the table as it was handed in, it would let a small
        # count be found by trying all that it could be.
        content, found = _rewritten(own, table, found)
        file = f"{own.name}.csv"
    version = version_of(own.loader, content, declaration=own.declaration)
    return Prepared(own, version, found, content, file, remarks, decision)


def _rewritten(own: Own, table: Sequence[Line], found: Sequence[Observation]) -> tuple[bytes, tuple[Observation, ...]]:
    """The table as CSV, without what is hidden and the columns that nothing is read from; and its figures."""
    (_, heading), *rest = table
    header = [cell.strip() for cell in heading]
    hidden = {(one.row, one.column): SHOWN[one.state] for one in found if one.state in SHOWN and one.value is None}
    read = [at for at, name in enumerate(header) if name not in own.left_out]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([header[at] for at in read])
    for number, cells in rest:
        # A line of the file for each row, so that whoever looks a figure up finds it by its number.
        writer.writerow([" ".join(hidden.get((number, header[at]), cells[at]).splitlines()) for at in read])
    rows = {number: at for at, (number, _) in enumerate(table, start=1)}
    return out.getvalue().encode(), tuple(one._replace(row=rows[one.row]) for one in found)


def untried(prepared: Prepared, engine: Any) -> Iterator[Fault]:
    """Questions to the measure declared beside the table that come to nothing: better known now than on a page."""
    from evenhand.library.datasets.panel import Panel  # noqa: PLC0415  (the engine is heavy)

    measure = prepared.own.measure
    if measure is None:
        return
    for at, answer in enumerate(measure.answers, start=1):
        where = f"measure, answer {at}"
        try:
            names = {*answer.references}
            if answer.reference not in names:
                yield Fault(
                    0, "", f"{where}: {answer.reference!r} is no group to compare with: {', '.join(sorted(names))}"
                )
                continue
            panel = Panel(measure, answer, answer.reference, engine=engine, versions=engine.versions)
        except (LookupError, IllegalJoin) as fault:
            yield Fault(0, "", f"{where}: {fault}")
            continue
        if not panel.cells:
            yield Fault(
                0,
                "",
                f"{where}: there is nothing to answer. Are series, classification, sex, age and detail those of the "
                "table, and do the populations have its places?",
            )
