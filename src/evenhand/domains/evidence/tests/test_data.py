"""Every dataset has its page, its files and its place in the list; every release keeps its bytes."""

import html
import io
import json
import re

import frictionless
import pytest
from csvw import CSVW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.exports.tests.make import read_csv, read_workbook, workbook_faults
from evenhand.domains.evidence.queries.data import held as holding
from evenhand.domains.evidence.queries.data.sheets import KEY
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, revised
from evenhand.library.datasets.catalogue import loader, loaders, measures
from evenhand.library.datasets.store import shipped_content
from evenhand.library.datasets.tests.shipped import FIRST_DAY

DATA = "/evidence/data/"
FORMS = ("csv", "xlsx", "json")
COUNCILS = "census-2021-councils"
NAMES = [one.name for one in loaders()]
# One of each sort: withheld cells, notes, several series, several classifications, places, faiths.
SOME = (
    "prison-pava-by-faith", "child-decision-points", "stop-search-by-police-force", "police-use-of-force",
    "prison-population-by-faith-1999", "self-inflicted-deaths-in-prison", "stop-search-raw-labels",
)  # fmt: skip


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def address(name, form="csv", version=""):
    return f"{DATA}{name}/{version or holding.current_of(name).version}/observations.{form}"


def taken(client, name, form="csv"):
    response = client.get(address(name, form))
    assert response.status_code == 200
    return response


def test_the_list_has_every_dataset_once_with_what_a_reader_needs(visitor):
    page = visitor.get(DATA).content.decode()
    assert re.findall(rf'<h3><a href="{DATA}([a-z0-9-]+)/">', page).__len__() == len(NAMES) == 71
    assert {name for name in NAMES if page.count(f'href="{DATA}{name}/"') == 1} == set(NAMES)
    said = text(visitor.get(DATA))
    for word in ("Publisher:", "Ethnicity:", "Periods:", "Licence:", "Released here:", "Figures:"):
        assert said.count(word) == len(NAMES)
    assert "Figures: 6,289" in said


def test_datasets_stand_at_the_stage_they_count_and_populations_under_their_publisher(visitor):
    page = visitor.get(DATA).content.decode()
    parts = re.split(r'<h2 id="part-\d+">', page)[1:]
    by_heading = {part.partition("</h2>")[0]: part for part in parts}
    assert f"{DATA}stop-search-by-police-force/" in by_heading["Stop and search"]
    assert f"{DATA}census-2021-councils/" in by_heading["Others, of Office for National Statistics"]
    headings = list(by_heading)
    assert headings.index("Stop and search") < headings.index("Arrest") < headings.index("Prison")
    assert all(heading.startswith("Others") for heading in headings[headings.index("Others, of Home Office") :])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pava", {name for name in NAMES if name.startswith("prison-pava")}),
        ("PAVA  faith", {"prison-pava-by-faith"}),
        ("residents census 2021 councils", {"census-2021-councils"}),
        ("zebra", set()),
    ],
)  # fmt: skip
def test_the_list_is_searched_by_words_without_scripts(asked, found, visitor):
    response = visitor.get(DATA, {"q": asked})
    assert response.status_code == 200
    assert set(re.findall(rf'<h3><a href="{DATA}([a-z0-9-]+)/">', response.content.decode())) == found
    count = f"{len(found)} dataset{'s have' if len(found) != 1 else ' has'}"
    assert f"{count} “{asked.strip()}”" in text(response) or f"{count} “{' '.join(asked.split())}”" in text(response)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=120) | st.sampled_from(['"><script>', "{{ 7*7 }}", "%s", "\x00", "' OR 1=1 --"]))
def test_whatever_is_searched_for_is_shown_as_text(asked, visitor):
    response = visitor.get(DATA, {"q": asked})
    assert response.status_code == 200
    assert b"<script" not in response.content


@pytest.mark.crawl(10)
@pytest.mark.parametrize("name", NAMES)
def test_every_dataset_has_a_page_that_says_what_it_is(name, visitor):
    one = loader(name)
    response = visitor.get(f"{DATA}{name}/")
    assert response.status_code == 200
    said = text(response)
    for known in (one.title, one.publisher, one.one_row, one.landing_page, one.licence, one.checked):
        assert " ".join(known.split()) in said
    used = response.content.decode().partition('<h2 id="used">')[2].partition("</section>")[0]
    for measure in measures():
        assert (f'href="/evidence/{measure.slug}/"' in used) == (name in measure.datasets)
    assert f"{FIRST_DAY.day} November 2026" in said
    assert "answers come from this one" in said
    assert f"{holding.current_of(name).figures:,}" in said


def test_a_page_explains_the_cells_that_hold_no_figure(visitor):
    said = text(visitor.get(f"{DATA}prison-pava-by-faith/"))
    assert "suppressed The publisher withholds the figure, to protect people. It is not zero. 12" in said
    assert "present There is a figure, as it was published. 18" in said


def test_a_page_says_how_large_each_file_is_and_the_files_are_so_large(visitor):
    page = visitor.get(f"{DATA}{COUNCILS}/").content.decode()
    offered = re.findall(r'<a href="([^"]+)" aria-label="[^"]+">\w+</a> <span class="soft">([\d.]+)\xa0([KM])B', page)
    assert len(offered) == 10
    for url, size, unit in offered:
        measured = len(visitor.get(url).content) / {"K": 2**10, "M": 2**20}[unit]
        assert f"{measured:.1f}" == size, url


