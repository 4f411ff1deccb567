"""What editors have published about a stage, a group, a place or a topic, as a part of its page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.domains.publishing.queries import lists
from evenhand.web.composition import Part, Teller


class Told(NamedTuple):
    """The newest pages, and where there are more."""

    pages: tuple[Any, ...]
    more: str


def published(kind: str, slug_of: Callable[[Any], str]) -> Teller[Any]:
    """The teller for subjects of one list."""

    def tell(subject: Any) -> Part | None:
        slug = slug_of(subject)
        if not (pages := lists.told(kind, slug)):
            return None
        more = lists.address(reverse("news"), {lists.ONE[kind]: slug})
        return Part("published", _("What has been published"), "publishing/told.html", Told(pages, more))

    return Teller(tell, lists.state)
