"""No single organisation can be found in what is told, whatever is subtracted from whatever else."""

import datetime as dt
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evenhand.domains.support.rules.periods import Period, financial_year, periods, quarter_of, since
from evenhand.domains.support.rules.reporting import (
    FEW,
    HELD,
    Asked,
    Given,
    Rows,
    added_up,
    as_number,
    at_least,
    figures,
    number,
    share,
    table,
    tally,
)

FIRST = dt.date(2025, 4, 1)
OUTCOMES = ("supported", "not-supported")


def quarters(count):
    found = [quarter_of(FIRST)]
    while len(found) < count:
        found.append(quarter_of(found[-1].ends + dt.timedelta(days=1)))
    return found


def rows_of(counts):
    """A programme by its quarters: how many were supported, how many were not, and how many had days confirmed."""
    asked, days = [], []
    for quarter, (yes, no, helped) in zip(quarters(len(counts)), counts, strict=True):
        day = quarter.begins + dt.timedelta(days=20)
        asked += [Asked(FIRST, "supported", day, awarded=12)] * yes + [Asked(FIRST, "not-supported", day)] * no
        days += [Given(f"organisation {at}", 2, day) for at in range(helped)]
    return Rows(tuple(asked), tuple(days))


def told_by(rows, counts, outcome):
    """Every count of one outcome that was ever told, at the end of each quarter: of which time, and how many."""
    facts = set()
    for over in range(1, len(counts) + 1):
        today = quarters(over)[-1].ends + dt.timedelta(days=1)
        told = periods(FIRST, today, rows.counts)
        times = [((one,), figures(rows, one)) for one in told]
        times += [(some, added_up(rows, some)) for some in (told, since(financial_year(today), told)) if some]
        for some, found in times:
            said = dict(found["reach"])[outcome].replace(",", "")
            if said != FEW:
                facts.add((some[0].begins, some[-1].ends, int(said)))
    return facts


def found_alone(facts, counts, outcome):
    """What an attacker works out exactly who knows all facts, and that counts are whole and not negative."""
    every = quarters(len(counts))
    truth = [count[OUTCOMES.index(outcome)] for count in counts]
    known = np.array([[begins <= one.begins and one.ends <= ends for one in every] for begins, ends, _ in facts], float)
    values = [value for _begins, _ends, value in facts]
    exact = []
    for first, last in combinations(range(len(every) + 1), 2):
        wanted = np.zeros(len(every))
        wanted[first:last] = 1
        if not 1 <= sum(truth[first:last]) <= 5:
            continue
        reached = [
            linprog(sign * wanted, A_eq=known if facts else None, b_eq=values or None, bounds=(0, 400)).fun * sign
            for sign in (1, -1)
        ]
        if reached[1] - reached[0] < 1:
            exact.append((first, last))
    return exact


COUNTS = st.lists(st.tuples(*[st.sampled_from((0, 1, 2, 3, 5, 6, 7, 9, 14))] * 3), min_size=2, max_size=5)


@settings(max_examples=25, deadline=None)
@given(COUNTS)
def test_no_subtraction_over_all_that_was_ever_told_finds_fewer_than_six(counts):
    rows = rows_of(counts)
    for outcome in OUTCOMES:
        assert found_alone(told_by(rows, counts, outcome), counts, outcome) == []


def test_the_same_attacker_finds_what_single_quarters_and_their_sum_would_give_away():
    counts = [(8, 0, 0), (3, 0, 0), (9, 0, 0)]
    every = quarters(3)
    facts = {(one.begins, one.ends, yes) for one, (yes, _no, _days) in zip(every, counts, strict=True) if yes > 5}
    facts.add((every[0].begins, every[-1].ends, 20))
    assert found_alone(facts, counts, "supported") == [(1, 2)]


def test_a_quarter_that_would_tell_too_much_is_counted_with_the_next():
    every = quarters(4)
    rows = rows_of([(7, 6, 0), (8, 2, 0), (0, 5, 6), (9, 0, 0)])
    told = periods(FIRST, dt.date(2026, 4, 1), rows.counts)
    assert told == (every[0], Period(every[1].begins, every[2].ends), every[3])
    assert dict(figures(rows, told[1])["reach"])["not-supported"] == "7"
    assert periods(FIRST, every[1].ends, rows.counts) == told[:1]  # a quarter that runs is no period
    assert dict(added_up(rows, told)["reach"])["supported"] == "24"


def test_days_and_pounds_of_fewer_than_six_are_withheld():
    few = Rows((Asked(FIRST, "supported", FIRST, awarded=20),) * 5, (Given("one", 4, FIRST),))
    assert dict(figures(few, quarter_of(FIRST))["given"]) == {
        "days-awarded": HELD,
        "days-confirmed": HELD,
        "delivered": "0",
    }
    pounds = Rows((Asked(FIRST, "supported", FIRST, awarded=1500),) * 6, in_days=False)
    assert dict(figures(pounds, quarter_of(FIRST))["given"]) == {"pounds-awarded": "£9,000"}
    assert dict(figures(Rows(pounds.asked[:5], in_days=False), quarter_of(FIRST))["given"]) == {"pounds-awarded": HELD}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(OUTCOMES)), max_size=70))
def test_no_column_of_a_table_can_be_worked_out_from_its_total(people):
    rows = table([Asked(FIRST, outcome, area=area) for area, outcome in people], lambda one: one.area)
    if not rows:
        return
    for column in (1, 2):
        *cells, total = [row[column] for row in rows]
        if not total.isdigit():
            continue
        hidden = sorted(cell for cell in cells if not cell.isdigit())  # small ones first
        left = int(total) - sum(int(cell) for cell in cells if cell.isdigit())
        assert all(int(cell) not in range(1, 6) for cell in cells if cell.isdigit())
        assert len(hidden) != 1
        if FEW in hidden:  # the least and the most that a small one can be are not the same
            others = [(1, 5) if cell == FEW else (6, left) for cell in hidden[1:]]
            least, most = left - sum(high for _low, high in others), left - sum(low for low, _high in others)
            assert max(1, least) < min(5, most)


def test_shares_protect_a_part_and_what_is_left_of_it():
    assert [number(count) for count in (0, 1, 5, 6, 1200)] == ["0", FEW, FEW, "6", "1,200"]
    assert share(3, 20) == share(17, 20) == "withheld, of 20"
    assert (share(10, 20), share(20, 40)) == ("10 of 20", "20 of 40 (50%)")
    assert (share(0, 0), share(2, 4)) == ("", FEW)
    assert tally(["a"] * 19 + ["b"] * 8, 20) == [["a", "withheld, of 20"], ["b", "8 of 20"]]


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (1, FEW), (5, FEW), (6, "at least 6"), (17, "at least 12")])
def test_what_still_moves_is_counted_in_sixes(count, said):
    assert at_least(count) == said


@pytest.mark.parametrize(("value", "count"), [("0", 0), ("1,200", 1200), ("£9,000", 9000), ("2½", 2.5), ("¾", 0.75)])
def test_what_is_shown_is_a_number_in_a_spreadsheet(value, count):
    assert as_number(value) == count
