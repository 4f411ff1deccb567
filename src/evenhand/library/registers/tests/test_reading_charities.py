"""The Charity Commission's extract is read in both its forms, with each of its quirks."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.registers import Position, RefusedFile
from evenhand.library.registers import files as file_rules
from evenhand.library.registers.charity_commission import (
    TABLES,
    Charity,
    NamesOfPeople,
    extract_files,
    read,
)
from evenhand.library.registers.charity_commission.tables import CHARITY
from evenhand.library.registers.tests import make

SAMPLES = Path(__file__).parent / "samples"


def rows_of(path, **more):
    return [row for batch in read(path, **more) for row in batch.rows]


def rejected_of(path):
    return [each for batch in read(path) for each in batch.rejected]


@pytest.fixture
def extract(tmp_path):
    """Writes one table and gives its path."""

    def write(rows, *, table="charity", form="txt", header=None):
        content = (make.text if form == "txt" else make.in_json)(table, rows, header=header)
        return make.write(tmp_path / f"publicextract.{table}.{form}", content)

    return write


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_header_of_each_table_is_the_published_one(table):
    assert set(table.header) == set(make.HEADERS[table.name])
    assert len(table.header) == len(make.HEADERS[table.name])
    assert table.columns == table.record._fields
    assert set(table.key) <= set(table.fields)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_sample_reads_alike_in_both_forms(table):
    samples = [SAMPLES / f"publicextract.{table.name}.{form}" for form in ("txt", "json")]
    text, in_json = (rows_of(sample) for sample in samples)
    assert text == in_json
    assert len(text) == len(make.ROWS[table.name])
    assert all(isinstance(row, table.record) for row in text)
    assert not [each for sample in samples for each in rejected_of(sample)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_samples_are_those_that_are_made(table):
    text = (SAMPLES / f"publicextract.{table.name}.txt").read_bytes().decode()
    assert text == make.text(table.name, make.ROWS[table.name])
    in_json = (SAMPLES / f"publicextract.{table.name}.json").read_bytes().decode()
    assert in_json == make.in_json(table.name, make.ROWS[table.name])


def test_every_sample_says_that_it_is_made_up():
    for path in SAMPLES.glob("*charity*"):
        assert "9100001" in path.read_text() or "9100004" in path.read_text()
    assert "Everything in them is made up" in (SAMPLES / "README.md").read_text()


def test_a_charity_is_read_into_types():
    charity = rows_of(SAMPLES / "publicextract.charity.txt")[0]
    assert isinstance(charity, Charity)
    assert charity.charity_name == "BRIDGE OF EXAMPLES (MADE UP)"
    assert charity.date_of_registration == dt.date(2009, 3, 2)
    assert charity.date_of_removal is None
    assert charity.latest_income == 84210
    assert charity.charity_insolvent is False
    assert charity.cio_is_dissolved is None
    assert charity.charity_contact_address3 == ""


def test_the_day_of_the_extract_is_said_once():
    for form in ("txt", "json"):
        batch = next(read(SAMPLES / f"publicextract.charity.{form}"))
        assert batch.extracted == dt.date(2026, 11, 1)


def test_a_batch_gives_its_rows_by_column_too():
    batch = next(read(SAMPLES / "publicextract.charity_classification.txt"))
    columns = batch.columns()
    assert tuple(columns) == batch.table.fields
    assert columns["classification_code"] == (204, 306)


def test_a_zip_is_read_without_being_unpacked_to_disc(tmp_path):
    path = make.zipped(tmp_path / "publicextract.charity.zip", make.text("charity", make.CHARITIES))
    assert rows_of(path) == rows_of(SAMPLES / "publicextract.charity.txt")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_linked_charities_are_told_from_the_main_one():
    main, linked, *_ = rows_of(SAMPLES / "publicextract.charity.txt")
    assert main.registered_charity_number == linked.registered_charity_number
    assert (main.is_main, linked.is_main) == (True, False)
    assert [str(each) for each in main.identifiers] == ["GB-CHC-9100001", "GB-COH-09999901"]
    assert linked.identifiers == ()


def test_income_that_is_suppressed_is_unknown_and_not_zero():
    shown, suppressed = rows_of(SAMPLES / "publicextract.charity_annual_return_history.txt")
    assert shown.total_gross_income == 84210
    assert suppressed.suppression_ind
    assert suppressed.total_gross_income is None
    assert suppressed.total_gross_expenditure is None


def test_a_newline_and_tab_inside_a_row_is_taken_out(tmp_path):
    whole = make.text("charity_published_report", make.ROWS["charity_published_report"])
    broken = whole.replace("Made-up inquiry report\t", "Made-up inquiry report\r\n\t")
    assert broken != whole
    path = make.write(tmp_path / "publicextract.charity_published_report.txt", broken)
    assert rows_of(path) == rows_of(SAMPLES / "publicextract.charity_published_report.txt")


@pytest.mark.parametrize("chunk", [1, 2, 7, 100])
def test_a_row_is_whole_wherever_the_file_is_cut_into_blocks(extract, monkeypatch, chunk):
    text, in_json = extract(make.CHARITIES), extract(make.CHARITIES, form="json")
    expected = rows_of(text)
    monkeypatch.setattr(file_rules, "CHUNK", chunk)
    assert rows_of(text) == expected
    assert rows_of(in_json) == expected


def test_a_backslash_escapes_what_follows(tmp_path):
    whole = make.text("charity", [make.CHARITY])
    for written, read_as in (
        ("A\\\tB", "A\tB"),
        ("A\\\\", "A\\"),
        ("A\\\r\nB", "A\r\nB"),
        ("\\A\\B", "AB"),
    ):
        path = make.write(tmp_path / "charity.txt", whole.replace("BRIDGE OF EXAMPLES (MADE UP)", written))
        assert [row.charity_name for row in rows_of(path)] == [read_as.strip()], written


def test_a_row_with_a_wrong_number_of_columns_is_rejected_and_the_rest_is_kept(tmp_path):
    lines = make.text("charity", make.CHARITIES).split("\r\n")
    lines[2] = lines[2].replace("\t", "", 1)
    path = make.write(tmp_path / "charity.txt", "\r\n".join(lines))
    (batch,) = read(path)
    assert [row.organisation_number for row in batch.rows] == [9_000_001, 9_000_003, 9_000_004]
    (rejected,) = batch.rejected
    assert rejected.number == 2
    assert rejected.why == "it has 33 columns, not 34"
    assert (batch.position.records, batch.position.kept, batch.position.rejected) == (4, 3, 1)


@pytest.mark.parametrize("form", ["txt", "json"])
@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("organisation_number", "", "it is blank"),
        ("organisation_number", "nine", "'nine' is not a number"),
        ("latest_income", "1,234", "'1,234' is not a number"),
        ("latest_income", "1E+05", "'1E+05' is not a number"),
        ("latest_income", "9" * 20, "is not a number that can be meant"),
        ("date_of_registration", "31/12/2020", "'31/12/2020"),
        ("date_of_registration", "2020-02-30", "is not a day"),
        ("charity_insolvent", "perhaps", "'perhaps' is neither True nor False"),
        ("linked_charity_number", "1.5", "'1.5' is not a whole number"),
    ],
)
def test_a_cell_that_is_not_what_it_must_be_rejects_its_row_and_no_other(extract, form, column, cell, why):
    path = extract([make.CHARITY, make.CHARITY | {column: cell}, make.CHARITY], form=form)
    assert len(rows_of(path)) == 2
    (rejected,) = rejected_of(path)
    assert rejected.number == 2
    assert rejected.why.startswith(f"{column}: ")
    assert why in rejected.why


def test_amounts_are_whole_pounds_half_up(extract):
    written = {"12.00": 12, "12.5": 13, "12.49": 12, "-12.5": -13, " 7 ": 7, "0": 0}
    path = extract([make.CHARITY | {"latest_income": cell} for cell in written])
    assert [row.latest_income for row in rows_of(path)] == list(written.values())


def test_json_numbers_and_yes_or_no_may_be_written_as_such(extract):
    path = extract(
        [make.CHARITY | {"latest_income": 12.5, "charity_insolvent": 1, "linked_charity_number": 2.0}], form="json"
    )
    (row,) = rows_of(path)
    assert (row.latest_income, row.charity_insolvent, row.linked_charity_number) == (13, True, 2)


@pytest.mark.parametrize("value", [["a", "b"], {"a": 1}, True, float("nan"), 10**400])
def test_json_of_another_kind_in_a_cell_rejects_its_row(extract, value):
    path = extract([make.CHARITY | {"latest_income": value}, make.CHARITY], form="json")
    assert len(rows_of(path)) == 1
    assert "latest_income" in rejected_of(path)[0].why


def test_an_object_with_other_keys_is_rejected_by_name(tmp_path):
    things = json.loads(make.in_json("charity", make.CHARITIES).removeprefix("\ufeff"))
    del things[1]["charity_type"]
    things[2]["charity_colour"] = "green"
    things[3] = dict(reversed(things[3].items()))
    path = make.write(tmp_path / "charity.json", json.dumps([*things[:3], "no object", 5, things[3]]))
    assert [row.organisation_number for row in rows_of(path)] == [9_000_001, 9_000_004]
    assert [each.why for each in rejected_of(path)] == [
        "charity_type is missing",
        "charity_colour is not known",
        "it is no object with a name for each value",
        "it is no object with a name for each value",
    ]


# Headers


def test_a_changed_header_is_refused_with_what_changed(extract):
    header = [column for column in make.HEADERS["charity"] if column != "charity_type"]
    header[header.index("charity_activities")] = "charity_activity"
    path = extract(make.CHARITIES, header=[*header, "trustee_faces"])
    with pytest.raises(RefusedFile) as refused:
        read(path)
    assert "charity_activities is now charity_activity" in str(refused.value)
    assert "charity_type is gone" in str(refused.value)
    assert "trustee_faces is new" in str(refused.value)


def test_a_changed_key_in_json_is_refused_alike(extract):
    header = [column for column in make.HEADERS["charity_policy"] if column != "policy_name"]
    path = extract(make.ROWS["charity_policy"], table="charity_policy", form="json", header=[*header, "rules"])
    with pytest.raises(RefusedFile, match="policy_name is gone; rules is new"):
        read(path)


def test_a_column_that_stands_twice_is_refused(extract):
    header = [*make.HEADERS["charity_policy"], "policy_name"]
    with pytest.raises(RefusedFile, match="policy_name stands twice"):
        read(extract(make.ROWS["charity_policy"], table="charity_policy", header=header))


def test_a_column_that_moved_is_read_by_its_name(extract):
    first, *others = make.HEADERS["charity"]
    moved = rows_of(extract(make.CHARITIES, header=(first, *reversed(others))))
    assert moved == rows_of(SAMPLES / "publicextract.charity.txt")


def test_the_first_column_stays_the_first_in_text(extract):
    path = extract(make.CHARITIES, header=tuple(reversed(make.HEADERS["charity"])))
    with pytest.raises(RefusedFile, match="begins with charity_has_land"):
        read(path)


def test_a_file_of_something_else_is_refused(tmp_path):
    path = make.write(tmp_path / "charity.txt", "name\tcolour\r\nbridge\tgreen\r\n")
    with pytest.raises(RefusedFile, match="none of the columns"):
        read(path)


# Trustees


@pytest.mark.parametrize("form", ["txt", "json"])
def test_the_file_of_trustees_is_not_read(extract, form, monkeypatch):
    path = extract(make.ROWS["charity_trustee"], table="charity_trustee", form=form)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(NamesOfPeople, match="never read here"):
        read(path)


@pytest.mark.parametrize("form", ["txt", "json"])
def test_the_file_of_trustees_is_known_under_another_name(tmp_path, form):
    content = (make.text if form == "txt" else make.in_json)("charity_trustee", make.ROWS["charity_trustee"])
    with pytest.raises(NamesOfPeople) as refused:
        read(make.write(tmp_path / f"people.{form}", content))
    assert "NO NAME" not in str(refused.value)


def test_the_file_of_trustees_is_known_inside_a_zip(tmp_path):
    content = make.text("charity_trustee", make.ROWS["charity_trustee"])
    path = make.zipped(tmp_path / "some.zip", content, member="publicextract.charity_trustee.txt")
    with pytest.raises(NamesOfPeople):
        read(path)


def test_a_folder_gives_every_table_but_the_trustees(tmp_path):
    for table, rows in make.ROWS.items():
        make.zipped(
            tmp_path / f"publicextract.{table}.zip", make.text(table, rows), member=f"publicextract.{table}.txt"
        )
    make.write(tmp_path / "publicextract.charity.json", "[]")
    make.write(tmp_path / "notes.txt", "nothing")
    found = extract_files(tmp_path)
    assert list(found) == [table.name for table in TABLES]
    assert all(path.suffix == ".zip" for path in found.values())
    assert not [name for name in found if "trustee" in name]


def test_no_record_has_a_field_for_a_trustee():
    for table in TABLES:
        assert not [field for field in table.fields if "trustee" in field]


# Resuming


@pytest.mark.parametrize("form", ["txt", "json", "zip"])
def test_reading_goes_on_where_it_was_left(tmp_path, monkeypatch, form):
    monkeypatch.setattr(file_rules, "CHUNK", 900)
    rows = [make.CHARITY | {"organisation_number": 9_000_000 + number} for number in range(40)]
    if form == "zip":
        path = make.zipped(tmp_path / "publicextract.charity.zip", make.text("charity", rows))
    else:
        content = (make.text if form == "txt" else make.in_json)("charity", rows)
        path = make.write(tmp_path / f"publicextract.charity.{form}", content)
    batches = list(read(path))
    assert len(batches) > 5
    whole = [row for batch in batches for row in batch.rows]
    assert len(whole) == 40
    for at, batch in enumerate(batches):
        # What was kept comes back as plain values.
        position = Position(*json.loads(json.dumps(batch.position)))
        rest = [row for later in read(path, after=position) for row in later.rows]
        assert rest == [row for later in batches[at + 1 :] for row in later.rows]
    assert batches[-1].position.kept == 40
    assert batches[0].position.share < batches[-1].position.share <= 1


def test_a_rejected_row_keeps_its_number_after_a_pause(tmp_path, monkeypatch):
    monkeypatch.setattr(file_rules, "CHUNK", 900)
    rows = [make.CHARITY | {"organisation_number": 9_000_000 + number} for number in range(30)]
    rows[25]["latest_income"] = "much"
    path = make.write(tmp_path / "charity.txt", make.text("charity", rows))
    first = next(read(path))
    later = [each for batch in read(path, after=first.position) for each in batch.rejected]
    assert [each.number for each in later] == [26]


def test_a_position_in_another_file_is_refused(extract, tmp_path):
    path = extract(make.CHARITIES)
    position = next(read(path)).position
    make.write(path, make.text("charity", make.CHARITIES[:2]))
    with pytest.raises(RefusedFile, match="not the file that was begun"):
        read(path, after=position)


# Round trips

names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).map(str.strip)
days = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
charities = st.fixed_dictionaries(
    {
        "organisation_number": st.integers(0, 10**9),
        "registered_charity_number": st.integers(100_000, 9_999_999),
        "linked_charity_number": st.integers(0, 900),
        "charity_name": names,
        "charity_activities": names,
        "date_of_registration": days,
        "date_of_removal": days,
        "latest_income": st.none() | st.integers(-(10**9), 10**12),
        "charity_insolvent": st.none() | st.booleans(),
    }
)


def escaped(row):
    return {key: value.replace("\\", "\\\\") if isinstance(value, str) else value for key, value in row.items()}


@given(rows=st.lists(charities, min_size=1, max_size=8), form=st.sampled_from(["txt", "json"]))
def test_what_is_written_is_what_is_read(tmp_path_factory, rows, form):
    path = tmp_path_factory.mktemp("extract") / f"charity.{form}"
    if form == "txt":
        make.write(path, make.text("charity", [escaped(row) for row in rows]))
    else:
        make.write(path, make.in_json("charity", rows))
    read_back = rows_of(path)
    assert [{key: getattr(row, key) for key in rows[0]} for row in read_back] == rows
    assert CHARITY.key_of(read_back[0]) == (rows[0]["organisation_number"],)


@given(content=st.binary(max_size=400), form=st.sampled_from(["txt", "json"]))
def test_no_bytes_do_worse_than_be_refused_or_rejected(tmp_path_factory, content, form):
    whole = (make.text if form == "txt" else make.in_json)("charity_policy", make.ROWS["charity_policy"]).encode()
    path = tmp_path_factory.mktemp("extract") / f"charity.{form}"
    for mixed in (content, whole + content, whole[: len(content)] + content):
        make.write(path, mixed)
        try:
            batches = list(read(path))
        except RefusedFile:
            continue
        assert all(
            batch.position.records == sum(len(b.rows) + len(b.rejected) for b in batches) for batch in batches[-1:]
        )
        for row in (row for batch in batches for row in batch.rows):
            str(row.policy_name).encode()


def test_a_position_is_plain_values():
    position = next(read(SAMPLES / "publicextract.charity.txt")).position
    assert all(isinstance(value, str | int) for value in position)
