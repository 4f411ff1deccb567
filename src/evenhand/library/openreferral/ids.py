"""Stable identifiers: the same thing has the same UUID in every feed, on every server, after every load."""

import json
from typing import Final
from uuid import UUID, uuid5

# Drawn once. It never changes: every identifier that was ever published follows from it.
NAMESPACE: Final = UUID("16633fb4-fb38-4726-b883-9b06abd734b0")


def stable_id(kind: str, *key: str) -> UUID:
    """The UUID of a thing of some kind that we know by this key, such as "organization", "GB-CHC-1234567".

    Every kind and key has its own. ValueError for a key with a blank part: it would be the id of everything unnamed.
    """
    if not key or not all(part.strip() for part in (kind, *key)):
        raise ValueError(f"A stable id needs a whole key, not {(kind, *key)}.")
    return uuid5(NAMESPACE, json.dumps([kind, *key], ensure_ascii=False))
