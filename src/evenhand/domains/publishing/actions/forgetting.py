"""Forgetting somebody who is erased: that they asked to be told of what is new."""

from evenhand.core.accounts.erasing import Leaving, forgets
from evenhand.core.references import Ref
from evenhand.domains.publishing.models import Alert


@forgets
def forget(leaving: Leaving) -> list[Ref]:
    """No alert stays."""
    for address in leaving.addresses:
        Alert.objects.filter(email__iexact=address).delete()
    return []
