"""Site search: over pages, figures, places, groups, stages, topics, organisations and services."""

import re
from collections.abc import Hashable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Chooser, Link, pages
from evenhand.core.organisations.models import Fact, Name, Organisation
from evenhand.core.organisations.queries import standings
from evenhand.core.search.queries import LONGEST, search, words_of
from evenhand.core.search.sources import Found, Source
from evenhand.domains.directory.queries import provision
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.domains.evidence.queries.of_group import groups
from evenhand.domains.evidence.queries.of_place import kind_in_words
from evenhand.domains.publishing.queries import lists
from evenhand.domains.publishing.queries.language import texts_of
from evenhand.domains.reviews.queries import commitments as promises
from evenhand.domains.reviews.queries import shown as progress
from evenhand.domains.reviews.queries.shown import state as promised
from evenhand.domains.reviews.queries.words import title_of
from evenhand.domains.support.queries.rounds import state as support_state
from evenhand.domains.support.rules.programmes import programmes
from evenhand.library.datasets.catalogue import measures
from evenhand.library.vocabulary import stages, topics
from evenhand.web.organisations import who
from evenhand.web.places import address, every_place

A_PAGE = 20
UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # signs that no page may hold


def _pages() -> Iterator[Found]:
    for page in lists.public():
        said = " ".join(texts_of(page.body))
        yield Found(f"publishing.page:{page.pk}", page.title, page.summary, page.get_url() or "/", said)


def _measures() -> Iterator[Found]:
    for one in measures():
        url = reverse("evidence:measure", args=[one.slug])
        yield Found(f"evidence.measure:{one.slug}", _(one.title), _(one.why), url, f"{one.events} {one.slug}")


def _places() -> Iterator[Found]:
    for one in every_place():
        aliases = " ".join(one.aliases)
        said = _("%(kind)s: figures, and who helps there") % {"kind": capfirst(kind_in_words(one))}
        yield Found(f"places.place:{one.code}", one.name, said, address(one), aliases)


def _terms() -> Iterator[Found]:
    for _scheme, some in groups():
        for group in some:
            url, said = reverse("group", args=[group.slug]), _("Published figures, stage by stage")
            yield Found(f"vocabulary.group:{group.slug}", capfirst(_(group.people)), said, url, _(group.display))
    for name, terms in (("stage", stages()), ("topic", topics())):
        for term in terms:
            url, aliases = reverse(name, args=[term.slug]), " ".join(term.aliases)
            yield Found(f"vocabulary.{name}:{term.slug}", _(term.name), _(term.description), url, aliases)


def _organisations() -> Iterator[Found]:
    """Those that give a listed service, and those of which something was seen: a mere claim is not spread about."""
    held = list(Organisation.objects.filter(merged_into=None).prefetch_related("names", "facts"))
    giving = set(listed_services(timezone.localdate()).values_list("organisation", flat=True))
    stand = standings(one.pk for one in held)
    for one in held:
        if one.pk in giving or stand[one.pk].verified:
            url = reverse("organisation", args=[one.slug])
            also = ", ".join(name.name for name in one.names.all())
            summary = f"{one.description} {_('Also called: %(names)s.') % {'names': also} if also else ''}".strip()
            said = " ".join(who(fact.community) for fact in one.facts.all())
            yield Found(f"organisations.organisation:{one.pk}", one.title, summary, url, said)


def _organisations_state() -> Hashable:
    """What they depend on: what services are listed, and any change of an organisation, its names or its facts."""
    changed = Organisation.objects.aggregate(Count("pk"), Max("updated_at"))
    parts = [table.objects.aggregate(Count("pk"), Max("pk")) for table in (Name, Fact)]
    return (provision.state(), *(tuple(part.values()) for part in (changed, *parts)))


