"""Forgetting somebody who is erased: invitations of them, and what a consultant says of themselves."""

from django.utils.translation import gettext as _

from evenhand.core.accounts.erasing import Leaving, forgets
from evenhand.core.references import Ref
from evenhand.domains.support.models import Consultant, Participant


@forgets
def forget(leaving: Leaving) -> list[Ref]:
    """Applications are the organisation's, and days and invoices the accounts': they stay, without a name."""
    for address in leaving.addresses:
        Participant.objects.filter(email__iexact=address).update(email="")
    Participant.objects.filter(person=leaving.person).delete()
    theirs = Consultant.objects.filter(person=leaving.person)
    theirs.update(
        name=_("Somebody whose account is no more"),
        about="",
        lived_experience_shown=False,
        lived_experience="",
        referees="",
    )
    return [one.ref for one in theirs]
