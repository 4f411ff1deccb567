"""Asking to be rung, and having been."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible
from evenhand.core.journal.actions import record
from evenhand.domains.support.models import Conversation
from evenhand.domains.support.people import officer

MOST_OPEN = 200  # more than anybody can ring: what comes on top is no request


@transaction.atomic
def ask(programme: str, kind: str, *, by: Caller, key: UUID, **said: Any) -> Conversation:
    """Ask for somebody to ring; the same form sent twice asks once, with what was put right in between."""
    if before := Conversation.objects.select_for_update().filter(key=key).first():
        return _put_right(before, by=by, **said, kind=kind)
    if Conversation.objects.filter(settled_at=None).count() >= MOST_OPEN:
        raise NotPossible(_("Very many people wait for a call just now. Try again tomorrow."), status=503)
    made = Conversation(key=key, programme=programme, kind=kind, **said)
    made.full_clean()
    made.save()
    record("support.conversation.ask", made.ref, by=by, details={"programme": programme, "kind": kind})
    return made


def _put_right(before: Conversation, *, by: Caller, **said: Any) -> Conversation:
    changed = [name for name, value in said.items() if getattr(before, name) != value]
    if before.settled_at is None and changed:
        for name in changed:
            setattr(before, name, said[name])
        before.full_clean()
        before.save(update_fields=changed)
        record("support.conversation.put-right", before.ref, by=by, details={"changed": sorted(changed)})
    return before


@transaction.atomic
def settle(conversation: Conversation, *, by: Caller) -> Conversation:
    """They were rung: who they were and where is forgotten."""
    if not officer.admits(by):
        raise NotAllowed(officer.sentence)
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.settled_at is not None:
        return locked
    locked.settled_at, locked.settled_by = timezone.now(), by.ref
    locked.name = locked.organisation = locked.phone = locked.when = locked.needs = ""
    locked.save()
    record("support.conversation.settle", locked.ref, by=by)
    return locked
