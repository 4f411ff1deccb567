"""What an editor can write, and under which page of the site each kind of it is made."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from evenhand.domains.publishing.models import (
    Article,
    EvidenceReview,
    Guidance,
    Publication,
    Statement,
    SupportSource,
    Writing,
)

# Where each kind is made: under the list of the site that shows it.
PLACES: tuple[tuple[Any, str], ...] = (
    (Article, "news"),
    (Publication, "publications"),
    (Statement, "publications"),
    (EvidenceReview, "publications"),
    (Guidance, "publications"),
    (SupportSource, "other-support"),
)


@dataclass(frozen=True)
class Kind:
    """One kind of page: what it is called, what it is for, and where it is begun."""

    name: str
    says: str
    url: str


def writable() -> tuple[Kind, ...]:
    """Every kind that has its place; none whose list was taken away."""
    held = dict(Writing.objects.filter(slug__in={slug for _kind, slug in PLACES}).values_list("slug", "pk"))
    return tuple(
        Kind(
            capfirst(kind.get_verbose_name()),
            str(kind.get_page_description()),
            reverse("wagtailadmin_pages:add", args=["publishing", kind._meta.model_name, held[slug]]),  # noqa: SLF001
        )
        for kind, slug in PLACES
        if slug in held
    )
