"""What is done with figures that somebody brings: loaded, sent, published or sent back, taken away, restored.

What they are is written by the store, whole or not at all, and seen by nobody before it is published. Beside it stands
a row that says whose they are and where they stand, moved by the lifecycle alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, Who, machine
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.references import BadReference, Ref
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.models import OPEN, Edition
from evenhand.domains.evidence.people import editor, either
from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.own.declaration import Own
from evenhand.library.datasets.store import CannotPublish, Store

TERMINAL, PERSON = machine("terminal").ref, "accounts.person"


def load(own: Own, content: bytes, *, by: Caller) -> tuple[Edition, bool]:
    """Check a table and put it forward: its edition, and whether that is new; RefusedFile leaves all as it was."""
    _only(editor, by)
    store = _store()
    with _in_words():
        version, _fresh = store.load_draft(own, content, by=str(by.ref), on=timezone.localdate())
        if store.state_of(own.name, version) != "loaded":
            raise NotPossible(_("These very figures are published already."), code="published-already")
    return _edition(own.name, version, by=by)


def restore(dataset: str, version: str, *, note: str, by: Caller) -> Edition:
    """Put an earlier release forward again, with a note for readers."""
    _only(editor, by)
    with _in_words():
        _store().restore(dataset, version, by=str(by.ref), on=timezone.localdate(), note=note)
    edition, _fresh = _edition(dataset, version, by=by)
    return edition


@transaction.atomic
def take_up(dataset: str, version: str, *, by: Caller) -> Edition:
    """Have figures that were loaded at the terminal decided on here."""
    _only(either, by)
    with _in_words():
        store = _store()
        if (dataset, version) not in store.kept() or store.state_of(dataset, version) != "loaded":
            raise NotPossible(_("These figures do not wait any more."), code="gone")
        edition, fresh = _open_edition(dataset, version, loaded_by=_who(store, dataset, version))
    return EDITION.move(edition, "take-up", by=by) if fresh else edition


@EDITION.on("send")
def send(edition: Edition, *, by: Caller) -> None:
    """Tell everyone who may publish them."""
    edition.why = ""
    now = RoleHeld.objects.filter(role="statistics-approver").holding()
    for person in Person.objects.filter(pk__in=now.values("person"), is_active=True).exclude(pk=_key(by)):
        post("evidence/edition_sent.txt", to=person.email, about=edition.ref, edition=edition)


@EDITION.on("publish")
def publish(edition: Edition, *, by: Caller) -> None:
    """Answer from them; if answers come from them already, since this was cut short, that is enough."""
    store = _store()
    with _in_words():
        if store.state_of(edition.dataset, edition.version) != "published":
            store.publish(edition.dataset, edition.version, by=str(by.ref), on=timezone.localdate())


@EDITION.on("return")
def send_back(edition: Edition, *, by: Caller, why: str) -> None:
    """Say why, to who loaded them too."""
    del by
    edition.why = why
    if edition.loaded_by.kind == PERSON:
        for person in Person.objects.filter(pk=edition.loaded_by.key, is_active=True):
            post("evidence/edition_returned.txt", to=person.email, about=edition.ref, edition=edition)


@EDITION.on("load-again")
def load_again(edition: Edition, *, by: Caller) -> None:
    """They are whose who loaded them last, over what is published now."""
    edition.loaded_by, edition.loaded_at, edition.why = by.ref, timezone.now(), ""


@EDITION.on("withdraw")
def withdraw(edition: Edition, *, by: Caller) -> None:
    """Take them out of the store, with what was handed in; what was published before stays."""
    del by
    store = _store()
    if (edition.dataset, edition.version) in store.kept() and _waits(store, edition):
        with _in_words():
            store.discard(edition.dataset, edition.version)


def _edition(dataset: str, version: str, *, by: Caller) -> tuple[Edition, bool]:
    """The edition of a release that was just put forward, made or taken over by who did."""
    with transaction.atomic():
        edition, fresh = _open_edition(dataset, version, loaded_by=by.ref)
        if fresh:
            record("evidence.edition.load", edition.ref, by=by, details={"dataset": dataset, "version": version})
        elif _who(_store(), dataset, version) != edition.loaded_by:
            # Another release was published meanwhile, and who loads them now has seen what they would change.
            edition = EDITION.move(edition, "load-again", by=by)
    return edition, fresh


def _open_edition(dataset: str, version: str, *, loaded_by: Ref) -> tuple[Edition, bool]:
    said = {"loaded_by": loaded_by, "status": EDITION.first}
    return Edition.objects.get_or_create(dataset=dataset, version=version, status__in=OPEN, defaults=said)


def _who(store: Store, dataset: str, version: str) -> Ref:
    """Who put a release forward, as the store has it: at the terminal, people are not known."""
    proposal = store.proposal(dataset, version)
    try:
        return Ref.read(proposal.by if proposal else "")
    except BadReference:
        return TERMINAL


def _waits(store: Store, edition: Edition) -> bool:
    return store.state_of(edition.dataset, edition.version) == "loaded"


def _key(by: Caller) -> Any:
    return by.person.pk if by.person else None


def _only(who: Who, by: Caller) -> None:
    if not who.admits(by):
        raise NotAllowed(who.sentence)


def _store() -> Store:
    return Store(settings.EVIDENCE_FOLDER)


@contextmanager
def _in_words() -> Iterator[None]:
    """What the store refuses, as a page refuses it."""
    try:
        yield
    except CannotPublish as fault:
        raise NotPossible(str(fault), code=fault.code) from None
    except Unknown:
        raise NotPossible(_("These figures are not in the store any more."), code="gone") from None
