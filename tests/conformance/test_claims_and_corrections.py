"""The claims that are quoted and the corrections that are written down, held to the figures that the product ships."""

import math
import re
import tomllib
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from evenhand.domains.evidence.queries.claims.sentences import remarks
from evenhand.library import compare
from evenhand.library.datasets.catalogue import loader, loaders
from evenhand.library.datasets.claims.agreement import check
from evenhand.library.datasets.claims.quotations import quotation, quotations
from evenhand.library.datasets.corrections import corrections
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.loader import UNSAFE
from evenhand.library.datasets.store import Store, changes, read_release, shipped_content

ROOT = Path(__file__).resolve().parents[2]
DOCS, SHIPPED = ROOT / "docs" / "how-to", ROOT / "src" / "evenhand" / "library" / "reference"
# The measures of the contracts, shipped already or still to come.
MEASURES = {
    *("stop-and-search", "arrests", "police-use-of-force", "youth-cautions", "charge-rate", "prosecutions"),
    *("conviction-ratio", "custodial-sentences", "sentence-length", "child-stop-and-search", "child-arrests"),
    *("child-remand", "child-custody", "youth-custody", "prison-population", "prison-pava", "prison-self-harm"),
    *("licence-recalls", "proven-reoffending", "police-station-legal-aid", "deaths-in-custody", "crime-victims"),
    *("homicide-victims", "magistrates", "judiciary", "prison-officers"),
}
TIED = [one for one in quotations() if one.ours]
# A claim and a figure of ours of one time, written in two ways.
ONE_TIME = {
    ("2011 Census based", "2011"),
    ("2011 Census", "2011"),
    ("y/e Mar 2020", "2019/20"),
    ("2021/22", "2021/22"),
    ("y/e Mar 2022", "2021/22"),
    ("y/e Mar 2023", "2022/23"),
    ("y/e Mar 2025", "2024/25"),
}
BY_FORCE = "search-rates-2022-23-north-yorkshire-and-surrey"


@pytest.fixture(scope="module")
def everything():
    """An engine over every dataset that the product ships."""
    return Engine.from_releases(read_release(one, shipped_content(one)) for one in loaders())


@pytest.fixture(scope="module")
def checks(everything):
    return [check(one, everything) for one in quotations()]


def shipped(dataset):
    return loader(dataset).load(shipped_content(loader(dataset)))


# Claims


def test_all_seventy_six_claims_are_there_each_with_its_source_and_a_name_for_its_address():
    assert len(quotations()) == 76
    for one in quotations():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", one.slug)
        assert not one.slug.startswith("evenhand-")
        assert one.source.title
        assert one.source.url
        assert one.source.licence
        assert one.remark in remarks(), one.remark
        assert one.topics


@pytest.mark.parametrize("one", TIED, ids=lambda one: one.slug)
def test_every_tie_resolves_and_computes(one, everything):
    found = check(one, everything)
    assert found.figure is not None
    assert math.isfinite(found.figure.value)
    assert all(math.isfinite(value) for _, value in found.figure.parts)
    assert found.figure.version == everything.versions[one.ours.dataset]
    assert one.ours.measure in MEASURES | {""}


def test_how_many_claims_agree_is_what_the_figures_say_and_not_what_was_wished(checks):
    assert Counter(one.agreement for one in checks) == {"agrees": 3, "alike": 10, "differs": 32, "none": 31}
    assert [one.quotation.slug for one in checks if one.agreement == "agrees"] == [
        "lammy-2017-share-of-residents",
        "youth-custody-service-2025-remand-nights-minority-ethnic",
        "youth-custody-service-2025-remand-nights-white",
    ]


def test_a_figure_of_another_time_than_the_claim_says_so():
    same = {(one.period, one.ours.period) for one in TIED if "period" not in one.ours.differs}
    assert same == ONE_TIME


def test_a_claim_that_differs_says_in_what(checks):
    assert not [one.quotation.slug for one in checks if one.agreement == "differs" and not one.quotation.ours.differs]


def test_no_figure_that_is_marked_unsafe_stands_beside_a_claim():
    for one in TIED:
        used = [
            cell
            for cell in shipped(one.ours.dataset)
            if (cell.series, cell.period, cell.group)
            in {(one.ours.series, one.ours.period, g) for g in one.ours.groups}
        ]
        assert not [cell for cell in used if cell.note.startswith(UNSAFE)], one.slug


def test_the_cost_is_quoted_and_never_worked_out(checks):
    cost = quotation("lammy-2017-cost")
    assert (cost.value, cost.unit, cost.ours) == ("309", "GBP million per year", None)
    assert "never worked out again here" in cost.none
    assert not [one for one in quotations() if one.ours and "GBP" in one.unit]


