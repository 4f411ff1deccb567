"""What search engines may read, and every page that there is."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from evenhand.core.access import allow, anyone
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.queries import listed_services
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.claims.listing import slugs as claim_slugs
from evenhand.domains.evidence.queries.corrections.entries import entries as corrections
from evenhand.domains.evidence.queries.of_group import groups
from evenhand.domains.publishing.queries.lists import public
from evenhand.domains.reviews.models import Body
from evenhand.domains.reviews.queries.commitments import adopted
from evenhand.domains.reviews.queries.disparities import register
from evenhand.domains.reviews.queries.shown import body_url, recommendations, review_url, reviews, url_of
from evenhand.domains.support.queries.reports import published_reports
from evenhand.domains.support.queries.rounds import rounds_over
from evenhand.domains.support.rules.programmes import programmes
from evenhand.library.datasets.compare import NATION
from evenhand.library.vocabulary import stages, topics
from evenhand.web.places import address, every_place


@allow(anyone)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read."""
    del request
    text = f"User-agent: *\nAllow: /\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@allow(anyone)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The address of every page."""
    del request
    urls = [settings.SITE_URL + path for path in _paths()]
    return HttpResponse(
        render_to_string("web/sitemap.xml", {"urls": urls}), content_type="application/xml; charset=utf-8"
    )


def _paths() -> Iterator[str]:
    yield from (reverse("home"), reverse("evidence:journey"), reverse("evidence:method"))
    yield reverse("evidence:claims")
    yield from (reverse("evidence:claim", args=[slug]) for slug in claim_slugs())
    yield reverse("evidence:corrections")
    yield from (one.url for one in corrections())
    yield reverse("evidence:counterfactual")
    for measure in catalogue().measures:
        yield reverse("evidence:measure", args=[measure.slug])
        codes = {code for code, _ in ask(measure.slug).panel.cells} if measure.answers else ()
        for code in sorted({*codes} - {NATION}):
            yield reverse("evidence:place", args=[measure.slug, code])
    yield from (reverse("places"), reverse("groups"), reverse("stages"), reverse("topics"), reverse("news"))
    yield from (reverse("topic", args=[topic.slug]) for topic in topics())
    yield from (page.get_url() for page in public() if page.slug != "news")
    yield from map(address, every_place())
    yield from (reverse("group", args=[group.slug]) for _scheme, some in groups() for group in some)
    yield from (reverse("stage", args=[stage.slug]) for stage in stages())
    yield from (reverse("directory:find"), reverse("directory:gaps"))
    yield reverse("support:programmes")
    for one in programmes():
        yield from (reverse(f"support:{name}", args=[one.slug]) for name in ("programme", "check", "promises"))
        yield from (reverse("support:public-report", args=[one.slug, each.pk]) for each in published_reports(one.slug))
    yield from (reverse("support:round", args=[one.programme, one.pk]) for one in rounds_over())
    listed = listed_services(timezone.localdate())
    yield from (reverse("directory:service", args=[slug]) for slug in listed.values_list("slug", flat=True))
    owners = Organisation.objects.filter(pk__in=listed.values("organisation")).values_list("slug", flat=True)
    yield from (reverse("organisation", args=[slug]) for slug in owners)
    yield from (
        reverse(f"reviews:{name}") for name in ("commitments", "template", "disparities", "evidence", "overdue")
    )
    yield from (reverse("reviews:disparity", args=[slug]) for slug in register().values_list("slug", flat=True))
    yield from (reverse("reviews:commitment", args=[slug]) for slug in adopted().values_list("slug", flat=True))
    yield from (reverse("reviews:progress"), reverse("reviews:bodies"))
    yield from map(review_url, reviews())
    yield from map(url_of, recommendations())
    yield from map(body_url, Body.objects.all())
    yield reverse("evidence:datasets")
    for dataset in catalogue().loaders:
        yield reverse("evidence:dataset", args=[dataset.name])
