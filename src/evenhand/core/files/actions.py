"""Keeping a file that somebody handed in, and taking its bytes away again."""

import hashlib
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File as Given
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible
from evenhand.core.files.kinds import LARGEST, clean_name, kept
from evenhand.core.files.models import File
from evenhand.core.journal.actions import record
from evenhand.core.references import Ref

MOST_A_DAY, MOST_BYTES_A_DAY = 20, 50 * 1024 * 1024
FORGOTTEN_AFTER = timedelta(days=1)  # bytes that no row speaks of


@dataclass(frozen=True)
class Looked:
    """A file that was looked through: what it is by its content, and what of it may be kept."""

    name: str
    kind: str
    content: bytes


def look_through(given: Given[bytes]) -> Looked:
    """What may be kept of a file that somebody hands in; Refused where it is nothing that may be handed in.

    This can take seconds: it stands outside of every transaction, so that nobody waits for it.
    """
    kind, content = kept(given.read(LARGEST + 1), given.name or "")
    return Looked(clean_name(given.name or "", kind), kind, content)


@transaction.atomic
def keep(looked: Looked, *, about: Ref, by: Caller) -> File:
    """Keep a file as belonging to a thing.

    What is kept is called by a number, without an ending, in a folder that nothing is served from. It is seen by who
    handed it in and by whoever sees the thing.
    """
    _refuse_too_many(by)
    file = File.objects.create(
        name=looked.name,
        kind=looked.kind,
        size=len(looked.content),
        digest=hashlib.sha256(looked.content).hexdigest(),
        about=about,
        added_by=by.ref,
    )
    _write(path_of(file), looked.content)
    details = {"kind": looked.kind, "size": file.size, "digest": file.digest, "about": str(about)}
    # A name such as "letter to Mrs So-and-so" can be somebody's.
    record("files.file.keep", file.ref, by=by, details=details, personal={by.ref: {"name": file.name}})
    return file


@transaction.atomic
def remove(file: File, *, by: Caller, why: str) -> File:
    """Take its bytes and its name away; that it was there is kept."""
    file = File.objects.select_for_update().get(pk=file.pk)
    if file.removed_at is not None:
        raise NotPossible(_("This file was removed already."), code="removed-already")
    file.removed_at, file.name = timezone.now(), "removed"
    file.save(update_fields=["removed_at", "name"])
    record("files.file.remove", file.ref, by=by, personal={by.ref: {"why": why}})
    path = path_of(file)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return file


def path_of(file: File) -> Path:
    """Where its bytes lie."""
    return folder() / file.pk.hex[:2] / file.pk.hex


def folder() -> Path:
    """Where all of them lie."""
    return Path(settings.MEDIA_ROOT) / "handed-in"


def sweep() -> int:
    """Take away bytes of which no row speaks, as a stop in the middle leaves them; how many."""
    swept = 0
    old = (timezone.now() - FORGOTTEN_AFTER).timestamp()
    for path in folder().glob("??/*"):
        known = File.objects.filter(pk=path.name, removed_at=None).exists() if len(path.name) == 32 else False  # noqa: PLR2004
        if not known and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _refuse_too_many(by: Caller) -> None:
    lately = File.objects.filter(added_by=by.ref, added_at__gt=timezone.now() - timedelta(days=1))
    size = lately.aggregate(all=Sum("size"))["all"] or 0
    if lately.count() >= MOST_A_DAY or size >= MOST_BYTES_A_DAY:
        raise NotPossible(_("You have handed in many files today. Try again tomorrow."), code="many-files")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for us alone to read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
