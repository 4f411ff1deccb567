"""What other parts of the platform have to say of a thing: asked for by reference, shown as notices on its page."""

from collections.abc import Callable, Hashable, Iterable

from evenhand.core.design.parts import Notice
from evenhand.core.references import Ref

Teller = Callable[[Ref], Iterable[Notice]]
State = Callable[[], Hashable]
_TELLERS: dict[str, list[tuple[Teller, State]]] = {}


def tells_of(kind: str, state: State) -> Callable[[Teller], Teller]:
    """Say which function has something to say of things of a kind, and what that depends on. Called in `web`."""

    def register(teller: Teller) -> Teller:
        known = _TELLERS.setdefault(kind, [])
        if teller not in [one for one, _state in known]:
            known.append((teller, state))
        return teller

    return register


def asides(of: Ref) -> tuple[Notice, ...]:
    """Whatever any part has to say of a thing."""
    return tuple(notice for teller, _state in _TELLERS.get(of.kind, ()) for notice in teller(of))


def state(kind: str) -> Hashable:
    """What that depends on, for pages that are kept."""
    return tuple(state() for _teller, state in _TELLERS.get(kind, ()))
