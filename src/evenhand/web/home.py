"""The front page: the case in five real numbers, and the ways in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.core.access import allow, anyone
from evenhand.core.pages import kept
from evenhand.domains.evidence.queries.case import case
from evenhand.domains.publishing.queries.front import front
from evenhand.web.news.streams import news, state

NEWEST = 3


@allow(anyone)
@kept(state)
def home(request: HttpRequest) -> HttpResponse:
    """What is known, in five numbers with their doubt, and where to go on."""
    newest = news({})[:NEWEST]
    context: dict[str, Any] = {**case(), **front(), "newest": newest, "canonical": f"{settings.SITE_URL}/"}
    return render(request, "web/home.html", context)
