"""The evidence of a place: each measure is answered or said not to be published, and no figure is made up."""

import random
from functools import cache

import pytest

from evenhand.core.design.numbers import percent, times
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.of_place import of_place
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.catalogue import measures
from evenhand.library.datasets.compare import question
from evenhand.library.datasets.forces import areas
from evenhand.library.places import KINDS, find, lies_in, place, places

TITLES = {measure.title: measure for measure in measures()}
SOME = random.Random(2026)  # noqa: S311  (a choice of places is no secret)
# Every force area, region and nation; of the others a dozen each.
ASKED = [one for kind in KINDS for one in (places(kind) if len(places(kind)) < 50 else SOME.sample(places(kind), 12))]


@cache
def told(code):
    return of_place(place(code))


@pytest.mark.crawl(8)
@pytest.mark.parametrize("code", [one.code for one in ASKED])
def test_each_measure_is_either_found_or_said_not_to_be_published_and_never_both(code):
    told_ = told(code)
    found = [one.title for one in told_.found]
    absent = [one.title for _, some in told_.absent for one in some]
    assert sorted([*found, *absent]) == sorted(TITLES)
    for _, some in told_.absent:
        for one in some:
            assert one.instead == TITLES[one.title].not_published
            assert one.gap == (not TITLES[one.title].answers)


@pytest.mark.crawl(8)
@pytest.mark.parametrize("code", [one.code for one in ASKED])
def test_nothing_is_claimed_that_the_answer_for_that_place_does_not_hold(code):
    told_ = told(code)
    for one in told_.found:
        measure = TITLES[one.title]
        answered, lead = None, None
        for detail in measure.answers:
            try:
                shown = shown_for(ask(measure.slug, place=told_.counted.code, groups=detail.groups))
            except Refused:
                continue
            answered, lead = shown.answered, shown.lead
            break
        assert answered.place == told_.counted
        assert one.sentence == "".join(words.headline(answered, lead))
        assert told_.counted.name in one.sentence
        if lead is None:
            assert (one.figure, one.doubt) == ("", "")
        elif answered.kind == "shares":
            assert (one.figure, one.doubt) == (words.share(lead), "no likely range")
        else:
            assert one.figure == f"{times(lead.ratio)}×"
            assert one.doubt == words.likely(words.interval(lead.lower, lead.upper))
        said = " ".join(one.beside)
        if answered.unknown:
            assert f"{percent(answered.unknown.share)} of " in said
        elif answered.kind in ("counts", "shares"):
            assert "no ethnicity recorded is not published here" in said


@pytest.mark.crawl(8)
@pytest.mark.parametrize("code", [one.code for one in ASKED])
def test_a_place_without_figures_takes_those_of_the_place_around_it_and_says_so(code):
    one, told_ = place(code), told(code)
    if told_.counted == one:
        assert told_.whose == ""
        return
    assert lies_in(one, told_.counted)
    assert one.kind in ("council", "prison", "probation-region")
    assert f"No figures are published for {one.name} alone." in told_.whose
    assert f"It lies in {told_.counted.name} (" in told_.whose


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("Shropshire", "West Mercia"),
        ("HMP Birmingham", "West Midlands"),
        ("Cardiff", "South Wales"),
        ("Bure", "Norfolk"),
    ],
)
def test_a_council_and_a_prison_show_their_force_area(name, counted):
    told_ = of_place(find(name))
    assert (told_.counted.name, told_.counted.kind) == (counted, "police-force")


def test_a_prison_whose_force_area_is_unknown_shows_its_region():
    told_ = of_place(find("HMP Ashfield"))
    assert (told_.counted.name, told_.counted.kind) == ("South West", "region")


def test_a_body_without_residents_has_nothing_and_is_not_given_its_neighbours_figures():
    told_ = of_place(find("British Transport Police"))
    assert told_.found == told_.lines == ()
    assert sum(len(some) for _, some in told_.absent) == len(TITLES)


def test_the_city_of_london_is_not_compared_and_the_page_says_why():
    searches = told("E23000034").found[0]
    assert searches.figure == ""
    assert "no comparison can be made" in searches.sentence
    assert any("a rate for each resident would mislead" in text for text in searches.beside)
    assert not any("counted from the highest" in text for text in searches.beside)


@pytest.mark.crawl(6)
@pytest.mark.parametrize("force", [one for one in places("police-force") if one.has_residents], ids=str)
def test_the_likely_ranks_in_words_are_those_of_all_areas(force):
    searches = told(force.code).found[0]
    shown = shown_for(ask("stop-and-search", place=force.code))
    said = next((text for text in searches.beside if "force areas" in text), "")
    if shown.lead is None:
        assert said == ""
        return
    ranked = areas(question("stop-and-search"), shown.lead.group)
    (own,) = [one for one in ranked if one.place == force]
    if own.rank is None:
        assert said == "Too little is counted to say where it stands among the force areas."
    else:
        assert f"Of {sum(one.rank is not None for one in ranked)} force areas" in said
        assert f"place {own.rank_lower:.0f}" in said
        assert f"{own.rank_upper:.0f}, counted from the highest." in said


def test_a_region_and_a_nation_have_no_rank_among_force_areas():
    for code in ("E12000007", "W92000004", "K04000001"):
        assert not [text for one in told(code).found for text in one.beside if "force areas" in text]


def test_groups_stand_side_by_side_under_their_stages_in_order():
    told_ = told("E23000016")
    assert [stage.slug for stage, _ in told_.lines] == ["stop-and-search", "police-use-of-force"]
    (line,) = told_.lines[0][1]
    assert [mark.group for mark in line.marks] == ["Black", "Mixed", "Asian", "Other"]
    assert line.url == "/evidence/stop-and-search/E23000016/"
    orders = [stage.order for stage, _ in told_.absent]
    assert orders == sorted(orders)


@pytest.mark.crawl(12)
@pytest.mark.parametrize("slug", [measure.slug for measure in measures()])
@pytest.mark.parametrize("kind", KINDS)
def test_every_measure_answers_every_kind_of_place_with_figures_or_with_a_reason(slug, kind):
    one = places(kind)[0]
    try:
        answered = ask(slug, place=one.code).answer()
    except Refused as fault:
        said = fault
    else:
        assert answered.place == one
        assert answered.rows
        return
    assert said.status == 404
    assert "Not published here" in said.message or "no open count" in said.message


@pytest.mark.crawl(12)
@pytest.mark.parametrize("slug", [measure.slug for measure in measures()])
@pytest.mark.parametrize("code", ["K04000001", "W92000004", "E12000007", "E23000016", "E08000025"])
def test_every_page_of_a_measure_in_a_place_is_there_or_says_why_not(slug, code, visitor):
    response = visitor.get(f"/evidence/{slug}/{code}/")
    if response.status_code != 200:
        assert response.status_code == 404
        said = response.content.decode()
        assert "Not published here" in said or "no open count" in said
