"""A thousand random published numbers, each traced to its cells: read again from the files, and worked out again."""

import csv
import itertools
import math
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import scipy

import evenhand.library
from evenhand.library.datasets.catalogue import measures
from evenhand.library.datasets.compare import question
from evenhand.library.datasets.forces import areas, outcomes
from evenhand.library.datasets.trace import FIGURES, figures_of, traced
from evenhand.library.places import place

REFERENCE = Path(evenhand.library.__file__).parent / "reference"
SEED, MANY = 20261123, 1000
NATION = "K04000001"
Z = 1.959963984540054
BY_EXHIBIT = {"chance-95", "chance-99-8", "indirect", "mantel-haenszel", "residents-share"}


# Reading the files again, with nothing of ours


@cache
def file(name):
    """The columns of a shipped file, and its rows by their numbers: the header is row 1."""
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    return [column.strip() for column in rows[0]], rows


def text_at(cell):
    columns, rows = file(cell.file)
    return rows[cell.row - 1][columns.index(cell.column)]


def sums(trace):
    """What the cells of each count add up to, read again from the files; a blank adds nothing."""
    found = {}
    for count in trace.counts:
        texts = [text_at(cell).strip().replace(",", "") for cell in count.cells]
        found.setdefault(count.symbol, []).append(sum(Fraction(text) for text in texts if text))
    return {symbol: values if symbol.endswith("ₖ") else values[0] for symbol, values in found.items()}


# Working it out again, in whole numbers and fractions as far as they go


def of_ratio(n):
    if "ratio" in n:
        return n["ratio"]
    if "r₀" in n:
        return n["r"] / n["r₀"]
    return (n["a"] / n["A"]) / (n["b"] / n["B"])


def of_rate(n, per):
    if "r" in n:
        return n["r"]
    return per * n["a"] / (n["A"] if "A" in n else n["N"] - n.get("U", 0))


def again(figure, n, per):
    """The number from its counts."""
    return {
        "events": lambda: n["a"],
        "population": lambda: n["A"] if "A" in n else n["N"] - n.get("U", 0),
        "rate": lambda: of_rate(n, per),
        "ratio": lambda: of_ratio(n),
        "cumulative-ratio": lambda: of_ratio(n),
        "difference": lambda: n["r"] - n["r₀"] if "r₀" in n else per * (n["a"] / n["A"] - n["b"] / n["B"]),
        "excess": lambda: n["a"] - n["A"] * n["b"] / n["B"],
        "chance-95": lambda: (n["a′"] / n["A′"]) / (n["b′"] / n["B′"]),
        "chance-99-8": lambda: (n["a′"] / n["A′"]) / (n["b′"] / n["B′"]),
        "unknown": lambda: n["U"],
        "all-events": lambda: n["N"],
        "unknown-share": lambda: n["U"] / n["N"],
        "lower-bound": lambda: (n["a"] / n["A"]) / ((n["b"] + n["U"]) / n["B"]),
        "upper-bound": lambda: ((n["a"] + n["U"]) / n["A"]) / (n["b"] / n["B"]),
        "tipping-share": lambda: (n["A"] * (n["b"] + n["U"]) - n["B"] * n["a"]) / (n["U"] * (n["A"] + n["B"])),
        "outcome-share": lambda: n["x"] / n["n"],
        "residents-share": lambda: n["x"] / n["n"],
        "indirect": lambda: sum(n["aₖ"]) / sum(A * b / B for A, b, B in zip(n["Aₖ"], n["bₖ"], n["Bₖ"], strict=True)),
        "mantel-haenszel": lambda: (
            sum(a * B / (A + B) for a, A, B in zip(n["aₖ"], n["Aₖ"], n["Bₖ"], strict=True))
            / sum(b * A / (A + B) for b, A, B in zip(n["bₖ"], n["Aₖ"], n["Bₖ"], strict=True))
        ),
    }[figure]()


def garwood(events):
    lower = scipy.special.gammaincinv(events, 0.025) if events else 0
    return lower, scipy.special.gammaincinv(events + 1, 0.975)


def of_exact(n):
    a, among, b, ref_among = (float(n[symbol]) for symbol in "aAbB")
    below = scipy.special.betaincinv(a, b + 1, 0.025) if a else 0
    above = scipy.special.betaincinv(a + 1, b, 0.975)
    return [p / (1 - p) * ref_among / among for p in (below, above)]


