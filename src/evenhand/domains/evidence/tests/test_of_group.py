"""The evidence of a group: each measure counts it, holds it within another, or says nothing; which, is said."""

import re
from functools import cache

import pytest

from evenhand.core.design.numbers import times
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.of_group import group_named, group_slug, groups, of_group
from evenhand.library.datasets.catalogue import measures
from evenhand.library.vocabulary import UnknownTerm
from evenhand.library.vocabulary.ethnicity import classification

TITLES = {measure.title: measure for measure in measures()}
SLUGS = [group.slug for _, some in groups() for group in some]
BROAD = ("asian", "black", "mixed", "white", "other")


@cache
def told(slug):
    return of_group(slug)


def lines(slug):
    return [one for _, some in told(slug).counted for one in some]


def line(slug, title):
    return next(one for one in lines(slug) if one.title == title)


def why(slug, title):
    return next(one.why for _, some in told(slug).unsaid for one in some if one.title == title)


def test_there_is_a_page_for_the_five_and_the_nineteen_and_whatever_else_is_counted():
    assert SLUGS[:5] == list(BROAD)
    assert set(SLUGS) == {
        *BROAD, *(group.slug for group in classification("census-2021-19").groups), "chinese-or-other", "racialised",
    }  # fmt: skip
    with pytest.raises(UnknownTerm, match="There is no group 'blak'"):
        group_named("blak")


@pytest.mark.parametrize("slug", SLUGS)
def test_each_measure_counts_the_group_or_says_nothing_of_it_and_never_both(slug):
    counted = [one.title for one in lines(slug)]
    silent = [one.title for _, some in told(slug).unsaid for one in some]
    assert sorted([*counted, *silent]) == sorted(TITLES)
    assert f"{len(TITLES)} measures" in told(slug).extent
    for stages in (told(slug).counted, told(slug).unsaid):
        orders = [stage.order for stage, _ in stages]
        assert orders == sorted(orders)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_figure_is_that_of_the_group_it_names_in_the_answer(slug):
    _, group = group_named(slug)
    for one in lines(slug):
        measure = TITLES[one.title]
        answers = [ask(measure.slug, groups=detail.groups).answer() for detail in measure.answers]
        rows = [
            (answered, row)
            for answered in answers
            if answered.period == one.period
            for row in answered.rows
            if (
                words.named(answered, row.group) == one.within
                if one.within
                else group_slug(answered, row.group) == slug
            )
        ]
        assert rows
        shown = [times(row.ratio) if row.ratio is not None else words.share(row) for _, row in rows]
        assert one.figure in shown or (one.figure == "" and any(row.flag == "reference" for _, row in rows))
        assert bool(one.strip) == (one.ratio is not None)
        assert group.name != one.within


@pytest.mark.parametrize("slug", SLUGS)
def test_no_interval_is_given_to_what_was_published_without_counts(slug):
    for one in lines(slug):
        kinds = {answer.kind for answer in TITLES[one.title].answers}
        if "counts" not in kinds:
            assert "likely range" not in one.doubt or one.doubt == "no likely range"


def test_a_detailed_group_stands_by_its_own_name_where_it_is_counted_and_within_the_broad_one_elsewhere():
    assert line("black-caribbean", "Stop and search").within == ""
    assert line("black-caribbean", "Stop and search").figure == "3.7"
    assert "Compared with White British people." in line("black-caribbean", "Stop and search").notes
    assert line("black-caribbean", "Prison population").within == "Black"
    assert line("black-caribbean", "Decisions to charge").within == "Black"
    assert line("mixed-white-and-black-caribbean", "Decisions to charge").within == ""
    assert line("mixed-white-and-black-caribbean", "Proven reoffending").within == "“Other (including Mixed)”"


def test_chinese_people_are_looked_for_where_each_source_put_them():
    assert line("chinese", "Stop and search of children").within == "Asian"
    assert line("chinese", "Convictions out of prosecutions").within == "Chinese or other"
    assert line("chinese", "Proven reoffending").within == "“Other (including Mixed)”"
    assert line("chinese", "Police use of force").within == ""
    assert line("chinese", "Police use of force").period == "2018/19"


@pytest.mark.parametrize("slug", ["roma", "gypsy-or-irish-traveller", "white-irish", "other-white"])
def test_what_is_said_of_white_people_is_never_said_of_a_small_group_within(slug):
    assert not [one for one in lines(slug) if one.within == "White"]
    assert why(slug, "Prison population") == (
        "Counted within White, the group that others are compared with, and not told apart."
    )
    assert why(slug, "Police use of force") == "Counted within White, and not told apart."


def test_roma_people_are_seldom_recorded_apart_and_no_figure_is_made_of_that():
    for title in ("Stop and search", "Arrests"):
        assert "That is the absence of a label, not of searches." in why("roma", title)
    assert [one.title for one in lines("roma")] == ["Victims of crime"]
    assert line("roma", "Victims of crime").within == "Any other White background"
    assert "None of 29 measures counts this group by its own name." in told("roma").extent


def test_the_group_that_others_are_compared_with_has_rates_and_no_ratio_to_itself():
    searches = line("white", "Stop and search")
    assert (searches.figure, searches.strip) == ("", None)
    assert searches.notes == ("The group that others are compared with: 5.8 searches per 1,000 residents.",)
    assert "searched more often than White residents" in searches.sentence
    assert line("white", "Police use of force").figure == "72.9%"


def test_what_an_officer_saw_and_what_a_source_makes_unsafe_is_said():
    assert "As officers saw it." in line("black", "Proven reoffending").notes
    assert "As officers saw it." not in line("black", "Stop and search").notes
    assert "Its source makes this figure unsafe." in line("black", "Convictions out of prosecutions").notes
    assert "5 groups (2001)" in line("black", "Convictions out of prosecutions").out_of


def test_the_pattern_turns_round_where_it_does_and_only_by_the_groups_own_name():
    assert [one.title for one in told("black").turns] == [
        "Self-harm in prison",
        "Proven reoffending",
        "Victims of crime",
    ]
    for slug in SLUGS:
        for one in told(slug).turns:
            assert one.within == ""
            assert one.clear
        sides = {one.ratio > 1 for one in told(slug).turns}
        assert len(sides) <= 1


def test_broad_groups_lead_to_their_parts_and_to_their_areas_and_parts_do_not():
    assert [link.name for link in told("black").parts] == [
        "Black African",
        "Black Caribbean",
        "Any other Black background",
    ]
    assert told("black").areas.url == "/evidence/stop-and-search/?group=Black#areas"
    assert told("black-african").parts == ()
    assert told("black-african").areas is None
    assert told("black-african").around.url == "/groups/black/"


@pytest.mark.parametrize("slug", SLUGS)
def test_sentences_name_the_group_plainly_and_never_a_cause(slug):
    said = " ".join([told(slug).extent, *(f"{one.sentence} {' '.join(one.notes)}" for one in lines(slug))])
    assert not re.search(r"\bBAME\b|non-white|\boffenders?\b|because of|due to|caused", said, re.IGNORECASE)


def test_the_slug_of_a_group_in_an_answer_is_that_of_its_page():
    answered = ask("stop-and-search", groups=19).answer()
    assert group_slug(answered, "Caribbean") == "black-caribbean"
    assert group_slug(answered, "White") == "white"
    assert group_slug(ask("magistrates").answer(), "Any other") == "any-other"
    assert group_slug(answered, "Nobody") == ""
