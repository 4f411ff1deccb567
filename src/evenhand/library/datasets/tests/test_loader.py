"""A file is read whole and right, or refused whole with the row and the reason; nothing in it is guessed."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.library.datasets.catalogue import loader, loaders
from evenhand.library.datasets.loader import SHORTHAND, SHOWN_FAULTS, SOURCE_COLUMNS, RefusedFile
from evenhand.library.datasets.store import shipped_content

FORCES = "stop-search-by-police-force"
NOT_STATED = "stop-search-not-stated"
ARRESTS = "arrests-nineteen-groups"
NATIONS = "census-2021-nations"
OUTCOMES = "stop-search-outcomes"
EVERY = [one.name for one in loaders()]
NAMES = pytest.mark.parametrize("name", EVERY)


def refusal(name, content):
    with pytest.raises(RefusedFile) as caught:
        loader(name).load(content)
    assert str(caught.value).startswith(f"{loader(name).file} was refused, and nothing was changed.\n")
    return caught.value


def only_fault(name, content):
    (fault,) = refusal(name, content).faults
    return fault


@pytest.mark.crawl(12)
@NAMES
def test_every_shipped_file_is_read_and_every_figure_says_where_it_stands(name):
    one = loader(name)
    found = one.load(shipped_content(one))
    rows = shipped_content(one).count(b"\n")
    assert len({each.key for each in found}) == len(found)
    for each in found:
        assert 2 <= each.row <= rows
        assert each.column in one.columns
        assert all(each.source)
        assert (each.value is None) == (each.state not in {"present", "revised", "provisional"})


@pytest.mark.crawl(20)
@NAMES
@pytest.mark.parametrize("column", SOURCE_COLUMNS)
def test_a_row_without_its_source_is_refused(sheet, name, column):
    faults = refusal(name, sheet(name).put(2, column, "  ").content).faults
    assert f"row 2, {column}: the row does not say where it comes from" in map(str, faults)


def test_a_group_that_nobody_knows_is_refused_with_the_near_ones(sheet):
    fault = only_fault(FORCES, sheet(FORCES).put(3, "ethnicity_self_defined_5", "Blakc").content)
    assert fault.row == 3
    assert fault.reason.startswith("There is no group written as 'Blakc'. Did you mean 'Black'")


def test_a_place_that_nobody_knows_is_refused_with_the_near_ones(sheet):
    fault = only_fault(FORCES, sheet(FORCES).put(9, "police_force_area", "Bedfordshyre").content)
    assert str(fault) == 'row 9: No place is called "Bedfordshyre". Did you mean Bedfordshire?'


def test_a_region_is_not_taken_for_a_police_force(sheet):
    assert only_fault(FORCES, sheet(FORCES).put(9, "police_force_area", "South East").content).row == 9


def test_a_figure_that_stands_twice_is_refused_whether_or_not_it_says_the_same(sheet):
    for value in (None, "1"):
        twice = sheet(FORCES)
        twice.rows.append(list(twice.rows[1]))
        last = len(twice.rows)
        if value:
            twice.put(last, "searches", value)
        fault = only_fault(FORCES, twice.content)
        assert (fault.row, fault.column) == (last, "searches")
        assert "stands in row 2 already (searches, 2020/21, E23000036, five, Asian)" in fault.reason


def test_a_total_that_does_not_add_is_refused_with_both_sums(sheet):
    changed = sheet(ARRESTS)
    row = changed.find(ethnicity="Bangladeshi")
    changed.put(row, "number", str(int(changed.get(row, "number")) + 1))
    fault = only_fault(ARRESTS, changed.content)
    assert (fault.row, fault.column) == (changed.find(ethnicity="Asian"), "number")
    assert fault.reason == "Asian is 46,396, but its parts add to 46,397"


def test_a_total_of_everyone_that_does_not_add_is_refused(sheet):
    changed = sheet(ARRESTS).put(2, "number", "668,980")
    fault = only_fault(ARRESTS, changed.content)
    assert fault.reason == "All is 668,980, but its parts add to 668,979"


def test_a_total_that_lacks_a_part_is_refused_by_the_name_of_the_part(sheet):
    changed = sheet(ARRESTS)
    del changed.rows[changed.find(ethnicity="Roma") - 1]
    fault = only_fault(ARRESTS, changed.content)
    assert fault.reason == "White has no row for Roma"


def test_a_total_with_a_part_withheld_cannot_be_checked_and_stands(sheet):
    changed = sheet(ARRESTS)
    changed.put(changed.find(ethnicity="Roma"), "number", "[c]")
    states = {one.group: one.state for one in changed.load()}
    assert (states["Roma"], states["White"]) == ("suppressed", "present")


def test_a_row_left_out_is_refused_since_a_sum_would_pass_over_it_in_silence(sheet):
    changed = sheet(FORCES)
    del changed.rows[
        changed.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="Asian") - 1
    ]
    fault = only_fault(FORCES, changed.content)
    assert str(fault) == (
        "the whole file: there is no row for 2024/25, E23000032, Asian; "
        "what was not published is a row with a blank cell"
    )


def test_a_year_that_is_written_in_another_way_is_refused(sheet):
    assert "there is no row for" in str(refusal(FORCES, sheet(FORCES).put(3, "financial_year", "2020-21").content))
    for name in (ARRESTS, OUTCOMES):
        faults = refusal(name, sheet(name).put(4, "period", "April 2029 to March 2030").content).faults
        assert (4, "period") in {(fault.row, fault.column) for fault in faults}


@pytest.mark.parametrize("text", ["-1", "-1,234", "0.5", "12.5", "1,234.5"])
def test_a_negative_or_fractional_count_is_refused(sheet, text):
    fault = only_fault(FORCES, sheet(FORCES).put(5, "searches", text).content)
    assert str(fault) == f"row 5, searches: {text!r} is not a count: it must be a whole number, 0 or more"


@pytest.mark.parametrize(
    "text",
    [
        "many",
        "1,23",
        "12,34",
        "1 234",
        "=1+1",
        "nan",
        "inf",
        "0x1F",
        "1_000",
        "Jan-25",
        "+5",
    ],
)
def test_text_where_a_count_should_be_is_refused_as_it_stands(sheet, text):
    fault = only_fault(FORCES, sheet(FORCES).put(5, "searches", text).content)
    assert str(fault) == f"row 5, searches: {text!r} is not a number"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("<5", "a small count that was withheld is written [c]; or the declaration says what this sign means"),
        (
            "fewer than 6",
            "a small count that was withheld is written [c]; or the declaration says what this sign means",
        ),
        ("12.5%", "a percentage belongs in a column that is read as one"),
        ("1E+05", "a spreadsheet has shortened this number: show it in full, and save the file again"),
        ("#REF!", "a formula failed here: mend it, and save the file again"),
    ],
)
def test_what_stands_for_a_number_and_is_none_is_refused_with_what_to_do(sheet, text, advice):
    fault = only_fault(FORCES, sheet(FORCES).put(5, "searches", text).content)
    assert str(fault) == f"row 5, searches: {text!r} is not a number: {advice}"


@pytest.mark.parametrize(
    ("text", "value"), [("1,234", 1234), ("12,345,678", 12345678), (" 7 ", 7), ("0", 0), ("8.0", 8)]
)
def test_a_whole_number_is_read_with_its_commas(sheet, text, value):
    (found,) = [one for one in sheet(FORCES).put(5, "searches", text).load() if one.row == 5]
    assert (found.value, found.state) == (value, "present")


@pytest.mark.parametrize("text", [*SHORTHAND, "[C]", "N/A", " [x] ", "", "  "])
def test_every_shorthand_is_a_typed_state_and_never_zero_in_the_file(sheet, text):
    (found,) = [one for one in sheet(FORCES).put(5, "searches", text).load() if one.row == 5]
    assert found.value is None
    assert found.state == (SHORTHAND[text.strip().lower()] if text.strip() else "no-row")


def test_the_shorthand_of_the_publishers_is_known():
    suppressed, missing = ("[c]", "*", "!", "~"), ("[x]", "-", "..", "?")
    assert {
        **dict.fromkeys(suppressed, "suppressed"),
        **dict.fromkeys(missing, "not-available"),
        **dict.fromkeys(("[z]", "n/a"), "not-applicable"),
    } == SHORTHAND


WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WRITABLE | st.from_regex(r"[-+]?[0-9,.]{1,9}[%km]?", fullmatch=True))
def test_nothing_but_a_zero_is_ever_read_as_zero(sheet, text):
    changed = sheet(NOT_STATED).put(5, "ethnicity_not_stated", text)
    try:
        found = [one.value for one in changed.load() if one.row == 5 and one.column == "ethnicity_not_stated"]
    except RefusedFile:
        return
    (value,) = found
    figures = {unicodedata.digit(each) for each in text if each.isdigit()}
    assert (value == 0) == (figures == {0})


@pytest.mark.crawl(8)
@NAMES
def test_missing_extra_and_repeated_columns_are_told_apart(sheet, name):
    missing = sheet(name)
    lost = missing.rows[0][1]
    assert only_fault(name, missing.put(1, lost, "Renamed").content).reason == (
        f"the columns differ from what this file always had (missing: {lost}; not expected: Renamed)"
    )
    extra = sheet(name)
    extra.rows = [[*row, "x"] for row in extra.rows]
    fault = only_fault(name, extra.content)
    assert fault.row == 1
    assert fault.reason.endswith("(not expected: x)")
    twice = sheet(name)
    twice.rows = [[*row, row[0]] for row in twice.rows]
    assert only_fault(name, twice.content).reason.endswith(f"(twice: {twice.rows[0][0]})")


def test_a_column_that_moved_is_read_by_its_name(sheet):
    moved = sheet(FORCES)
    moved.rows = [list(reversed(row)) for row in moved.rows]
    assert moved.load() == loader(FORCES).load(shipped_content(loader(FORCES)))


def test_a_header_one_row_lower_is_refused(sheet):
    lower = sheet(FORCES)
    lower.rows.insert(0, ["Table 1: stop and search"])
    assert only_fault(FORCES, lower.content).row == 1


def test_a_group_split_in_two_is_refused_at_both_rows(sheet):
    split = sheet(FORCES)
    row = split.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="Black")
    split.put(row, "ethnicity_self_defined_5", "Black (split) A")
    split.rows.append([*split.rows[row - 1]])
    split.put(len(split.rows), "ethnicity_self_defined_5", "Black (split) B")
    assert [fault.row for fault in refusal(FORCES, split.content).faults] == [row, len(split.rows)]


@pytest.mark.crawl(20)
@NAMES
@pytest.mark.parametrize("part", ["1%", "50%", "99%", "one byte short", "two bytes short"])
def test_a_file_cut_short_is_refused(name, part):
    content = shipped_content(loader(name))
    length = {"one byte short": len(content) - 1, "two bytes short": len(content) - 2}.get(part)
    kept = content[: length or len(content) * int(part.removesuffix("%")) // 100]
    assert refusal(name, kept).faults


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_wherever_the_force_file_is_cut_it_is_refused_or_lacks_whole_years(data):
    """A year that is not there yet looks the same as a year cut off: no file can tell the two apart."""
    content = shipped_content(loader(FORCES))
    ends = [at + 1 for at, byte in enumerate(content) if byte == 10]
    cut = data.draw(st.integers(0, len(content) - 1) | st.sampled_from(ends[:-1]))
    try:
        found = loader(FORCES).load(content[:cut])
    except RefusedFile as fault:
        assert fault.faults  # noqa: PT017  (either way of ending is checked)
    else:
        assert len(found) % (43 * 5) == 0


@pytest.mark.parametrize("name", [NATIONS, "census-2021-police-forces", "census-2011", NOT_STATED])
def test_a_file_cut_at_the_end_of_a_row_is_refused_where_a_place_is_missing(name):
    lines = shipped_content(loader(name)).splitlines(keepends=True)
    for kept in (2, len(lines) // 2, len(lines) - 20, len(lines) - 1):
        assert "there is no row for" in str(refusal(name, b"".join(lines[:kept])))


def test_a_force_left_out_is_refused_by_its_code(sheet):
    changed = sheet(NOT_STATED)
    del changed.rows[changed.find(police_force_area="Kent") - 1]
    reasons = [fault.reason for fault in refusal(NOT_STATED, changed.content).faults]
    assert [reason.partition(";")[0] for reason in reasons] == [
        "there is no row for 2024/25, E23000032",
        "there is no row for 2024/25, E23000032, Unknown",
    ]


def test_a_byte_order_mark_changes_nothing():
    content = shipped_content(loader(NOT_STATED))
    assert loader(NOT_STATED).load(b"\xef\xbb\xbf" + content) == loader(NOT_STATED).load(content)


def test_line_ends_of_any_kind_and_mixed_change_nothing():
    content = shipped_content(loader(NOT_STATED))
    lines = content.splitlines()
    mixed = b"".join(line + (b"\r\n" if at % 2 else b"\n") for at, line in enumerate(lines))
    whole = loader(NOT_STATED).load(content)
    assert loader(NOT_STATED).load(mixed) == whole
    assert loader(NOT_STATED).load(b"\r\n".join(lines) + b"\r\n") == whole


@pytest.mark.parametrize("mark", ["£", "–", "é"])
def test_text_in_another_encoding_is_refused_by_its_row_and_never_garbled(sheet, mark):
    changed = sheet(FORCES).put(12, "note", f"cost {mark}5").content
    fault = only_fault(FORCES, changed.decode().encode("cp1252"))
    assert str(fault) == "row 12: not UTF-8 text: save the file as UTF-8 CSV"
    assert loader(FORCES).load(changed)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_refused(encoding):
    content = shipped_content(loader(NOT_STATED)).decode().encode(encoding)
    reason = only_fault(NOT_STATED, content).reason
    assert "not UTF-8" in reason or "NUL bytes" in reason


def test_nul_bytes_are_refused(sheet):
    content = sheet(FORCES).put(12, "note", "a\x00b").content
    assert only_fault(FORCES, content).reason == "holds NUL bytes: it is not a CSV file"


def test_a_quotation_mark_that_is_never_closed_is_refused_wherever_it_opens():
    content = shipped_content(loader(NOT_STATED))
    for at in (0, content.index(b"\n") + 1, content.index(b'"'), content.rindex(b'"')):
        unbalanced = content[:at] + b'"' + content[at:]
        assert refusal(NOT_STATED, unbalanced).faults
    assert "is not good CSV" in str(refusal(NOT_STATED, b'"financial_year,\n'))


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04\x00\x00"])
def test_what_is_no_table_at_all_is_refused(content):
    assert refusal(NOT_STATED, content).faults


def test_a_header_with_no_rows_is_refused():
    header = shipped_content(loader(NOT_STATED)).partition(b"\n")[0] + b"\n"
    assert str(only_fault(NOT_STATED, header)) == "the whole file: there are no figures in it"


def test_a_row_that_is_too_short_or_too_long_is_refused(sheet):
    for change in (lambda row: row[:-1], lambda row: [*row, "more"]):
        changed = sheet(NOT_STATED)
        changed.rows[4] = change(changed.rows[4])
        fault = only_fault(NOT_STATED, changed.content)
        assert fault.row == 5
        assert "cells where the header has 9" in fault.reason


def test_every_wrong_row_is_told_at_once_in_order_and_the_message_stops_at_twenty(sheet):
    changed = sheet(FORCES)
    wrong = range(2, 42)
    for row in wrong:
        changed.put(row, "searches", "lots")
    caught = refusal(FORCES, changed.content)
    assert [fault.row for fault in caught.faults] == list(wrong)
    assert str(caught).count("\n") == 1 + SHOWN_FAULTS
    assert str(caught).endswith(f"and {len(wrong) - SHOWN_FAULTS} more")


def test_not_stated_is_unknown_and_never_other():
    found = loader(NOT_STATED).load(shipped_content(loader(NOT_STATED)))
    assert {one.group for one in found} == {"All", "Unknown"}
    assert {one.classification for one in found} == {"any"}


def test_a_file_on_disk_is_named_in_its_refusal(tmp_path):
    path = tmp_path / "last year.csv"
    path.write_bytes(shipped_content(loader(NOT_STATED)))
    assert len(loader(NOT_STATED).load_path(path)) == 86
    path.write_bytes(b"a,b\n")
    with pytest.raises(RefusedFile, match=r"^last year\.csv was refused"):
        loader(NOT_STATED).load_path(path)
