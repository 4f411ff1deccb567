"""The communities that a fact may be about: terms of the vocabulary, written as `taxonomy:slug`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.core.errors import Refused
from evenhand.library.vocabulary import UnknownTerm, faiths, sexes
from evenhand.library.vocabulary.errors import near_misses
from evenhand.library.vocabulary.ethnicity import classification

BROAD, DETAILED = "five", "census-2021-19"


@dataclass(frozen=True)
class Community:
    """A group of people, by the term that is stored, and in words that stand in a sentence: "Muslim people"."""

    term: str
    name: str
    people: str


@cache
def communities() -> Mapping[str, Community]:
    """Every community, by its term: broad ethnic groups, each before its detailed ones, then faiths and sexes.

    `communities:five/black`, `communities:census-2021-19/black-caribbean`, `faiths:muslim`, `sexes:female`: the
    slugs are those of the taxonomies of the open feed.
    """
    found = []
    for wide in classification(BROAD).groups:
        found.append(Community(f"communities:{BROAD}/{wide.slug}", wide.display, wide.people))
        found += [
            Community(f"communities:{DETAILED}/{group.slug}", group.display, group.people)
            for group in classification(DETAILED).groups
            if group.parent == wide.name
        ]
    found += [Community(f"faiths:{one.slug}", one.name, one.people or one.name) for one in faiths()]
    found += [Community(f"sexes:{one.slug}", one.name, one.people or one.name) for one in sexes()]
    return MappingProxyType({one.term: one for one in found})


def community(term: str) -> Community:
    """The community of this term; Refused, with what is near, where there is none."""
    try:
        return communities()[term]
    except KeyError:
        near = near_misses(term, communities())
        fault = UnknownTerm(term, near, what="community")
        raise Refused(str(fault), near=near, code="unknown-community") from None


def choices() -> list[tuple[Any, Any]]:
    """As a form offers them, by kind, none of them chosen before."""
    headings = {"communities": _("Ethnic groups"), "faiths": _("Faiths"), "sexes": _("Sexes")}
    return [
        ("", _("Choose one")),
        *(
            (heading, [(one.term, one.name) for one in communities().values() if one.term.startswith(f"{kind}:")])
            for kind, heading in headings.items()
        ),
    ]
