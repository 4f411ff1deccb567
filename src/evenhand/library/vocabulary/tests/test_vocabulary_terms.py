"""The lists hold the slugs of the contract, in order, and ages join only where they nest."""

import pytest

from evenhand.library import vocabulary
from evenhand.library.vocabulary import (
    UNKNOWN,
    IllegalJoin,
    UnknownLabel,
    UnknownTerm,
    age_band_set,
    age_bands,
    faiths,
    join_ages,
    needs,
    provenance,
    read_denomination,
    read_faith,
    read_sex,
    sexes,
    stage,
    stages,
    topics,
)
from evenhand.library.vocabulary.ethnicity import classification

STAGES = """stop-and-search arrest police-use-of-force out-of-court charge remand prosecution conviction sentence prison
prison-discipline prison-use-of-force prison-experience release-and-recall probation reoffending victims
workforce-and-bench"""
TOPICS = """policing courts prisons probation youth-justice women families faith commissioning-and-funding
data-and-research leadership anti-racism lived-experience resettlement health hate-crime immigration gangs-and-violence
rehabilitation-of-records"""
NEEDS = """advice-and-advocacy attitudes-thinking-behaviour arts-and-sport domestic-abuse drugs-and-alcohol
education-and-training emotional-support employment faith-and-chaplaincy family-and-relationships gangs-exit health
hate-crime-support housing immigration-advice legal-advice mental-health mentoring money-and-debt practical-resettlement
restorative-justice victims-support"""


@pytest.mark.parametrize(("listed", "contract"), [(stages, STAGES), (topics, TOPICS), (needs, NEEDS)])
def test_the_lists_are_those_of_the_contract_in_its_order(listed, contract):
    assert [term.slug for term in listed()] == contract.split()
    assert all(term.name and term.description.endswith(".") for term in listed())


def test_victims_and_the_workforce_stand_beside_the_journey():
    assert [found.slug for found in stages() if found.beside] == ["victims", "workforce-and-bench"]
    assert [found.order for found in stages()] == list(range(1, 19))


@pytest.mark.parametrize("kind", ["stage", "topic", "need", "faith", "sex", "gender", "language", "age_band_set"])
def test_a_slug_that_is_not_listed_is_refused(kind):
    with pytest.raises(UnknownTerm, match="There is no"):
        getattr(vocabulary, kind)("nowhere-at-all")


def test_a_misspelt_slug_is_told_what_is_near():
    with pytest.raises(LookupError) as refusal:
        stage("stop-and-serch")
    assert refusal.value.near == ("stop-and-search",)


@pytest.mark.parametrize("name", ["stages", "topics", "needs", "faiths", "sexes", "genders", "languages", "age_bands"])
def test_every_list_says_where_it_comes_from_and_when_to_look_again(name):
    found = provenance(name)
    assert found.source
    assert found.checked == "not yet checked by a person"
    assert found.look_again.isoformat() == "2027-11-01"


def test_the_page_of_a_group_has_one_address_whatever_kind_of_group_it_is():
    slugs = [
        *(group.slug for group in classification("five").groups),
        *(group.slug for group in classification("census-2021-19").groups),
        *(term.slug for term in (*faiths(), *sexes())),
    ]
    assert len(set(slugs)) == len(slugs)


def test_a_faith_not_stated_is_unknown_and_not_no_religion():
    assert read_faith("Not answered") == UNKNOWN
    assert read_faith("No Religion") == "No religion"
    with pytest.raises(UnknownLabel):
        read_faith("Christiann")


def test_what_tables_print_apart_from_faiths_is_read_and_is_no_faith_of_the_list():
    assert [read_faith(label) for label in ("Non recognised", "Other (non-Muslim)")] == [
        "Religion not recognised",
        "Not Muslim",
    ]
    assert read_denomination("Roman Catholic") == "Roman Catholic"
    with pytest.raises(UnknownLabel):
        read_denomination("Christian")
    names = {term.name for term in faiths()}
    assert not names & {"Religion not recognised", "Not Muslim", "Roman Catholic"}


def test_sexes_are_read_as_sources_write_them():
    assert [read_sex(label) for label in ("F", "male", "Other", "")] == ["Female", "Male", "Other", UNKNOWN]


def test_ages_of_the_police_archive_and_the_home_office_are_never_joined():
    for source, target in (("police-archive", "home-office"), ("home-office", "police-archive")):
        with pytest.raises(IllegalJoin, match=r"25-34|30 or over"):
            join_ages(source, target)


def test_ages_that_nest_are_joined():
    assert join_ages("police-archive", "child-and-adult") == {
        "under 10": "Under 18",
        "10-17": "Under 18",
        "18-24": "18 or over",
        "25-34": "18 or over",
        "over 34": "18 or over",
    }
    assert join_ages("home-office", "all-ages")["30 or over"] == "All ages"
    assert join_ages("child", "police-archive") == {"10-17": "10-17"}


def test_ages_that_cover_only_part_of_a_band_are_not_joined():
    with pytest.raises(IllegalJoin, match="only some of the ages"):
        join_ages("child", "child-and-adult")


@pytest.mark.parametrize("found", age_bands(), ids=lambda found: found.slug)
def test_every_set_of_ages_joins_itself_and_reads_its_own_labels(found):
    assert join_ages(found.slug, found.slug) == {band.name: band.name for band in found.bands}
    assert [found.read(label) for band in found.bands for label in (band.name.upper(), *band.aliases)]


def test_age_labels_are_read_by_their_own_set_only():
    assert age_band_set("home-office").read("10 - 17 years") == "10-17"
    assert age_band_set("home-office").read("") == UNKNOWN
    with pytest.raises(UnknownLabel):
        age_band_set("home-office").read("25-34")
