"""Erasing what is held of a person: each part of the platform forgets its own, and what was done stays done."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.accounts.actions import end_role
from evenhand.core.accounts.lifecycle import ERASURE, OPEN
from evenhand.core.accounts.models import Erasure, Person, RoleHeld, SignIn
from evenhand.core.errors import NotPossible
from evenhand.core.journal.actions import erase as erase_lines
from evenhand.core.journal.actions import record
from evenhand.core.journal.models import Personal
from evenhand.core.notices.actions import forget_address, post
from evenhand.core.references import Ref


@dataclass(frozen=True)
class Leaving:
    """Somebody who is to be forgotten, and every address for mail that was theirs."""

    person: Person
    addresses: tuple[str, ...]
    by: Caller


# A part forgets what it holds of somebody, and says which things were theirs: what the journal holds of those goes too.
Forgetter = Callable[[Leaving], list[Ref]]
_FORGETTERS: list[Forgetter] = []


def forgets(forgetter: Forgetter) -> Forgetter:
    """Have a part of the platform forget somebody when they are erased."""
    if forgetter not in _FORGETTERS:
        _FORGETTERS.append(forgetter)
    return forgetter


@transaction.atomic
def ask(person: Person, *, by: Caller) -> Erasure:
    """Ask that everything be erased that is held of oneself; NotPossible if that was asked already."""
    Person.objects.select_for_update().get(pk=person.pk)
    if Erasure.objects.filter(person=person, status__in=OPEN).exists():
        raise NotPossible(_("You have asked for this already."), code="asked-already")
    asked = Erasure.objects.create(person=person)
    record("accounts.erasure.ask", asked.ref, by=by)
    post("accounts/erasure.txt", to=person.email, about=asked.ref, name=person.name)
    return asked


@ERASURE.on("agree")
def _agree(asked: Erasure, *, by: Caller) -> None:
    """One has made sure of it; another carries it out."""
    asked.agreed_by = by.ref


@ERASURE.on("carry-out")
def _carry_out(asked: Erasure, *, by: Caller) -> None:
    """Everything goes that can; of the person there stays a row that says nothing of anybody."""
    person = Person.objects.select_for_update().get(pk=asked.person_id)
    leaving = Leaving(person, _addresses(person), by)
    for held in RoleHeld.objects.filter(person=person).holding():
        end_role(held, by=by)
    SignIn.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    theirs = [person.ref, asked.ref, *(ref for forget in _FORGETTERS for ref in forget(leaving))]
    EmailAddress.objects.filter(user=person).delete()
    for address in leaving.addresses:
        forget_address(address)
    person.groups.clear()
    person.name, person.email = _("Somebody whose account is no more"), f"{person.pk}@erased.invalid"
    person.password, person.is_active, person.is_superuser = make_password(None), False, False
    person.erased_at = asked.done_at = timezone.now()
    person.save()
    erase_lines(person.ref, things=theirs, by=by)


def _addresses(person: Person) -> tuple[str, ...]:
    """Those that are theirs, or were before: the journal keeps what an address was changed from."""
    held = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    changes = Personal.objects.filter(of=person.ref, line__tag="accounts.address.change")
    for details in changes.values_list("details", flat=True):
        held |= {str(address) for address in details.values() if address}
    return tuple(sorted(address.lower() for address in held))
