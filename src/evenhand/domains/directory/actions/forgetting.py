"""Forgetting somebody who is erased: where we asked whether a listing is right, and what they reported."""

from django.db.models import Q

from evenhand.core.accounts.erasing import Leaving, forgets
from evenhand.core.references import Ref
from evenhand.domains.directory.models import Confirmation, Report, Service, Version

GONE = "forgotten@invalid.invalid"


@forgets
def forget(leaving: Leaving) -> list[Ref]:
    """An address that a listing shows to everyone is the organisation's, and stays until it is changed there."""
    for address in leaving.addresses:
        Report.objects.filter(email__iexact=address).update(email="")
        Confirmation.objects.filter(to__iexact=address).update(to=GONE)
        Service.objects.filter(keeper_email__iexact=address).update(keeper_email="")
        for version in Version.objects.filter(Q(facts__keeper_email__iexact=address)):
            version.facts["keeper_email"] = ""
            version.save(update_fields=["facts"])
    return []