@pytest.mark.parametrize("name", SOME)
def test_every_form_of_the_figures_agrees_with_what_was_read(name, client):
    found = holding.observations(holding.current_of(name))
    heading, rows = read_csv(taken(client, name).content)
    objects = json.loads(taken(client, name, "json").content)["rows"]
    _titles, cells = read_workbook(taken(client, name, "xlsx").content)
    assert len(found) == len(rows) == len(objects) == len(cells)
    at = heading.index("value")
    for one, row, known, shown in zip(found, rows, objects, cells, strict=True):
        assert (row[heading.index("source_row")], row[heading.index("source_column")]) == (str(one.row), one.column)
        assert (known["place_code"], known["group"], known["state"]) == (one.place, one.group, one.state)
        assert (known["source_url"], known["licence"], known["note"]) == (one.source.url, one.source.licence, one.note)
        if one.value is None:
            assert row[at] == shown[at] == f"[{one.state}]"
            assert (known["value"], known["missing"]) == (None, {"value": one.state})
        else:
            assert float(row[at]) == known["value"] == shown[at] == one.value


@pytest.mark.parametrize("name", SOME)
def test_every_figure_leads_to_its_cell_in_the_source_as_it_was_loaded(name, client):
    heading, rows = read_csv(taken(client, name).content)
    source = client.get(f"{DATA}{name}/{holding.current_of(name).version}/source.csv").content
    assert source == shipped_content(loader(name))
    _source_heading, *_rest = lines = source.decode("utf-8-sig").splitlines()
    columns = {row[heading.index("source_column")] for row in rows}
    assert columns <= set(next(iter(read_lines(lines))))


def read_lines(lines):
    import csv

    return csv.reader(lines)


@pytest.mark.parametrize("name", SOME)
def test_every_description_and_spreadsheet_holds(name, client, tmp_path):
    (tmp_path / "observations.csv").write_bytes(taken(client, name).content)
    (tmp_path / "observations.csv-metadata.json").write_bytes(taken(client, name, "csv-metadata.json").content)
    found = CSVW(str(tmp_path / "observations.csv"), validate=True)
    assert found.is_valid, [str(warning.message) for warning in found.warnings]
    assert found.tables[0].tableSchema.primaryKey == list(KEY)
    assert workbook_faults(taken(client, name, "xlsx").content) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{DATA}prison-populatoin/", "Did you mean prison-population"),
        (f"{DATA}prison-populatoin/000000000000/observations.csv", "Did you mean prison-population"),
        (f"{DATA}prison-population/000000000000/observations.csv", "No release of Prison population by ethnicity"),
        (f"{DATA}prison-population/000000000000/source.csv", "The page of the dataset lists every release"),
        (f"{DATA}prison-population/current/observations.csv", "There is nothing at this address"),
        (f"{DATA}prison-population/..%2f..%2f/source.csv", "There is nothing at this address"),
    ],
)
def test_what_is_not_held_is_refused_in_words_with_a_way_on(path, said, visitor):
    response = visitor.get(path)
    assert response.status_code == 404
    assert said in text(response)
    if "prison-population" in said or "release" in said:
        assert f'href="{DATA}prison-population/"' in response.content.decode()


def test_an_old_release_goes_on_answering_and_the_page_lists_both(visitor, store):
    old = {form: visitor.get(address(SEARCHES, form)).content for form in FORMS}
    first = holding.current_of(SEARCHES).version
    source = visitor.get(f"{DATA}{SEARCHES}/{first}/source.csv").content
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)

    second = holding.current_of(SEARCHES).version
    assert second != first
    assert {form: visitor.get(address(SEARCHES, form, first)).content for form in FORMS} == old
    assert visitor.get(f"{DATA}{SEARCHES}/{first}/source.csv").content == source
    assert visitor.get(address(SEARCHES)).content != old["csv"]
    page = visitor.get(f"{DATA}{SEARCHES}/").content.decode()
    assert re.findall(r'<li id="release-(\w+)">', page) == [first, second]
    assert page.count("answers come from this one") == 1
    assert "15 January 2027" in page
    package = json.loads(visitor.get(f"{DATA}datapackage.json").content)
    paths = [resource["path"] for resource in package["resources"] if resource["name"] == SEARCHES]
    assert paths == [f"{SEARCHES}/{second}/observations.csv"]


def test_the_pages_stand_before_anything_was_loaded(visitor, settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "nothing"
    for path in (DATA, f"{DATA}{COUNCILS}/", f"{DATA}arrest-rates-by-sex/", f"{DATA}datapackage.json"):
        assert visitor.get(path).status_code == 200
    assert "With the product" in text(visitor.get(f"{DATA}arrest-rates-by-sex/"))
    assert visitor.get(address("arrest-rates-by-sex")).status_code == 200
    version = holding.current_of("arrest-rates-by-sex").version
    source = visitor.get(f"{DATA}arrest-rates-by-sex/{version}/source.csv").content
    assert source == shipped_content(loader("arrest-rates-by-sex"))


def test_the_package_names_every_dataset_and_each_file_that_it_names_is_there(visitor):
    response = visitor.get(f"{DATA}datapackage.json")
    package = json.loads(response.content)
    assert [resource["name"] for resource in package["resources"]] == NAMES
    assert frictionless.Package.from_descriptor(package).resource_names == NAMES
    for resource in package["resources"][:5]:
        found = visitor.get(f"{DATA}{resource['path']}")
        assert found.status_code == 200
        assert len(found.content) == resource["bytes"]


def test_a_spreadsheet_of_a_release_opens_with_what_it_is(visitor):
    from openpyxl import load_workbook

    cover = load_workbook(io.BytesIO(visitor.get(address("prison-population", "xlsx")).content))["Cover"]
    said = {row[0].value: row[1].value for row in cover.iter_rows(min_row=2)}
    assert cover["A1"].value == loader("prison-population").title
    assert said["Licence"].startswith("OGL v3.0 https://www.nationalarchives.gov.uk/")
    assert "Ministry of Justice" in said["Source"]
    assert said["Release"] == holding.current_of("prison-population").version
