"""The three ways in which Evenhand says no, each with words for the person who asked; and what the log keeps of it."""

import logging
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """A request that cannot be granted: what happened, what to do, and the near matches if it named something."""

    status = 400
    code = "refused"

    def __init__(self, message: str, *, near: Sequence[str] = (), code: str = "", status: int = 0) -> None:
        """Keep the words, and a code for machines."""
        self.message = message
        self.near = tuple(near)
        self.code = code or self.code
        self.status = status or self.status
        super().__init__(message)


class NotAllowed(Refused):
    """The caller may not do this."""

    status = 403
    code = "not-allowed"


class NotPossible(Refused):
    """Nobody can do this now: the state of things forbids it."""

    status = 409
    code = "not-possible"


class Quiet(logging.Filter):
    """Keeps what happens all day to one line in the log: somebody came to a page that is not open to them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Leave the line, without the stack."""
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = None
        return True
