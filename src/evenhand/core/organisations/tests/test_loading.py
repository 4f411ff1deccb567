"""A register is loaded once however often it is given, goes on where it stopped, and tells what is otherwise."""

import importlib.util
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evenhand.core.access import machine
from evenhand.core.accounts.tests.make import caller, person
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.core.organisations import actions, queries
from evenhand.core.organisations.actions.alerts import settle_alert
from evenhand.core.organisations.actions.registers import load_register
from evenhand.core.organisations.loading import reading
from evenhand.core.organisations.models import Alert, Change, Detail, Entry, Load, LoadedFile
from evenhand.library import registers
from evenhand.library.registers import Identifier

folder = Path(registers.__file__).parent / "tests"
spec = importlib.util.spec_from_file_location("official_files", folder / "make.py")
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)

pytestmark = pytest.mark.django_db
BY = machine("test")
TODAY = date(2026, 11, 23)
SAMPLES = folder / "samples"


def charities(tmp_path, rows=make.CHARITIES, name="publicextract.charity.txt"):
    return make.write(tmp_path / name, make.text("charity", rows))


def load(*paths, register="charities"):
    return load_register(register, paths, by=BY, today=TODAY)


def many(number):
    for at in range(number):
        more = {"organisation_number": 9_200_000 + at, "registered_charity_number": 9_300_000 + at}
        yield make.CHARITY | more | {"charity_name": f"MADE-UP TRUST {at}"}


def extract(folder, *tables):
    for table in tables or [name for name in make.ROWS if name != "charity_trustee"]:
        make.write(folder / f"publicextract.{table}.txt", make.text(table, make.ROWS[table]))
    return folder


def test_the_whole_extract_is_loaded_and_linked_charities_are_left_to_those_they_are_linked_to(tmp_path):
    loaded = load(extract(tmp_path))
    assert sorted(Entry.objects.values_list("number", flat=True)) == ["9100001", "9100003", "9100004"]
    assert loaded.load.added == 3
    assert Detail.objects.values("table").distinct().count() == 11
    assert [line.tag for line in Line.objects.all()] == ["organisations.register.load"]
    assert Line.objects.get().details["added"] == 3


def test_given_again_the_same_files_change_nothing(tmp_path):
    load(extract(tmp_path))
    before = list(Entry.objects.order_by("pk").values_list("pk", "name", "since"))
    details = list(Detail.objects.order_by("pk").values_list("pk", flat=True))
    again = load(tmp_path)
    assert (again.load.added, again.load.changed, again.load.gone) == (0, 0, 0)
    assert list(Entry.objects.order_by("pk").values_list("pk", "name", "since")) == before
    assert list(Detail.objects.order_by("pk").values_list("pk", flat=True)) == details
    assert not Change.objects.exists()


def test_json_and_text_of_the_same_extract_are_the_same(tmp_path):
    load(charities(tmp_path))
    make.write(tmp_path / "publicextract.charity.json", make.in_json("charity", make.CHARITIES))
    again = load(tmp_path / "publicextract.charity.json")
    assert (again.load.added, again.load.changed) == (0, 0)


def test_what_changed_is_told_field_by_field_and_what_is_gone_is_kept_and_may_come_back(tmp_path):
    rows = list(many(30))
    load(charities(tmp_path, rows))
    rows[3] |= {"charity_name": "ANOTHER NAME (MADE UP)", "latest_income": 5}
    second = load(charities(tmp_path, rows[1:]))
    assert (second.load.changed, second.load.gone) == (1, 1)
    changed = Change.objects.get(kind="changed")
    assert changed.differences == {
        "name": ["MADE-UP TRUST 3", "ANOTHER NAME (MADE UP)"],
        "income": [84210, 5],
    }
    gone = Entry.objects.get(number="9300000")
    assert gone.gone_on == date(2026, 11, 1)
    load(charities(tmp_path, rows))
    gone.refresh_from_db()
    assert gone.gone_on is None
    assert Change.objects.filter(kind="back").count() == 1


def test_a_register_that_was_not_given_whole_takes_nothing_away(tmp_path):
    load(charities(tmp_path, list(many(30))))
    loaded = load(charities(tmp_path, list(many(10))))
    assert "too many to be believed" in loaded.notes[0]
    assert not Entry.objects.exclude(gone_on=None).exists()


def test_a_missing_part_of_the_companies_takes_nothing_away(tmp_path):
    part = "BasicCompanyData-2026-11-01-part{}_2.csv"
    for number, row in enumerate(make.COMPANIES[::2], start=1):
        make.write(tmp_path / part.format(number), make.companies([row]))
    assert load(tmp_path, register="companies").load.added == 2
    loaded = load(tmp_path / part.format(1), register="companies")
    assert "Not every part was given (2 is missing)" in loaded.notes[0]
    assert not Entry.objects.exclude(gone_on=None).exists()


