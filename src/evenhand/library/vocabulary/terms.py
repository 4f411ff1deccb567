"""The lists that everything is tagged with: stages, topics, needs, faiths, sexes, genders, languages and ages."""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from evenhand.library.discover import Fault, made, read_table
from evenhand.library.vocabulary.errors import IllegalJoin, UnknownTerm, near_misses
from evenhand.library.vocabulary.labels import UNKNOWN, Labels

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Provenance:
    """Where a list comes from, who checked it, and when to look again."""

    source: str
    source_url: str
    licence: str
    checked: str
    look_again: dt.date


@dataclass(frozen=True)
class Term:
    """One word of a list: its slug never changes, its name may."""

    slug: str
    name: str
    description: str = ""
    people: str = ""  # stands in a sentence: "Muslim people"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage(Term):
    """One stage of the justice journey, or something that stands beside the journey."""

    order: int = 0
    beside: bool = False


@dataclass(frozen=True)
class AgeBand:
    """Ages from `lower` to `upper`, both included; no `upper` means any age above."""

    slug: str
    name: str
    lower: int
    upper: int | None = None
    aliases: tuple[str, ...] = ()

    def holds(self, other: "AgeBand") -> bool:
        """Whether every age of the other band lies in this one."""
        return self.lower <= other.lower and _end(other) <= _end(self)

    def meets(self, other: "AgeBand") -> bool:
        """Whether any age lies in both."""
        return self.lower <= _end(other) and other.lower <= _end(self)


@dataclass(frozen=True)
class AgeBands:
    """One publisher's set of age bands, youngest first."""

    slug: str
    name: str
    bands: tuple[AgeBand, ...]

    @functools.cached_property
    def labels(self) -> Labels:
        """Every label that may be read as one of these bands."""
        return _labels(self.bands, where=f"age_bands.toml, {self.slug}")

    def read(self, label: str | None) -> str:
        """The name of the band that a publisher's label stands for."""
        return self.labels.read(label)


