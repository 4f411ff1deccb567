"""Forgetting somebody who is erased: the addresses that they left with a question or with evidence."""

from evenhand.core.accounts.erasing import Leaving, forgets
from evenhand.core.references import Ref
from evenhand.domains.reviews.models import Challenge, Submission


@forgets
def forget(leaving: Leaving) -> list[Ref]:
    """What they asked and sent stays, without them."""
    for address in leaving.addresses:
        Challenge.objects.filter(email__iexact=address).update(email="")
        Submission.objects.filter(email__iexact=address).update(email="")
    return []
