"""Counterfactuals that others quote, worked out again from the whole percentages that they print."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from evenhand.library.discover import made, read_table

HALF = 0.5  # of a percentage point, by which a whole percentage may have been rounded


@dataclass(frozen=True)
class Quoted:
    """What somebody said, and the total and the two whole percentages from which it can be worked out again.

    `share` is that of the groups together among all who are counted, `residents` their share of the population.
    """

    slug: str
    title: str
    said: str
    period: str
    total: int
    share: int
    residents: int
    note: str
    source_title: str
    source_url: str
    table: str
    licence: str
    checked: str
    look_again: date

    @property
    def swap(self) -> float:
        """N × (share counted − share of residents)."""
        return self.total * (self.share - self.residents) / 100

    @property
    def swap_rounded(self) -> tuple[float, float]:
        """The least and the most that the swap could be if both percentages were rounded to whole ones."""
        off = self.total * 2 * HALF / 100
        return self.swap - off, self.swap + off

    @property
    def equal_rate(self) -> float:
        """N − N × (the others' share counted) ÷ (the others' share of residents)."""
        return self.total * (1 - (100 - self.share) / (100 - self.residents))


@cache
def quoted_counterfactuals() -> tuple[Quoted, ...]:
    """Every one that is declared, in the order of the file; Fault if one cannot be read."""
    path = Path(__file__).with_suffix(".toml")
    return tuple(made(Quoted, {**table, "slug": slug}, where=path) for slug, table in read_table(path).items())
