"""The working: step by step from counts to a figure and to the ends of its range, each with its numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.library import statistics

CONFIDENCE_TAILS = ("0.025", "0.975")
DIGITS = 6  # of a number that was worked out, as the steps show it
Z = 1.959963984540054


@dataclass(frozen=True)
class Step:
    """One line of the working: what is worked out, by which formula, with which numbers."""

    symbol: str
    formula: str
    numbers: str
    value: float


class Working:
    """The numbers that stand for each symbol, and the steps taken with them so far."""

    def __init__(self, values: Mapping[str, float]) -> None:
        """Start from the counts."""
        self._values = dict(values)
        self.steps: list[Step] = []

    def __getitem__(self, symbol: str) -> float:
        """The number that a symbol stands for."""
        return self._values[symbol]

    def __contains__(self, symbol: str) -> bool:
        """Whether the symbol stands for a number yet."""
        return symbol in self._values

    def step(self, symbol: str, formula: str, value: float) -> float:
        """Take one step: `formula` has each symbol in braces, and `value` is what comes of it."""
        written = {name: written_out(one) for name, one in self._values.items()}
        # What every rate is for each so many of has no symbol of its own: it is a number in the formula too.
        symbols = {name: written[name] if name == "k" else name for name in self._values}
        self.steps.append(Step(symbol, formula.format_map(symbols), formula.format_map(written), value))
        self._values[symbol] = value
        return value


def written_out(number: float) -> str:
    """A number as the working shows it: a count in full, anything else to six figures."""
    if float(number).is_integer():
        return f"{number:,.0f}"
    shown = np.format_float_positional(number, precision=DIGITS, unique=False, fractional=False, trim="-")
    whole, point, decimals = shown.rstrip(".").partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole.lstrip("-") != "0" else shown


def rate(work: Working) -> None:
    work.step("r", "{k} × {a} ÷ {A}", work["k"] * work["a"] / work["A"])


def rates(work: Working) -> None:
    if "r" not in work:
        rate(work)
    if "r₀" not in work:
        work.step("r₀", "{k} × {b} ÷ {B}", work["k"] * work["b"] / work["B"])


def ratio(work: Working) -> None:
    rates(work)
    work.step("ratio", "{r} ÷ {r₀}", work["r"] / work["r₀"])


def ratio_limits(work: Working) -> None:
    counts = [work[symbol] for symbol in ("a", "A", "b", "B")]
    found = statistics.rate_ratio(*counts)
    below, above = CONFIDENCE_TAILS
    formula = "Odds(" + below + "; {a}, {b} + 1) × {B} ÷ {A}" if work["a"] else "0"
    work.step("lower", formula, float(found.lower))
    work.step("upper", "Odds(" + above + "; {a} + 1, {b}) × {B} ÷ {A}", float(found.upper))


def difference(work: Working) -> None:
    rates(work)
    work.step("difference", "{r} − {r₀}", work["r"] - work["r₀"])


def difference_limits(work: Working, names: tuple[str, str] = ("lower", "upper")) -> None:
    below, above = CONFIDENCE_TAILS
    for symbols, (events, population) in ((("l", "u"), ("a", "A")), (("l₀", "u₀"), ("b", "B"))):
        found = statistics.rate(work[events], work[population], per=work["k"])
        lower = "{k} × Gamma(" + below + "; {" + events + "}) ÷ {" + population + "}"
        work.step(symbols[0], lower if work[events] else "0", float(found.lower))
        upper = "{k} × Gamma(" + above + "; {" + events + "} + 1) ÷ {" + population + "}"
        work.step(symbols[1], upper, float(found.upper))
    d = work["r"] - work["r₀"]
    down, up = (
        math.hypot(work["r"] - work["l"], work["u₀"] - work["r₀"]),
        math.hypot(work["u"] - work["r"], work["r₀"] - work["l₀"]),
    )
    work.step(names[0], "{r} − {r₀} − √(({r} − {l})² + ({u₀} − {r₀})²)", d - down)
    work.step(names[1], "{r} − {r₀} + √(({u} − {r})² + ({r₀} − {l₀})²)", d + up)


def excess(work: Working) -> None:
    work.step("E", "{A} × {b} ÷ {B}", work["A"] * work["b"] / work["B"])
    work.step("excess", "{a} − {E}", work["a"] - work["E"])


def excess_limits(work: Working) -> None:
    rates(work)
    difference_limits(work, ("d₁", "d₂"))
    for end, of in (("lower", "d₁"), ("upper", "d₂")):
        work.step(end, "{" + of + "} × {A} ÷ {k}", work[of] * work["A"] / work["k"])


def known(work: Working) -> None:
    if "U" in work:
        work.step("A", "{N} − {U}", work["N"] - work["U"])
    else:
        work.step("A", "{N}", work["N"])


def share_of_known(work: Working) -> None:
    known(work)
    rate(work)


def share_unknown(work: Working) -> None:
    work.step("share", "{U} ÷ {N}", work["U"] / work["N"])


def lower_bound(work: Working) -> None:
    rate(work)
    work.step("r₁", "{k} × ({b} + {U}) ÷ {B}", work["k"] * (work["b"] + work["U"]) / work["B"])
    work.step("bound", "{r} ÷ {r₁}", work["r"] / work["r₁"])


def upper_bound(work: Working) -> None:
    work.step("r₁", "{k} × ({a} + {U}) ÷ {A}", work["k"] * (work["a"] + work["U"]) / work["A"])
    work.step("r₀", "{k} × {b} ÷ {B}", work["k"] * work["b"] / work["B"])
    work.step("bound", "{r₁} ÷ {r₀}", work["r₁"] / work["r₀"])


def tipping_share(work: Working) -> None:
    a, A, b, B, U = (work[symbol] for symbol in ("a", "A", "b", "B", "U"))  # noqa: N806  (the letters of the method)
    value = (A * (b + U) - B * a) / (U * (A + B))
    work.step("share", "({A} × ({b} + {U}) − {B} × {a}) ÷ ({U} × ({A} + {B}))", value)


def share(work: Working) -> None:
    work.step("share", "{x} ÷ {n}", work["x"] / work["n"])


def share_limits(work: Working) -> None:
    _wilson(work, "{x}", "{n}", statistics.proportion(work["x"], work["n"]))


def share_unknown_limits(work: Working) -> None:
    _wilson(work, "{U}", "{N}", statistics.proportion(work["U"], work["N"]))


def chance_95(work: Working) -> None:
    _by_chance(work, 0.95)


def chance_99_8(work: Working) -> None:
    _by_chance(work, 0.998)


def _by_chance(work: Working, confidence: float) -> None:
    """The ratios between which an area lies by chance, were its ratio that of the nation."""
    work.step("θ", "({a′} ÷ {A′}) ÷ ({b′} ÷ {B′})", work["a′"] / work["A′"] / (work["b′"] / work["B′"]))
    work.step("n", "{a} + {b}", work["a"] + work["b"])
    work.step("p", "{A} × {θ} ÷ ({A} × {θ} + {B})", 1 / (1 + work["B"] / (work["A"] * work["θ"])))
    found = statistics.funnel_limits(
        work["n"] * work["p"], work["n"] * (1 - work["p"]), target=work["θ"], confidence=confidence
    )
    tail = (1 - confidence) / 2
    for symbol, share, more, end in (("c₁", tail, "", "lower"), ("c₂", 1 - tail, "1 + ", "upper")):
        limit = float(getattr(found, end))
        if math.isnan(limit):  # however many of them were of this group, it would not be too many
            continue
        odds = limit * work["A"] / work["B"]
        work.step(symbol, f"{more}Binom({share:.4g}; {{n}}, {{p}})", work["n"] * odds / (1 + odds))
        work.step(end, f"{{{symbol}}} ÷ ({{n}} − {{{symbol}}}) × {{B}} ÷ {{A}}", limit)


def _wilson(work: Working, part: str, whole: str, found: statistics.Proportion) -> None:
    work.step("z", "1.95996", Z)
    root = f"{{z}} × √({part} × ({whole} − {part}) ÷ {whole} + {{z}}² ÷ 4)"
    for end, sign in (("lower", "−"), ("upper", "+")):
        formula = f"({part} + {{z}}² ÷ 2 {sign} {root}) ÷ ({whole} + {{z}}²)"
        work.step(end, formula, float(getattr(found, end)))


def steps_by_area(
    figure: str, strata: Sequence[tuple[float, ...]], shown: tuple[float, float | None, float | None]
) -> tuple[Step, ...]:
    """The steps to a figure that is summed over areas; each of the strata is a, A, b and B."""
    if figure == "rank":
        return ()
    sums: dict[str, tuple[str, float]]
    if figure == "indirect":
        sums = {
            "O": ("Σ aₖ", math.fsum(a for a, *_ in strata)),
            "E": ("Σ Aₖ × bₖ ÷ Bₖ", math.fsum(A * b / B for _, A, b, B in strata)),
        }
        formulas = ("{O} ÷ {E}", "Gamma(0.025; {O}) ÷ {E}", "Gamma(0.975; {O} + 1) ÷ {E}")
    else:
        sums = {
            "R": ("Σ aₖ × Bₖ ÷ (Aₖ + Bₖ)", math.fsum(a * B / (A + B) for a, A, b, B in strata)),
            "S": ("Σ bₖ × Aₖ ÷ (Aₖ + Bₖ)", math.fsum(b * A / (A + B) for a, A, b, B in strata)),
            "V": (
                "Σ (aₖ + bₖ) × Aₖ × Bₖ ÷ (Aₖ + Bₖ)²",
                math.fsum((a + b) * A * B / (A + B) ** 2 for a, A, b, B in strata),
            ),
        }
        width = "exp(1.95996 × √({V} ÷ ({R} × {S})))"
        formulas = ("{R} ÷ {S}", f"{{R}} ÷ {{S}} ÷ {width}", f"{{R}} ÷ {{S}} × {width}")
    work = Working({})
    for symbol, (formula, value) in sums.items():
        work.step(symbol, formula, value)
    for symbol, formula, end in zip(("ratio", "lower", "upper"), formulas, shown, strict=True):
        if end is not None:
            work.step(symbol, formula, end)
    return tuple(work.steps)
