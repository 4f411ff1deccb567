"""What the vocabulary refuses, in plain words."""

import difflib
from collections.abc import Iterable


def near_misses(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The few known words that `word` may have been meant for, nearest first."""
    folded = {name.casefold(): name for name in known}
    return tuple(folded[name] for name in difflib.get_close_matches(word.casefold(), folded, n=3, cutoff=0.55))


class UnknownTerm(LookupError):
    """A word that is not in the vocabulary; `near` holds what may have been meant."""

    what = "term"

    def __init__(self, word: str, near: Iterable[str] = (), *, what: str = "") -> None:
        self.word, self.near = word, tuple(near)
        hint = f" Did you mean {', '.join(map(repr, self.near))}?" if self.near else ""
        super().__init__(f"There is no {what or self.what} {word!r}.{hint}")


class UnknownLabel(UnknownTerm):
    """A label that no alias table holds: the import stops, and nothing is guessed."""

    what = "group written as"

    def __init__(self, label: str, near: Iterable[str] = (), *, what: str = "") -> None:
        super().__init__(label, near, what=what)
        self.label = label


class IllegalJoin(ValueError):
    """Two schemes that do not nest; `override` is the name that would allow it all the same, or None."""

    def __init__(self, source: str, target: str, reason: str, *, override: str | None = None) -> None:
        self.source, self.target, self.reason, self.override = source, target, reason, override
        way = f" To do it all the same, and say so beside the figure, name override={override!r}." if override else ""
        super().__init__(f"{source} cannot be joined to {target}: {reason}{way}")
