"""How a page of one part shows whether a figure of another moved: by reference, with the days to be drawn in."""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from evenhand.core.design.parts import Exhibit
from evenhand.core.references import Ref


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which something was asked, promised or done. That it stands beside a figure makes it no cause."""

    on: dt.date
    said: str


Mover = Callable[[Ref, Sequence[Moment]], Exhibit | None]
State = Callable[[], Hashable]
_MOVERS: dict[str, tuple[Mover, State]] = {}


def shows_moving(kind: str, state: State) -> Callable[[Mover], Mover]:
    """Say which function shows how figures of a kind moved, and what it depends on. Called in `web`."""

    def register(mover: Mover) -> Mover:
        if _MOVERS.setdefault(kind, (mover, state))[0] is not mover:
            raise ValueError(f"two functions show how {kind} moved")
        return mover

    return register


def moved(of: Ref, moments: Sequence[Moment]) -> Exhibit | None:
    """The figure through the years with these days in it; None where there is nothing to show."""
    found = _MOVERS.get(of.kind)
    return found[0](of, moments) if found else None


def state() -> Hashable:
    """What any such exhibit depends on."""
    return tuple(state() for _mover, state in _MOVERS.values())
