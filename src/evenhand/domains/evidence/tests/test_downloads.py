"""Exhibits to take away: every form of every table agrees with the page to the last digit, and says what it is."""

import html
import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as ET

import html5lib
import pytest
from csvw import CSVW
from openpyxl import load_workbook
from PIL import Image

from evenhand.core.exports.tests.make import read_csv, read_workbook, workbook_faults
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits import exhibits
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised
from evenhand.library.datasets.catalogue import measures

SEARCH = "/evidence/stop-and-search/"
FORMS = ("csv", "csv-metadata.json", "xlsx", "json")
HTML = "{http://www.w3.org/1999/xhtml}"
NUMBER = re.compile(r"[−-]?[\d,]+(?:\.\d+)?%?")
# Real answers of every shape: counts by 5 and 19 groups, places, small bases, published rates, ratios and shares.
ANSWERS = {
    "nation": ("stop-and-search", {}),
    "nation, 19 groups": ("stop-and-search", {"groups": 19}),
    "nation, compared with Black": ("stop-and-search", {"reference": "Black"}),
    "place": ("stop-and-search", {"place": "E23000016"}),
    "place, a small base leads": ("stop-and-search", {"place": "W15000001"}),
    "place, a group with no row": ("stop-and-search", {"place": "W15000004", "period": "2020/21"}),
    "place, not compared": ("stop-and-search", {"place": "E23000034"}),
    "arrests": ("arrests", {}),
    "children, two denominators": ("child-custody", {}),
    "published ratios": ("custodial-sentences", {}),
    "published rates": ("prison-self-harm", {}),
    "shares": ("homicide-victims", {}),
    "suppressed": ("prison-pava", {}),
    "a stock": ("prison-population", {}),
}


@pytest.fixture(params=ANSWERS, scope="module")
def shown(request):
    slug, asked = ANSWERS[request.param]
    return shown_for(ask(slug, **asked))


def taken(client, shown, exhibit, form):
    response = client.get(shown.url(exhibit.id, form))
    assert response.status_code == 200, (exhibit.id, form)
    return response


def page_of(client, shown):
    """The page as parsed, for this very release."""
    return html5lib.parse(client.get(shown.permalink).content.decode())


def words(element):
    return " ".join("".join(element.itertext()).split())


@pytest.mark.django_db
def test_every_form_of_every_table_agrees_to_the_last_digit(shown, client):
    made = exhibits(shown)
    assert made
    for exhibit in made:
        names = [field.name for field in exhibit.table.fields]
        expected = list(exhibit.table.records())
        heading, rows = read_csv(taken(client, shown, exhibit, "csv").content)
        objects = json.loads(taken(client, shown, exhibit, "json").content)["rows"]
        titles, cells = read_workbook(taken(client, shown, exhibit, "xlsx").content)
        assert heading[: len(names)] == names
        assert list(objects[0])[: len(names)] == names
        assert len(titles) == len(heading)
        assert len(expected) == len(rows) == len(objects) == len(cells)
        for record, texts, found, shown_cells in zip(expected, rows, objects, cells, strict=True):
            for value, text, name, cell in zip(record, texts, names, shown_cells, strict=False):
                if isinstance(value, int | float):
                    assert float(text) == found[name] == cell == value
                elif isinstance(value, str):
                    assert (text, found[name], cell) == (value, value, value or "[none]")
                else:
                    mark = f"[{value.reason or 'no figure'}]"
                    assert (text, found[name], cell, found["missing"][name]) == (mark, None, mark, mark[1:-1])


@pytest.mark.django_db
def test_the_page_shows_the_table_that_is_taken_away(shown, client):
    tables = [table for table in page_of(client, shown).iter(f"{HTML}table") if table.get("class") == "table"]
    by_caption = {words(table.find(f"{HTML}caption")): table for table in tables}
    for exhibit in exhibits(shown):
        rows = by_caption[exhibit.table.caption].findall(f"{HTML}tbody/{HTML}tr")
        assert len(rows) == len(exhibit.table.rows)
        for row, line in zip(exhibit.table.rows, rows, strict=True):
            for cell, shown_cell in zip((row.heading, *row.cells), line, strict=True):
                assert (cell.text or cell.reason or "no figure") in words(shown_cell)


@pytest.mark.django_db
def test_every_number_of_the_page_is_the_value_taken_away_rounded_half_up(shown):
    seen = 0
    for exhibit in exhibits(shown):
        for row in exhibit.table.rows:
            for cell, column in zip(row.cells, exhibit.table.columns[1:], strict=True):
                values = cell.value if isinstance(cell.value, tuple) else (cell.value,)
                # A share with its range is printed in two places of one cell.
                printed = NUMBER.findall(f"{cell.text} {cell.reason}" if len(values) == 3 else cell.text)
                if len(printed) != len(values) or not all(isinstance(value, int | float) for value in values):
                    continue
                for text, value, field in zip(printed, values, column.fields, strict=True):
                    places = len(text.rstrip("%").partition(".")[2])
                    exact = Decimal(repr(value)) * (100 if field.kind == "share" else 1)
                    shown_as = Decimal(text.rstrip("%").replace(",", "").replace("−", "-"))
                    assert shown_as == exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), (exhibit.id, text)
                    seen += 1
    assert seen


@pytest.mark.django_db
def test_every_spreadsheet_keeps_the_rules(shown, client):
    for exhibit in exhibits(shown):
        assert workbook_faults(taken(client, shown, exhibit, "xlsx").content) == []


