"""Putting words forward for the language check, and deciding on them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.publishing.lifecycle import TERM
from evenhand.domains.publishing.models import HouseTerm
from evenhand.domains.publishing.people import may_publish


@transaction.atomic
def put_forward(words: str, *, by: Caller, instead: str, why: str) -> HouseTerm:
    """Put words forward; Refused where they are there already, or are no words."""
    if not may_publish.admits(by):
        raise NotAllowed(may_publish.sentence)
    term = HouseTerm(words=" ".join(words.lower().split()), instead=instead, why=why, put_forward_by=by.ref)
    try:
        term.full_clean()
    except ValidationError as fault:
        there = _("These words are in the check already, or wait to be.")
        said = there if "__all__" in fault.message_dict else " ".join(fault.messages)
        raise Refused(said, code="no-such-words") from None
    term.save()
    record("publishing.term.put-forward", term.ref, by=by, details={"words": term.words})
    return term


@TERM.on("put-to-end")
def _asks(term: HouseTerm, *, by: Caller, **_details: Any) -> None:
    """Whoever asks for it to go is not the one who agrees to that."""
    term.put_forward_by = by.ref
