"""What every loader can lean on: rates and shares, years, sums along any axis, and tables of unlike shape."""

from datetime import date

import pytest

from evenhand.library.datasets.catalogue import loaders
from evenhand.library.datasets.loader import (
    KINDS_OF_UNKNOWN,
    UNRECORDED,
    Loader,
    Observation,
    RefusedFile,
    Total,
    adds_up,
    financial_year,
)
from evenhand.library.datasets.store import shipped_content

SOURCE = "T,https://example.org/,1,OGL v3.0"
KENT, ESSEX, NATION = "E23000032", "E23000028", "K04000001"


@pytest.fixture
def table():
    """A loader of a small table: each row is series, period, place, group, detail, age and value."""

    def make(*rows, column="count", **more):
        def read(row):
            value, state = getattr(row, column)("value")
            parts = [row.text(part) for part in ("series", "period", "place")]
            yield Observation(
                *parts,
                "five",
                row.text("group"),
                value,
                state,
                row.number,
                "value",
                row.source,
                detail=row.text("detail"),
                age=row.text("age"),
            )

        columns = ("series", "period", "place", "group", "detail", "age", "value")
        text = "".join(f"{line}\n" for line in (f"{','.join(columns)},source_title,source_url,table,licence", *rows))
        one = Loader(
            name="try",
            file="try.csv",
            title="Try",
            publisher="Nobody",
            landing_page="https://example.org/",
            licence="OGL v3.0",
            basis="self-defined",
            counts="events",
            one_row="one",
            columns=columns,
            read=read,
            checked="not yet checked by a person",
            look_again=date(2027, 1, 1),
            **more,
        )
        return one.load(text.encode())

    return make


def row(value, *, series="cases", period="2024", place=KENT, group="White", detail="", age="All"):
    return f"{series},{period},{place},{group},{detail},{age},{value},{SOURCE}"


def reasons(caught):
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("0.4", 0.4), ("1250.75", 1250.75)])
def test_a_rate_is_any_number_of_zero_or_more(table, text, value):
    (found,) = table(row(text, series="rate-per-1000"), column="rate")
    assert (found.value, found.state) == (value, "present")
    with pytest.raises(RefusedFile) as caught:
        table(row("-0.1", series="rate-per-1000"), column="rate")
    assert reasons(caught) == ["row 2, value: '-0.1' is not a rate: it must be 0 or more"]


@pytest.mark.parametrize("text", ["0", "0.0", "55.5", "100"])
def test_a_percentage_is_from_zero_to_a_hundred(table, text):
    (found,) = table(row(text, series="percent"), column="percent")
    assert found.value == float(text)
    for wrong in ("100.1", "-1"):
        with pytest.raises(RefusedFile) as caught:
            table(row(wrong, series="percent"), column="percent")
        assert reasons(caught) == [f"row 2, value: {wrong!r} is not a percentage: it must be from 0 to 100"]


@pytest.mark.parametrize(("text", "state"), [("", "no-row"), ("*", "suppressed"), ("N/A", "not-applicable")])
def test_a_rate_that_is_not_given_has_its_state_and_no_value(table, text, state):
    for column in ("rate", "percent"):
        (found,) = table(row(text, series="percent"), column=column)
        assert (found.value, found.state) == (None, state)


@pytest.mark.parametrize(
    "series",
    [
        "rate-per-1000",
        "searches-per-100000",
        "percent",
        "share",
        "guilty-plea-percent",
        "relative-rate-index",
        "median-nights",
    ],
)
def test_rates_shares_and_averages_are_known_by_the_name_of_their_series(series):
    assert not adds_up(series)


@pytest.mark.parametrize("series", ["searches", "arrests", "residents", "people", "episodes", "children"])
def test_counts_may_be_added_up(series):
    assert adds_up(series)


def test_a_rate_under_the_name_of_a_count_is_refused(table):
    with pytest.raises(RefusedFile) as caught:
        table(row("0.4", series="searches"), column="rate")
    assert reasons(caught) == ["row 2, value: 0.4 is no count, and 'searches' is a series of counts"]


