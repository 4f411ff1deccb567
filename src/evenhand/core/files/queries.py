"""Who sees which file: who handed it in, and whoever sees what it belongs to, as each kind of thing says."""

from collections.abc import Callable
from uuid import UUID

from evenhand.core.access import Caller
from evenhand.core.files.models import File
from evenhand.core.references import Ref

Seer = Callable[[Caller, Ref], bool]
_SEERS: dict[str, Seer] = {}


def sees(kind: str) -> Callable[[Seer], Seer]:
    """Say which function tells who sees the files of things of a kind. One a kind; without one, nobody does."""

    def register(seer: Seer) -> Seer:
        if _SEERS.setdefault(kind, seer) is not seer:
            raise ValueError(f"two functions tell who sees files of {kind}")
        return seer

    return register


def file_seen_by(caller: Caller, pk: UUID) -> File | None:
    """The file of this number, if the caller sees it: what is not there and what is not theirs are the same."""
    caller = caller.effective
    file = File.objects.filter(pk=pk, removed_at=None).first()
    if file is None or not caller.signed_in:
        return None
    if file.added_by == caller.ref:
        return file
    seer = _SEERS.get(file.about.kind)
    return file if seer is not None and seer(caller, file.about) else None
