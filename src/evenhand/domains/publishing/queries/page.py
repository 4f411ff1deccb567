"""What stands around the text of a page: the way here, what lies under it, what is related, how it is cited."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.citations import Citation
from evenhand.core.design.parts import Link, pages
from evenhand.domains.publishing.models import (
    Article,
    Contents,
    EvidenceReview,
    Guidance,
    Publication,
    Shipped,
    Statement,
    SupportSource,
    Writing,
)
from evenhand.domains.publishing.models.writing import composes
from evenhand.domains.publishing.queries import lists
from evenhand.domains.publishing.queries.linked import card_of, linked

A_PAGE = 20
LONDON = ZoneInfo("Europe/London")


@composes
def context_of(page: Writing, request: HttpRequest) -> dict[str, Any]:
    """Everything that a page shows beside its own text."""
    ancestors = [one for one in page.get_ancestors() if one.depth > 2]  # noqa: PLR2004  (below root and front page)
    crumbs = [
        Link(_("Home"), "/"),
        *(Link(one.title, one.get_url(request) or "/") for one in ancestors),
        Link(page.title, "", current=True),
    ]
    path = page.get_url(request) or request.path
    context: dict[str, Any] = {
        "crumbs": crumbs,
        "canonical": settings.SITE_URL + path,
        "words": lists.words_of(page),
        "related": lists.related(page),
        "facts": facts(page),
        "dated": page.is_dated,
        "shipped": as_shipped(page),
        "linked": linked(page, settings.SITE_URL + path, crumbs),
        "card": card_of(page),
    }
    if isinstance(page, Publication | EvidenceReview):
        context["citation"] = citation(page, settings.SITE_URL + path)
    if isinstance(page, Contents):
        context |= _listed(page, request, path)
    else:
        context["children"] = list(lists.public().child_of(page).order_by("path"))
    return context


def facts(page: Writing) -> tuple[tuple[str, str, str], ...]:
    """What stands in the columns of its kind: what it is called, what it says, and where that leads."""
    said: tuple[tuple[str, str, str], ...] = ()
    if isinstance(page, SupportSource):
        said = (
            (_("What it offers"), page.offers, ""),
            (_("For whom"), page.for_whom, ""),
            (_("Public address"), page.website, page.website),
            (_("How we know"), page.learned_from, ""),
            (_("The link"), _looked_at(page), ""),
        )
    elif isinstance(page, Statement):
        said = (
            (_("In answer to"), page.answers, page.consultation_url),
            (_("Asked by"), page.asked_by, ""),
        )
    elif isinstance(page, Publication):
        series = " ".join(filter(None, (page.series, page.number)))
        said = ((_("Written by"), page.authors, ""), (_("Series"), series, ""))
    elif isinstance(page, EvidenceReview):
        said = ((_("The question"), page.question, ""), (_("How it was looked for"), page.searched, ""))
    elif isinstance(page, Guidance):
        said = ((_("For"), page.audience, ""),)
    elif isinstance(page, Article):
        said = ((_("Written by"), page.byline, ""),)
    return tuple(fact for fact in said if fact[1])


def _looked_at(page: SupportSource) -> str:
    if page.looked_at is None:
        return _("Not yet looked at by this site.")
    said = {"day": date_format(page.looked_at.astimezone(LONDON), "j F Y")}
    if page.fault:  # what was wrong stands in the journal: it is in the words of machines
        return _("On %(day)s it did not answer as it should. It may have moved: look for it by its name.") % said
    return _("It answered on %(day)s.") % said


def as_shipped(page: Writing) -> bool:
    """Whether a page still says what came with the product."""
    return Shipped.objects.filter(page=page.pk, revision=page.live_revision_id).exclude(revision=None).exists()


def citation(page: Writing, url: str) -> Citation:
    """How a publication is cited."""
    authors = getattr(page, "authors", "") or settings.BODY or "Evenhand"
    series = " ".join(filter(None, (getattr(page, "series", ""), getattr(page, "number", ""))))
    said = {"authors": authors, "year": page.issued_on.year, "title": page.title, "url": url}
    text = _("%(authors)s (%(year)s). %(title)s.") % said
    text += f" {series}." if series else ""
    return Citation(f"evenhand-{page.slug}", page.title, f"{text} {url}", "", url, series, page.issued_on)


def _listed(page: Writing, request: HttpRequest, path: str) -> dict[str, Any]:
    """What lies under a list, by what is asked for."""
    asked = lists.asked_of(request.GET)
    every = lists.public().child_of(page)
    found = Paginator(lists.about(every, asked), A_PAGE)
    here = found.get_page(request.GET.get("page"))
    query = {lists.ONE[kind]: slug for kind, slug in asked.items()}
    steps = lists.address(path, query) + ("&" if query else "?") + "page="
    return {
        "listed": here,
        "choosers": lists.choosers(every, asked, path),
        "asked": asked,
        "pages": pages(here.number, found.num_pages, steps),
    }
