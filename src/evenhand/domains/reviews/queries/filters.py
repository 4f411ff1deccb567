"""Filters of the record that work as links: theme, stage, group, body and status."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Chooser, Link
from evenhand.core.errors import Refused
from evenhand.core.terms import known as known_terms
from evenhand.core.terms import name_of
from evenhand.domains.reviews.models import Body
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import Shown, reviews
from evenhand.domains.reviews.rules.labels import LABELS

FILTERS: Final = ("status", "theme", "stage", "group", "place", "body", "review")
LONGEST = 60  # of what was asked for, so much is said back
TERMS: Final = {"theme": "topics", "stage": "stages", "group": "groups", "place": "places"}


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address sets, others left out; Refused for a word that is in none of our lists."""
    wanted = {name: query[name] for name in FILTERS if query.get(name)}
    for name, value in wanted.items():
        refuse_unknown(name, value, _known(name))
    return wanted


def refuse_unknown(name: str, value: str, known: Collection[str]) -> None:
    """Refuse a value that a filter does not have, and say which it has, the nearest first."""
    if value in known:
        return
    near = get_close_matches(value, known, n=3, cutoff=0.5)
    said = {"word": value[:LONGEST], "filter": name, "known": ", ".join(known)}
    message = _("“%(word)s” is no %(filter)s that we know. Choose one of: %(known)s.") % said
    if not known:
        message = _("“%(word)s” is no %(filter)s that we know: there is none yet.") % said
    if near:
        message += " " + _("Did you mean: %(near)s?") % {"near": ", ".join(near)}
    raise Refused(message, near=near or tuple(known), code="unknown-filter", status=404)


def matches(one: Shown, wanted: Mapping[str, str]) -> bool:
    """Whether a recommendation is of all that is asked."""
    return all(value in _values(one, name) for name, value in wanted.items())


def choosers(shown: list[Shown], wanted: Mapping[str, str]) -> tuple[Chooser, ...]:
    """One for each filter: every value that some recommendation has, with how many would be left."""
    headings = {"status": _("Status"), "theme": _("Theme"), "stage": _("Stage"), "group": _("Group"), "body": _("Body")}
    bodies = dict(Body.objects.values_list("slug", "name"))
    return tuple(made for name, heading in headings.items() if (made := _chooser(name, heading, shown, wanted, bodies)))


def address(query: Mapping[str, str]) -> str:
    """The list of recommendations that are of all these."""
    path = reverse("reviews:progress")
    return f"{path}?{urlencode(query)}" if query else path


def in_words(wanted: Mapping[str, str]) -> list[str]:
    """What is asked for, as it is read."""
    bodies = dict(Body.objects.values_list("slug", "name"))
    return [_name(name, value, bodies) for name, value in wanted.items()]


def _known(name: str) -> Collection[str]:
    if name == "status":
        return LABELS
    if name in TERMS:
        return known_terms(TERMS[name])
    every = Body.objects.all() if name == "body" else reviews()
    return [str(slug) for slug in every.values_list("slug", flat=True)]


def _chooser(
    name: str, heading: str, shown: list[Shown], wanted: Mapping[str, str], bodies: Mapping[str, str]
) -> Chooser | None:
    others = {key: value for key, value in wanted.items() if key != name}
    counts: dict[str, int] = {}
    for one in shown:
        if matches(one, others):
            for value in _values(one, name):
                counts[value] = counts.get(value, 0) + 1
    if not counts:
        return None
    order = [label for label in LABELS if label in counts] if name == "status" else _sorted(name, counts, bodies)
    links = [Link(_("All"), address(others), current=name not in wanted)]
    links += [
        Link(
            _name(name, value, bodies),
            address({**others, name: value}),
            current=wanted.get(name) == value,
            note=str(counts[value]),
        )
        for value in order
    ]
    return Chooser(heading, tuple(links))


def _sorted(name: str, counts: Mapping[str, int], bodies: Mapping[str, str]) -> list[str]:
    return sorted(counts, key=lambda value: _name(name, value, bodies).casefold())


def _values(one: Shown, name: str) -> tuple[str, ...]:
    if name == "status":
        return (one.judged.label,)
    if name == "body":
        return tuple(body.slug for body in one.one.bodies.all())
    if name == "review":
        return (one.one.review.slug,)
    found: tuple[str, ...] = getattr(one.one, TERMS[name])
    return found


def _name(name: str, value: str, bodies: Mapping[str, str]) -> str:
    if name == "status":
        return str(words.LABELS.get(value, value))
    if name == "body":
        return bodies.get(value, value)
    return name_of(TERMS[name], value) if name in TERMS else value
