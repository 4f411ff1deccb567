"""What publishers write is read exactly, or the import stops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.discover import Fault
from evenhand.library.vocabulary.ethnicity import (
    NOT_A_PERSON,
    UNKNOWN,
    UnknownClassification,
    UnknownLabel,
    classification,
    classifications,
    crosswalk,
)
from evenhand.library.vocabulary.labels import Labels

SLUGS = [found.slug for found in classifications()]

# ONS code, name, PACE code, name in Ethnicity facts and figures, ONS label, data.police.uk label.
MAPPING = """
1|Bangladeshi|A3|Bangladeshi|Asian, Asian British or Asian Welsh: Bangladeshi|Asian/Asian British - Bangladeshi
2|Chinese|A4|Chinese|Asian, Asian British or Asian Welsh: Chinese|Asian/Asian British - Chinese
3|Indian|A1|Indian|Asian, Asian British or Asian Welsh: Indian|Asian/Asian British - Indian
4|Pakistani|A2|Pakistani|Asian, Asian British or Asian Welsh: Pakistani|Asian/Asian British - Pakistani
5|Other Asian|A9|Asian other|Asian, Asian British or Asian Welsh: Other Asian|Asian/Asian British - Any other Asian background
6|African|B2|Black African|Black, Black British, Black Welsh, Caribbean or African: African|Black/African/Caribbean/Black British - African
7|Caribbean|B1|Black Caribbean|Black, Black British, Black Welsh, Caribbean or African: Caribbean|Black/African/Caribbean/Black British - Caribbean
8|Other Black|B9|Black other|Black, Black British, Black Welsh, Caribbean or African: Other Black|Black/African/Caribbean/Black British - Any other Black/African/Caribbean background
9|White and Asian|M3|Mixed White/Asian|Mixed or Multiple ethnic groups: White and Asian|Mixed/Multiple ethnic groups - White and Asian
10|White and Black African|M2|Mixed White/Black African|Mixed or Multiple ethnic groups: White and Black African|Mixed/Multiple ethnic groups - White and Black African
11|White and Black Caribbean|M1|Mixed White/Black Caribbean|Mixed or Multiple ethnic groups: White and Black Caribbean|Mixed/Multiple ethnic groups - White and Black Caribbean
12|Other Mixed|M9|Mixed other|Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups|Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background
13|White British|W1|White British|White: English, Welsh, Scottish, Northern Irish or British|White - English/Welsh/Scottish/Northern Irish/British
14|Irish|W2|White Irish|White: Irish|White - Irish
15|Gypsy or Irish Traveller|W3|White Gypsy/Traveller|White: Gypsy or Irish Traveller|White - Gypsy or Irish Traveller
16|Roma|W4|Roma|White: Roma|
17|Other White|W9|White other|White: Other White|White - Any other White background
18|Arab|O1|Arab|Other ethnic group: Arab|Other ethnic group - Arab
19|Any other|O9|Any other|Other ethnic group: Any other ethnic group|Other ethnic group - Any other ethnic group
"""  # noqa: E501 - a table
ROWS = [line.split("|") for line in MAPPING.strip().splitlines()]

# One year of the police archive, August 2025 to July 2026.
POLICE_LABELS = {
    "": 43478,
    "White - English/Welsh/Scottish/Northern Irish/British": 217758,
    "Black/African/Caribbean/Black British - African": 15438,
    "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background": 20665,
    "Other ethnic group - Not stated": 71546,
    "White - Any other White background": 25901,
    "Mixed/Multiple ethnic groups - White and Black African": 2015,
    "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background": 7529,
    "Asian/Asian British - Any other Asian background": 12750,
    "Mixed/Multiple ethnic groups - White and Black Caribbean": 5570,
    "White - Irish": 3799,
    "Asian/Asian British - Indian": 6532,
    "Other ethnic group - Any other ethnic group": 8467,
    "Black/African/Caribbean/Black British - Caribbean": 12260,
    "Asian/Asian British - Pakistani": 11321,
    "Asian/Asian British - Bangladeshi": 4465,
    "Mixed/Multiple ethnic groups - White and Asian": 1731,
    "White - Gypsy or Irish Traveller": 1139,
    "Other ethnic group - Arab": 3937,
    "Asian/Asian British - Chinese": 437,
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_every_row_of_the_mapping_is_reproduced(row):
    code, name, *labels = row
    census = classification("census-2021-19")
    assert census.group(name).ons == int(code)
    assert {census.read(label) for label in labels if label} == {name}


def test_the_nineteen_groups_are_in_the_census_s_order():
    assert classification("census-2021-19").names == tuple(row[1] for row in ROWS)


@pytest.mark.parametrize("slug", ["gss-18", "census-2021-19"])
def test_not_stated_is_never_other_in_a_year_of_the_police_archive(slug):
    counts: dict[str, int] = {}
    for label, events in POLICE_LABELS.items():
        name = classification(slug).read(label)
        counts[name] = counts.get(name, 0) + events
    five = crosswalk(slug, "five").roll_up(counts)
    assert five["Other"] == 12_404
    assert five[UNKNOWN] == 43_478 + 71_546
    assert sum(POLICE_LABELS[label] for label in POLICE_LABELS if label.startswith("Other ethnic group")) == 83_950
    assert sum(five.values()) == sum(POLICE_LABELS.values())


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(
    "label",
    [None, "", "  ", "Not stated", "Not Stated", "NOT STATED", "Unknown", "NS", "Other ethnic group - Not stated"],
)
def test_what_is_not_recorded_is_unknown_in_every_classification(slug, label):
    assert classification(slug).read(label) == UNKNOWN


@pytest.mark.parametrize("slug", SLUGS)
def test_a_vehicle_is_not_a_person(slug):
    assert classification(slug).read("N/A - vehicle search") == NOT_A_PERSON


@pytest.mark.parametrize(
    ("slug", "label", "name"),
    [
        ("census-2021-19", "Mixed White And Asian", "White and Asian"),
        ("census-2021-19", "Mixed White/Asian", "White and Asian"),
        ("census-2021-19", "White Gypsy/Traveller", "Gypsy or Irish Traveller"),
        ("census-2021-19", "Gypsy Or Irish Traveller", "Gypsy or Irish Traveller"),
        ("census-2021-19", "Any Other Ethnic Background", "Any other"),
        ("gss-18", "White - White British (W1)", "White British"),
        ("gss-18", "O1", "Arab"),
        ("ons-2001-16", "O1", "Chinese"),
        ("five", "2019/20 onwards - Asian or Asian British", "Asian"),
        ("five", "Other Ethnic Group", "Other"),
        ("five", "Black (or Black British)", "Black"),
        ("ons-2001-five", "Chinese/other", "Chinese or other"),
        ("officer-four", "Other inc Mixed", "Other"),
        ("officer-six", "Don't know", UNKNOWN),
        ("ic", "ic9", UNKNOWN),
        ("ic", "IC0", UNKNOWN),
        ("ic", "IC3", "IC3"),
    ],
)
def test_labels_are_read_in_whatever_case_and_wording_publishers_use(slug, label, name):
    assert classification(slug).read(label) == name


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("five", "Other ethnic group - Arab"),  # begins like Other, and is of another classification
        ("five", "Chinese/other"),
        ("five", "Other inc Mixed"),
        ("five", "All"),
        ("gss-18", "Roma"),
        ("gss-18", "W4"),
        ("ons-2001-16", "Asian/Asian British - Chinese"),
        ("census-2021-19", "2"),  # numerals are ordered differently in other tables
        ("census-2021-19", "-"),
        ("five", "BAME"),
    ],
)
def test_a_label_of_no_group_stops_the_import(slug, label):
    with pytest.raises(UnknownLabel) as refusal:
        classification(slug).read(label)
    assert refusal.value.label == label


def test_an_unknown_label_names_what_is_near():
    with pytest.raises(UnknownLabel, match="Bangladeshi") as refusal:
        classification("census-2021-19").read("Bangladeshy")
    assert "Bangladeshi" in refusal.value.near


def test_an_unknown_classification_names_what_is_near():
    with pytest.raises(UnknownClassification) as refusal:
        classification("census-2021")
    assert refusal.value.near[0] == "census-2021-19"
    assert isinstance(refusal.value, LookupError)


def test_a_label_cannot_stand_for_two_groups():
    with pytest.raises(Fault, match="both 'Asian' and 'Other'"):
        Labels.of([("Chinese", "Asian"), ("chinese ", "Other")], where="here.toml")


ALIASES = [(found.slug, label) for found in classifications() for label in found.labels.written.values()]


@given(st.sampled_from(ALIASES), st.data())
def test_reading_any_alias_in_any_case_and_spacing_comes_round_to_one_name(alias, data):
    slug, label = alias
    found = classification(slug)
    mangled = "".join(data.draw(st.sampled_from([letter.upper(), letter.lower()])) for letter in label)
    spaced = f"  {mangled.replace(' ', data.draw(st.sampled_from([' ', '  ', chr(160)])))} "
    name = found.read(spaced)
    assert name == found.read(label)
    assert name in {UNKNOWN, NOT_A_PERSON} or found.read(name) == name == found.group(name).name


@pytest.mark.parametrize("found", classifications(), ids=SLUGS)
def test_every_classification_says_where_it_comes_from_and_when_to_look_again(found):
    assert found.source.strip()
    assert found.source_url.startswith("https://")
    assert found.checked == "not yet checked by a person"
    assert found.look_again.year >= 2027
    assert found.definition.endswith(".")


@pytest.mark.parametrize("found", classifications(), ids=SLUGS)
def test_groups_are_written_with_capitals_and_never_lumped_together(found):
    for group in found.groups:
        assert group.display[0].isupper()
        assert "people" in group.people
        assert not {"BAME", "BME", "non-White"} & set(group.people.split())
        if group.name in {"White", "Black", "Asian", "Mixed"}:
            assert group.name in group.people


def test_roma_and_any_other_groups_carry_a_warning():
    census = classification("census-2021-19")
    assert "not of searches" in census.group("Roma").warning
    for name in ("Other Asian", "Other Black", "Other Mixed", "Other White", "Any other"):
        assert "any other" in census.group(name).warning
    assert "breaks" in census.group("Chinese").warning


def test_what_an_officer_saw_is_never_called_self_defined():
    bases = {found.slug: found.basis for found in classifications()}
    assert {slug for slug, basis in bases.items() if basis == "officer-observed"} == {
        "ic",
        "officer-four",
        "officer-five",
        "officer-six",
    }
    assert bases["combined-four"] == "mixed"
