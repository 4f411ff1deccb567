"""What is done to people and roles, each with its line in the journal."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import NAMES, NEED_SECOND_FACTOR, STAFF, Caller
from evenhand.core.accounts.factors import has_second_factor
from evenhand.core.accounts.models import Person, RoleHeld, SignIn
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.organisations.models import Organisation


@transaction.atomic
def give_role(
    person: Person,
    role: str,
    *,
    by: Caller,
    organisation: Organisation | None = None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> RoleHeld:
    """Give a person a role, from now or from a day to come, with an end or without."""
    if role not in NAMES:
        raise Refused(_("There is no such role."), near=tuple(NAMES), code="unknown-role")
    if role in NEED_SECOND_FACTOR and not has_second_factor(person):
        said = {"name": person.name, "role": _(NAMES[role])}
        message = _(
            "%(name)s has no second factor yet, and this role needs one: %(role)s. Ask them to set one up first."
        )
        raise NotPossible(message % said, code="no-second-factor")
    Person.objects.select_for_update().get(pk=person.pk)  # of two who give the same role at once, one is told
    begins_at = begins_at or timezone.now()
    if ends_at is not None and ends_at <= begins_at:
        raise Refused(_("The role would end before it begins. Choose a later end."), code="ends-too-early")
    if RoleHeld.objects.filter(person=person, role=role, organisation=organisation).holding(begins_at).exists():
        said = {"name": person.name, "role": _(NAMES[role])}
        raise NotPossible(_("%(name)s holds this role already: %(role)s.") % said, code="held-already")
    held = RoleHeld.objects.create(
        person=person, role=role, organisation=organisation, begins_at=begins_at, ends_at=ends_at
    )
    details = {"role": role, "begins": begins_at.isoformat(), "ends": ends_at.isoformat() if ends_at else None}
    if organisation:
        details["organisation"] = str(organisation.ref)
    record("accounts.role.give", person.ref, by=by, details=details)
    mirror(person)
    return held


@transaction.atomic
def end_role(held: RoleHeld, *, by: Caller) -> RoleHeld:
    """End a role now; one that has not begun never holds."""
    held = RoleHeld.objects.select_for_update().select_related("person").get(pk=held.pk)
    now = timezone.now()
    if held.ends_at is not None and held.ends_at <= now:
        raise NotPossible(_("This role has ended already."), code="ended-already")
    held.ends_at = max(now, held.begins_at)
    held.save(update_fields=["ends_at"])
    details = {"role": held.role}
    if held.organisation_id:
        details["organisation"] = f"organisations.organisation:{held.organisation_id}"
    record("accounts.role.end", held.person.ref, by=by, details=details)
    mirror(held.person)
    return held


def mirror(person: Person) -> None:
    """Have the framework's groups say what the roles say, for the staff home, which asks those and not us."""
    held = RoleHeld.objects.filter(person=person, role__in=STAFF).holding().values_list("role", flat=True)
    wanted = frozenset(held)
    if wanted != set(person.groups.values_list("name", flat=True)):
        person.groups.set([Group.objects.get_or_create(name=role)[0] for role in sorted(wanted)])
    if person.is_superuser != ("administrator" in wanted):
        person.is_superuser = not person.is_superuser
        person.save(update_fields=["is_superuser"])


@transaction.atomic
def remove_factors(person: Person, *, by: Caller) -> int:
    """For somebody who lost them: take every second factor away, with the roles that need one, and end every sign-in.

    The roles are to be given anew once a new factor is set up, so that a password alone can never bring them back.
    """
    for held in RoleHeld.objects.filter(person=person, role__in=NEED_SECOND_FACTOR).holding():
        end_role(held, by=by)
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    SignIn.objects.filter(person=person).delete()
    record("accounts.factor.remove-all", person.ref, by=by, details={"removed": removed})
    return int(removed)


@transaction.atomic
def suspend(person: Person, *, by: Caller, why: str) -> Person:
    """Keep a person from signing in, and end every sign-in that is open. The roles stay, and hold nothing open."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.suspended:
        raise NotPossible(_("This account is suspended already."), code="suspended-already")
    person.is_active = False
    person.save(update_fields=["is_active"])
    SignIn.objects.filter(person=person).delete()
    record("accounts.person.suspend", person.ref, by=by, personal={person.ref: {"why": why}})
    return person


@transaction.atomic
def restore(person: Person, *, by: Caller) -> Person:
    """Let a suspended person sign in again."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.suspended:
        raise NotPossible(_("This account is not suspended."), code="not-suspended")
    if person.erased_at is not None:
        raise NotPossible(_("This account was erased: there is nobody to let in."), code="erased")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("accounts.person.restore", person.ref, by=by)
    return person


@transaction.atomic
def rename(person: Person, name: str, *, by: Caller) -> Person:
    """Show a person under another name."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    record("accounts.person.rename", person.ref, by=by, personal={person.ref: {"from": before, "to": name}})
    return person


@transaction.atomic
def end_sign_ins(person: Person, *, by: Caller, only: str | None = None, but: str | None = None) -> int:
    """End the sign-ins of a person: all, only the one with this key, or all but one. How many were open."""
    open_now = SignIn.objects.filter(person=person)
    if only is not None:
        open_now = open_now.filter(pk=only)
    if but is not None:
        open_now = open_now.exclude(pk=but)
    ended, _rows = open_now.delete()
    if ended:
        record("accounts.sign-in.end", person.ref, by=by, details={"ended": ended})
    return ended
