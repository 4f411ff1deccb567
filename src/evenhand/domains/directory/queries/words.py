"""What each term that a service carries is called, and which terms there are."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.domains.directory.models import Access, Flag, Referrer, Way
from evenhand.library.places import UnknownPlace, place
from evenhand.library.vocabulary import Term, faiths, genders, languages, needs, stages, topics
from evenhand.library.vocabulary.ethnicity import Group, classification

BROAD, DETAILED = "five", "census-2021-19"


def known(kind: str) -> Mapping[str, str]:
    """Every term of a kind, with what it is called, in the order in which it is offered."""
    return _known(kind, get_language())


@cache
def _known(kind: str, language: str | None) -> Mapping[str, str]:
    """The same in one language, which is the one that is spoken."""
    del language
    return MappingProxyType({slug: str(_(name)) for slug, name in TERMS[kind]().items()})


def called(kind: str, term: str) -> str:
    """What a term is called; the term itself, if the vocabulary has lost it."""
    return str(_(TERMS[kind]().get(term, term)))


def people(kind: str, term: str) -> str:
    """The people of an audience, as they stand in a sentence: “Black Caribbean people”."""
    return str(_(PEOPLE[kind]().get(term, term)))


def place_called(code: str) -> str:
    """The name of a place that a service covers."""
    try:
        return place(code).name
    except UnknownPlace:
        return code


def community_of(group: str) -> tuple[str, ...]:
    """The terms under which services for a group stand, from its own to the broad one that it is counted in.

    A service for Asian people is one for Indian people too; one for Indian people is not one for all Asian people.
    """
    detailed = {each.slug: each for each in classification(DETAILED).groups}
    broad = {each.name: each for each in classification(BROAD).groups}
    if group in detailed:
        parent = broad.get(detailed[group].parent)
        return (f"{DETAILED}/{group}", *((f"{BROAD}/{parent.slug}",) if parent else ()))
    return (f"{BROAD}/{group}",) if group in {each.slug for each in broad.values()} else ()


def _named(terms: Callable[[], Iterable[Term]]) -> Callable[[], Mapping[str, str]]:
    return cache(lambda: {each.slug: each.name for each in terms()})


def _peopled(terms: Callable[[], Iterable[Term]]) -> Callable[[], Mapping[str, str]]:
    return cache(lambda: {each.slug: each.people or each.name for each in terms()})


@cache
def _communities() -> Mapping[str, str]:
    return {slug: group.display for slug, group in _groups()}


@cache
def _of_communities() -> Mapping[str, str]:
    return {slug: group.people for slug, group in _groups()}


def _groups() -> Iterable[tuple[str, Group]]:
    for wide in classification(BROAD).groups:
        yield f"{BROAD}/{wide.slug}", wide
        for group in classification(DETAILED).groups:
            if group.parent == wide.name:
                yield f"{DETAILED}/{group.slug}", group


def _offered(choices: type[models.TextChoices]) -> Callable[[], Mapping[str, str]]:
    return lambda: dict(choices.choices)


TERMS: Final[Mapping[str, Callable[[], Mapping[str, str]]]] = MappingProxyType(
    {
        "need": _named(needs),
        "stage": _named(stages),
        "topic": _named(topics),
        "language": _named(languages),
        "faith": _named(faiths),
        "gender": _named(genders),
        "community": _communities,
        "referrer": _offered(Referrer),
        "way": _offered(Way),
        "access": _offered(Access),
        "flag": _offered(Flag),
    }
)
PEOPLE: Final[Mapping[str, Callable[[], Mapping[str, str]]]] = MappingProxyType(
    {
        "faith": _peopled(faiths),
        "gender": _peopled(genders),
        "language": _peopled(languages),
        "community": _of_communities,
    }
)