def _services() -> Iterator[Found]:
    for one in listed_services(timezone.localdate()).select_related("organisation"):
        url = reverse("directory:service", args=[one.slug])
        said = f"{one.organisation.title} {one.made_for} {one.description}"
        yield Found(f"directory.service:{one.pk}", one.title, one.summary, url, said)


def _commitments() -> Iterator[Found]:
    for one in promises.adopted():
        url = reverse("reviews:commitment", args=[one.slug])
        yield Found(str(one.ref), one.name, one.text, url, f"{one.measure} {one.target} {one.owner}")


def _recommendations() -> Iterator[Found]:
    for review in progress.reviews():
        yield Found(str(review.ref), review.title, review.standing, progress.review_url(review), review.chair)
    for one in progress.recommendations():
        title = f"{one.review.title}: {title_of(one)}"
        said = f"{one.addressed_to} {one.theme} {one.response} {one.latest}"
        yield Found(str(one.ref), title, one.summary, progress.url_of(one), said)


def _support() -> Iterator[Found]:
    for one in programmes():
        url = reverse("support:programme", args=[one.slug])
        said = " ".join((one.description, *one.helps_with, *(rule.title for rule in one.rules)))
        yield Found(f"support.programme:{one.slug}", _(one.title), _(one.summary), url, said)


def _fixed() -> Hashable:
    """What changes with the product alone: the days are counted, so that a new version is read within one."""
    return timezone.localdate()


SOURCES = (
    Source("pages", gettext_lazy("Pages"), _pages, lists.state),
    Source("figures", gettext_lazy("Figures"), _measures, _fixed),
    Source("places", gettext_lazy("Places"), _places, _fixed),
    Source("terms", gettext_lazy("Groups, stages and topics"), _terms, _fixed),
    Source("organisations", gettext_lazy("Organisations"), _organisations, _organisations_state),
    Source("commitments", gettext_lazy("Our commitments"), _commitments, promised),
    Source("recommendations", gettext_lazy("Reviews and recommendations"), _recommendations, progress.state),
    Source("support", gettext_lazy("Support on offer"), _support, support_state),
    Source("services", gettext_lazy("Services"), _services, provision.state),
)
NAMES = {one.kind: one.name for one in SOURCES}


@allow(anyone)
def site_search(request: HttpRequest) -> HttpResponse:
    """What is found for the words of `q`. They are kept nowhere."""
    asked, kind = UNREADABLE.sub(" ", request.GET.get("q", "")).strip(), request.GET.get("kind", "")
    text = asked[:LONGEST]
    hits = search(text)
    shown = [one for one in hits.documents if kind in ("", one.kind) or kind not in NAMES]
    found = Paginator(shown, A_PAGE)
    here = found.get_page(request.GET.get("page"))
    path = reverse("search")
    query = {"q": text} | ({"kind": kind} if kind in NAMES else {})
    context: dict[str, Any] = {
        "q": text,
        "cut": LONGEST if len(asked) > LONGEST else None,
        "wordless": not words_of(text),
        "hits": hits,
        "here": here,
        "results": [(NAMES[one.kind], one) for one in here],
        "mended": hits.mended,
        "choosers": _choosers(hits.kinds, text, kind) if len(hits.kinds) > 1 else (),
        "pages": pages(here.number, found.num_pages, f"{lists.address(path, query)}&page="),
        "crumbs": (Link(_("Home"), "/"), Link(_("Search"), "", current=True)),
        "alternates": (),
    }
    return render(request, "web/search.html", context)


def _choosers(kinds: dict[str, int], text: str, kind: str) -> tuple[Chooser, ...]:
    path = reverse("search")
    every = Link(_("All"), lists.address(path, {"q": text}), current=kind not in kinds, note=str(sum(kinds.values())))
    some = [
        Link(str(name), lists.address(path, {"q": text, "kind": one}), current=kind == one, note=str(kinds[one]))
        for one, name in NAMES.items()
        if one in kinds
    ]
    return (Chooser(_("Show"), (every, *some)),)
