"""What search engines may read, and every page that there is."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from evenhand.core.access import allow, anyone
from evenhand.domains.evidence.queries.answers import ask
from evenhand.library.datasets.catalogue import loaders, measures
from evenhand.library.datasets.compare import NATION


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
    yield reverse("evidence:counterfactual")
    for measure in measures():
        yield reverse("evidence:measure", args=[measure.slug])
        codes = {code for code, _ in ask(measure.slug).panel.cells} if measure.answers else ()
        for code in sorted({*codes} - {NATION}):
            yield reverse("evidence:place", args=[measure.slug, code])
    yield reverse("evidence:datasets")
    for dataset in loaders():
        yield reverse("evidence:dataset", args=[dataset.name])
