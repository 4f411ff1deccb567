"""The funnel on pages: the nation's and each area's, the same in chart, table and download, and judging nobody."""

import csv
import io
import re

import pytest

from evenhand.core.design.numbers import times
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits import exhibit
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.funnel import funnel
from evenhand.library.places import places

YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
FORCES = [force for force in places("police-force") if force.has_residents]


def shown_at(place="K04000001", group="Black", **asked):
    return shown_for(ask("stop-and-search", place=place, **asked), group)


def made(place="K04000001", group="Black", **asked):
    return exhibit(shown_at(place, group, **asked), "funnel")


def notes(found):
    return " ".join(note.text for note in found.notes)


@pytest.mark.parametrize("period", YEARS)
@pytest.mark.parametrize("group", ["Asian", "Black", "Mixed", "Other"])
def test_the_message_the_table_and_the_chart_count_the_same_areas(group, period):
    shown = shown_at(group=group, period=period)
    found, known = exhibit(shown, "funnel"), funnel(shown.question, group)
    out, judged = re.match(r"(\d+) of (\d+) force areas differ from England and Wales", found.heading).groups()
    where = {row.heading.text: row.cells[-1].text for row in found.table.rows}
    assert sum("outer" in said or "widened" in said for said in where.values()) == int(out)
    assert len(where) == len(known.areas) == 43
    assert int(judged) == 43 - sum("base under 30" in said or "not compared" in said for said in where.values()) - sum(
        row.flag in ("no-row", "suppressed") for row in found.table.rows
    )
    plot = found.chart.plot
    assert sum(dot.kind == "outside" for dot in plot.dots) == int(out)
    assert {dot.label: dot.shown for dot in plot.dots}.items() <= {
        row.heading.text: row.cells[0].text for row in found.table.rows
    }.items()
    assert {dot.label for dot in plot.dots if dot.named} == {
        name for name, said in where.items() if "outer" in said or "widened" in said
    }
    assert f"England and Wales {times(known.target)}" == plot.target_label


@pytest.mark.crawl(6)
@pytest.mark.parametrize("force", FORCES, ids=lambda force: force.name)
def test_an_area_is_picked_out_on_its_own_page_and_told_where_it_stands(force):
    found = made(force.code)
    if force.name == "City of London":
        assert found is None
        return
    (lead,) = [dot for dot in found.chart.plot.dots if dot.lead]
    assert lead.label == force.name
    assert force.name in found.heading
    (row,) = [row for row in found.table.rows if row.lead]
    assert row.heading.text == force.name
    said = row.cells[-1].text
    assert ("by more than chance" in found.heading) == ("outer" in said or "widened" in said)
    assert ("no more than chance" in found.heading) == (said == "within the inner lines")
    assert found.heading.startswith("Too little is counted") == (said == "a base under 30")


def test_it_says_what_a_place_outside_the_lines_means_and_how_many_chance_alone_would_bring():
    said = notes(made())
    assert "differs from the nation by more than chance alone would often bring about" in said
    assert "With 40 areas, 2 or so fall outside the dashed lines by chance." in said
    assert "The areas vary 37.3 times as much, in variance" in said
    assert "Outside these: Merseyside and Greater Manchester." in said
    assert "Not compared: City of London." in said
    assert ("Method", "funnel plot (Spiegelhalter 2005); over-dispersion factor 37.3") in made().receipt.pairs


def test_no_area_is_ranked_and_none_is_called_worse():
    for found in (made(), made("E23000016")):
        names = [row.heading.text for row in found.table.rows]
        assert names == sorted(names)
        words = " ".join([found.heading, found.subtitle, notes(found), found.chart.summary]).lower()
        assert not re.search(r"\b(worst|best|rank|league|because|biased|discriminat)", words)


@pytest.mark.parametrize(
    ("slug", "asked"),
    [
        ("stop-and-search", {"groups": 19}), ("stop-and-search", {"place": "Wales"}), ("arrests", {}),
        ("police-use-of-force", {}), ("police-use-of-force", {"place": "Kent"}), ("prison-population", {}),
    ],
)  # fmt: skip
def test_there_is_no_funnel_without_counts_for_each_area(slug, asked):
    assert exhibit(shown_for(ask(slug, **asked)), "funnel") is None


def test_table_and_chart_can_be_taken_away(visitor):
    path = "/evidence/stop-and-search/E23000016/funnel"
    rows = list(csv.reader(io.StringIO(visitor.get(f"{path}.csv").content.decode(), newline="")))
    west_mercia = dict(zip(rows[0], next(row for row in rows if row[0] == "West Mercia"), strict=True))
    assert float(west_mercia["chance_99_8_upper"]) < float(west_mercia["ratio"])
    assert west_mercia["where"] == "above the outer lines"
    drawing = visitor.get(f"{path}.svg").content.decode()
    assert "West Mercia differs from England and Wales by more than chance alone" in " ".join(
        re.sub(r"<[^>]+>", " ", drawing).split()
    )
