"""What is wrong in a file, by row, column and reason."""

from typing import NamedTuple

SHOWN_FAULTS = 20


class Fault(NamedTuple):
    """Something wrong in a file: the row (1 is the header), the column and the reason."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """The fault as one line for a person."""
        where = f"row {self.row}" if self.row else "the whole file"
        return f"{where}, {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


class RefusedFile(ValueError):
    """A file was refused whole: nothing of it was kept. `faults` has every row and reason."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        """Keep the faults; the message shows the first twenty."""
        self.file = file
        self.faults = tuple(faults)
        shown = "\n".join(f"  {fault}" for fault in faults[:SHOWN_FAULTS])
        rest = f"\n  and {len(faults) - SHOWN_FAULTS} more" if len(faults) > SHOWN_FAULTS else ""
        super().__init__(f"{file} was refused, and nothing was changed.\n{shown}{rest}")


class BadCell(ValueError):
    """One cell cannot be read; the column is named and the message is the reason."""

    def __init__(self, column: str, reason: str) -> None:
        """Keep which column, and why."""
        self.column = column
        super().__init__(reason)
