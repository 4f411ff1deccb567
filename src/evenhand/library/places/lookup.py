"""How a place is found by code or name, and which place lies in which."""

import csv
import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evenhand.library.places.place import KINDS, Kind, Place, Tile, kind_named

AREAS = Path(__file__).parent / "areas"
NEAR_MISSES = 3
# Likeness below this is another name, not a slip of the pen.
LIKENESS = 0.7
# Near misses this much less like than the best are kept in `near` but not offered in the message.
CLEAR_LEAD = 0.05


class UnknownPlace(LookupError):
    """No place has that code or name; `near` holds up to three names that are like it, `offered` the likest of them."""

    def __init__(self, text: str, near: tuple[str, ...] = (), offered: tuple[str, ...] = ()) -> None:
        self.text = text
        self.near = near
        self.offered = offered or near
        question = f" Did you mean {_either(self.offered)}?" if self.offered else ""
        super().__init__(f'No place is called "{text}".{question}')


class Table(NamedTuple):
    """One table of areas: what it holds, for when it is right, who has checked it and when to look again."""

    name: str
    title: str
    valid_for: str
    checked: str
    look_again: date
    note: str = ""


def place(code: str) -> Place:
    """The place with this code, or with this as one of its other codes; UnknownPlace otherwise."""
    try:
        return _by_code()[code.strip().upper()]
    except KeyError:
        raise UnknownPlace(code, *_near_misses(code, KINDS)) from None


def places(kind: str) -> tuple[Place, ...]:
    """Every place of one kind, sorted by name; councils are the 331 districts of 2022, as counted by the census.

    British Transport Police is among the police forces: `within(place("K04000001"), "police-force")` leaves it out.
    """
    return _by_kind()[kind_named(kind)]


def find(text: str, *, kinds: Iterable[str] = ()) -> Place:
    """The place with this code, name or alias, whatever its case, punctuation, "&" or "and".

    Where several kinds share a name, `kinds` says which are allowed and in which order they are preferred;
    without it: police force, nation, region, council, probation region, prison. A name is preferred to an alias.
    Raises UnknownPlace with the nearest names.
    """
    wanted = tuple(kind_named(kind) for kind in kinds) or KINDS
    found = called(text, kinds=wanted)
    if found is None:
        raise UnknownPlace(text, *_near_misses(text, wanted))
    return found


def called(text: str, *, kinds: Iterable[Kind] = KINDS) -> Place | None:
    """As `find`, but None where nothing is so called: quick, since nothing is looked for that is like it."""
    wanted = tuple(kinds)
    coded = _by_code().get(text.strip().upper())
    if coded is not None and coded.kind in wanted:
        return coded
    spelling = spelled(text)
    for table in (_by_name(), _by_alias()):
        for kind in wanted:
            found = table.get((kind, spelling))
            if found is not None:
                return found
    return None


def parents(inner: Place) -> tuple[Place, ...]:
    """Every place that this one lies in, nearest first."""
    return tuple(place(code) for code in inner.parents)


def lies_in(inner: Place, outer: Place) -> bool:
    """Whether one place lies in another; none lies in itself."""
    return outer.code in inner.parents


def within(outer: Place, kind: str) -> tuple[Place, ...]:
    """Every place of one kind that lies in this one, sorted by name."""
    return tuple(inner for inner in places(kind) if outer.code in inner.parents)


def spelled(text: str) -> str:
    """A name as it is compared: small letters, no punctuation, "and" for "&", "london, city of" put in order."""
    head, comma, tail = text.casefold().partition(",")
    if comma and tail.strip().endswith(" of"):
        text = f"{tail} {head}"
    words = re.findall(r"\w+", text.casefold().replace("&", " and ").replace("'", "").replace("’", ""))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def names() -> frozenset[str]:
    """Every name and alias of a place, as it is compared."""
    return frozenset(spelling for table in (_by_name(), _by_alias()) for _, spelling in table)


@cache
def _by_code() -> dict[str, Place]:
    known = {each.code: each for kind in KINDS for each in _by_kind()[kind]} | {
        each.code: each for each in _since_2022()
    }
    return known | {code: each for each in known.values() for code in each.other_codes}


@cache
def _by_name() -> dict[tuple[Kind, str], Place]:
    everyone = (*_since_2022(), *(each for kind in KINDS for each in _by_kind()[kind]))
    return {(each.kind, spelled(each.name)): each for each in everyone}


@cache
def _by_alias() -> dict[tuple[Kind, str], Place]:
    everyone = (*_since_2022(), *(each for kind in KINDS for each in _by_kind()[kind]))
    return {(each.kind, spelled(alias)): each for each in everyone for alias in (*each.aliases, *_as_bodies(each))}


