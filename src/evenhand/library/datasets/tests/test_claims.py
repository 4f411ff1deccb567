"""Claims of others: what is refused, what a figure of ours is worked out from, and when the two are said to agree."""

import csv
import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.datasets.catalogue import Unknown, loader
from evenhand.library.datasets.claims.agreement import AGREEMENTS, check, fits, places
from evenhand.library.datasets.claims.quotations import quotation, quotations, read_quotations
from evenhand.library.datasets.claims.ties import NoFigure, Tie, our_figure
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import read_release, shipped_content
from evenhand.library.discover import Fault
from evenhand.library.vocabulary import IllegalJoin

ROW = {
    "slug": "a-2020-share",
    "claim": "share of prisoners",
    "group": "Black",
    "value": "12",
    "unit": "percent",
    "period": "2020",
    "source_title": "A Report (2020)",
    "source_url": "https://a.example",
    "evidence_quality": "verbatim",
    "arithmetic_note": "",
    "table": "",
    "licence": "quoted",
}
HEADER = list(ROW)
SPEAKER = """
who = "A"
titles = ["A Report (2020)"]
checked = "not yet checked by a person"
look_again = 2027-11-01
"""
NONE = """
[[claims]]
slug = "a-2020-share"
none = "We hold nothing."
"""
TIED = """
[[claims]]
slug = "a-2020-share"
[claims.ours]
kind = "share"
dataset = "prison-population"
series = "prisoners"
classification = "five"
period = "30 June 2025"
groups = ["Black"]
"""


def sheet(*rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def read(tmp_path):
    """Read a file of claims with one declaration beside it."""

    def read_(content=None, declared=SPEAKER + NONE):
        (tmp_path / "a-2020.toml").write_text(declared)
        return read_quotations(sheet(ROW) if content is None else content, tmp_path)

    return read_


@pytest.fixture(scope="module")
def prisons():
    """An engine over the prison population and the census alone."""
    ours = [loader(name) for name in ("prison-population", "census-2021-nations")]
    return Engine.from_releases(read_release(one, shipped_content(one)) for one in ours)


# What is read, and what is refused


def test_a_claim_is_read_with_its_words_its_source_and_who_said_it(read):
    (one,) = read()
    assert (one.slug, one.claim, one.group, one.value, one.unit) == (
        *("a-2020-share", "share of prisoners", "Black", "12", "percent"),
    )
    assert (one.quality, one.remark, one.speaker.who, one.none) == ("verbatim", "", "A", "We hold nothing.")
    assert one.source.url == "https://a.example"


@pytest.mark.parametrize("column", ["source_title", "source_url", "licence"])
def test_a_row_without_a_source_is_refused_with_its_number(column, read):
    with pytest.raises(RefusedFile, match=f"row 2, {column}: the row does not say where it comes from"):
        read(sheet({**ROW, column: "  "}))


@pytest.mark.parametrize("column", ["slug", "claim", "group", "value", "unit", "evidence_quality"])
def test_a_row_that_does_not_say_what_is_claimed_is_refused(column, read):
    with pytest.raises(RefusedFile, match=f"row 2, {column}: is blank"):
        read(sheet({**ROW, column: ""}))


def test_every_fault_of_a_file_is_named_at_once(read):
    bad = {**ROW, "evidence_quality": "hearsay"}
    with pytest.raises(RefusedFile) as refusal:
        read(sheet(ROW, {**ROW, "source_url": ""}, bad, ROW))
    assert [fault.row for fault in refusal.value.faults] == [3, 4, 5]
    assert "'hearsay' is not one of verbatim" in str(refusal.value)
    assert "'a-2020-share' stands in row 2 already" in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the columns differ"),
        (",".join(HEADER).encode() + b"\n", "there are no claims in it"),
        (sheet(ROW)[:-5], "is the file cut short"),
        (sheet(ROW).replace(b"source_url", b"address"), "missing: source_url; not expected: address"),
        (b"\xff\xfe" + sheet(ROW), "not UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused(content, said, read):
    with pytest.raises(RefusedFile, match=said):
        read(content)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (SPEAKER, "nothing declares the claim 'a-2020-share'"),
        (SPEAKER + NONE + NONE, "is declared twice"),
        (SPEAKER + NONE.replace("a-2020", "b-2020"), "headline_claims.csv has no claim called 'b-2020-share'"),
        (SPEAKER.replace("A Report (2020)", "B") + NONE, "is quoted from 'A Report"),
        (SPEAKER.replace("who", "whom") + NONE, "'whom' is not known, did you mean 'who'?"),
        (SPEAKER + '[[claims]]\nslug = "a-2020-share"\n', "says neither which figure"),
        (SPEAKER + TIED.replace("[claims.ours]", 'none = "x"\n[claims.ours]'), "says neither which figure"),
        (SPEAKER + TIED.replace('"prison-population"', '"prison-popluation"'), "No dataset is called"),
        (SPEAKER + TIED + 'place = "X99"\n', "No place"),
        (SPEAKER + TIED.replace("[claims.ours]", 'stage = "prisons"\n[claims.ours]'), "prisons"),
        (SPEAKER + TIED.replace("[claims.ours]", 'topics = ["jail"]\n[claims.ours]'), "jail"),
        (SPEAKER + TIED + 'differs = ["period", "ages"]\n', "'why' is missing: it differs in period, ages"),
        (SPEAKER + TIED + 'differs = ["colour"]\n', "'differs' is"),
        (SPEAKER + TIED + 'differs = ["period"]\nwhy = "Otherwise."\n', "'differs' does not say what"),
        (SPEAKER + TIED.replace('"share"', '"ratio"'), "a ratio needs a 'population'"),
        (SPEAKER + TIED.replace('"share"', '"figure"'), "a figure needs a 'unit' and one group"),
    ],
)
def test_a_declaration_that_does_not_hold_is_refused_and_says_why(declared, said, read):
    with pytest.raises(Fault, match=said.replace("(", r"\(").replace("?", r"\?")):
        read(declared=declared)


