"""Where the gaps are, as a page and as tables to take away."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.core.exports import sheet_response, written
from evenhand.core.pages import kept
from evenhand.domains.directory.queries import gaps as shown
from evenhand.domains.directory.queries.index.searching import state


@allow(anyone)
@kept(state)
def gaps(request: HttpRequest) -> HttpResponse:
    """Needs and communities by region, what was looked for in vain, and how fresh the checks are."""
    context: dict[str, Any] = {
        "parts": [
            (one, Link(_("Take it away as CSV"), reverse("directory:gaps-table", args=[one.name])))
            for one in shown.parts(timezone.localdate())
        ],
        "canonical": settings.SITE_URL + reverse("directory:gaps"),
        "alternates": [],
        "crumbs": [
            Link(_("Home"), "/"),
            Link(_("Find help"), reverse("directory:find")),
            Link(_("Gaps"), "", current=True),
        ],
    }
    return render(request, "directory/gaps.html", context)


@allow(anyone)
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One of the tables as a file."""
    del request
    today = timezone.localdate()
    one = shown.part(name, today)
    if one.table is None:
        raise Http404(_("There is nothing to take away yet."))
    return sheet_response(
        written(shown.sheet(one, one.table, today), "csv", stem=name), "csv", stem=name, saved_as=f"gaps-{name}"
    )
