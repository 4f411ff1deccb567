"""Pages of a list: where each begins, and the envelope that the standard puts around it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of `total` things, `per_page` on each; pages are counted from 1.

    A page past the last one is empty, and is no error: a harvester may be a moment late.
    """

    number: int
    per_page: int
    total: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"Pages are counted from 1: there is no page {self.number}.")
        if self.per_page < 1:
            raise ValueError(f"A page holds at least one thing, not {self.per_page}.")
        if self.total < 0:
            raise ValueError(f"A list does not hold {self.total} things.")

    @property
    def offset(self) -> int:
        """How many things come before this page."""
        return (self.number - 1) * self.per_page

    @property
    def size(self) -> int:
        """How many things are on it."""
        return max(0, min(self.per_page, self.total - self.offset))

    @property
    def total_pages(self) -> int:
        """How many pages there are."""
        return math.ceil(self.total / self.per_page)

    @property
    def is_first(self) -> bool:
        """Whether it is the first."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether no page with anything on it follows."""
        return self.number >= self.total_pages

    def envelope(self, contents: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """The page as version 3 of the standard writes it."""
        held = list(contents)
        return {
            "total_items": self.total,
            "total_pages": self.total_pages,
            "page_number": self.number,
            "size": len(held),
            "first_page": self.is_first,
            "last_page": self.is_last,
            "empty": not held,
            "contents": held,
        }

    def envelope_1(self, content: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """The page as version 1 wrote it."""
        held = list(content)
        return {
            "totalElements": self.total,
            "totalPages": self.total_pages,
            "number": self.number,
            "size": len(held),
            "first": self.is_first,
            "last": self.is_last,
            "empty": not held,
            "content": held,
        }
