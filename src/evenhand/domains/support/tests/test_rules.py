"""Eligibility, scores, working days and answers, as plain values."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.domains.support.rules.answers import BadAnswer, missing, read, shown_blind
from evenhand.domains.support.rules.clocks import decision_due, working_days_late
from evenhand.domains.support.rules.eligibility import Facts, check, judge, proposes
from evenhand.domains.support.rules.programmes import NATIONS, RESERVED, UnknownProgramme, programme, programmes
from evenhand.domains.support.rules.scoring import BadScores, gap, mean, needs_moderation, total
from evenhand.library.calendar import UnknownYear, is_working_day, working_days_after, years
from evenhand.library.discover import Fault

CONSULTANCY, GRANTS = programme("consultancy"), programme("small-grants")
NOTHING = Facts()
RULES = {one.slug: one for one in CONSULTANCY.rules}
GOOD = Facts(
    form="cio",
    standing="Registered",
    stands=True,
    nations=frozenset({"england"}),
    income=250_000,
    led=True,
    specialist=False,
    interest="interested",
)
FACTS = st.builds(
    Facts,
    form=st.sampled_from(["", "charity", "cio", "cic", "company", "unregistered"]),
    stands=st.sampled_from([None, True, False]),
    nations=st.none() | st.frozensets(st.sampled_from(NATIONS), min_size=1),
    income=st.none() | st.integers(0, 2_000_000),
    led=st.sampled_from([None, True, False]),
    specialist=st.sampled_from([None, True, False]),
    interest=st.sampled_from(["", "works", "interested", "none"]),
)
SCORES = st.fixed_dictionaries({one.slug: st.integers(0, 4) for one in CONSULTANCY.criteria})


def verdict(slug, register=NOTHING, answers=NOTHING):
    return next(one for one in check(CONSULTANCY.rules, register, answers) if one.rule.slug == slug).verdict


def test_who_meets_every_rule_is_proposed_as_eligible():
    assert proposes(check(CONSULTANCY.rules, GOOD, Facts())) == "eligible"


@pytest.mark.parametrize(
    ("income", "expected"),
    [(0, "met"), (249_999, "met"), (250_000, "met"), (250_001, "not-met"), (None, "cannot-tell")],
)
def test_an_income_of_exactly_250_000_pounds_is_not_over_it(income, expected):
    assert verdict("income", Facts(income=income)) == expected


@pytest.mark.parametrize(
    ("nations", "expected"),
    [
        ({"england"}, "met"),
        ({"wales"}, "met"),
        ({"england", "wales"}, "met"),
        ({"england", "scotland"}, "met"),
        ({"scotland"}, "not-met"),
        ({"northern-ireland", "scotland"}, "not-met"),
    ],
)
def test_work_in_england_or_in_wales_is_enough_and_in_scotland_alone_is_not(nations, expected):
    assert verdict("place", answers=Facts(nations=frozenset(nations))) == expected


def test_without_a_register_and_without_answers_nothing_can_be_told():
    outcomes = check(CONSULTANCY.rules, Facts(), Facts())
    assert {one.verdict for one in outcomes} == {"cannot-tell"}
    assert proposes(outcomes) == "cannot-tell"


def test_without_a_register_the_answers_decide_all_but_the_register_itself():
    outcomes = check(CONSULTANCY.rules, Facts(), replace(GOOD, standing="", stands=None))
    assert [one.rule.slug for one in outcomes if one.verdict != "met"] == ["standing"]
    assert proposes(outcomes) == "cannot-tell"


def test_where_register_and_answer_do_not_agree_a_person_looks():
    outcome = check([RULES["income"]], Facts(income=300_000), Facts(income=200_000))[0]
    assert (outcome.verdict, outcome.disputed) == ("cannot-tell", True)
    agreed = check([RULES["income"]], Facts(income=100_000), Facts(income=200_000))[0]
    assert (agreed.verdict, agreed.basis, agreed.said["income"]) == ("met", "register", 100_000)


@pytest.mark.parametrize(
    ("led", "specialist", "expected"),
    [(True, None, True), (None, True, True), (False, True, True), (False, False, False), (False, None, None)],
)
def test_either_led_by_or_specialist_is_enough(led, specialist, expected):
    assert judge(RULES["led-or-specialist"], Facts(led=led, specialist=specialist)) is expected


def test_no_record_of_work_in_criminal_justice_is_needed():
    assert verdict("interest", answers=Facts(interest="interested")) == "met"
    assert verdict("interest", answers=Facts(interest="none")) == "not-met"


@given(FACTS, FACTS)
def test_a_proposal_says_yes_only_if_every_rule_is_met_and_no_only_if_one_is_not(register, answers):
    outcomes = check(CONSULTANCY.rules, register, answers)
    verdicts = [one.verdict for one in outcomes]
    proposal = proposes(outcomes)
    assert (proposal == "eligible") == all(one == "met" for one in verdicts)
    assert (proposal == "not-eligible") == ("not-met" in verdicts)


@given(FACTS, st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_a_smaller_income_is_never_less_eligible(facts, one, other):
    small, large = sorted((one, other))
    rule = RULES["income"]
    assert judge(rule, replace(facts, income=small)) >= judge(rule, replace(facts, income=large))


@given(FACTS)
def test_what_nobody_says_is_never_held_against_anybody(facts):
    for name, unknown in (("income", None), ("nations", None), ("form", ""), ("interest", ""), ("led", None)):
        without = check(CONSULTANCY.rules, Facts(), replace(facts, **{name: unknown}))
        before = {one.rule.slug for one in check(CONSULTANCY.rules, Facts(), facts) if one.verdict == "not-met"}
        assert {one.rule.slug for one in without if one.verdict == "not-met"} <= before


@given(SCORES)
def test_points_are_between_none_and_a_hundred_and_exact(scores):
    points = total(CONSULTANCY, scores)
    assert 0 <= points <= 100
    assert points == Fraction(sum(one.weight * scores[one.slug] for one in CONSULTANCY.criteria), 4)


@given(SCORES, SCORES)
def test_a_gap_is_the_same_from_either_side_and_moderated_only_beyond_the_threshold(one, other):
    apart = gap(CONSULTANCY, [one, other])
    assert apart == gap(CONSULTANCY, [other, one]) >= 0
    assert needs_moderation(CONSULTANCY, [one, other]) == (apart > CONSULTANCY.assessment.gap)
    assert min(total(CONSULTANCY, one), total(CONSULTANCY, other)) <= mean(CONSULTANCY, [one, other])


def test_a_gap_of_exactly_the_threshold_is_not_moderated():
    low = dict.fromkeys((one.slug for one in CONSULTANCY.criteria), 2)
    assert gap(CONSULTANCY, [low, low | {"reach": 4, "readiness": 4}]) == 20
    assert not needs_moderation(CONSULTANCY, [low, low | {"reach": 4, "readiness": 4}])
    assert needs_moderation(CONSULTANCY, [low, low | {"need": 4, "readiness": 4}])


@pytest.mark.parametrize("wrong", [{}, {"need": 5}, {"need": True}, {"need": 1.5}, {"other": 1}])
def test_scores_that_are_not_whole_or_of_nothing_are_refused(wrong):
    good = dict.fromkeys((one.slug for one in CONSULTANCY.criteria), 2)
    with pytest.raises(BadScores):
        total(CONSULTANCY, good | wrong if wrong else {})


def test_ten_working_days_over_christmas():
    assert decision_due(CONSULTANCY.clocks, sent=dt.date(2026, 12, 18), closes=dt.date(2026, 12, 18)) == dt.date(
        2027, 1, 6
    )


@given(st.dates(dt.date(2020, 1, 1), dt.date(2028, 10, 1)), st.integers(1, 40))
def test_a_promise_falls_on_a_working_day_and_is_late_only_after_it(day, days):
    due = working_days_after(day, days)
    assert is_working_day(due)
    assert working_days_late(due, due) == 0
    assert working_days_late(due, day) == 0
    assert working_days_late(day, due) == days


def test_nothing_is_promised_beyond_the_table_of_bank_holidays_and_lateness_goes_on_by_weekdays():
    last = dt.date(years()[1], 12, 29)
    with pytest.raises(UnknownYear, match="add those of"):
        decision_due(CONSULTANCY.clocks, sent=last, closes=last)
    assert working_days_late(last, last + dt.timedelta(days=14)) == 10


def test_a_decision_counts_from_sending_or_from_the_end_of_the_round():
    sent, closes = dt.date(2026, 11, 2), dt.date(2026, 11, 30)
    assert decision_due(CONSULTANCY.clocks, sent=sent, closes=closes) == working_days_after(sent, 10)
    assert decision_due(GRANTS.clocks, sent=sent, closes=closes) == working_days_after(closes, 10)


@pytest.mark.parametrize(
    ("slug", "typed", "kept"),
    [
        ("days", "2.5", "2.5"),
        ("days", "5.00", "5"),
        ("days", "", ""),
        ("help", ["Governance and trustees"] * 2, ["Governance and trustees"]),
        ("contact", "  the\nmanager ", "the manager"),
        ("change", " two\r\nlines ", "two\r\nlines"),
    ],
)
def test_answers_are_kept_as_they_were_meant(slug, typed, kept):
    assert read(CONSULTANCY.question(slug), typed) == kept


@pytest.mark.parametrize(
    ("slug", "typed", "fault"),
    [
        ("days", "5.25", "out-of-range"),
        ("days", "1.1", "not-in-steps"),
        ("days", "NaN", "out-of-range"),
        ("days", "two", "no-number"),
        ("help", ["Winning"], "unknown-option"),
        ("change", "word " * 201, "too-many-words"),
        ("contact", "x" * 400, "too-long"),
    ],
)
def test_answers_that_cannot_be_kept_say_why(slug, typed, fault):
    with pytest.raises(BadAnswer) as refused:
        read(CONSULTANCY.question(slug), typed)
    assert refused.value.fault == fault


def test_what_is_missing_is_what_is_required_and_empty():
    answers = {one.slug: "said" for one in CONSULTANCY.questions if one.required}
    assert missing(CONSULTANCY, answers) == ()
    assert [one.slug for one in missing(CONSULTANCY, answers | {"help": []})] == ["help"]


def test_a_blind_assessor_does_not_see_what_says_who_it_is():
    answers = {one.slug: "said" for one in CONSULTANCY.questions} | {"smuggled": "in"}
    assert set(answers) - set(shown_blind(CONSULTANCY, answers)) == {"contact", "smuggled"}
    assert "contact" in shown_blind(GRANTS, {"contact": "said"})


def test_an_award_is_given_in_its_steps_and_no_more_than_there_is():
    award = CONSULTANCY.award
    assert [award.takes(Decimal(one)) for one in ("0", "0.25", "5", "5.25", "1.1")] == [False, True, True, False, False]
    assert [GRANTS.award.takes(Decimal(one)) for one in ("450", "500", "5000", "5050")] == [False, True, True, False]


def test_a_second_programme_is_one_file():
    assert [one.slug for one in programmes()] == ["consultancy", "small-grants"]
    assert {one.slug for one in programmes()}.isdisjoint(RESERVED)
    with pytest.raises(UnknownProgramme, match="There are: consultancy, small-grants"):
        programme("lottery")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("weight = 50", "weight = 60", "add up to 110"),
        ('questions = ["what"]', 'questions = ["why"]', "rests on 'why'"),
        ("most = 100000", "most = 0", "the most that an income may be"),
        ('nations = ["england", "wales"]', 'nations = ["mars"]', "knows no nation mars"),
        ('instead_programme = "consultancy"', 'instead_programme = "lottery"', "sends people to lottery"),
        ("words = 200", "word = 200", "did you mean 'words'"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong(monkeypatch, tmp_path, before, after, said):
    from evenhand.domains.support.rules import programmes as room

    for path in room.FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(before, after) if path.stem == "small-grants" else text)
    monkeypatch.setattr(room, "FOLDER", tmp_path)
    with pytest.raises(Fault, match=said):
        room.programmes.__wrapped__()


def test_no_programme_takes_the_address_of_something_else(monkeypatch, tmp_path):
    from evenhand.domains.support.rules import programmes as room

    text = (room.FOLDER / "small-grants.toml").read_text(encoding="utf-8")
    (tmp_path / "applications.toml").write_text(text.replace('instead_programme = "consultancy"', ""))
    monkeypatch.setattr(room, "FOLDER", tmp_path)
    with pytest.raises(Fault, match="is the address of something else"):
        room.programmes.__wrapped__()
