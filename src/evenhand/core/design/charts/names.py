"""Words beside marks: each where it is clear of all others, at every width that a page may have."""

from collections.abc import Iterable
from typing import NamedTuple

AIR = 3.0  # beside words
OVER, UNDER = 14.0, 5.0  # how far letters reach from the line that they stand on
DOT, WORD = 1, 100  # how bad it is for words to lie over a mark, or over other words


class Place(NamedTuple):
    """Where words may stand: at a share of the width, so many pixels aside, on a line so many pixels down."""

    share: float
    anchor: str
    aside: float
    y: float


class Box(NamedTuple):
    """What is taken: from left to right where the page is narrowest, then where it is widest; and from top to bottom.

    Between the two, places move in a straight line: what is clear at both is clear between.
    """

    left: float
    right: float
    left_at_most: float
    right_at_most: float
    top: float
    bottom: float
    weight: int = WORD

    def meets(self, other: "Box") -> bool:
        """Whether the two lie over one another at some width."""
        if self.bottom <= other.top or other.bottom <= self.top:
            return False
        if self.right <= other.left and self.right_at_most <= other.left_at_most:
            return False
        return not (other.right <= self.left and other.right_at_most <= self.left_at_most)


class Clearing:
    """A chart between its narrowest and its widest, with what is taken of it."""

    def __init__(self, narrowest: float, widest: float) -> None:
        """Start with nothing taken."""
        self.narrowest = narrowest
        self.widest = widest
        self.taken: list[Box] = []

    def box(self, share: float, across: tuple[float, float], down: tuple[float, float], weight: int = WORD) -> Box:
        """What reaches from so many pixels before a share of the width to so many after it."""
        narrow, wide = share * self.narrowest, share * self.widest
        (before, after), (top, bottom) = across, down
        return Box(narrow + before, narrow + after, wide + before, wide + after, top, bottom, weight)

    def words(self, place: Place, size: float) -> Box:
        """What words of so many pixels take at a place, with the air beside them."""
        start = place.aside - {"start": 0.0, "middle": size / 2, "end": size}[place.anchor]
        return self.box(place.share, (start - AIR, start + size + AIR), (place.y - OVER, place.y + UNDER))

    def holds(self, box: Box) -> bool:
        """Whether something stays inside the chart at every width."""
        inside = box.left >= -AIR and box.left_at_most >= -AIR
        return inside and box.right <= self.narrowest + AIR and box.right_at_most <= self.widest + AIR

    def find(self, size: float, places: Iterable[Place], *, must: bool = False) -> Place | None:
        """The first place where words of so many pixels are clear of all else, which is then taken.

        Where there is none: nothing, or the place where they meet least if they must be there.
        """
        least, best, found = (1 << 30) if must else 1, None, None
        for place in places:
            box = self.words(place, size)
            if not self.holds(box):
                continue
            met = 0
            for other in self.taken:
                if box.meets(other):
                    met += other.weight
                    if met >= least:
                        break
            if met < least:
                least, best, found = met, place, box
                if not met:
                    break
        if found:
            self.taken.append(found)
        return best