@pytest.mark.parametrize("one", loaders(), ids=lambda one: one.name)
def test_every_kind_of_unknown_that_is_shipped_is_known(one):
    kinds = {each.group for each in one.load(shipped_content(one)) if each.classification == UNRECORDED}
    assert kinds <= set(KINDS_OF_UNKNOWN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year ending March 2025", "2024/25"),
        ("year_ending_march_2000", "1999/00"),
        (" 2019 ", "2018/19"),
    ],
)
def test_a_financial_year_is_written_as_people_say_it(text, said):
    assert financial_year(text) == said


@pytest.mark.parametrize("text", ["2024/25", "year ending June 2025", "25", "year ending March 2025 (provisional)", ""])
def test_what_is_no_financial_year_is_refused(text):
    with pytest.raises(LookupError, match="does not say in which year"):
        financial_year(text)


PLACES = Total(NATION, (KENT, ESSEX), along="place")


def test_a_total_may_run_along_places_details_ages_or_years(table):
    for along, whole, parts in (
        ("place", NATION, (KENT, ESSEX)),
        ("detail", "", ("Theft", "Fraud")),
        ("age", "All", ("under-18", "18-or-over")),
        ("period", "2023 to 2024", ("2023", "2024")),
    ):
        rows = [row(value, **{along: name}) for name, value in zip((whole, *parts), (5, 2, 3), strict=True)]
        assert len(table(*rows, totals=(Total(whole, parts, along=along),))) == 3
        wrong = [row(value, **{along: name}) for name, value in zip((whole, *parts), (6, 2, 3), strict=True)]
        with pytest.raises(RefusedFile) as caught:
            table(*wrong, totals=(Total(whole, parts, along=along),))
        assert reasons(caught) == [f"row 2, value: {whole or 'every detail'} is 6, but its parts add to 5"]


def test_a_total_with_a_part_left_out_is_refused_and_alone_it_stands_where_it_may(table):
    with pytest.raises(RefusedFile) as caught:
        table(row(5, place=NATION), row(2, place=KENT), totals=(PLACES,))
    assert reasons(caught) == [f"row 2, value: {NATION} has no row for {ESSEX}"]
    with pytest.raises(RefusedFile):
        table(row(5, place=NATION), totals=(PLACES,))
    alone = Total(NATION, (KENT, ESSEX), along="place", alone=True)
    assert table(row(5, place=NATION), totals=(alone,))
    with pytest.raises(RefusedFile):
        table(row(5, place=NATION), row(2, place=KENT), totals=(alone,))


def test_a_total_may_hold_for_one_series_only(table):
    rows = (row(5, place=NATION), row(2, place=KENT), row(2, place=ESSEX))
    with pytest.raises(RefusedFile):
        table(*rows, totals=(PLACES,))
    assert table(*rows, totals=(Total(NATION, (KENT, ESSEX), along="place", series="rates"),))


def test_a_total_says_what_it_holds_to():
    assert str(Total("All", ("A", "B"))) == "All = A + B"
    assert str(Total("", ("A", "B"), along="detail")) == "every detail = A + B"
    assert str(Total("All", tuple("ABCDEFGHIJKLM"))) == "All = the sum of 13 parts"


def test_tables_of_unlike_shape_stand_apart_and_each_is_whole(table):
    rows = [row(1, place=place, detail="") for place in (KENT, ESSEX)] + [row(1, place=NATION, detail="CED")]
    with pytest.raises(RefusedFile, match="there is no row for 2024, E23000028, White, CED"):
        table(*rows)
    assert len(table(*rows, apart=("detail",))) == 3
    with pytest.raises(RefusedFile, match="there is no row for 2024, E23000028, Black"):
        table(*rows, row(1, place=KENT, group="Black"), apart=("detail",))


def test_a_table_of_police_forces_needs_them_all_and_one_of_the_country_needs_none(table):
    assert table(row(1, place=NATION), covers=("police-force",))
    with pytest.raises(RefusedFile, match="there is no row for 2024, E23000001, White"):
        table(row(1, place=KENT), covers=("police-force",))
