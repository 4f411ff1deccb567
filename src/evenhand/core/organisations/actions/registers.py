"""Loading a register: file by file, chunk by chunk, gone on with after a stop, and told of in one line."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.measuring import measure_tables
from evenhand.core.organisations.actions.alerts import raise_alerts
from evenhand.core.organisations.loading.chunks import ListedTwice, model_of, write
from evenhand.core.organisations.loading.reading import Chunk, check, chunks
from evenhand.core.organisations.loading.shapes import shape_named
from evenhand.core.organisations.models import Change, Detail, Entry, Load, LoadedFile
from evenhand.core.organisations.models.registers import Register
from evenhand.library.registers import Position, RefusedFile, charity_commission
from evenhand.library.registers.files import find_source

REJECTIONS_KEPT = 20
MOST_GONE = 0.1  # a register from which more is gone was not given whole
PART = re.compile(r"part(\d+)_(\d+)", re.IGNORECASE)
SCHEMES = {Register.CHARITIES: "GB-CHC", Register.COMPANIES: "GB-COH"}
MAIN = {Register.CHARITIES: "charity", Register.COMPANIES: "company"}

Told = Callable[["Progress"], object]


@dataclass(frozen=True)
class Progress:
    """How far a load has come."""

    file: str
    records: int
    share: float


@dataclass(frozen=True)
class Loaded:
    """What a load found, and what is to be said of it."""

    load: Load
    records: int
    rejected: int
    alerts: int
    notes: tuple[str, ...]


@dataclass
class _Open:
    """One file of a load: its row, and its records from where it was left."""

    row: LoadedFile
    chunks: Iterator[Chunk]


def load_register(
    register: str, paths: Sequence[Path], *, by: Caller, told: Told = str, today: date | None = None
) -> Loaded:
    """Load files of a register, or go on with a load of the same files that was stopped.

    Every file is looked at before the first row is written: the file of trustees, a changed header, a damaged zip
    refuse the whole. What is written is kept chunk by chunk with how far the file was read, so that a stop loses
    nothing and nothing is written twice. Loading the same files again changes nothing.
    """
    today = today or timezone.localdate()
    files = _files(Register(register), paths)
    load = _begun(Register(register), files)
    opened = _opened(load, files)
    days: list[date] = []
    for each in opened:
        try:
            days += _read(each, load, told)
        except ListedTwice as fault:
            raise Refused(f"{each.row.name}: {fault}", code="listed-twice") from None
        except RefusedFile as fault:
            raise Refused(str(fault), code="refused-file") from None
    measure_tables()  # what is gone is looked for among hundreds of thousands of rows that were not there
    return _ended(load, files, max(days, default=None), by=by, today=today)


def _files(register: Register, paths: Sequence[Path]) -> list[Path]:
    """The files that were meant: of a folder, those of the extract, charities first."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir() and register == Register.CHARITIES:
            found += charity_commission.extract_files(path).values()
        elif path.is_dir():
            found += sorted(one for one in path.iterdir() if one.name.startswith("BasicCompanyData"))
        elif path.exists():
            found.append(path)
        else:
            raise Refused(_("There is no file at %(path)s.") % {"path": path}, code="no-file")
    if not found:
        raise Refused(_("There is no file of this register in that folder."), code="no-file")
    return found


def _begun(register: Register, files: Sequence[Path]) -> Load:
    """The load that is to be gone on with, or a new one; what was begun with other files is given up."""
    try:
        prints = {find_source(path).fingerprint for path in files if "trustee" not in path.name.lower()}
        for path in files:
            check(register.value, path)  # before anything is begun
    except RefusedFile as fault:
        raise Refused(str(fault), code="refused-file") from None
    with transaction.atomic():
        waiting = Load.objects.select_for_update().filter(register=register, ended_at=None).first()
        if waiting is not None:
            if {one.fingerprint for one in waiting.files.all()} & prints:
                return waiting
            waiting.given_up, waiting.ended_at = True, timezone.now()
            waiting.save(update_fields=["given_up", "ended_at"])
        return Load.objects.create(register=register)


def _opened(load: Load, files: Sequence[Path]) -> list[_Open]:
    opened = []
    for path in files:
        source = find_source(path)
        row = LoadedFile.objects.filter(load=load, fingerprint=source.fingerprint).first()
        row = row or LoadedFile.objects.create(
            load=load, name=path.name, fingerprint=source.fingerprint, size=source.size
        )
        done = Position(row.fingerprint, row.size, row.offset, row.records, row.kept, row.rejected)
        if row.ended_at is None:
            opened.append(_Open(row, chunks(str(load.register), path, after=done if row.offset else None)))
    return opened


