"""Tags that bring entries forward, as bits of a few numbers: an entry that was found is told apart without a search."""

from collections.abc import Iterable, Mapping
from typing import Final

from evenhand.domains.directory.models import Facet

WIDE: Final = 62  # bits of a number that both databases hold, without its sign
COLUMNS: Final = ("facets_0", "facets_1", "facets_2")
MOST: Final = WIDE * len(COLUMNS)
KNOWN: Final[dict[str, int]] = {}
KINDS: Final = ("forcommunity", "forfaith", "forgender", "led-by", "need", "named", "stage", "language", "age")


def faceted(tags: Iterable[str]) -> list[str]:
    """Of some tags those that can bring an entry forward."""
    return [tag for tag in tags if tag.startswith(KINDS)]


def bits_of(tags: Iterable[str]) -> Mapping[str, int]:
    """The bit of each of these tags that has one."""
    return dict(Facet.objects.filter(tag__in=list(tags)).values_list("tag", "bit"))


def known_bits(tags: Iterable[str]) -> Mapping[str, int]:
    """The same, from memory where it was asked before. For reading: what is being written might yet be taken back."""
    wanted = set(tags)
    if new := wanted - KNOWN.keys():
        KNOWN.update(bits_of(new))
    return {tag: KNOWN[tag] for tag in wanted if tag in KNOWN}


def masks(bits: Iterable[int]) -> dict[str, int]:
    """Bits as the numbers of an entry, by column; what is none of it is nought."""
    made = dict.fromkeys(COLUMNS, 0)
    for bit in bits:
        made[COLUMNS[bit // WIDE]] |= 1 << bit % WIDE
    return made


def any_of(bits: Iterable[int]) -> str:
    """That an entry, joined as `spot`, has any of these bits, in the words of both databases; nothing has none."""
    wanted = ((column, mask) for column, mask in masks(bits).items() if mask)
    return " OR ".join(f"(spot.{column} & {mask}) <> 0" for column, mask in wanted) or "1 = 0"
