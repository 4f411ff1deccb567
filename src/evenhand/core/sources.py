"""How far something was seen in the source that it comes from."""

from typing import Final, Literal

Verification = Literal["text-seen", "gist-seen", "gist-only", "memory-consistent", "unverified"]
CHECKED: Final[tuple[Verification, ...]] = ("text-seen", "gist-seen")  # with its number