def _read(each: _Open, load: Load, told: Told) -> list[date]:
    """Read one file to its end; the day of its extract, where it says it."""
    fresh: bool | None = None
    extracted = None
    for chunk in each.chunks:
        extracted = chunk.extracted
        shape = shape_named(chunk.table)
        if fresh is None:
            there = model_of(shape)._default_manager.filter(**shape.constants)  # noqa: SLF001  (Django's name)
            fresh = not there.exclude(seen=load.pk).exists()
        with transaction.atomic():
            tally = write(shape, chunk.rows, load, fresh=fresh)
            _keep(each.row, chunk)
            if shape.kept_as == "entry":
                Load.objects.filter(pk=load.pk).update(
                    added=F("added") + tally.added, changed=F("changed") + tally.changed, extracted=extracted
                )
        told(Progress(each.row.name, chunk.position.records, chunk.position.share))
    LoadedFile.objects.filter(pk=each.row.pk).update(ended_at=timezone.now())
    return [extracted] if extracted else []


def _keep(row: LoadedFile, chunk: Chunk) -> None:
    """Keep how far the file was read; NotPossible where somebody else has read on meanwhile."""
    before, position = row.offset, chunk.position
    kept = [*row.rejections, *([one.number, one.begins, one.why] for one in chunk.rejected)][:REJECTIONS_KEPT]
    changed = LoadedFile.objects.filter(pk=row.pk, offset=before).update(
        table=chunk.table,
        offset=position.offset,
        records=position.records,
        kept=position.kept,
        rejected=position.rejected,
        rejections=kept,
    )
    if not changed:
        raise NotPossible(_("This register is being loaded by somebody else just now."), code="loading")
    row.offset, row.rejections = position.offset, kept


@transaction.atomic
def _ended(load: Load, files: Sequence[Path], taken: date | None, *, by: Caller, today: date) -> Loaded:
    """Say what is gone, raise the alerts, and write the one line."""
    load = Load.objects.select_for_update().get(pk=load.pk)
    register = Register(load.register)
    load.extracted = taken or load.extracted
    read = list(load.files.all())
    if unread := [one.name for one in read if one.ended_at is None]:
        message = _("This load was begun with other files too: %(names)s. Give them again, and it is gone on with.")
        raise NotPossible(message % {"names": ", ".join(sorted(unread))}, code="files-missing")
    notes = []
    for table in {one.table for one in read if one.table}:
        notes += _mark_gone(load, register, table, files, load.extracted or today)
    if rejected := sum(one.rejected for one in read):
        said = {
            "number": rejected,
            "why": "; ".join(f"{number}: {why}" for one in read for number, _b, why in one.rejections[:3]),
        }
        notes.append(_("%(number)s records could not be read and were left out. The first: %(why)s.") % said)
    alerts = raise_alerts(SCHEMES[register], by=by, on=today)
    load.ended_at = timezone.now()
    load.save()
    details = {
        "register": str(register),
        "files": sorted(one.name for one in read),
        "extracted": load.extracted.isoformat() if load.extracted else None,
        "records": sum(one.records for one in read),
        "rejected": rejected,
        "added": load.added,
        "changed": load.changed,
        "gone": load.gone,
        "alerts": alerts,
    }
    record("organisations.register.load", load.ref, by=by, details=details)
    return Loaded(load, sum(one.records for one in read), rejected, alerts, tuple(notes))


def _mark_gone(load: Load, register: Register, table: str, files: Sequence[Path], on: date) -> list[str]:
    """Mark what the register no longer has, unless it was plainly not given whole; what to say of it."""
    scheme = SCHEMES[register]
    if table != MAIN[register]:
        Detail.objects.filter(scheme=scheme, table=table).exclude(seen=load.pk).delete()
        return []
    missing = _parts_missing(files)
    if missing:
        said = {"parts": ", ".join(missing)}
        return [_("Not every part was given (%(parts)s is missing), so nothing is said to be gone.") % said]
    listed = Entry.objects.filter(scheme=scheme, gone_on=None)
    gone = listed.exclude(seen=load.pk)
    number, known = gone.count(), listed.count()
    if number > MOST_GONE * known:
        counts = {"number": number, "known": known}
        message = _("%(number)s of %(known)s known entries are not here: too many to be believed. None is marked gone.")
        return [message % counts]
    Change.objects.bulk_create(
        Change(load=load, scheme=scheme, number=one, kind=Change.Kind.GONE)
        for one in gone.values_list("number", flat=True).iterator()
    )
    gone.update(gone_on=on)
    load.gone = number
    return []


def _parts_missing(files: Sequence[Path]) -> list[str]:
    found = [(int(part[1]), int(part[2])) for path in files if (part := PART.search(path.name))]
    wanted = max((of for _number, of in found), default=0)
    return [str(number) for number in range(1, wanted + 1) if number not in {one for one, _of in found}]
