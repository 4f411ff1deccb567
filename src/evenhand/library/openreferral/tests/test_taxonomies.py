"""Our vocabulary is published as taxonomies with stable identifiers."""

import pytest

from evenhand.library.openreferral import (
    attribute,
    stable_id,
    taxonomies,
    taxonomy,
    term,
    terms,
    to_json,
    with_addresses,
)
from evenhand.library.vocabulary import UnknownTerm, faiths, needs, stages, topics
from evenhand.library.vocabulary.ethnicity import classification

ABOUT = stable_id("service", "example")


def test_every_word_of_the_vocabulary_is_a_term():
    for slug, words in (("needs", needs()), ("stages", stages()), ("topics", topics()), ("faiths", faiths())):
        held = taxonomy(slug).taxonomy_terms
        assert [each.term for each in held] == [word.slug for word in words]
        assert [each.name for each in held] == [word.name for word in words]


def test_every_group_stands_under_its_broad_group():
    held = {each.term: each for each in taxonomy("communities").taxonomy_terms}
    detailed, broad = classification("census-2021-19"), classification("five")
    assert len(held) == len(detailed.groups) + len(broad.groups)
    for group in detailed.groups:
        parent = held[f"five/{broad.group(group.parent).slug}"]
        assert held[f"census-2021-19/{group.slug}"].parent_id == parent.id
        assert parent.parent_id is None


def test_every_term_and_taxonomy_has_an_identifier_and_a_description_of_its_own():
    every = [*taxonomies(), *terms()]
    assert len({each.id for each in every}) == len(every)
    assert all(each.description.strip() for each in every)
    for each in taxonomies():
        assert {held.taxonomy_id for held in each.taxonomy_terms} == {each.id}


def test_published_identifiers_never_change():
    """A change here breaks every feed that refers to ours."""
    assert str(taxonomy("needs").id) == "8b978fa6-095c-50d0-83bd-0975861d2fbd"
    assert str(term("needs", "mentoring").id) == "a5aca8c3-d70d-56ae-a780-34f9c9c3861b"
    assert str(term("communities", "census-2021-19/roma").id) == "e0449067-b689-514d-9360-e6b9c24c14c0"


def test_an_attribute_names_the_thing_the_term_and_in_what_way():
    found = attribute(ABOUT, "needs", "housing")
    assert (found.link_id, found.link_type) == (ABOUT, "need")
    assert found.taxonomy_term_id == term("needs", "housing").id
    assert found == attribute(ABOUT, "needs", "housing")


def test_led_by_and_made_for_are_two_attributes():
    made_for = attribute(ABOUT, "communities", "five/black")
    led_by = attribute(ABOUT, "communities", "five/black", link_type="led-by")
    assert (made_for.link_type, led_by.link_type) == ("audience", "led-by")
    assert made_for.id != led_by.id


def test_an_unknown_taxonomy_or_term_offers_what_may_have_been_meant():
    with pytest.raises(UnknownTerm, match="Did you mean 'needs'"):
        taxonomy("need")
    with pytest.raises(UnknownTerm, match=r"term of needs 'mentorin'\. Did you mean 'mentoring'"):
        term("needs", "mentorin")


def test_no_taxonomy_uses_words_that_the_house_does_not_use():
    for each in taxonomies():
        words = f"{each.name} {each.description}".casefold()
        assert not [word for word in ("bame", "bme", "non-white", "offender", "service user") if word in words]


def test_taxonomies_are_published_with_the_addresses_where_they_stand():
    found = with_addresses(
        taxonomy("faiths"),
        of_taxonomy="https://evenhand.example/taxonomies/{}".format,
        of_term="https://evenhand.example/taxonomy_terms/{}".format,
    )
    written = to_json(found)
    assert written["uri"].endswith(written["id"])
    assert all(each["term_uri"].endswith(each["id"]) for each in written["taxonomy_terms"])