def test_the_file_of_trustees_is_refused_by_name_before_anything_is_begun_and_no_column_of_it_is_ever_kept(tmp_path):
    for name in ("publicextract.charity_trustee.txt", "innocent.txt"):
        path = make.write(tmp_path / name, make.text("charity_trustee", make.ROWS["charity_trustee"]))
        with pytest.raises(Refused, match="trustees"):
            load(charities(tmp_path), path)
    assert not Load.objects.exists()
    assert not Entry.objects.exists()
    load(extract(tmp_path))  # in a folder it is passed over
    assert not Detail.objects.filter(table__contains="trustee").exists()
    kept = {field.name for model in (Entry, Detail) for field in model._meta.fields}
    assert not {name for name in kept if "trustee" in name or "care" in name or "address" in name}


def test_a_changed_header_is_refused_before_anything_is_begun(tmp_path):
    header = [*make.HEADERS["charity"][:-1], "charity_something_new"]
    bad = make.write(tmp_path / "bad.txt", make.text("charity", make.CHARITIES, header=header))
    with pytest.raises(Refused, match="charity_something_new"):
        load(charities(tmp_path), bad)
    assert not Load.objects.exists()


def test_a_row_that_cannot_be_read_is_left_out_and_told_of(tmp_path):
    rows = [*many(30), make.CHARITY | {"organisation_number": "no number"}]
    loaded = load(charities(tmp_path, rows))
    assert (loaded.load.added, loaded.rejected) == (30, 1)
    assert "31: organisation_number" in loaded.notes[0]
    assert LoadedFile.objects.get().rejections[0][0] == 31


def test_the_same_record_twice_is_kept_once_and_another_with_its_key_is_refused(tmp_path):
    rows = list(many(3))
    assert load(charities(tmp_path, [*rows, rows[0]])).load.added == 3
    with pytest.raises(Refused, match="two records of 9200000 that say different things"):
        load(charities(tmp_path, [*rows, rows[0] | {"charity_name": "ANOTHER"}]))


class Killed(Exception):
    """The machine was switched off."""


def test_a_load_that_was_stopped_goes_on_where_it_was_left_and_tells_once(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    path = charities(tmp_path, list(many(900)))
    chunks = []

    def stop(progress):
        chunks.append(progress.records)
        if len(chunks) == 2:
            raise Killed

    with pytest.raises(Killed):
        load_register("charities", [path], by=BY, told=stop, today=TODAY)
    written = Entry.objects.count()
    assert 0 < written == LoadedFile.objects.get().kept < 900
    assert not Line.objects.exists()
    loaded = load_register("charities", [path], by=BY, told=lambda progress: chunks.append(progress.records))
    assert Load.objects.get() == loaded.load
    assert loaded.load.added == Entry.objects.count() == 900
    assert chunks == sorted(set(chunks))  # nothing was read twice
    assert Line.objects.count() == 1


def test_other_files_give_up_what_was_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 1)

    def stop(progress):
        raise Killed

    with pytest.raises(Killed):
        load_register("charities", [charities(tmp_path, list(many(300)))], by=BY, told=stop)
    load(charities(tmp_path, list(many(310)), name="newer.txt"))
    assert sorted(Load.objects.values_list("given_up", flat=True)) == [False, True]
    assert Entry.objects.count() == 310


def test_a_load_is_not_ended_without_every_file_that_it_was_begun_with(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    folder = extract(tmp_path, "charity", "charity_event_history")
    load(folder)
    told = Detail.objects.count()
    changed = [row | {"reason": "Another"} for row in make.ROWS["charity_event_history"]]
    make.write(folder / "publicextract.charity_event_history.txt", make.text("charity_event_history", changed))

    def stop(progress):
        raise Killed

    with pytest.raises(Killed):
        load_register("charities", [folder], by=BY, told=stop)
    with pytest.raises(NotPossible, match="charity_event_history"):
        load(folder / "publicextract.charity.txt")
    assert Detail.objects.count() >= told > 0
    assert load(folder).load.ended_at is not None


def test_of_two_that_read_one_file_at_once_one_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 1)

    def other(progress):
        LoadedFile.objects.update(offset=progress.records + 1_000_000)

    with pytest.raises(NotPossible, match="by somebody else"):
        load_register("charities", [charities(tmp_path, list(many(300)))], by=BY, told=other)


def test_a_large_file_is_read_by_another_process_and_comes_out_the_same(tmp_path, monkeypatch):
    path = charities(tmp_path, list(many(700)))
    monkeypatch.setattr(reading, "LARGE", 0)
    apart = list(reading.chunks("charities", path))
    monkeypatch.setattr(reading, "LARGE", 1 << 30)
    assert apart == list(reading.chunks("charities", path))


def test_what_goes_wrong_in_the_other_process_is_said_here(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 0)
    rows = [make.CHARITY | {"organisation_number": "none"}] * 3000
    with pytest.raises(registers.RefusedFile, match="cannot be read as charity"):
        list(reading.chunks("charities", charities(tmp_path, rows)))