def of_zou_and_donner(n, scale):
    a, among, b, ref_among = (float(n[symbol]) for symbol in "aAbB")
    (low, high), (ref_low, ref_high) = garwood(a), garwood(b)
    gap = a / among - b / ref_among
    down = math.hypot((a - low) / among, (ref_high - b) / ref_among)
    up = math.hypot((high - a) / among, (b - ref_low) / ref_among)
    return [scale * (gap - down), scale * (gap + up)]


def of_chance(n, tail):
    both, among, ref_among = (float(one) for one in (n["a"] + n["b"], n["A"], n["B"]))
    target = (n["a′"] / n["A′"]) / (n["b′"] / n["B′"])
    part = float(n["A"] * target / (n["A"] * target + n["B"]))
    counts = (scipy.special.bdtrik(tail, both, part), 1 + scipy.special.bdtrik(1 - tail, both, part))
    return [count / (both - count) * ref_among / among if count < both else None for count in counts]


def of_wilson(part, whole):
    x, of = float(part), float(whole)
    half = Z * math.sqrt(x * (of - x) / of + Z**2 / 4)
    return [(x + Z**2 / 2 + sign * half) / (of + Z**2) for sign in (-1, 1)]


def of_indirect(n):
    expected = float(sum(A * b / B for A, b, B in zip(n["Aₖ"], n["bₖ"], n["Bₖ"], strict=True)))
    return [end / expected for end in garwood(float(sum(n["aₖ"])))]


def of_greenland_and_robins(n):
    strata = list(zip(*(map(float, n[symbol]) for symbol in ("aₖ", "Aₖ", "bₖ", "Bₖ")), strict=True))
    over = sum(a * B / (A + B) for a, A, _, B in strata)
    under = sum(b * A / (A + B) for _, A, b, B in strata)
    spread = sum((a + b) * A * B / (A + B) ** 2 for a, A, b, B in strata)
    factor = math.exp(Z * math.sqrt(spread / (over * under)))
    return [over / under / factor, over / under * factor]


def ends_again(figure, n, per):
    """The ends of the range from the counts, by scipy's own inverse functions; None where there is no range."""
    counted = {
        "ratio": lambda: of_exact(n),
        "cumulative-ratio": lambda: of_exact(n),
        "difference": lambda: of_zou_and_donner(n, per),
        "excess": lambda: of_zou_and_donner(n, float(n["A"])),
    }
    others = {
        "chance-95": lambda: of_chance(n, 0.025),
        "chance-99-8": lambda: of_chance(n, 0.001),
        "unknown-share": lambda: of_wilson(n["U"], n["N"]),
        "outcome-share": lambda: of_wilson(n["x"], n["n"]),
        "indirect": lambda: of_indirect(n),
        "mantel-haenszel": lambda: of_greenland_and_robins(n),
    }
    if "a" not in n:  # published without counts
        counted = {}
    return {**counted, **others}.get(figure, lambda: [None, None])()


def ranks_again(n):
    """The lower, middle and upper rank of each area, in 2,000 draws from the counts."""
    draw = np.random.default_rng(1)
    a, among, b, ref_among = (np.array([[float(one)] for one in n[symbol]]) for symbol in ("aₖ", "Aₖ", "bₖ", "Bₖ"))
    drawn = [draw.standard_gamma(events + 0.5, (len(events), 2000)) for events in (a, b)]
    ratios = drawn[0] / among / (drawn[1] / ref_among)
    ranks = np.sort(np.argsort(np.argsort(-ratios, axis=0), axis=0) + 1, axis=1)
    return {share: ranks[:, math.ceil(share * 2000) - 1] for share in (0.025, 0.5, 0.975)}


# Drawing them: a measure, then a level of detail, a reference, a place and a period, then a figure of a group


def shown(asked, figure, group):
    """The number as the answer has it, which does not ask the trace; None for those that only exhibits have."""
    answered = asked.answer()
    row, bound = answered.row(group), answered.bound(group)
    simple = {
        "unknown": answered.unknown and answered.unknown.events,
        "all-events": answered.unknown and answered.unknown.of,
        "unknown-share": answered.unknown and answered.unknown.share,
        "lower-bound": bound and bound.lower,
        "upper-bound": bound and bound.upper,
        "tipping-share": bound and bound.tipping_share,
        "cumulative-ratio": next((one.ratio for one in asked.cumulative if one.group == group), None),
    }
    if figure == "rank":
        whole = replace(asked, place=place(NATION))
        return next(one.rank for one in areas(whole, group) if one.place == asked.place)
    return simple[figure] if figure in simple else getattr(row, figure, None)