def _as_bodies(each: Place) -> tuple[str, ...]:
    """What people call the body that serves the place."""
    match each.kind:
        case "police-force":
            plain = each.name.removesuffix(" Police")
            shown = (plain, *each.aliases)
            return tuple(f"{name} {body}" for name in shown for body in ("Police", "Constabulary"))
        case "council":
            return (f"{each.name} Council",)
        case "region" | "probation-region":
            return (f"{each.name} region",)
        case _:
            return ()


@cache
def _by_kind() -> dict[Kind, tuple[Place, ...]]:
    nations = tuple(_nations())
    forces = tuple(_forces())
    found: dict[Kind, Iterable[Place]] = {
        "nation": nations,
        "region": _regions(),
        "police-force": forces,
        "probation-region": _probation_regions(),
        "council": _councils("councils.csv", forces),
        "prison": _prisons(forces),
    }
    return {kind: tuple(sorted(every, key=lambda each: (each.name, each.code))) for kind, every in found.items()}


@cache
def _since_2022() -> tuple[Place, ...]:
    return tuple(_councils("councils_since_2022.csv", _by_kind()["police-force"]))


def _nations() -> Iterator[Place]:
    for row in rows("nations.csv"):
        yield Place(row["code"], row["name"], "nation", _several(row["aliases"]), _several(row["parent_code"]))


def _regions() -> Iterator[Place]:
    for row in rows("regions.csv"):
        yield Place(row["code"], row["name"], "region", _several(row["aliases"]), _nation_and_above(row))


def _probation_regions() -> Iterator[Place]:
    for row in rows("probation_regions.csv"):
        yield Place(
            row["code"],
            row["name"],
            "probation-region",
            _several(row["aliases"]),
            _nation_and_above(row),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            note=row["note"],
        )


def _forces() -> Iterator[Place]:
    for row in rows("police_force_areas.csv"):
        tile = Tile(row["tile_code"], int(row["tile_column"]), int(row["tile_row"])) if row["tile_code"] else None
        yield Place(
            row["code"],
            row["name"],
            "police-force",
            _several(row["aliases"]),
            _filled(row["probation_region_code"], row["region_code"], *_nation_and_above(row)),
            police_uk_id=row["police_uk_id"],
            tile=tile,
            other_codes=_several(row["other_codes"]),
            has_residents=row["has_residents"] == "yes",
            note=row["note"],
        )


def _councils(table: str, forces: tuple[Place, ...]) -> Iterator[Place]:
    above = {force.code: force.parents for force in forces}
    for row in rows(table):
        yield Place(
            row["code"],
            row["name"],
            "council",
            _several(row["aliases"]),
            (row["force_code"], *above[row["force_code"]]),
            other_codes=_several(row["other_codes"]),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            note=row["note"],
        )


def _prisons(forces: tuple[Place, ...]) -> Iterator[Place]:
    above = {force.code: force.parents for force in forces}
    for row in rows("prisons.csv"):
        force = row["force_code"]
        yield Place(
            row["code"],
            row["name"],
            "prison",
            _several(row["aliases"]),
            (force, *above[force]) if force else _filled(row["region_code"], *_nation_and_above(row)),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            has_residents=False,
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            note=row["note"],
        )


@cache
def tables() -> tuple[Table, ...]:
    """What each table of areas holds, who has checked it and when to look again."""
    with (AREAS / "tables.toml").open("rb") as file:
        return tuple(Table(name=name, **about) for name, about in tomllib.load(file).items())


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one table of areas, each with the source that it came from."""
    with (AREAS / table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _nation_and_above(row: dict[str, str]) -> tuple[str, ...]:
    return (row["nation_code"], "K04000001") if row["nation_code"] else ()


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _filled(*codes: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code)


def _near_misses(text: str, kinds: tuple[Kind, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names like this one, the likest first, and those of them that are clearly the likest."""
    spelling = spelled(text)
    likeness: dict[str, float] = {}
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(spelling)
    for table in (_by_name(), _by_alias()):
        for (kind, known), each in table.items():
            if kind not in kinds:
                continue
            matcher.set_seq1(known)
            if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
                alike = 0.0
            else:
                alike = matcher.ratio()
            # Half of a long name, typed right, is a better guess than a short name that happens to share letters.
            if len(spelling) > NEAR_MISSES and spelling in known:
                alike = max(alike, LIKENESS)
            if alike >= LIKENESS:
                likeness[each.name] = max(alike, likeness.get(each.name, 0.0))
    near = tuple(sorted(likeness, key=lambda name: (-likeness[name], name))[:NEAR_MISSES])
    return near, tuple(name for name in near if likeness[name] >= likeness[near[0]] - CLEAR_LEAD)


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
