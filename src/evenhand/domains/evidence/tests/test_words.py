"""What is said of figures: never a cause, never a slur, never more than the interval bears, and with capitals."""

import html
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.design.numbers import times
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import answer, ask
from evenhand.domains.evidence.queries.pages import measure_page
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.catalogue import measures
from evenhand.library.places import places

YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
GROUPS = ("Asian", "Black", "Mixed", "White", "Other")
FORCES = tuple(force.code for force in places("police-force") if force.has_residents)

FORBIDDEN = re.compile(
    r"\b(because|due to|owing to|caused?|causes|leads? to|led to|results? in|explained by|responsible for|proves?|"
    r"BAME|BME|BAMER|non-white|ethnic minorit\w+|coloured|offenders?|criminals|inmates?|convicts?|"
    r"disproportionately (?:target|commit)\w*|over-?represented|worse|better)\b",
    re.IGNORECASE,
)
# Said on purpose: to deny it, or since it is a name.
ALLOWED = ("Darker does not mean worse policing", "young offender institution", "Offender Management Statistics")
SMALL_LETTERS = re.compile(
    r"\b(black|white|asian|gypsy|roma|arab|indian|pakistani|bangladeshi|chinese|african|caribbean|irish|british|welsh)\b"
)
ADDRESS = re.compile(r"\S*(?:https?:|github\.com|\.csv|\.rda|\.ods|/)\S*")


def every_answer():
    for code in FORCES:
        for year in YEARS:
            yield answer("stop-and-search", place=code, period=year)


def every_nation():
    yield from (answer("stop-and-search", period=year, reference=group) for year in YEARS for group in GROUPS)
    for measure in measures():
        for detail in measure.answers:
            for reference in detail.references:
                asked = ask(measure.slug, groups=detail.groups, reference=reference)
                yield from (asked.answer(period=period) for period in asked.periods)


def sentences(answered):
    """Everything that is said of one answer, whichever group leads."""
    yield words.groups_message(answered)
    yield words.parity(answered)
    yield from (caveat.text for caveat in answered.caveats)
    yield from (answered.measure.why, answered.measure.unit, answered.measure.not_published)
    yield from (text for one in answered.measure.further for text in (one.heading, one.caption, one.note))
    yield "".join(words.headline(answered, words.lead_of(answered)))
    for row in answered.rows:
        yield words.row_in_words(answered, row)
        yield words.could_be(row, answered.bound(row.group))
        if row.flag != "reference":
            yield "".join(words.headline(answered, row))


def faults(text):
    for said in ALLOWED:
        text = text.replace(said, "")
    plain = ADDRESS.sub(" ", text)
    return [found[0] for found in (FORBIDDEN.search(plain), SMALL_LETTERS.search(plain)) if found]


def test_no_sentence_about_any_answer_names_a_cause_or_a_group_in_small_letters():
    for answered in (*every_answer(), *every_nation()):
        for said in sentences(answered):
            assert not faults(said), said


@pytest.mark.long
@pytest.mark.django_db
def test_no_page_of_any_place_in_any_year_says_what_it_must_not(gathered_styles, client):
    paths = [f"/evidence/stop-and-search/{code}/?period={year}" for code in FORCES for year in YEARS]
    paths += ["/", "/evidence/", "/evidence/method/", "/evidence/stop-and-search/", "/evidence/arrests/?groups=19"]
    paths += ["/evidence/stop-and-search/?groups=19", "/nothing/", "/evidence/stop-and-search/?place=Kant"]
    for path in paths:
        page = client.get(path).content.decode()
        text = html.unescape(re.sub(r"<[^>]+>", "\n", page))
        found = [word for line in text.splitlines() for word in faults(line)]
        assert not found, path


def test_the_headline_says_no_clear_difference_exactly_when_the_interval_holds_parity():
    for answered in (*every_answer(), *every_nation()):
        for row in answered.rows:
            if row.ratio is None:
                continue
            if row.lower is None:
                assert "clear" not in "".join(words.headline(answered, row))
                continue
            said = "".join(words.headline(answered, row))
            assert ("no clear difference" in said) == (row.lower <= 1 <= row.upper), said
            assert ("no clear difference" in words.row_in_words(answered, row)) == (row.lower <= 1 <= row.upper)


