"""How a page of one part shows a figure of another: asked for by reference, and kept as of the release it came from."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from evenhand.core.errors import Refused
from evenhand.core.references import Ref


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure is meant: of which thing, for whom and when, and of which release; blank is what is current."""

    of: Ref
    group: str = ""
    period: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure as a page shows it; `since` says what became of it after its release, and is blank if nothing did."""

    asked: Asked
    figure: str
    doubt: str
    sentence: str
    source: str
    url: str
    since: str = ""
    now_url: str = ""


Quoter = Callable[[Asked], Quoted]
State = Callable[[], Hashable]
_QUOTERS: dict[str, tuple[Quoter, State]] = {}


def quotes(kind: str, state: State) -> Callable[[Quoter], Quoter]:
    """Say which function gives the figures of a kind of thing, and what they depend on. Called in `web`."""

    def register(quoter: Quoter) -> Quoter:
        if _QUOTERS.setdefault(kind, (quoter, state))[0] is not quoter:
            raise ValueError(f"two quoters know {kind}")
        return quoter

    return register


def quote(asked: Asked) -> Quoted:
    """The figure that is asked for; what it was asked as comes back with its period and release. Refused if none."""
    if asked.of.kind not in _QUOTERS:
        raise Refused(f"No figure is kept under {asked.of}.", code="unknown-figure", status=404)
    return _QUOTERS[asked.of.kind][0](asked)


def state() -> Hashable:
    """What any quoted figure depends on: it changes when something is released."""
    return tuple(state() for _quoter, state in _QUOTERS.values())
