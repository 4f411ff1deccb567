"""Every address in Welsh: the page, where a person has checked its Welsh, and a plain word where there is none yet."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone, declared
from evenhand.core.design.parts import Link
from evenhand.domains.publishing.queries.welsh import in_welsh

WELSH = "cy"


@allow(anyone)
def welsh(request: HttpRequest, path: str) -> HttpResponse:
    """The Welsh of a page, or where its English is; nothing for an address that has no page that is open to all."""
    english = f"/{path}"
    try:
        match = resolve(english)
    except Resolver404:
        raise Http404 from None
    if declared(match.func).who is not anyone or english.startswith("/cy/"):
        raise Http404
    page = in_welsh(path)
    if page is None and match.url_name == "wagtail_serve":
        raise Http404
    said: dict[str, Any] = {"english": Link(_("Read this page in English"), english), "canonical": "", "crumbs": []}
    if page is None or not page.in_welsh:  # an English page that says so in Welsh
        return render(request, "web/not_in_welsh.html", said)
    with translation.override(WELSH):
        said |= {"page": page, "canonical": settings.SITE_URL + request.path}
        return render(request, "publishing/welsh.html", said)
