"""The vocabulary as taxonomies with stable identifiers, and how a term is attached to a service or an organisation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from evenhand.library.discover import Fault, made, read_table
from evenhand.library.openreferral.entities import Attribute, Taxonomy, TaxonomyTerm
from evenhand.library.openreferral.ids import stable_id
from evenhand.library.vocabulary import UnknownTerm, faiths, needs, stages, topics
from evenhand.library.vocabulary.errors import near_misses
from evenhand.library.vocabulary.ethnicity import classification

DECLARED: Final = Path(__file__).parent / "taxonomies.toml"
BROAD: Final = "five"
DETAILED: Final = "census-2021-19"


@dataclass(frozen=True)
class Word:
    """One term as it is declared; `parent` is the slug of the term that it stands under."""

    slug: str
    name: str
    description: str
    parent: str = ""


@dataclass(frozen=True)
class Declared:
    """One taxonomy as it is declared: from the vocabulary, or with terms of its own."""

    slug: str
    name: str
    description: str
    link_type: str
    vocabulary: str = ""


@cache
def taxonomies() -> tuple[Taxonomy, ...]:
    """Every taxonomy that the feed publishes, with its terms in order, parents before their children."""
    version = str(read_table(DECLARED)["version"])
    return tuple(_taxonomy(each, words, version) for each, words in _declared().values())


def taxonomy(slug: str) -> Taxonomy:
    """The taxonomy of this slug, such as "needs"."""
    if slug not in _declared():
        raise UnknownTerm(slug, near_misses(slug, _declared()), what="taxonomy")
    return taxonomies()[list(_declared()).index(slug)]


@cache
def terms() -> tuple[TaxonomyTerm, ...]:
    """Every term of every taxonomy."""
    return tuple(term for each in taxonomies() for term in each.taxonomy_terms)


def term(taxonomy_slug: str, slug: str) -> TaxonomyTerm:
    """The term of this slug in a taxonomy, such as "needs", "housing"."""
    held = {each.term: each for each in taxonomy(taxonomy_slug).taxonomy_terms}
    if slug not in held:
        raise UnknownTerm(slug, near_misses(slug, held), what=f"term of {taxonomy_slug}")
    return held[slug]


def attribute(about: UUID, taxonomy_slug: str, slug: str, *, link_type: str = "") -> Attribute:
    """That a term applies to the thing of this identifier: to be put among its `attributes`.

    `link_type` says in what way, where it is not the taxonomy's usual one: the community that a body is led by is a
    term of "communities" with the link type "led-by".
    """
    applied = term(taxonomy_slug, slug)
    way = link_type or _declared()[taxonomy_slug][0].link_type
    return Attribute(
        id=stable_id("attribute", str(about), way, taxonomy_slug, slug),
        link_id=about,
        link_type=way,
        taxonomy_term_id=applied.id,
        taxonomy_term=applied,
    )


def with_addresses(entity: Taxonomy, *, of_taxonomy: Callable[[UUID], str], of_term: Callable[[UUID], str]) -> Taxonomy:
    """The same taxonomy with the addresses at which it and its terms are published."""
    return replace(
        entity,
        uri=of_taxonomy(entity.id),
        taxonomy_terms=tuple(replace(each, term_uri=of_term(each.id)) for each in entity.taxonomy_terms),
    )


@cache
def _declared() -> Mapping[str, tuple[Declared, tuple[Word, ...]]]:
    found: dict[str, tuple[Declared, tuple[Word, ...]]] = {}
    for table in read_table(DECLARED)["taxonomy"]:
        rows = table.get("term", [])
        each = made(Declared, {key: value for key, value in table.items() if key != "term"}, where=DECLARED)
        words = [made(Word, row, where=DECLARED) for row in rows] or list(_words(each))
        if each.slug in found or len({word.slug for word in words}) < len(words):
            raise Fault(DECLARED, f"a slug stands twice in {each.slug}")
        found[each.slug] = (each, tuple(words))
    return MappingProxyType(found)


def _words(declared: Declared) -> Iterator[Word]:
    if declared.vocabulary not in VOCABULARIES:
        raise Fault(DECLARED, f"{declared.slug} has no terms and no vocabulary that is known")
    return VOCABULARIES[declared.vocabulary]()


def _listed(vocabulary: Callable[[], tuple[Any, ...]]) -> Callable[[], Iterator[Word]]:
    def words() -> Iterator[Word]:
        for each in vocabulary():
            yield Word(each.slug, each.name, each.description or _sentence(each.people or each.name))

    return words


def _groups() -> Iterator[Word]:
    for wide in classification(BROAD).groups:
        parent = f"{BROAD}/{wide.slug}"
        yield Word(parent, wide.display, _sentence(wide.people))
        for group in classification(DETAILED).groups:
            # The classification is part of the slug: the next census will have groups of the same names.
            if group.parent == wide.name:
                yield Word(f"{DETAILED}/{group.slug}", group.display, _sentence(group.people), parent)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _taxonomy(declared: Declared, words: tuple[Word, ...], version: str) -> Taxonomy:
    own = stable_id("taxonomy", declared.slug)
    return Taxonomy(
        id=own,
        name=declared.name,
        description=declared.description,
        version=version,
        taxonomy_terms=tuple(
            TaxonomyTerm(
                id=stable_id("taxonomy_term", declared.slug, word.slug),
                name=word.name,
                description=word.description,
                parent_id=stable_id("taxonomy_term", declared.slug, word.parent) if word.parent else None,
                taxonomy=declared.name,
                taxonomy_id=own,
                term=word.slug,
            )
            for word in words
        ),
    )


VOCABULARIES: Final[Mapping[str, Callable[[], Iterator[Word]]]] = MappingProxyType(
    {
        "needs": _listed(needs),
        "stages": _listed(stages),
        "topics": _listed(topics),
        "faiths": _listed(faiths),
        "ethnicity": _groups,
    }
)