def test_over_nine_thousand_stands_beside_both_methods_at_the_figures_of_the_notes(checks):
    found = next(one for one in checks if one.quotation.slug == "lammy-2017-fewer-people-in-prison")
    assert (round(found.figure.value), round(found.figure.equal_rate)) == (7_847, 9_603)
    assert "9,350" in found.quotation.inference
    assert "10,872" in found.quotation.inference


# Corrections


def test_every_figure_that_is_marked_unsafe_has_a_correction_that_says_why():
    named = [each for one in corrections() for each in one.figures]
    bare = [
        (one.name, cell.series, cell.period, cell.group)
        for one in loaders()
        for cell in one.load(shipped_content(one))
        if cell.note.startswith(UNSAFE) and not any(each.dataset == one.name and each.hold(cell) for each in named)
    ]
    assert bare == []


@pytest.mark.parametrize("one", corrections(), ids=lambda one: one.slug)
def test_every_correction_is_about_figures_that_are_there(one):
    for each in one.figures:
        assert [cell for cell in shipped(each.dataset) if each.hold(cell)]


def correction(slug):
    return next(one for one in corrections() if one.slug == slug)


def numbers(text):
    return [Decimal(number) for number in re.findall(r"\d+\.\d", text)]


def test_the_rates_that_were_revised_are_told_as_they_were_printed_and_as_they_are_now():
    printed, worked_out = [], []
    each = correction(BY_FORCE).figures[0]
    kept = {(cell.place, cell.group): cell.value for cell in shipped(each.dataset) if each.hold(cell)}
    for place in each.places:
        answered = compare("stop-and-search", place=place, period="2022/23")
        for group in each.groups:
            printed.append(Decimal(repr(kept[place, group])))
            rate = Decimal(repr(answered.row(group).rate))
            worked_out.append(rate.quantize(Decimal("0.1"), ROUND_HALF_UP))
    assert numbers(correction(BY_FORCE).wrong) == printed
    assert numbers(correction(BY_FORCE).right) == worked_out


def test_the_total_of_faiths_is_one_less_than_its_parts():
    cells = shipped("prison-population-by-faith-2008")
    parts = sum(cell.value for cell in cells if cell.classification == "faith" or cell.group == "Unknown")
    total = next(cell.value for cell in cells if cell.group == "All")
    assert (parts, total) == (83_195, 83_194)
    for number in ("83,194", "83,195"):
        assert number in correction("prisoners-by-faith-2008").wrong


def test_the_ratio_of_2009_contradicts_its_rounded_counts():
    cells = {cell.series: cell.value for cell in shipped("court-rates") if cell.period == "2009"}
    ends = [100 * (cells["convictions"] + low) / (cells["prosecutions"] - low) for low in (-500, 500)]
    assert [Decimal(repr(end)).quantize(Decimal("0.1")) for end in ends] == numbers(
        correction("conviction-ratio-2009").right
    )
    assert cells["conviction-ratio-percent"] == 79.8
    assert not ends[0] <= 79.8 <= ends[1]


# What the documentation shows


def shown(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    return tomllib.loads("\n".join(re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)))


def test_the_claim_that_is_shown_is_one_that_is_shipped():
    table = shown("quote-a-claim.md")
    (about,) = table["claims"]
    one = quotation(about["slug"])
    assert (one.speaker.who, one.speaker.said, list(one.speaker.titles)) == (
        table["who"],
        table["said"],
        table["titles"],
    )
    assert (one.stage, list(one.topics)) == (about["stage"], about["topics"])
    for name, value in about["ours"].items():
        assert getattr(one.ours, name) == (tuple(value) if isinstance(value, list) else value)


def test_the_correction_that_is_shown_is_one_that_is_shipped():
    (table,) = shown("write-a-correction.md")["corrections"]
    shipped_table = tomllib.loads((SHIPPED / "corrections.toml").read_text(encoding="utf-8"))["corrections"]
    assert table in shipped_table


# Revisions


@pytest.mark.long
def test_what_is_released_and_read_back_differs_from_its_file_in_nothing(tmp_path):
    """Blank cells, withheld ones and all: or every release would look revised."""
    store = Store(tmp_path / "evidence")
    store.load_shipped(on=date(2026, 11, 22))
    for one in loaders():
        (held,) = store.held(one.name)
        assert changes(one.load(shipped_content(one)), store.observations(held.dataset, held.version)) == (), one.name
