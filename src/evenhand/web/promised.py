"""What was promised about a stage, a group, a place or a topic, as a part of its page."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.domains.reviews.queries.shown import state
from evenhand.domains.reviews.queries.told import told
from evenhand.web.composition import Part, Teller


def promised(kind: str, slug_of: Callable[[Any], str]) -> Teller[Any]:
    """The teller for subjects of one list."""

    def tell(subject: Any) -> Part | None:
        found = told(kind, slug_of(subject), timezone.localdate())
        return Part("promised", _("What was promised"), "reviews/told.html", found) if found else None

    return Teller(tell, state)
