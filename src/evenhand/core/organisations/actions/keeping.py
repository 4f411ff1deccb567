"""Who looks after an organisation's entry: invited, joined, handed over, left."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import NAMES, Caller
from evenhand.core.accounts.actions import end_role, give_role
from evenhand.core.accounts.models import RoleHeld, RolesHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.organisations.keys import digest, new_key
from evenhand.core.organisations.models import Invitation, Organisation
from evenhand.core.organisations.people import MEMBER, OWNER, ROLES, editor, owner

HOLDS = timedelta(days=14)
MOST_OPEN = 10


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, *, by: Caller) -> Invitation:
    """Ask somebody, by address, to look after the entry too. A link that holds once and for two weeks goes there."""
    _owners_only(organisation, by)
    if role not in ROLES:
        raise Refused(_("There is no such role."), near=ROLES, code="unknown-role")
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("Write an e-mail address, such as name@example.org."), code="bad-address") from None
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    waiting = Invitation.objects.filter(
        organisation=organisation, accepted_at=None, withdrawn_at=None, until__gt=timezone.now()
    )
    if waiting.filter(email=email).exists():
        raise NotPossible(_("Somebody with this address is invited already."), code="invited-already")
    if waiting.count() >= MOST_OPEN:
        raise NotPossible(_("Ten invitations are open. Withdraw one first."), code="many-invitations")
    if RoleHeld.objects.filter(organisation=organisation, role=role, person__email=email).holding().exists():
        raise NotPossible(_("Somebody with this address holds that role already."), code="held-already")
    key = new_key()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        by=by.ref,
        key=digest(key),
        until=timezone.now() + HOLDS,
    )
    sent = post(
        "organisations/invitation.txt",
        to=email,
        about=invitation.ref,
        stranger=True,
        organisation=organisation,
        role=_(NAMES[role]),
        key=key,
    )
    if sent is None:
        raise NotPossible(_("Too many messages went to that address today. Try again tomorrow."), code="many-letters")
    record(
        "organisations.invitation.send",
        organisation.ref,
        by=by,
        details={"role": role},
        personal={invitation.ref: {"to": email}},
    )
    return invitation


@transaction.atomic
def accept_invitation(key: str, *, by: Caller) -> RoleHeld:
    """Take an invitation up, by whoever has the address that it went to; NotPossible where it no longer holds."""
    invitation = invitation_of(key)
    if invitation is None:
        raise NotPossible(_("This invitation no longer holds. Ask for another."), code="stale-link")
    invitation = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    if by.person is None or by.person.email != invitation.email:
        raise NotAllowed(_("This invitation went to another address. Sign in with that one."))
    if invitation.accepted_at or invitation.withdrawn_at:
        raise NotPossible(_("This invitation no longer holds. Ask for another."), code="stale-link")
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record("organisations.invitation.accept", invitation.organisation.ref, by=by, details={"role": invitation.role})
    return give_role(by.person, invitation.role, by=by, organisation=invitation.organisation)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Caller) -> None:
    """Take an invitation back."""
    invitation = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    _owners_only(invitation.organisation, by)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise NotPossible(_("This invitation was taken up, or taken back, already."), code="stale-link")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("organisations.invitation.withdraw", invitation.organisation.ref, by=by)


@transaction.atomic
def end_keeping(held: RoleHeld, *, by: Caller) -> None:
    """End somebody's part in looking after an entry: one's own, or another's by an owner. One owner always stays."""
    organisation = _of(held)
    own = by.person is not None and held.person_id == by.person.pk
    if not own and not editor.admits(by):
        _owners_only(organisation, by)
    # Of two owners who leave at once, one waits for the other and then stays.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held.role == OWNER and _owners(organisation).count() == 1 and not editor.admits(by):
        message = _("An organisation has at least one owner. Hand it over first, or ask us to take the entry back.")
        raise NotPossible(message, code="last-owner")
    end_role(held, by=by)


@transaction.atomic
def hand_over(organisation: Organisation, *, to: RoleHeld, by: Caller) -> RoleHeld:
    """Make a member the owner in one's own place, and stay on as a member."""
    _owners_only(organisation, by)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if to.organisation_id != organisation.pk or to.role != MEMBER or not _holds(to):
        raise NotPossible(_("Only a member of the organisation can take it over. Invite them first."), code="no-member")
    mine = _owners(organisation).filter(person=by.person).first()
    if mine is None:
        raise NotAllowed(owner.sentence)
    if not _owners(organisation).filter(person=to.person).exists():
        give_role(to.person, OWNER, by=by, organisation=organisation)
    end_role(to, by=by)
    end_role(mine, by=by)
    if not RoleHeld.objects.filter(organisation=organisation, role=MEMBER, person=by.person).holding().exists():
        give_role(mine.person, MEMBER, by=by, organisation=organisation)
    record("organisations.organisation.hand-over", organisation.ref, by=by, details={"to": str(to.person.ref)})
    return _owners(organisation).get(person=to.person)


def invitation_of(key: str) -> Invitation | None:
    """The invitation of a link, if it can still be taken up."""
    found = Invitation.objects.filter(key=digest(key), accepted_at=None, withdrawn_at=None, until__gt=timezone.now())
    return found.select_related("organisation").first()


def _owners_only(organisation: Organisation, by: Caller) -> None:
    if not owner.admits(by, organisation):
        raise NotAllowed(owner.sentence)


def _owners(organisation: Organisation) -> RolesHeld:
    return RoleHeld.objects.filter(organisation=organisation, role=OWNER).holding()


def _holds(held: RoleHeld) -> bool:
    return RoleHeld.objects.filter(pk=held.pk).holding().exists()


def _of(held: RoleHeld) -> Organisation:
    if held.organisation is None or held.role not in ROLES:
        raise NotPossible(_("That role is of no organisation."))
    return held.organisation