@pytest.mark.django_db
def test_every_description_is_valid_and_fits_its_file(shown, client, tmp_path):
    for exhibit in exhibits(shown):
        (tmp_path / f"{exhibit.id}.csv").write_bytes(taken(client, shown, exhibit, "csv").content)
        described = json.loads(taken(client, shown, exhibit, "csv-metadata.json").content)
        assert described["url"] == shown.url(exhibit.id, "csv").rpartition("/")[2] or "/" not in described["url"]
        (tmp_path / f"{exhibit.id}.csv-metadata.json").write_text(json.dumps({**described, "url": f"{exhibit.id}.csv"}))
        found = CSVW(str(tmp_path / f"{exhibit.id}.csv"), validate=True)
        assert found.is_valid, [str(warning.message) for warning in found.warnings]


@pytest.mark.django_db
def test_every_column_has_a_stable_name_and_every_file_says_where_it_belongs(shown, client):
    for exhibit in exhibits(shown):
        for column in exhibit.table.columns:
            assert column.fields, f"“{column.name}” of {exhibit.id} has no name for machines: give it one"
        rows = json.loads(taken(client, shown, exhibit, "json").content)
        for row in rows["rows"]:
            assert row["release"] == shown.answered.release
            assert all(row[name] for name in ("place", "place_code", "period", "source", "licence"))
        assert rows["sources"]
        assert all(source["publisher"] and source["title"] and source["licence"] for source in rows["sources"])
        said = {note["heading"] for note in rows["notes"]}
        assert {caveat.heading for caveat in shown.answered.caveats} <= said


@pytest.mark.crawl(2)
@pytest.mark.django_db
def test_every_chart_is_a_drawing_and_a_picture_of_twice_its_size(shown, client):
    for exhibit in exhibits(shown):
        if exhibit.chart is None:
            assert client.get(shown.url(exhibit.id, "png")).status_code == 404
            continue
        drawn = taken(client, shown, exhibit, "svg")
        tree = ET.fromstring(drawn.content)  # noqa: S314  (our own drawing)
        picture = taken(client, shown, exhibit, "png")
        assert picture.headers["Content-Type"] == "image/png"
        with Image.open(io.BytesIO(picture.content)) as image:
            assert image.size == (2 * int(tree.get("width")), 2 * int(tree.get("height")))
        assert f"release{shown.answered.release}" in "".join("".join(tree.itertext()).split())


def test_the_header_of_a_download_says_what_it_is(client):
    path = f"{SEARCH}E23000016/groups"
    response = client.get(f"{path}.csv", {"period": "2024/25", "utm_source": "x"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Link"] == (
        '<groups.csv-metadata.json?period=2024%2F25>; rel="describedby"; type="application/csvm+json"'
    )
    described = client.get(f"{path}.csv-metadata.json", {"period": "2024/25"})
    assert described.headers["Content-Type"] == "application/csvm+json"
    assert json.loads(described.content)["url"] == "groups.csv?period=2024%2F25"
    sheet = client.get(f"{path}.xlsx")
    assert sheet.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert sheet.headers["Content-Disposition"] == (
        'attachment; filename="stop-and-search-E23000016-groups-2024-25.xlsx"'
    )
    assert client.get(f"{path}.svg").headers["Content-Disposition"].startswith("inline; ")
    for form in FORMS:
        assert client.get(f"{path}.{form}").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/evidence/method/").headers


def test_a_form_that_there_is_not_is_not_found(client):
    for form in ("xls", "csv-metadata", "pdf", "json5"):
        assert client.get(f"{SEARCH}E23000016/groups.{form}").status_code == 404


def test_a_quoted_download_keeps_its_bytes_in_every_form(client, store):
    quoted = {"period": "2024/25", "groups": "5", "reference": "White", "release": release(store)}
    paths = [f"{SEARCH}E23000016/groups.{form}" for form in (*FORMS, "svg", "png")]
    before = [client.get(path, quoted).content for path in paths]
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    assert [client.get(path, quoted).content for path in paths] == before
    assert [client.get(path).content for path in paths] != before


def test_every_receipt_offers_every_form_and_so_does_take_it_away(client):
    page = client.get(f"{SEARCH}?period=2024/25").content.decode()
    for form in (*FORMS, "svg", "png"):
        offered = re.findall(rf'href="{SEARCH}K04000001/groups\.{form}\?([^"]+)"', page)
        assert len(offered) == 2
        assert all("release=" in html.unescape(query) for query in offered)
    assert page.count('aria-label="Table as XLSX"') == 2 * len(exhibits(shown_for(ask("stop-and-search"))))


def test_a_program_that_has_only_the_address_finds_the_description(live_server, settings, tmp_path):
    """The whole way over HTTP, as a stranger's program goes it: the file, its link, its description, its types."""
    found = CSVW(f"{live_server.url}{SEARCH}E23000016/groups.csv?period=2024%2F25", validate=True)
    assert not found.no_metadata
    first = next(iter(found.tables[0].iterdicts(strict=True)))
    assert first["group"] == "Black"
    assert first["events"] == 168
    assert isinstance(first["ratio"], float)


@pytest.mark.django_db
def test_the_journey_is_one_table_to_take_away(client, tmp_path):
    answered = {one.slug for one in measures() if one.answers}
    heading, rows = read_csv(client.get("/evidence/journey.csv").content)
    assert {row[heading.index("measure")] for row in rows} <= answered
    assert workbook_faults(client.get("/evidence/journey.xlsx").content) == []
    (tmp_path / "journey.csv").write_bytes(client.get("/evidence/journey.csv").content)
    (tmp_path / "journey.csv-metadata.json").write_bytes(client.get("/evidence/journey.csv-metadata.json").content)
    assert CSVW(str(tmp_path / "journey.csv"), validate=True).is_valid
    cells = load_workbook(io.BytesIO(client.get("/evidence/journey.xlsx").content))["Table"]
    assert cells.max_row == len(rows) + 3
