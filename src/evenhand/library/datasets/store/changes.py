"""What differs between two releases of one dataset, figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.library.datasets.loader import Observation


@dataclass(frozen=True)
class Change:
    """One published cell before and after: None before it appeared, and after it disappeared."""

    before: Observation | None
    after: Observation | None

    @property
    def cell(self) -> Observation:
        """The cell as it is now, or as it was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing into nothing")
        return found

    @property
    def kind(self) -> Literal["changed", "appeared", "disappeared"]:
        """What happened to the cell."""
        if self.before is None:
            return "appeared"
        return "disappeared" if self.after is None else "changed"

    @property
    def difference(self) -> float | None:
        """The figure of now less the one of before; None where either is no number."""
        if self.before is None or self.after is None or self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


def changes(old: Sequence[Observation], new: Sequence[Observation]) -> tuple[Change, ...]:
    """Every cell whose value or state differs: as the new release has them, then what is gone, as the old had it.

    A cell is the same one in both if it has the same series, period, place, classification, group, detail, sex and
    age. Where it stood in the file, and the words of its source, are not looked at.
    """
    before = {one.key: one for one in old}
    after = {one.key: one for one in new}
    moved = [Change(before.get(key), one) for key, one in after.items() if _told(before.get(key)) != _told(one)]
    gone = [Change(one, None) for key, one in before.items() if key not in after]
    return (*moved, *gone)


def _told(one: Observation | None) -> tuple[float | None, str] | None:
    return None if one is None else (one.value, one.state)
