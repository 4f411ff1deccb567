"""What nobody recorded, period by period: each share under its source, the same in chart, table and download."""

import csv
import io

import pytest

from evenhand.core.design.numbers import percent
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits import exhibit
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.catalogue import measures
from evenhand.library.datasets.unknowns import unknown_shares


def made(slug, **asked):
    return exhibit(shown_for(ask(slug, **asked)), "unknown-years")


@pytest.mark.parametrize("slug", [one.slug for one in measures() if one.answers])
def test_it_is_there_exactly_where_more_than_one_share_is_published(slug):
    known = unknown_shares(ask(slug))
    found = made(slug)
    assert (found is not None) == (len(known) > 1)
    if found is None:
        return
    shown = [percent(one.unknown.share) for one in known]
    assert [row.shown for row in found.chart.plot.rows] == shown
    assert [row.cells[0].text for row in found.table.rows] == shown
    assert percent(min(one.unknown.share for one in known)) in found.heading
    assert percent(max(one.unknown.share for one in known)) in found.heading
    assert len({row.under for row in found.chart.plot.rows}) == len({one.source for one in known})


def test_searches_of_two_years_stand_under_two_sources_and_the_page_says_why():
    found = made("stop-and-search")
    assert [row.under for row in found.chart.plot.rows] == [
        "Race Disparity Unit, from Home Office figures, 19 groups",
        "Home Office, 5 groups",
    ]
    assert [row.lead for row in found.chart.plot.rows] == [False, True]
    assert "is not a change from one year to another" in found.notes[0].text
    assert [row.lead for row in made("stop-and-search", groups=19).chart.plot.rows] == [True, False]


def test_the_download_has_every_share_in_full(visitor):
    response = visitor.get("/evidence/police-use-of-force/E23000016/unknown-years.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    assert [row["when"] for row in rows] == ["2018/19", "2019/20"]
    for row in rows:
        share = float(row["share"])
        assert share == int(row["not_recorded"]) / int(row["all"])
        assert float(row["share_lower"]) < share < float(row["share_upper"])


def test_equal_shares_are_told_once():
    found = made("police-use-of-force", place="Greater Manchester")
    assert found.heading == "1.2% of tactics reported had no ethnicity recorded, in each of 2 periods"
