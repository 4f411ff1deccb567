"""A map of equal tiles, each a link to its area, with the figure written on it."""

from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame
from evenhand.core.design.charts.plots import TileMap
from evenhand.core.design.parts import KeyItem

SIDE = 48


def drawn(plot: TileMap, frame: Frame) -> dict[str, Any]:
    """Everything the template prints; tiles keep their shape at any width."""
    left = 0.0 if frame.fluid else frame.left + (frame.width - SIDE * _columns(plot)) / 2
    first, top = min((tile.column for tile in plot.tiles), default=0), min((tile.row for tile in plot.tiles), default=0)
    tiles = [
        (tile, left + (tile.column - first) * SIDE, (tile.row - top) * SIDE)
        for tile in sorted(plot.tiles, key=lambda tile: (tile.row, tile.column))
    ]
    return {
        "tiles": [
            {
                "step": tile.step,
                "url": tile.url,
                "code": tile.code,
                "shown": tile.shown,
                "name": f"{tile.name}: {tile.shown}" if tile.shown else tile.name,
                "x": f"{x:g}",
                "y": y,
                "middle": f"{x + SIDE / 2:g}",
                "code_y": y + 19,
                "shown_y": y + 38,
                "plate_x": f"{x + 4:g}",
                "plate_y": y + 6,
            }
            for tile, x, y in tiles
        ],
        "wide": SIDE * _columns(plot),
        "height": SIDE * _spread([tile.row for tile in plot.tiles]),
        "hatched": any(not tile.step for tile in plot.tiles),
        "steps": plot.step_labels,
    }


def room(plot: TileMap) -> tuple[int, int]:  # noqa: ARG001  (each kind of chart answers this)
    """Pixels that a drawing of fixed width leaves before and after the map."""
    return 0, 0


def key_of(plot: TileMap) -> tuple[KeyItem, ...]:
    """What hatching means here; the scale of shades is part of the map."""
    if all(tile.step for tile in plot.tiles):
        return ()
    return (KeyItem("hatch", plot.empty_label or _("Not compared")),)


def summary_of(plot: TileMap) -> str:
    """The map in words, by name."""
    return "; ".join(f"{tile.name} {tile.shown}".strip() for tile in sorted(plot.tiles, key=lambda one: one.name)) + "."


def _columns(plot: TileMap) -> int:
    return _spread([tile.column for tile in plot.tiles])


def _spread(numbers: list[int]) -> int:
    """How many columns or rows there are, wherever counting begins."""
    return max(numbers) - min(numbers) + 1 if numbers else 1
