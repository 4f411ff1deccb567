"""Whether a claim and a figure of ours agree: as the claim rounds its own number, and never by force."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from evenhand.library.datasets.claims.quotations import Quotation
from evenhand.library.datasets.claims.ties import NoFigure, OurFigure, our_figure
from evenhand.library.datasets.engine import Engine

# "alike" is the same number of another time, or of something counted otherwise: it neither confirms nor contradicts.
Agreement = Literal["agrees", "alike", "differs", "none"]
AGREEMENTS: tuple[Agreement, ...] = ("agrees", "alike", "differs", "none")

SAID = re.compile(r"(?:(?P<word>over|almost|around) )?(?P<number>\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Check:
    """A claim beside a figure of ours; where there is none, why."""

    quotation: Quotation
    agreement: Agreement
    figure: OurFigure | None = None
    reason: str = ""


def check(quotation: Quotation, engine: Engine) -> Check:
    """Set one claim beside the figure that it is tied to, as released now."""
    tie = quotation.ours
    if tie is None:
        return Check(quotation, "none", reason=quotation.none)
    try:
        figure = our_figure(tie, engine)
    except NoFigure as fault:
        return Check(quotation, "none", reason=f"Our figure cannot be shown now: {fault}.")
    if not fits(tie.number or quotation.value, figure.value):
        return Check(quotation, "differs", figure)
    return Check(quotation, "alike" if tie.differs else "agrees", figure)


def fits(said: str, value: float) -> bool:
    """Whether a value, rounded as the number in a claim is, is that number; ValueError if the claim has none.

    "over 40" and "almost 9" take in whatever the next round number does not: 40 to 50, and 8 to 9, ends left out.
    "around 3" is 3 when rounded.
    """
    word, number = _parts(said)
    step = Decimal(1).scaleb(-places(said))
    ours = Decimal(repr(float(value)))
    if word and not places(said):
        step = Decimal(10) ** (len(str(number)) - len(str(number).rstrip("0")))
    if word == "over":
        return number < ours < number + step
    if word == "almost":
        return number - step < ours < number
    return (ours / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step == number


def places(said: str) -> int:
    """To how many decimal places the number in a claim is given."""
    return max(0, -int(_parts(said)[1].as_tuple().exponent))


def _parts(said: str) -> tuple[str, Decimal]:
    found = SAID.fullmatch(said)
    if not found:
        raise ValueError(f"{said!r} is no number such as 25, 8.9, over 40 or around 3")
    return found["word"] or "", Decimal(found["number"])
