"""The evidence of a stage: every measure of it is there, and a stage without open counts says so."""

from functools import cache

import pytest

from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.journey import journey
from evenhand.domains.evidence.queries.of_stage import of_stage
from evenhand.library.datasets.catalogue import measures
from evenhand.library.vocabulary import UnknownTerm, stages

SLUGS = [stage.slug for stage in stages()]


@cache
def told(slug):
    return of_stage(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_measure_of_the_stage_has_its_line_and_every_answer_its_message(slug):
    here = [measure for measure in measures() if measure.stage == slug]
    assert [line.title for line in told(slug).lines] == [measure.title for measure in here]
    answered = {measure.title: ask(measure.slug).answer() for measure in here if measure.answers}
    assert {one.title: one.message for one in told(slug).measured} == {
        title: words.groups_message(answer) + "." for title, answer in answered.items()
    }
    for line in told(slug).lines:
        assert line.gap == (line.title not in answered)
        assert line.gap <= bool(line.said)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_stages_lines_say_what_the_journey_says(slug):
    on_journey = {stage.slug: lines for stage, lines in (*journey()["journey"], *journey()["beside"])}
    for own, same in zip(told(slug).lines, on_journey[slug], strict=True):
        assert (own.title, own.url, own.period, own.out_of, own.said) == (
            same.title, same.url, same.period, same.out_of, same.said,
        )  # fmt: skip
        assert [(mark.group, mark.shown, mark.why) for mark in own.marks] == [
            (mark.group, mark.shown, mark.why) for mark in same.marks
        ]


def test_there_is_more_of_a_measure_only_where_there_is():
    searches, children = told("stop-and-search").measured
    assert [link.name for link in searches.more] == ["By 19 groups", "5 periods", "By police force area"]
    assert searches.more[0].url == "/evidence/stop-and-search/?groups=19"
    assert children.more == ()


def test_a_stage_without_open_counts_says_what_there_is_instead():
    told_ = told("prosecution")
    assert told_.measured == ()
    assert not told_.compared
    assert "Ministry of Justice publishes prosecutions by ethnicity" in told_.lines[0].said


def test_an_unknown_stage_is_refused():
    with pytest.raises(UnknownTerm, match="There is no stage 'prisn'"):
        of_stage("prisn")
