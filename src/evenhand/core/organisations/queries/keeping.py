"""Who looks after which organisation, who asks to, and who was asked to."""

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.organisations.models import Claim, Invitation, Organisation
from evenhand.core.organisations.people import ROLES


def organisations_kept_by(caller: Caller) -> QuerySet[Organisation]:
    """Those that a caller looks after today, as owner or member."""
    bound = [organisation for role, organisation in caller.effective.organisations if role in ROLES]
    return Organisation.objects.filter(pk__in=bound, merged_into=None)


def keepers_of(organisation: Organisation) -> QuerySet[RoleHeld]:
    """Who looks after an organisation today, owners first."""
    held = RoleHeld.objects.filter(organisation=organisation, role__in=ROLES).holding()
    return held.select_related("person").order_by("-role", "begins_at")


def claims_of(caller: Caller) -> QuerySet[Claim]:
    """A person's own claims."""
    return Claim.objects.filter(person=caller.person) if caller.person is not None else Claim.objects.none()


def claims_waiting() -> QuerySet[Claim]:
    """Claims that an editor has to decide, the oldest first."""
    waiting = Claim.objects.filter(status="waiting").order_by("begun_at")
    return waiting.select_related("person", "organisation").prefetch_related("evidence__file")


def invitations_open(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    sent = Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
    return sent.filter(until__gt=timezone.now())
