"""Forgetting somebody who is erased: their claims, what they handed in for them, and invitations of them."""

from evenhand.core.accounts.erasing import Leaving, forgets
from evenhand.core.files.actions import remove
from evenhand.core.files.models import File
from evenhand.core.organisations.lifecycle import OPEN
from evenhand.core.organisations.models import Claim, Invitation
from evenhand.core.references import Ref


@forgets
def forget(leaving: Leaving) -> list[Ref]:
    """Open claims end; of every claim the words and the files go, and that it was made stays."""
    claims = list(Claim.objects.filter(person=leaving.person))
    refs = [one.ref for one in claims]
    files = list(File.objects.filter(about__in=refs, removed_at=None))
    for file in files:
        remove(file, by=leaving.by, why="erasure")
    theirs = Claim.objects.filter(pk__in=[one.pk for one in claims])
    theirs.filter(status__in=OPEN).update(status="withdrawn")
    theirs.update(about="", why="", key="", key_until=None)
    invited = [one for address in leaving.addresses for one in Invitation.objects.filter(email__iexact=address)]
    Invitation.objects.filter(pk__in=[one.pk for one in invited]).delete()
    return [*refs, *(file.ref for file in files), *(one.ref for one in invited)]
