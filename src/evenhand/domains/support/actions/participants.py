"""Writing an application together: a colleague is invited by address, joins, and may leave."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.organisations.keys import digest, new_key
from evenhand.domains.support.models import Application, Participant
from evenhand.domains.support.people import writer

HOLDS = timedelta(days=14)
MOST = 10


@transaction.atomic
def invite(application: Application, email: str, *, by: Caller) -> Participant:
    """Ask a colleague, by address, to write it too. The link that goes there holds once, and for two weeks."""
    locked = Application.objects.select_for_update().select_related("organisation", "round").get(pk=application.pk)
    if not writer.admits(by, locked):
        raise NotAllowed(writer.sentence)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("Write an e-mail address, such as name@example.org."), code="bad-address") from None
    taking = locked.participants.filter(ended_at=None)
    if taking.filter(person__email=email).exists():
        raise NotPossible(_("Somebody with this address takes part already."), code="joined-already")
    if taking.filter(email=email, person=None, until__gt=timezone.now()).exists():
        raise NotPossible(_("Somebody with this address is invited already."), code="invited-already")
    if taking.count() >= MOST:
        raise NotPossible(_("Ten people take part or are invited. End one first."), code="many-people")
    key = new_key()
    made = Participant.objects.create(
        application=locked, email=email, key=digest(key), until=timezone.now() + HOLDS, invited_by=by.ref
    )
    letter = post(
        "support/invitation.txt", to=email, about=made.ref, stranger=True, organisation=locked.organisation, key=key
    )
    if letter is None:
        raise NotPossible(_("Too many messages went to that address today. Try again tomorrow."), code="many-letters")
    record("support.participant.invite", locked.ref, by=by, personal={made.ref: {"to": email}})
    return made


def invitation_of(key: str) -> Participant | None:
    """The invitation of a link, as long as it holds."""
    found = Participant.objects.filter(key=digest(key), person=None, ended_at=None, until__gt=timezone.now())
    return found.select_related("application__organisation", "application__round").first()


@transaction.atomic
def join(key: str, *, by: Caller) -> Application:
    """Take an invitation up, by whoever has the address that it went to."""
    found = invitation_of(key)
    if found is None:
        raise NotPossible(_("This invitation no longer holds. Ask for another."), code="stale-link")
    found = Participant.objects.select_for_update().select_related("application").get(pk=found.pk)
    if by.person is None or by.person.email != found.email:
        raise NotAllowed(_("This invitation went to another address. Sign in with that one."))
    if found.person_id is not None:
        raise NotPossible(_("This invitation no longer holds. Ask for another."), code="stale-link")
    found.person, found.joined_at, found.key, found.email = by.person, timezone.now(), "", ""
    found.save(update_fields=["person", "joined_at", "key", "email"])
    record("support.participant.join", found.application.ref, by=by)
    return found.application


@transaction.atomic
def end(participant: Participant, *, by: Caller) -> None:
    """End somebody's part, or one's own, or an invitation; somebody always stays."""
    application = Application.objects.select_for_update().get(pk=participant.application_id)
    if not writer.admits(by, application):
        raise NotAllowed(writer.sentence)
    found = Participant.objects.get(pk=participant.pk)
    joined = application.participants.filter(ended_at=None).exclude(joined_at=None)
    if found.joined_at is not None and joined.count() == 1:
        raise NotPossible(_("Somebody has to stay with the application. Invite a colleague first."), code="last-one")
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    record("support.participant.end", application.ref, by=by, details={"participant": str(found.ref)})
