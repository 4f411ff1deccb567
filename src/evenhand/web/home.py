"""The front page: the case in five real numbers, and the ways in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.core.access import allow, anyone
from evenhand.core.pages import kept
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.case import case


@allow(anyone)
@kept(released)
def home(request: HttpRequest) -> HttpResponse:
    """What is known, in five numbers with their doubt, and where to go on."""
    context: dict[str, Any] = case()
    return render(request, "web/home.html", context)