def test_the_message_names_the_groups_whose_interval_leaves_out_parity_and_no_other():
    for answered in every_answer():
        said = words.groups_message(answered)
        if all(row.ratio is None for row in answered.rows):
            assert said.startswith("What was recorded in")
            continue
        more, _, less = said.partition(", and ")
        if " less often than " in said:
            more, less = "", said
        head = more.split(" residents were ")[0]
        tail = less.split(" less often")[0]
        for row in answered.rows:
            if row.flag == "reference":
                continue
            assert (row.group in head) == (row.clear and row.ratio > 1), said
            assert (row.group in tail) == (row.clear and row.ratio < 1), said


def test_the_lead_is_the_largest_clear_ratio_on_a_sound_base_unless_another_is_asked_for():
    for answered in every_answer():
        lead = words.lead_of(answered)
        steady = [row for row in answered.rows if row.ratio is not None and row.flag is None and row.clear]
        if steady:
            assert lead == max(steady, key=lambda row: row.ratio)
        for row in answered.rows:
            if row.ratio is not None:
                assert words.lead_of(answered, row.group) == row


@pytest.mark.django_db
def test_a_figure_on_a_small_base_never_stands_without_a_warning():
    seen = 0
    for code in FORCES:
        for year in YEARS:
            shown = shown_for(ask("stop-and-search", place=code, period=year))
            if shown.lead and shown.lead.flag == "small-base":
                seen += 1
                page = measure_page(shown, {})
                assert "fewer than 30" in page["lede"]
                assert "under 30" in page["key_figures"][0].note
    assert seen > 3


@pytest.fixture(scope="module")
def answered():
    return answer("stop-and-search", place="West Mercia")


numbers = st.floats(min_value=0, max_value=1e4, allow_nan=False)


@given(st.tuples(numbers, numbers, numbers).map(sorted), st.sampled_from(GROUPS[:3]))
def test_whatever_the_figures_the_headline_claims_no_more_than_they_bear(answered, interval, group):
    lower, ratio, upper = interval
    row = replace(answered.row(group), ratio=ratio, lower=lower, upper=upper)
    said = "".join(words.headline(answered, row))
    assert ("no clear difference" in said) == (lower <= 1 <= upper)
    if " slightly " in said:
        assert ("more often" in said) == (ratio > 1)
    elif "no clear" not in said and ratio >= 1:
        assert f"{times(ratio)} times as often as White people" in said
    elif "no clear" not in said and ratio > 0.001:
        # Less is told from the other side, so that nobody reads a fraction as more.
        assert (
            f"White people were searched {times(1 / ratio)} times as often as {words.people(answered, group)}" in said
        )
    assert not faults(said)


@given(numbers, numbers)
def test_a_range_in_words_never_runs_backwards_and_never_hides_its_width(one, other):
    lower, upper = sorted((one, other))
    said = words.interval(lower, upper)
    ends = [float(end.replace(",", "")) for end in said.split(" to ")]
    assert ends[0] <= ends[1]
    assert abs(ends[0] - lower) <= 0.05001
    assert abs(ends[1] - upper) <= 0.05001
    if upper - lower > 0.1:
        assert ends[0] < ends[1]


@given(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=5, unique=True))
def test_names_in_a_list_stand_in_order_with_one_and(names):
    said = words.listed(names)
    places_ = [said.index(name) for name in names]
    assert all(a < b for a, b in pairwise(places_))
    assert said.count(" and ") == (len(names) > 1)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2024/25", "April 2024 to March 2025"),
        ("2019/20", "April 2019 to March 2020"),
        ("2021", "2021"),
    ],
)
def test_a_financial_year_is_said_as_people_say_it(period, said):
    assert words.years(period) == said


def test_a_group_is_named_as_people_and_never_as_a_colour_alone(answered):
    assert [words.people(answered, group) for group in GROUPS] == [
        "Asian people",
        "Black people",
        "people of Mixed ethnicity",
        "White people",
        "people from other ethnic groups",
    ]


def test_a_citation_holds_all_that_is_needed_to_find_the_figure_again(answered):
    said = words.citation(answered, "https://evenhand.example" + answered.permalink)
    for part in ("West Mercia", "2024/25", answered.release, "https://evenhand.example/evidence/", "OGL v3.0"):
        assert part in said
    assert "\n" not in said
