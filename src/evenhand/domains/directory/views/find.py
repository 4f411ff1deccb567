"""Finding help, and what people looked for and did not find."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.domains.directory.actions.searches import count_unmet
from evenhand.domains.directory.queries import found as shown
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.finding import PEOPLE, USUAL, WITHIN, Search, find_help
from evenhand.domains.directory.queries.urgent import urgent
from evenhand.domains.directory.rules import exits

LONGEST, LAST_PAGE = 200, 10_000


@allow(anyone)
def find(request: HttpRequest) -> HttpResponse:
    """Help near a place, for a need, for some people: the form, and what was found."""
    search = search_of(request.GET)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "search": search,
        "choices": shown.choices(search),
        "narrowed": any((search.stage, search.referrer, search.language, search.within != USUAL)),
        "demonstration": settings.DEMONSTRATION,
        "urgent": urgent(),
        "printed_on": formats.date_format(today, "j F Y"),
        "canonical": settings.SITE_URL + reverse("directory:find"),
        "alternates": [],
        "crumbs": [Link(_("Home"), "/"), Link(_("Find help"), "", current=True)],
    }
    if not search.is_blank:
        answer = find_help(search, today=today)
        if answer.place_fault is None and (answer.beyond or not answer.found.total):
            count_unmet(answer, today=today)
        context["page"] = shown.page_of(answer, today=today)
        context["danger"] = answer.reading.danger
        context["exit"] = answer.reading.danger or exits(answer.needs, ())
    return render(request, "directory/find.html", context)


def search_of(asked: QueryDict) -> Search:
    """What an address asks for. What no list has is left out: an old link still finds something."""
    return Search(
        q=_text(asked, "q"),
        near=_text(asked, "near"),
        need=_known(asked, "need"),
        who=tuple(dict.fromkeys(each for each in asked.getlist("who")[:9] if _is_known(each)))[:5],
        stage=_known(asked, "stage"),
        referrer=_known(asked, "referrer"),
        language=_known(asked, "language"),
        within=_number(asked, "within", USUAL, WITHIN),
        page=_page(asked),
    )


def _text(asked: QueryDict, name: str) -> str:
    # A nought byte is refused by PostgreSQL, and is nothing that anybody types.
    return " ".join(asked.get(name, "").replace("\x00", "").split())[:LONGEST]


def _known(asked: QueryDict, name: str) -> str:
    value = asked.get(name, "")
    return value if value in words.known(name) else ""


def _is_known(value: str) -> bool:
    kind, _colon, term = value.partition(":")
    return kind in PEOPLE and term in words.known(kind)


def _number(asked: QueryDict, name: str, usual: int, among: tuple[int, ...]) -> int:
    value = asked.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 4 and int(value) in among else usual  # noqa: PLR2004


def _page(asked: QueryDict) -> int:
    value = asked.get("page", "")
    return max(1, min(int(value), LAST_PAGE)) if value.isascii() and value.isdecimal() and len(value) < 9 else 1  # noqa: PLR2004