def draws(chance):
    """Questions, figures, groups and outcomes, without end."""
    answered = [measure for measure in measures() if measure.answers]
    # Most numbers there are of searches, in every area: they are drawn as often as those of sixteen other measures.
    weights = [16 if len(measure.answers[0].populations) > 1 else 1 for measure in answered]
    while True:
        (measure,) = chance.choices(answered, weights)
        detail = chance.choice(measure.answers)
        reference = chance.choice(detail.references) if chance.random() < 0.25 else None
        asked = question(measure.slug, groups=detail.groups, reference=reference)
        everywhere = sorted(asked.panel.cells)
        nation = [key for key in everywhere if key[0] == NATION]
        code, period = chance.choice(chance.choice([everywhere, everywhere, nation]))
        asked = question(measure.slug, groups=detail.groups, reference=reference, place=code, period=period)
        if measure.outcomes and code == NATION and chance.random() < 0.5:
            _, rows = outcomes(asked.engine, measure.outcomes, versions=asked.versions)
            one = chance.choice(rows)
            yield asked, "outcome-share", one.group, one.outcome, one.share
            continue
        group = chance.choice([row.group for row in asked.answer().rows])
        if figures := figures_of(asked, group):
            figure = chance.choice(figures)
            yield asked, figure, group, "", shown(asked, figure, group)


@pytest.fixture(scope="module")
def numbers():
    """A thousand of them, the same each time: each traced, and beside it the number as the answer has it."""
    chance = random.Random(SEED)  # noqa: S311  (a choice of numbers is no secret)
    drawn = itertools.islice(draws(chance), MANY)
    return [
        (traced(asked, figure, group=group, outcome=outcome), value) for asked, figure, group, outcome, value in drawn
    ]


@pytest.mark.long
def test_the_draw_covers_every_measure_and_every_figure(numbers):
    drawn = Counter(trace.figure for trace, _ in numbers)
    assert set(drawn) == set(FIGURES)
    assert {trace.answered.measure.slug for trace, _ in numbers} == {one.slug for one in measures() if one.answers}
    assert len({trace.permalink for trace, _ in numbers}) > MANY * 0.6
    assert sum(len(trace.cells) > 40 for trace, _ in numbers) > 30


@pytest.mark.long
def test_every_number_leads_to_cells_of_the_shipped_files_that_hold_what_was_read(numbers):
    cells = {cell for trace, _ in numbers for cell in trace.cells}
    assert len(cells) > 2000
    for cell in cells:
        text = text_at(cell)
        assert text == cell.text
        if cell.value is None:
            assert not text.strip() or not text.strip()[0].isdigit()
        else:
            assert float(text.replace(",", "")) == cell.value
        for column, name in (
            ("source_title", "title"),
            ("source_url", "url"),
            ("table", "table"),
            ("licence", "licence"),
        ):
            columns, rows = file(cell.file)
            assert rows[cell.row - 1][columns.index(column)].strip() == getattr(cell, name)
    assert all(trace.cells for trace, _ in numbers)


def test_every_number_is_what_its_cells_give_when_it_is_worked_out_again(numbers):
    for trace, value in numbers:
        n, per = sums(trace), trace.answered.measure.rate_per
        if trace.figure == "rank":
            codes = [count.place for count in trace.counts if count.symbol == "aₖ"]
            at, found = codes.index(trace.answered.place.code), ranks_again(n)
            assert (trace.lower, trace.value, trace.upper) == tuple(float(each[at]) for each in found.values())
            assert trace.value == value
            continue
        expected = float(again(trace.figure, n, per))
        assert math.isclose(trace.value, expected, rel_tol=1e-12, abs_tol=1e-12), trace.permalink
        if trace.figure not in BY_EXHIBIT:
            assert trace.value == value, trace.permalink
        for given, end in zip((trace.lower, trace.upper), ends_again(trace.figure, n, per), strict=True):
            assert (given is None) == (end is None), trace.permalink
            if given is not None:
                assert math.isclose(given, end, rel_tol=1e-9, abs_tol=1e-9), trace.permalink


def test_the_last_step_of_every_working_is_the_number_and_its_steps_are_what_they_say(numbers):
    for trace, _ in numbers:
        if trace.steps:
            assert any(math.isclose(step.value, trace.value, rel_tol=1e-9) for step in trace.steps), trace.permalink
        ends = {step.symbol: step.value for step in trace.steps if step.symbol in {"lower", "upper"}}
        for name, value in ends.items():
            assert math.isclose(value, getattr(trace, name), rel_tol=1e-9, abs_tol=1e-9), trace.permalink
