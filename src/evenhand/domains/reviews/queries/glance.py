"""A review at a glance: a tile for each recommendation, by its label, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.design.parts import Cell, Column, Field, Row, Table
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import Counted, Shown, counted
from evenhand.domains.reviews.rules.labels import LABELS

ACROSS, SIDE, GAP = 7, 42, 4
# Never by colour alone: each label has a sign of its own.
SIGNS = {
    "done-as-written": "✓",
    "done-another-way": "≈",
    "done-no-change": "=",
    "under-way": "›",
    "planned": "○",
    "stalled": "‖",
    "not-started": "–",
    "set-aside": "×",
    "cannot-tell": "…",
}
NOT_CHECKED = "?"  # in place of a sign: what was not checked is neither done nor stalled in the picture


@dataclass(frozen=True)
class Tile:
    """One recommendation in the picture."""

    x: int
    y: int
    mark: str
    sign: str
    label: str


@dataclass(frozen=True)
class Glance:
    """The picture, its key, and the table that says the same."""

    svg: SafeString
    key: tuple[tuple[str, str, str], ...]  # label, sign, words
    table: Table
    doubtful: bool


def glance(shown: Sequence[Shown], *, name: str, title: str) -> Glance | None:
    """The picture of some recommendations; none of none."""
    if not shown:
        return None
    counts = counted(shown)
    tiles = [
        Tile(
            place % ACROSS * (SIDE + GAP),
            place // ACROSS * (SIDE + GAP),
            one.mark,
            SIGNS[one.judged.label] if one.one.checked else NOT_CHECKED,
            one.judged.label if one.one.checked else "cannot-tell",
        )
        for place, one in enumerate(shown)
    ]
    rows = (len(shown) + ACROSS - 1) // ACROSS
    context = {
        "name": name,
        "title": title,
        "summary": summary(counts),
        "tiles": tiles,
        "side": SIDE,
        "middle": SIDE / 2,
        "width": ACROSS * (SIDE + GAP) - GAP,
        "height": rows * (SIDE + GAP) - GAP,
    }
    key = [(label, SIGNS[label], str(words.LABELS[label])) for label in LABELS if counts.labels[label]]
    if counts.unchecked:
        key.append(("cannot-tell", NOT_CHECKED, _("Not checked")))
    svg = SafeString(render_to_string("reviews/glance.svg", context))
    return Glance(svg, tuple(key), by_label(counts, title, name), counts.unchecked > 0)


def summary(counts: Counted) -> str:
    """The picture in words."""
    said = [f"{name}: {count}" for name, count in counts.lines]
    total = counts.labels.total() + counts.unchecked
    head = ngettext("%(count)s recommendation.", "%(count)s recommendations.", total) % {"count": total}
    return f"{head} {'. '.join(said)}."


def by_label(counts: Counted, caption: str, name: str) -> Table:
    """How many recommendations have each label, and how many were not checked."""
    number = Field("recommendations", _("Recommendations"), "whole")
    return Table(
        caption,
        (
            Column(_("Label"), fields=(Field("label", _("Label")),)),
            Column(number.title, numeric=True, fields=(number,)),
        ),
        tuple(Row(label, (Cell(str(count), count),)) for label, count in counts.lines),
        name=name,
    )