def test_what_a_number_says_fills_in_a_form(tmp_path):
    load(extract(tmp_path))
    said = queries.prefill(queries.entry_numbered("GB-CHC", "9100001"), on=TODAY)
    assert said.name == "Bridge of Examples (Made Up)"
    assert [str(one) for one in said.identifiers] == ["GB-CHC-9100001", "GB-COH-09999901"]
    assert (said.legal_form, said.income_band) == ("charitable-company", "50k-100k")
    assert (said.email, said.website) == ("office@bridge.example", "https://www.bridge.example")
    assert [place.name for place in said.areas] == ["Birmingham", "Wales"]
    assert said.areas_unknown == ("Kenya",)
    assert said.warnings == ()
    removed = queries.prefill(queries.entry_numbered("GB-CHC", "9100004"), on=TODAY)
    assert removed.warnings[0].danger == "removed"
    assert removed.ending.passed_to == (9_100_001,)


def test_a_company_fills_in_what_its_register_has(tmp_path):
    path = make.write(tmp_path / "BasicCompanyDataAsOneFile-2026-11-01.csv", make.companies(make.COMPANIES))
    load(path, register="companies")
    said = queries.prefill(queries.entry_numbered("GB-COH", "99999902"), on=TODAY)
    assert (said.legal_form, said.status, said.email) == ("cic", "Active", "")
    striking = queries.prefill(queries.entry_numbered("GB-COH", "SC999904"), on=TODAY)
    assert striking.warnings[0].danger == "dissolved"


def test_a_listed_organisation_that_is_removed_raises_one_alert_with_what_became_of_it(tmp_path):
    listed = actions.create("Old Example Trust", by=BY, identifiers=[Identifier("GB-CHC", "9100004")])
    overdue = actions.create("Canolfan", by=BY, identifiers=[Identifier("GB-CHC", "9100003")])
    editor = person("directory-editor")
    assert load(extract(tmp_path)).alerts == 2
    alert = Alert.objects.get(organisation=listed)
    assert (alert.danger, alert.said, alert.history, alert.passed_to) == (
        "removed",
        "Removed",
        "Amalgamated",
        ["9100001"],
    )
    assert Alert.objects.get(organisation=overdue).danger == "overdue"
    letter = Notice.objects.get()
    assert letter.to == editor.email
    assert "Passed on to: 9100001" in letter.text
    listed.refresh_from_db()
    assert listed.closed_on is None  # a register closes nobody here
    assert load(tmp_path).alerts == 0  # said once
    with pytest.raises(NotAllowed):
        settle_alert(alert, by=caller(), how="Seen.")
    settle_alert(alert, by=caller("directory-editor"), how="Merged into Bridge of Examples.")
    assert list(queries.alerts_open()) == [Alert.objects.get(organisation=overdue)]


def test_an_alert_ends_when_the_register_no_longer_says_it(tmp_path):
    actions.create("Canolfan", by=BY, identifiers=[Identifier("GB-CHC", "9100003")])
    load(charities(tmp_path))
    assert queries.alerts_open().count() == 1
    rows = [row | {"charity_reporting_status": "Submission Received"} for row in make.CHARITIES[:3]]
    load(charities(tmp_path, [*rows, make.CHARITIES[3]]))
    assert not queries.alerts_open().exists()


def test_how_an_organisation_stands_is_by_register_then_by_evidence(tmp_path):
    load(charities(tmp_path))
    on_register = actions.create("Bridge", by=BY, identifiers=[Identifier("GB-CHC", "9100001")])
    removed = actions.create("Old", by=BY, identifiers=[Identifier("GB-CHC", "9100004")])
    nowhere = actions.create("Nowhere", by=BY)
    found = queries.standings([on_register.pk, removed.pk, nowhere.pk])
    assert found[on_register.pk].identifier == "GB-CHC-9100001"
    assert (found[on_register.pk].basis, found[on_register.pk].on) == ("register", date(2026, 11, 1))
    assert not found[removed.pk].verified
    assert not found[nowhere.pk].verified


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_command_that_is_killed_in_the_middle_leaves_whole_chunks_and_the_next_one_ends_it(tmp_path):
    """A real process, killed for good."""
    import os
    import signal
    import time

    from django.db import connection

    path = charities(tmp_path, list(many(60_000)))
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        pytest.skip("the command would need the address of this server")
    environment = {**os.environ, "DATABASE_URL": f"sqlite://{name}", "DEBUG": "true"}
    command = [sys.executable, "-m", "evenhand.cli", "load-register", "charities", str(path)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as first:
        while not Entry.objects.count() and first.poll() is None:
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
    left = Entry.objects.count()
    assert left == LoadedFile.objects.get().kept
    assert 0 < left < 60_000
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert Entry.objects.count() == 60_000
    assert Line.objects.filter(tag="organisations.register.load").count() == 1
