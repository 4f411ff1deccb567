"""What a part of the platform offers to be found."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any


@dataclass(frozen=True)
class Found:
    """One thing to be found; `key` is its name for ever, `said` whatever else its page says."""

    key: str
    title: str
    summary: str
    url: str
    said: str = ""

    @property
    def digest(self) -> str:
        """A mark of all that it says."""
        return sha256(f"{self.title}\x00{self.summary}\x00{self.url}\x00{self.said}".encode()).hexdigest()


@dataclass(frozen=True)
class Source:
    """A kind of things: what it is called, all of them, and what that depends on."""

    kind: str
    name: Any  # words, in the language of whoever reads
    things: Callable[[], Iterable[Found]]
    state: Callable[[], Hashable]
