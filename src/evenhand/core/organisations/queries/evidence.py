"""Who sees what was handed in for a claim: who made it, and editors."""

from uuid import UUID

from evenhand.core.access import Caller
from evenhand.core.files.queries import sees
from evenhand.core.organisations.models import Claim
from evenhand.core.organisations.people import claimant, editor
from evenhand.core.references import Ref


@sees("organisations.claim")
def evidence_seen_by(caller: Caller, about: Ref) -> bool:
    """Whether a caller sees the files of a claim."""
    claim = Claim.objects.filter(pk=UUID(about.key)).first()
    return claim is not None and (editor | claimant).admits(caller, claim)
