"""Pages by what they are about: lists, filters, and what is related, all found by the one vocabulary."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from evenhand.core.design.parts import Chooser, Link
from evenhand.core.errors import Refused
from evenhand.core.terms import KINDS, known, name_of
from evenhand.domains.publishing.models import Contents, FrontPage, SimplePage, SupportSource, Writing

ONE = {"stages": "stage", "groups": "group", "places": "place", "topics": "topic"}
STANDING = (Contents, FrontPage, SimplePage, SupportSource)  # pages that are of no one day
RELATED, TOLD = 4, 6


def state() -> Hashable:
    """What any page depends on: it changes when one is published, changed, moved, withdrawn, or its link looked at."""
    found = Writing.objects.aggregate(
        live=Count("pk", filter=Q(live=True)),
        last=Max("last_published_at"),
        edited=Max("latest_revision_created_at"),
        looked=Max("supportsource__looked_at"),
    )
    return *found.values(), PageLogEntry.objects.aggregate(last=Max("pk"))["last"]


def every_public() -> Any:
    """Whatever visitors see, the front page too."""
    return Writing.objects.live().public()


def public() -> Any:
    """Everything that is public but the front page, the newest first, each with what it is."""
    found = every_public().exclude(pk__in=FrontPage.objects.values("pk")).select_related("content_type")
    return found.order_by("-issued_on", "path")


def issued() -> Any:
    """What was written at a time, and so is news: everything but what stands."""
    found = public()
    for kind in STANDING:
        found = found.exclude(pk__in=kind.objects.values("pk"))
    return found


def about(found: Any, asked: Mapping[str, str]) -> Any:
    """Those that carry every word that is asked for."""
    for kind, slug in asked.items():
        found = found.filter(**{f"{kind}__has": slug})
    return found


def asked_of(query: Mapping[str, str]) -> dict[str, str]:
    """The words that an address asks for; Refused for one that no list has."""
    asked = {}
    for kind, name in ONE.items():
        if slug := query.get(name, "").strip():
            if slug not in known(kind):
                message = _("No %(kind)s is called “%(slug)s”.") % {"kind": name, "slug": slug[:60]}
                raise Refused(message, code="unknown-filter", status=404)
            asked[kind] = slug
    return asked


def choosers(found: Iterable[Any], asked: Mapping[str, str], path: str) -> tuple[Chooser, ...]:
    """For each list of words, those that some page carries, each with the way to the pages that do."""
    pages = list(found)
    made = []
    for kind, heading in (
        ("topics", _("Topic")),
        ("stages", _("Stage")),
        ("groups", _("Group")),
        ("places", _("Place")),
    ):
        used = [slug for slug, _name in KINDS[kind]() if any(slug in getattr(page, kind) for page in pages)]
        if not used:
            continue
        others = {ONE[one]: slug for one, slug in asked.items() if one != kind}
        every = Link(_("All"), address(path, others), current=kind not in asked)
        links = [
            Link(name_of(kind, slug), address(path, {**others, ONE[kind]: slug}), current=asked.get(kind) == slug)
            for slug in used
        ]
        made.append(Chooser(heading, (every, *links)))
    return tuple(made)


def address(path: str, query: Mapping[str, str]) -> str:
    """A path with what it asks for."""
    return f"{path}?{urlencode(query)}" if query else path


def words_of(page: Writing) -> tuple[Link, ...]:
    """What a page is about, each word with the way to everything else about it."""
    views = {"stages": "stage", "groups": "group", "places": "place", "topics": "topic"}
    return tuple(
        Link(name_of(kind, slug), reverse(view, args=[slug]))
        for kind, view in views.items()
        for slug in getattr(page, kind)
        if slug in known(kind)
    )


def related(page: Writing) -> tuple[Any, ...]:
    """The pages that share the most words with one, the newest first among equals."""
    words = [(kind, slug) for kind in KINDS for slug in getattr(page, kind)]
    if not words:
        return ()
    sharing = Q()
    for kind, slug in words:
        sharing |= Q(**{f"{kind}__has": slug})
    found = public().exclude(pk=page.pk).filter(sharing)[:200]
    return tuple(sorted(found, key=lambda one: -sum(slug in getattr(one, kind) for kind, slug in words))[:RELATED])


def told(kind: str, slug: str) -> tuple[Any, ...]:
    """The newest that is published about a stage, group, place or topic."""
    return tuple(about(public(), {kind: slug})[:TOLD]) if slug in known(kind) else ()
