"""Keys of links that are sent by mail: told to the reader of the mail alone, and kept only as a digest."""

import hashlib
import secrets
from hmac import compare_digest


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(key.encode()).hexdigest()


def fits(key: str, kept: str) -> bool:
    """Whether this is the key of which that was kept."""
    return bool(kept) and compare_digest(digest(key), kept)
