"""Every measure's pages: each kind of figure in its own words, the journey as one page, and nothing that cannot be."""

import csv
import html
import io
import re
from itertools import product

import pytest

from evenhand.core.design.numbers import times
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits import EXHIBITS, exhibit, exhibits
from evenhand.domains.evidence.queries.journey import COLUMNS, journey
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.catalogue import measures
from evenhand.library.places import places
from evenhand.library.vocabulary import stages

# What other parts have to say of a measure stands in the database.
pytestmark = [pytest.mark.usefixtures("gathered_styles"), pytest.mark.django_db]
ANSWERED = [
    pytest.param(one.slug, answer.groups, id=f"{one.slug}-{answer.groups}")
    for one in measures()
    for answer in one.answers
]
HEAVIEST = 60_000


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.crawl(10)
@pytest.mark.parametrize(("slug", "groups"), ANSWERED)
def test_every_measure_has_its_page_with_its_headline_caveats_and_sources(slug, groups, client):
    response = client.get(f"/evidence/{slug}/?groups={groups}")
    assert response.status_code == 200
    said = text(response)
    answered = ask(slug, groups=groups).answer()
    assert "".join(words.headline(answered, words.lead_of(answered))) in said
    for caveat in answered.caveats:
        assert caveat.text in said
    for source in answered.sources:
        assert source.title in said
    for note in answered.notes:
        assert note in said


@pytest.mark.crawl(8)
@pytest.mark.parametrize(("slug", "groups"), ANSWERED)
def test_nothing_published_without_counts_is_given_a_range_on_its_page(slug, groups, client):
    answered = ask(slug, groups=groups).answer()
    if answered.kind == "counts":
        return
    shown = shown_for(ask(slug, groups=groups))
    for one in exhibits(shown):
        if one.id in ("groups", "trend"):
            names = [column.name for column in one.table.columns]
            assert "Likely range" not in names or one.id == "trend"
            assert "Poisson" not in str(one.receipt.pairs)
            assert "interval" not in str(one.chart.svg).replace("dot-and-interval", "") if one.chart else True
    assert "no likely range" in text(client.get(f"/evidence/{slug}/?groups={groups}"))


@pytest.mark.crawl(6)
@pytest.mark.parametrize(("slug", "groups"), ANSWERED)
def test_every_exhibit_can_be_fetched_by_its_name(slug, groups):
    shown = shown_for(ask(slug, groups=groups))
    made = exhibits(shown)
    assert len({one.id for one in made}) == len(made)
    for one in made:
        assert exhibit(shown, one.id).table == one.table
    assert exhibit(shown, "nothing") is None


@pytest.mark.parametrize("one", [one for one in measures() if not one.answers], ids=lambda one: one.slug)
def test_a_measure_that_nobody_publishes_says_so_and_where_to_look(one, client):
    response = client.get(f"/evidence/{one.slug}/")
    assert response.status_code == 200
    assert f"{one.title}: no open count by ethnicity" in text(response)
    assert one.not_published in text(response)
    for path in (f"/evidence/{one.slug}/K04000001/", f"/evidence/{one.slug}/K04000001/groups.csv"):
        refused = client.get(path)
        assert refused.status_code == 404
        assert "no open count by ethnicity" in text(refused)


def test_a_further_table_says_what_its_file_says():
    shown = shown_for(ask("prison-population"))
    table = {row.heading.text: [cell.text for cell in row.cells] for row in exhibit(shown, "sex").table.rows}
    assert [column.name for column in exhibit(shown, "sex").table.columns] == [
        *("Sex", "Asian", "Black", "Mixed", "White", "Other"),
    ]
    assert table["Women and girls"] == ["164", "251", "170", "2,893", "54"]
    assert table["Men and boys"] == ["6,768", "10,063", "4,030", "59,799", "2,133"]
    assert table["All"] == ["6,932", "10,314", "4,200", "62,692", "2,187"]


def test_a_withheld_number_stays_withheld_in_a_further_table():
    rows = exhibit(shown_for(ask("youth-custody")), "months").table.rows
    april = next(row for row in rows if row.heading.text == "April 2023")
    assert [cell.reason for cell in april.cells] == ["", "", "", "", "withheld by the publisher"]


def test_the_line_is_broken_where_periods_are_missing_and_the_page_says_why():
    chart = exhibit(shown_for(ask("homicide-victims")), "trend").chart
    assert chart.plot.breaks == (1, 2)
    notes = {note.heading: note.text for note in exhibit(shown_for(ask("homicide-victims")), "trend").notes}
    assert "overlap" in notes["Where the line is broken"]
    assert exhibit(shown_for(ask("prison-self-harm")), "trend").chart.plot.breaks == ()


