"""How the command says no."""

from collections.abc import Iterable


class Refusal(Exception):
    """A question that cannot be answered: one line for the person who asked, and what machines read."""

    def __init__(self, code: str, message: str, near: Iterable[str] = ()) -> None:
        """Keep the words."""
        self.code, self.message, self.near = code, message, tuple(near)
        super().__init__(message)