class _Named(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...


class _Written(_Named, Protocol):
    @property
    def aliases(self) -> tuple[str, ...]: ...


Kind = TypeVar("Kind", bound=_Named)
Of = TypeVar("Of", bound=Term)


@functools.cache
def stages() -> tuple[Stage, ...]:
    """The stages in the order of the journey, then what stands beside it."""
    return _listed("stages", Stage, ordered=True)


@functools.cache
def topics() -> tuple[Term, ...]:
    """What articles, events and practice are about."""
    return _listed("topics", Term)


@functools.cache
def needs() -> tuple[Term, ...]:
    """What a person may need help with."""
    return _listed("needs", Term)


@functools.cache
def faiths() -> tuple[Term, ...]:
    """The answers to the census's question on religion."""
    return _listed("faiths", Term)


@functools.cache
def sexes() -> tuple[Term, ...]:
    """The sexes that sources record."""
    return _listed("sexes", Term)


@functools.cache
def genders() -> tuple[Term, ...]:
    """The people by gender for whom services are made."""
    return _listed("genders", Term)


@functools.cache
def languages() -> tuple[Term, ...]:
    """The languages in which help is given, by name."""
    return _listed("languages", Term)


@functools.cache
def age_bands() -> tuple[AgeBands, ...]:
    """The sets of age bands found in sources."""
    path = _HERE / "age_bands.toml"
    sets = []
    for row in read_table(path)["set"]:
        bands = [made(AgeBand, band, where=path) for band in row["bands"]]
        found = made(AgeBands, row | {"bands": bands}, where=path)
        _distinct(found.bands, path)
        if any(one.meets(two) for one, two in zip(found.bands, found.bands[1:], strict=False)):
            raise Fault(path, f"bands of {found.slug} overlap")
        sets.append(found)
    return _distinct(sets, path)


def stage(slug: str) -> Stage:
    """The stage of this slug."""
    return _found(slug, stages(), "stage")


def topic(slug: str) -> Term:
    """The topic of this slug."""
    return _found(slug, topics(), "topic")


def need(slug: str) -> Term:
    """The need of this slug."""
    return _found(slug, needs(), "need")


def faith(slug: str) -> Term:
    """The faith of this slug."""
    return _found(slug, faiths(), "faith")


def sex(slug: str) -> Term:
    """The sex of this slug."""
    return _found(slug, sexes(), "sex")


def gender(slug: str) -> Term:
    """The gender of this slug."""
    return _found(slug, genders(), "gender")


def language(slug: str) -> Term:
    """The language of this code."""
    return _found(slug, languages(), "language")


def age_band_set(slug: str) -> AgeBands:
    """The set of age bands of this slug."""
    return _found(slug, age_bands(), "set of age bands")


def read_faith(label: str | None) -> str:
    """The name of the faith that a publisher's label stands for, or `UNKNOWN`.

    Two names are no faith of `faiths()`, since no census has them: "Religion not recognised" and "Not Muslim".
    """
    return _faith_labels().read(label)


def read_denomination(label: str | None) -> str:
    """The name of the Christian denomination that a publisher's label stands for."""
    return _denomination_labels().read(label)


def read_sex(label: str | None) -> str:
    """The name of the sex that a publisher's label stands for, or `UNKNOWN`."""
    return _sex_labels().read(label)


def join_ages(source: str, target: str) -> Mapping[str, str]:
    """Where each band of one set goes in another; sets that do not nest raise IllegalJoin."""
    start, end = age_band_set(source), age_band_set(target)
    mapping: dict[str, str] = {}
    for band in start.bands:
        homes = [wide for wide in end.bands if wide.holds(band)]
        if not homes:
            raise IllegalJoin(start.name, end.name, f"“{band.name}” fits inside no band of {end.name}.")
        mapping[band.name] = homes[0].name
    for wide in end.bands:
        parts = [band for band in start.bands if mapping[band.name] == wide.name]
        if parts and not _fills(parts, wide):
            raise IllegalJoin(start.name, end.name, f"{start.name} covers only some of the ages of “{wide.name}”.")
    return mapping


def provenance(name: str) -> Provenance:
    """Where a list comes from, by its file: "stages", "topics", "needs", "faiths", "languages" and so on."""
    path = _HERE / f"{name}.toml"
    table = read_table(path)
    return made(Provenance, {key: table[key] for key in Provenance.__annotations__ if key in table}, where=path)


@functools.cache
def _faith_labels() -> Labels:
    known = (*faiths(), *_listed("faiths", Term, key="apart"))
    return _labels(known, where="faiths.toml", unknown=_unknown("faiths"))


@functools.cache
def _denomination_labels() -> Labels:
    return _labels(_listed("faiths", Term, key="denomination"), where="faiths.toml")


@functools.cache
def _sex_labels() -> Labels:
    return _labels(sexes(), where="sexes.toml", unknown=_unknown("sexes"))


def _unknown(name: str) -> tuple[str, ...]:
    return tuple(read_table(_HERE / f"{name}.toml")["unknown"])


def _labels(terms: Iterable[_Written], *, where: str, unknown: Iterable[str] = ()) -> Labels:
    known = [(label, term.name) for term in terms for label in (term.name, *term.aliases)]
    return Labels.of([*known, *((label, UNKNOWN) for label in unknown)], where=where)


def _listed(name: str, kind: type[Of], *, ordered: bool = False, key: str = "term") -> tuple[Of, ...]:
    path = _HERE / f"{name}.toml"
    rows: list[dict[str, Any]] = read_table(path)[key]
    if ordered:
        rows = [row | {"order": number} for number, row in enumerate(rows, start=1)]
    return _distinct([made(kind, row, where=path) for row in rows], path)


def _distinct(things: Iterable[Kind], path: Path) -> tuple[Kind, ...]:
    found = tuple(things)
    if len({thing.slug for thing in found}) < len(found):
        raise Fault(path, "a slug stands twice")
    return found


def _found(slug: str, things: tuple[Kind, ...], what: str) -> Kind:
    for thing in things:
        if thing.slug == slug:
            return thing
    raise UnknownTerm(slug, near_misses(slug, (thing.slug for thing in things)), what=what)


def _end(band: AgeBand) -> float:
    return float("inf") if band.upper is None else band.upper


def _fills(parts: list[AgeBand], wide: AgeBand) -> bool:
    edges = [wide.lower, *(_end(part) + 1 for part in parts)]
    return [part.lower for part in parts] == edges[:-1] and edges[-1] == _end(wide) + 1