def test_years_together_stand_in_the_table_and_not_in_the_line():
    found = exhibit(shown_for(ask("child-custody"), "Black"), "trend")
    assert found.chart.plot.periods == ("2022/23", "2023/24", "2024/25")
    assert [row.heading.text for row in found.table.rows][-1] == "2022/23 to 2024/25"
    assert [row.cells[2].text for row in found.table.rows] == ["1.5", "2.6", "0.9", "1.6"]


def test_a_ratio_below_parity_is_told_from_the_other_side():
    answered = ask("prison-self-harm").answer()
    said = "".join(words.headline(answered, words.lead_of(answered)))
    assert said == (
        "In England and Wales, White people in prison were recorded as harming themselves at 5.6 times the rate of "
        "Black people in prison"
    )


# The journey


def test_the_journey_has_every_stage_in_order_and_every_measure_once(client):
    made = journey()
    assert [stage.slug for stage, _ in (*made["journey"], *made["beside"])] == [stage.slug for stage in stages()]
    page = client.get("/evidence/").content.decode()
    for one in measures():
        assert page.count(f'<a href="/evidence/{one.slug}/">{one.title}</a>') >= 1
    at = [page.index(f'<tbody id="{stage.slug}">') for stage in stages()]
    assert at == sorted(at)


def test_every_mark_of_the_journey_is_its_measures_ratio_to_the_reference():
    titles = {one.title: one.slug for one in measures()}
    for _, lines in journey()["journey"]:
        for line in lines:
            if not line.marks:
                assert line.said
                continue
            assert tuple(mark.group for mark in line.marks) == COLUMNS
            rows = {row.group: row for row in ask(titles[line.title]).answer().rows}
            for mark in line.marks:
                row = rows.get(mark.group) or rows.get({"Other": "Chinese or other"}.get(mark.group, ""))
                assert mark.shown == (times(row.ratio) if row and row.ratio is not None else "")
                assert bool(mark.strip) == bool(mark.shown)
                assert mark.shown or mark.why


def test_who_it_is_out_of_is_told_apart_on_every_line():
    for _, lines in journey()["journey"]:
        for line in lines:
            if line.marks:
                assert line.out_of.startswith(("out of those who came this far", "out of", "on one day, out of"))
    lines = {line.title: line.out_of for _, found in journey()["journey"] for line in found}
    assert lines["Stop and search"] == "out of residents"
    assert lines["Remand in custody"] == "out of those who came this far: defendants"
    assert lines["Prison population"] == "on one day, out of residents"


def test_where_the_pattern_turns_round_is_said(client):
    said = text(client.get("/evidence/"))
    for part in (
        "Black, Asian, Chinese or other and Mixed people in prison were recorded as harming themselves at a lower rate",
        "Black and Mixed children were searched more often than White children, and Asian and “Other” less often",
    ):
        assert part in said


def test_the_journey_is_light(client):
    assert len(client.get("/evidence/").content) < HEAVIEST


def test_the_table_of_the_journey_has_every_ratio_at_full_precision(client):
    lines = list(csv.DictReader(io.StringIO(client.get("/evidence/journey.csv").content.decode())))
    black = next(line for line in lines if (line["measure"], line["group"]) == ("prison-population", "Black"))
    row = next(row for row in ask("prison-population").answer().rows if row.group == "Black")
    assert float(black["ratio"]) == row.ratio
    assert (black["events"], black["population"]) == ("10314", "2409283")


# The whole of it


@pytest.mark.long
def test_every_measure_place_period_and_reference_answers_or_says_why_not(client):
    codes = [
        one.code
        for kind in ("nation", "region", "police-force")
        for one in places(kind)
        if one.code[0].isalpha() and one.code[1:].isdecimal()
    ]
    for one, code in product(measures(), codes):
        for level in one.answers or [None]:
            base = f"/evidence/{one.slug}/{code}/" + (f"?groups={level.groups}" if level else "")
            response = client.get(base)
            assert response.status_code in (200, 404), base
            if response.status_code == 404:
                assert re.search(r"Not published here|no open count", text(response)), base
                continue
            for period in ask(one.slug, place=code, groups=level.groups).periods:
                assert client.get(f"{base}&period={period}").status_code == 200, (base, period)


@pytest.mark.long
def test_every_download_of_every_measure_answers(client):
    for one in measures():
        for level in one.answers:
            shown = shown_for(ask(one.slug, groups=level.groups))
            for made in exhibits(shown):
                assert client.get(shown.url(made.id, "csv")).status_code == 200, (one.slug, made.id)
                if made.chart:
                    assert client.get(shown.url(made.id, "svg")).status_code == 200, (one.slug, made.id)
            names = {made.id for made in exhibits(shown)}
            for name in set(EXHIBITS) - names:
                assert client.get(shown.url(name, "csv")).status_code == 404
