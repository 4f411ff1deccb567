"""The rules by which a label follows from what is said."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.domains.reviews.rules.labels import DONE, LABELS, Said, judge
from evenhand.domains.reviews.rules.totals import Named, reproduce
from evenhand.library.calendar import months_after

TODAY = dt.date(2026, 11, 23)
LATELY, LONG_AGO = dt.date(2026, 3, 1), dt.date(2019, 3, 1)
POSITIONS = (
    *("accepted", "accepted-in-part", "alternative", "rejected", "in-progress", "completed", "not-met", "no-evidence"),
    *("stalled", "not-started", "no-answer"),
)
CLAIMS = st.lists(
    st.builds(
        Said,
        st.sampled_from(("addressee", "parliament", "civil-society", "media", "inspectorate")),
        st.sampled_from(POSITIONS),
        st.sampled_from(("letter", "intent", "outcome")),
        st.one_of(st.none(), st.dates(dt.date(1999, 1, 1), TODAY)),
    ),
    max_size=6,
)


def asked(position, basis="intent", day=LATELY):
    return Said("addressee", position, basis, day)


def other(position, basis="letter", day=LATELY):
    return Said("civil-society", position, basis, day)


def ours(position, day=LATELY):
    return Said("us", position, "letter", day)


@pytest.mark.parametrize(
    ("said", "label", "reason"),
    [
        ([], "cannot-tell", "nothing-said"),
        ([asked("completed")], "cannot-tell", "only-the-asked"),
        ([asked("completed"), other("not-met")], "cannot-tell", "disputed"),
        ([asked("completed"), other("completed")], "done-as-written", "others-agree"),
        ([other("completed", "intent")], "done-another-way", "others-agree-on-intent"),
        ([other("completed"), other("not-met", "outcome")], "done-no-change", "no-change-seen"),
        ([asked("accepted")], "planned", "promised"),
        ([asked("accepted", day=LONG_AGO)], "stalled", "no-new-evidence"),
        ([asked("in-progress")], "under-way", "moving"),
        ([asked("in-progress", day=LONG_AGO)], "stalled", "no-new-evidence"),
        ([asked("in-progress", day=LONG_AGO), other("not-met")], "stalled", "no-new-evidence"),
        ([asked("in-progress", day=LONG_AGO), other("in-progress")], "under-way", "others-see-progress"),
        ([asked("accepted", day=LONG_AGO), other("in-progress")], "under-way", "others-see-progress"),
        ([other("in-progress")], "under-way", "others-see-progress"),
        ([other("in-progress", day=LONG_AGO)], "stalled", "no-new-evidence"),
        ([asked("no-evidence")], "cannot-tell", "unclear"),
        ([asked("alternative", day=None)], "stalled", "no-new-evidence"),
        ([asked("in-progress", day=LONG_AGO), asked("rejected")], "set-aside", "asked-reject"),
        ([asked("rejected", day=LONG_AGO), asked("in-progress")], "under-way", "moving"),
        ([other("not-met", day=LONG_AGO)], "cannot-tell", "not-shown"),
        ([other("no-evidence")], "cannot-tell", "not-shown"),
        ([other("not-started")], "not-started", "not-begun"),
        ([other("stalled")], "stalled", "said-to-have-stopped"),
        ([other("alternative")], "cannot-tell", "unclear"),
        ([ours("done-as-written"), asked("rejected")], "done-as-written", "ours"),
        ([ours("under-way", day=LONG_AGO)], "stalled", "no-new-evidence"),
        ([ours("under-way", day=LONG_AGO), other("not-met")], "stalled", "no-new-evidence"),
        ([ours("set-aside", day=LONG_AGO)], "set-aside", "ours"),
    ],
)
def test_each_rule_gives_its_label(said, label, reason):
    found = judge(said, verification="text-seen", today=TODAY)
    assert (found.label, found.reason) == (label, reason)


@pytest.mark.parametrize("verification", ["gist-only", "memory-consistent", "unverified"])
def test_what_was_not_checked_can_be_called_nothing(verification):
    found = judge([asked("completed"), other("completed")], verification=verification, today=TODAY)
    assert (found.label, found.reason) == ("cannot-tell", "wording-not-checked")


@given(CLAIMS, st.randoms())
def test_the_order_in_which_claims_come_changes_nothing(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    found = judge(said, verification="text-seen", today=TODAY)
    assert found == judge(shuffled, verification="text-seen", today=TODAY)
    assert found.label in LABELS


@given(CLAIMS)
def test_not_started_is_only_what_somebody_said_was_not_begun(said):
    if judge(said, verification="text-seen", today=TODAY).label == "not-started":
        assert any(one.position == "not-started" for one in said)


@given(CLAIMS)
def test_nobody_marks_their_own_work(said):
    alone = [one for one in said if one.capacity == "addressee"]
    assert judge(alone, verification="text-seen", today=TODAY).label not in DONE


@given(CLAIMS)
def test_nothing_is_under_way_of_which_nothing_was_heard_for_a_year(said):
    old = [one for one in said if one.day is None or one.day < months_after(TODAY, -12)]
    assert judge(old, verification="text-seen", today=TODAY).label not in {"under-way", "planned"}


def test_twelve_months_end_on_the_same_day_a_year_on():
    assert months_after(dt.date(2026, 11, 23), -12) == dt.date(2025, 11, 23)
    assert months_after(dt.date(2024, 2, 29), -12) == dt.date(2023, 2, 28)
    said = [asked("in-progress", day=dt.date(2025, 11, 23))]
    assert judge(said, verification="text-seen", today=TODAY).label == "under-way"
    assert judge(said, verification="text-seen", today=TODAY + dt.timedelta(1)).label == "stalled"


def test_a_total_is_found_again_where_the_same_assessor_names_each():
    named = [
        Named("a", "EQUAL", "civil-society", "not-met", LONG_AGO),
        Named("b", "EQUAL", "civil-society", "no-evidence", LONG_AGO),
        Named("c", "Somebody else", "civil-society", "not-met", LONG_AGO),
    ]
    tally = {"not-met": 1, "no-evidence": 1}
    found = reproduce(tally, assessor="EQUAL", capacity="advisory-group", day=LATELY, named=named)
    assert (found.verdict, [line.found for line in found.lines], found.pooled) == ("found-again", [1, 1], False)


def test_a_total_of_those_asked_counts_the_last_that_any_of_them_said_by_then_and_says_so():
    named = [
        Named("a", "One minister", "addressee", "in-progress", LONG_AGO),
        Named("a", "Another", "addressee", "completed", LATELY),
        Named("b", "Another", "addressee", "completed", TODAY),
    ]
    found = reproduce({"completed": 16}, assessor="A third", capacity="addressee", day=LATELY, named=named)
    assert (found.verdict, found.lines[0].found, found.pooled) == ("in-part", 1, True)
    early = reproduce({"completed": 16}, assessor="A third", capacity="addressee", day=LONG_AGO, named=named)
    assert early.verdict == "none-named"
    assert reproduce({}, assessor="x", capacity="media", day=None, named=named).verdict == "not-counted"


def test_no_line_says_that_more_are_named_than_were_counted():
    named = [Named(key, "EQUAL", "civil-society", "completed", LATELY) for key in "abc"]
    found = reproduce(
        {"completed": 2, "in-progress": 1}, assessor="EQUAL", capacity="civil-society", day=None, named=named
    )
    assert (found.verdict, [line.position for line in found.lines]) == ("none-named", ["in-progress"])