def test_a_claim_is_found_by_its_slug_with_the_near_ones_named():
    assert quotation("lammy-2017-cost").value == "309"
    with pytest.raises(Unknown, match="Did you mean lammy-2017-cost"):
        quotation("lammy-2017-costs")


# Our figure


TIE = Tie("share", "prison-population", "prisoners", "five", "30 June 2025", ("Black",))
TOGETHER = ("Asian", "Black", "Mixed", "Other")


def tie(**change):
    return dataclasses.replace(TIE, **change)


def test_each_kind_of_figure_is_worked_out_from_the_published_cells(prisons):
    known = 62_692 + 10_314 + 6_932 + 4_200 + 2_187
    assert our_figure(TIE, prisons).value == pytest.approx(100 * 10_314 / known)
    of_women = [our_figure(tie(sex="female", of=base), prisons).value for base in ("known", "everyone")]
    assert of_women[0] == pytest.approx(100 * 251 / 3_532)
    assert of_women[1] < of_women[0]
    assert our_figure(tie(kind="count"), prisons).value == 10_314
    assert our_figure(tie(kind="count", sex="female"), prisons).value == 251
    assert our_figure(tie(kind="figure", unit="count", times=2), prisons).value == 20_628
    ratio = our_figure(tie(kind="ratio", population="census-2021-nations"), prisons)
    assert (round(ratio.value, 3), ratio.lower < 3.325 < ratio.upper) == (3.325, True)


def test_groups_put_together_are_also_shown_alone(prisons):
    found = our_figure(tie(groups=TOGETHER), prisons)
    assert [group for group, _ in found.parts] == list(TOGETHER)
    assert sum(value for _, value in found.parts) == pytest.approx(found.value)
    assert our_figure(TIE, prisons).parts == ()


def test_the_two_counterfactuals_are_those_of_the_notes(prisons):
    found = our_figure(tie(kind="fixed-total-swap", groups=TOGETHER, population="census-2021-nations"), prisons)
    assert round(found.value) == 7_847
    assert round(found.equal_rate) == 9_603
    assert {group: round(value) for group, value in found.parts} == {
        "Asian": -1_057,
        "Black": 6_824,
        "Mixed": 1_712,
        "Other": 368,
    }


