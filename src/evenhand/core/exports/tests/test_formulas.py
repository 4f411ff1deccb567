"""Nothing that a program takes for a formula leaves as one, nothing else is touched, and all of it can be had back."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenhand.core.exports import guarded, restored

FORMULAS = (
    '=HYPERLINK("https://example.test","x")', "=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)",
    "|calc", "\t=1+1", "\r=1+1", "\n=1+1", "\x00=1+1", " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1",
    "＝1+1", "＋1+1", "－A1", "＠SUM(A1)", "-A1", "+A1", "-(1+A1)", "'=1+1", "''@x", "=", "+", "-", "@", "-cmd",
    "+44 x", "-5/2", "--1", "+1e5",
)  # fmt: skip
HARMLESS = (
    "", "White", "0", "12", "-12", "-1,234.5", "-12.5%", "+44 20 7946 0000", "+44 (0)20 7946 0000", "+442079460000",
    "+44-20-7946-0000", "−12", "– not available", "a=1", "a+b", "50% of people", "[withheld]", "'quoted'", "'",
    "Asian/Asian British - Indian", "email@example.test", "1-2", "-1-", "≤ 5", "£1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text_and_comes_back_as_it_was(text):
    assert guarded(text) == "'" + text
    assert restored(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_text_that_can_do_nothing_stays_as_it_is(text):
    assert guarded(text) == text
    assert restored(text) == text


ODD = st.text(max_size=12) | st.text("=+-@|' \t\r\n\x00＝0a1", max_size=8) | st.sampled_from(FORMULAS + HARMLESS)


@given(ODD)
@example("''=1")
@example("'+44 20")
def test_whatever_is_written_comes_back(text):
    assert restored(guarded(text)) == text


@given(ODD)
def test_no_cell_begins_as_a_formula_however_a_program_trims_it(text):
    cell = guarded(text)
    trimmed = cell.strip().lstrip("\x00\u200b\ufeff\u202e\u00a0").strip()
    if trimmed.startswith(("=", "@", "|", "＝", "＋", "＠", "－")):
        pytest.fail(f"{cell!r}")
    if trimmed.startswith(("+", "-")):
        assert not set(trimmed[1:]) - set("0123456789 ().,-%")


@given(ODD)
def test_a_csv_reader_gives_back_the_one_cell(text):
    out = io.StringIO(newline="")
    csv.writer(out).writerow([guarded(text), "end"])
    assert next(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [guarded(text), "end"]
