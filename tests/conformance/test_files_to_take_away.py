"""Every dataset and exhibit as files: described as the standards have it, accessible, the same in each form."""

import json
import re
import threading

import frictionless
import pytest
from csvw import CSVW

from evenhand.core.exports.tests.make import read_csv, read_workbook, workbook_faults
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.counterfactuals.exhibits import exhibits as counterfactuals
from evenhand.domains.evidence.queries.counterfactuals.shown import supposed_for
from evenhand.domains.evidence.queries.data.held import current_of, observations
from evenhand.domains.evidence.queries.exhibits import exhibits
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.catalogue import counted, loaders, measure, measures
from evenhand.library.places import places

DATA = "/evidence/data/"
NAMES = [one.name for one in loaders()]
ANSWERED = [one.slug for one in measures() if one.answers]


def described(folder, stem, csv, metadata):
    """What an independent reader finds in a CSV file and its description."""
    (folder / f"{stem}.csv").write_bytes(csv)
    (folder / f"{stem}.csv-metadata.json").write_text(json.dumps({**json.loads(metadata), "url": f"{stem}.csv"}))
    return CSVW(str(folder / f"{stem}.csv"), validate=True)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_form_of_every_dataset_holds_and_says_the_same(name, client, tmp_path):
    held = current_of(name)
    path = f"{DATA}{name}/{held.version}/observations"
    files = {form: client.get(f"{path}.{form}").content for form in ("csv", "csv-metadata.json", "xlsx", "json")}
    found = described(tmp_path, "observations", files["csv"], files["csv-metadata.json"])
    assert found.is_valid, [str(warning.message) for warning in found.warnings]
    assert workbook_faults(files["xlsx"]) == []

    heading, rows = read_csv(files["csv"])
    _titles, cells = read_workbook(files["xlsx"])
    objects = json.loads(files["json"])["rows"]
    read = [list(row.values()) for row in found.tables[0].iterdicts(strict=True)]
    expected = observations(held)
    assert len(expected) == len(rows) == len(cells) == len(objects) == len(read)
    value, note = heading.index("value"), heading.index("note")
    for one, row, shown, known, typed in zip(expected, rows, cells, objects, read, strict=True):
        assert row[note] == known["note"] == typed[note] == one.note
        assert shown[note] == (one.note or "[none]")
        if one.value is None:
            assert row[value] == shown[value] == f"[{one.state}]"
            assert known["value"] is typed[value] is None
        else:
            assert float(row[value]) == shown[value] == known["value"] == typed[value] == one.value


@pytest.mark.long
def test_the_package_of_every_dataset_is_valid_with_every_file_that_it_names(client, tmp_path):
    content = client.get(f"{DATA}datapackage.json").content
    (tmp_path / "datapackage.json").write_bytes(content)
    for resource in json.loads(content)["resources"]:
        path = tmp_path / resource["path"]
        path.parent.mkdir(parents=True)
        path.write_bytes(client.get(f"{DATA}{resource['path']}").content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == len(NAMES)


@pytest.mark.long
def test_a_stranger_who_has_only_the_address_of_the_package_finds_and_checks_every_file(live_server):
    """As the how-to says it: one command, over HTTP, with sizes and hashes."""
    report = frictionless.validate(f"{live_server.url}{DATA}datapackage.json")
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == len(NAMES)


@pytest.mark.long
@pytest.mark.parametrize("slug", ANSWERED)
def test_every_exhibit_of_every_measure_holds_in_every_form(slug, client, tmp_path):
    asked = ask(slug)
    levels = [level.groups for level in asked.measure.answers]
    questions = [ask(slug, groups=groups) for groups in levels]
    questions += [ask(slug, period=period) for period in asked.periods]
    for number, question in enumerate(questions):
        shown = shown_for(question)
        for exhibit in exhibits(shown):
            files = {
                form: client.get(shown.url(exhibit.id, form)) for form in ("csv", "csv-metadata.json", "xlsx", "json")
            }
            assert {response.status_code for response in files.values()} == {200}
            content = {form: response.content for form, response in files.items()}
            found = described(tmp_path, f"{exhibit.id}-{number}", content["csv"], content["csv-metadata.json"])
            assert found.is_valid, [str(warning.message) for warning in found.warnings]
            assert workbook_faults(content["xlsx"]) == []
            assert len(json.loads(content["json"])["rows"]) == len(exhibit.table.rows)
            for column in exhibit.table.columns:
                assert column.fields, f"“{column.name}” of {exhibit.id} has no name for machines: give it one"
            if exhibit.chart:
                assert client.get(shown.url(exhibit.id, "png")).content.startswith(b"\x89PNG\r\n")


@pytest.mark.long
def test_the_columns_of_an_exhibit_are_the_same_wherever_it_is_taken():
    """A program that reads one force's table reads every force's: no name depends on the place, or on a group."""
    seen = {}
    search = measure("stop-and-search")
    for force in places("police-force"):
        if not force.has_residents or force.code in search.not_comparable:
            continue
        for lead in ("", "Asian"):
            for exhibit in exhibits(shown_for(ask(search.slug, place=force.code), lead)):
                names = [field.name for field in exhibit.table.fields if field.name != "flag"]
                assert seen.setdefault(exhibit.id, names) == names, (force.name, exhibit.id)
    assert {"groups", "trend", "not-recorded"} <= set(seen)


def test_many_ask_for_files_at_once_and_each_has_its_own(client):
    """Spreadsheets, pictures and files of several releases, made at the same time in one process."""
    paths = [
        *(
            f"/evidence/stop-and-search/E230000{code}/groups.{form}"
            for code in (16, 32)
            for form in ("xlsx", "png", "csv")
        ),
        *(f"{DATA}{name}/{current_of(name).version}/observations.xlsx" for name in NAMES[:6]),
    ]
    alone = {path: client.get(path).content for path in paths}
    found = {}

    def fetch(path):
        from django.test import Client

        found[path] = Client().get(path).content

    threads = [threading.Thread(target=fetch, args=[path]) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


def test_no_address_of_a_source_holds_more_than_words(client):
    """The addresses that publishers' tables carry go out as text: none of them becomes a formula or a link of ours."""
    for name in NAMES[:10]:
        heading, rows = read_csv(client.get(f"{DATA}{name}/{current_of(name).version}/observations.csv").content)
        at = heading.index("source_url")
        assert all(re.match(r"https?://", row[at]) for row in rows)


@pytest.mark.crawl(2)
@pytest.mark.parametrize("slug", [one.slug for one in counted().measures])
def test_every_exhibit_of_every_counterfactual_holds_in_every_form(slug, client, tmp_path):
    shown = supposed_for(slug)
    for exhibit in counterfactuals(shown):
        files = {form: client.get(shown.url(exhibit.id, form)).content for form in ("csv", "csv-metadata.json", "xlsx")}
        found = described(tmp_path, exhibit.id, files["csv"], files["csv-metadata.json"])
        assert found.is_valid, (exhibit.id, [str(warning.message) for warning in found.warnings])
        assert workbook_faults(files["xlsx"]) == [], exhibit.id
        _heading, rows = read_csv(files["csv"])
        assert len(rows) == len(exhibit.table.rows)