def test_what_officers_saw_is_never_divided_by_what_people_say_of_themselves():
    names = ("police-use-of-force", "census-2021-nations")
    engine = Engine.from_releases(read_release(one, shipped_content(one)) for one in map(loader, names))
    wrong = Tie("ratio", "police-use-of-force", "tactics", "officer-five", "2019/20", ("Black",), population=names[1])
    with pytest.raises(IllegalJoin):
        our_figure(wrong, engine)


def test_a_figure_that_is_not_released_or_withheld_is_none_with_its_reason(prisons):
    empty = Engine.from_releases([])
    with pytest.raises(NoFigure, match="not released here: prison-population"):
        our_figure(TIE, empty)
    with pytest.raises(NoFigure, match="no figure for Black"):
        our_figure(tie(period="30 June 2035"), prisons)
    shown = check(quotation("prison-reform-trust-prisoners"), empty)
    assert (shown.agreement, shown.figure) == ("none", None)
    assert shown.reason == "Our figure cannot be shown now: not released here: prison-population."


# Agreement


@pytest.mark.parametrize(
    ("said", "value", "agrees"),
    [
        ("14", 14.028, True), ("14", 13.5, True), ("14", 14.499, True), ("14", 14.5, False), ("14", 13.499, False),
        ("2.9", 2.85, True), ("2.9", 2.95, False), ("547003", 547_003, True), ("547003", 547_004, False),
        ("over 40", 45.4, True), ("over 40", 40, False), ("over 40", 50, False), ("over 40", 38, False),
        ("over 9000", 9_350, True), ("over 9000", 7_847, False), ("over 9000", 10_872, False),
        ("over 4", 4.01, True), ("over 4", 2.6, False), ("over 5.5", 5.55, True), ("over 5.5", 5.6, False),
        ("almost 9", 8.9, True), ("almost 9", 9, False), ("almost 9", 8, False), ("almost 9", 5.5, False),
        ("around 3", 3.33, True), ("around 3", 2.5, True), ("around 3", 3.5, False),
        ("around 103100", 103_149, True), ("around 103100", 103_151, False),
    ],
)  # fmt: skip
def test_a_figure_fits_a_claim_when_it_rounds_to_the_number_that_was_said(said, value, agrees):
    assert fits(said, value) is agrees


@given(st.decimals(min_value=0, max_value=10**7, places=1))
def test_a_number_fits_itself_and_nothing_a_whole_step_away(number):
    said = str(number)
    assert fits(said, float(number))
    assert not fits(said, float(number) + 0.1001)


@pytest.mark.parametrize("said", ["", "many", "about 3", "-3", "3%", "over", "1,000"])
def test_what_is_no_number_is_refused(said):
    with pytest.raises(ValueError, match="is no number such as"):
        fits(said, 1.0)
    with pytest.raises(ValueError, match="is no number such as"):
        places(said)


@pytest.mark.parametrize(
    ("number", "differs", "agreement"),
    [
        ("12", (), "agrees"),
        ("12", ("period",), "alike"),
        ("13", ("period",), "differs"),
        ("13", (), "differs"),
    ],
)
def test_the_same_number_of_another_time_is_alike_and_never_said_to_agree(number, differs, agreement, prisons):
    one = quotation("prison-reform-trust-prisoners")
    claim = dataclasses.replace(one, value=number, ours=tie(differs=differs))
    assert check(claim, prisons).agreement == agreement
    assert agreement in AGREEMENTS


def test_a_number_printed_beside_the_value_may_be_what_is_compared(prisons):
    claim = dataclasses.replace(quotation("prison-reform-trust-prisoners"), value="21537", ours=tie(number="12"))
    assert check(claim, prisons).agreement == "agrees"


def test_no_claim_is_quoted_twice():
    assert len({one.slug for one in quotations()}) == len(quotations())
