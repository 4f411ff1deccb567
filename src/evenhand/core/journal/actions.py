"""Writing a line, and erasing what lines hold of a person."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from evenhand.core.access import Caller
from evenhand.core.journal.models import Line, Personal
from evenhand.core.references import Ref

Details = Mapping[str, Any]


def record(
    tag: str,
    about: Ref,
    *,
    by: Caller,
    details: Details | None = None,
    personal: Mapping[Ref, Details] | None = None,
) -> Line:
    """Write that this was done, in the transaction of what was done; RuntimeError outside of one.

    `details` stay for ever: nothing personal belongs there. What is personal is given by whose it is, and goes when
    that person's data go.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{tag} is written outside of a transaction: wrap the change and its line in atomic()")
    line = Line.objects.create(tag=tag, about=about, by=by.ref, details=dict(details or {}))
    Personal.objects.bulk_create(
        Personal(line=line, of=of, details=dict(part)) for of, part in (personal or {}).items()
    )
    return line


@transaction.atomic
def erase(of: Ref, *, by: Caller, things: Iterable[Ref] = ()) -> int:
    """Erase what every line holds of a person, and of things that were theirs alone, and write that it was done.

    How many lines held something. Of such a thing every word goes, whoever wrote it: it may speak of the person.
    """
    gone = [of, *things]
    erased, _ = Personal.objects.filter(Q(of__in=gone) | Q(line__about__in=gone)).delete()
    record("journal.personal.erase", of, by=by, details={"lines": erased})
    return erased
