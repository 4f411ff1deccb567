"""The case in five real numbers, each a claim with its interval, its source and a way to the whole answer."""

from typing import Any

from django.urls import reverse

from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.claims import ours
from evenhand.domains.evidence.queries.exhibits.groups import groups
from evenhand.domains.evidence.queries.pages import place_options
from evenhand.domains.evidence.queries.shown import shown_for


def case() -> dict[str, Any]:
    """The five numbers, the first of them drawn, and the places to go on to."""
    search = ask("stop-and-search")
    shown = shown_for(search)
    return {
        "numbers": ours.case(),
        "unknown": ours.not_recorded(shown.answered),
        "searched": shown.answered,
        "exhibit": groups(shown),
        "place_options": place_options(search.detail, shown.answered.place),
        "places_of": reverse("evidence:measure", args=[shown.answered.measure.slug]),
    }
