"""What can be asked: the measures, the datasets behind them, and the caveats printed beside an answer."""

import importlib
import pkgutil
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from evenhand.library.datasets import loaders as loader_files
from evenhand.library.datasets.loader import ALL, Counts, Loader
from evenhand.library.discover import Fault, made, read_table
from evenhand.library.vocabulary.ethnicity import classification


class Unknown(LookupError):
    """Something that is not there was asked for: what kind of thing, and the nearest that are."""

    def __init__(self, kind: str, given: str, known: list[str]) -> None:
        """Say what was asked for, and find the near matches."""
        self.kind = kind
        spelt = {name.casefold(): name for name in known}
        found = get_close_matches(given.casefold(), spelt, n=3, cutoff=0.5)
        self.near = tuple(spelt[name] for name in found)
        hint = f" Did you mean {' or '.join(self.near)}?" if self.near else f" There are: {', '.join(known)}."
        super().__init__(f"No {kind} is called {given!r}.{hint}")


CHILDREN = "children"  # a measure of them stands after those of everyone
# Fixed words of the addresses under /evidence/: no measure may take one of them as its slug.
RESERVED = ("method", "data", "claims", "counterfactual", "corrections")

Kind = Literal["counts", "rates", "ratios", "shares"]


@dataclass(frozen=True)
class Caveat:
    """A sentence that must stand beside a figure, with a short heading."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Answer:
    """Where the answer at one level of detail comes from.

    `kind` says what the series holds: counts of events to be divided by the populations; or rates, or ratios to the
    reference, that were published without counts and therefore get no interval; or shares of a whole, counted or
    published, that nothing fit to divide by stands beside, so that nothing is compared. `populations` name, for each
    kind of place, the dataset that the events are divided by; where that dataset has the period of the events it is
    used, else its only period, such as a census. Published rates may have a `counted` series of events beside them,
    or a series of `bases`: how many people were asked. `outside` holds further groups that may be named as the
    reference, each with the classification that it stands in. Groups in `not_separate` are counted in the source, but
    so seldom recorded apart from others that comparing them would mislead.
    """

    groups: int
    classification: str
    reference: str
    events: str
    series: str
    populations: Mapping[str, str] = field(default_factory=dict)
    population_series: str = "residents"
    population_detail: str | None = None
    population_age: str | None = None
    kind: Kind = "counts"
    counted: str = ""
    bases: str = ""
    detail: str | None = None
    sex: str = ALL
    age: str = ALL
    covers: tuple[str, ...] = ("nation",)
    unknowns: str | None = None
    beside: str | None = None
    outside: Mapping[str, str] = field(default_factory=dict)
    not_separate: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """The groups that others can be compared with: not one that the source seldom records apart."""
        names = classification(self.classification).names
        return (*(name for name in names if name not in self.not_separate), *self.outside)

    @property
    def place_kinds(self) -> tuple[str, ...]:
        """The kinds of place that can be asked about."""
        return tuple(self.populations) or self.covers

    @property
    def datasets(self) -> frozenset[str]:
        """Every dataset that this answer reads."""
        further = (self.unknowns, self.beside)
        return frozenset({self.events, *self.populations.values(), *(name for name in further if name)})


Axis = Literal["period", "group", "detail", "sex", "age"]


@dataclass(frozen=True)
class Further:
    """A published table to set beside a measure as it stands: one series, two of its axes, nothing compared.

    `where` keeps the rows of one period, detail, sex or age; `schemes` those of some classifications, in order.
    """

    id: str
    heading: str
    caption: str
    dataset: str
    series: str
    schemes: tuple[str, ...]
    down: Axis
    across: Axis
    note: str
    percent: bool = False
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """What is counted, over what, which direction is harm, and what must be said beside it.

    A measure without answers is one that nobody publishes openly by ethnicity: `not_published` says what there is
    instead, and where a person would look. `cumulative` is the first answer counted out of residents instead of out
    of the stage before. `breaks` name the periods before which a series must not be joined up, and why.
    """

    slug: str
    title: str
    stage: str
    counts_what: Counts
    event: str
    events: str
    verb: str
    population: str
    denominator: Literal["population", "stage-before", "stock", "share", "none"]
    harm: Literal["higher", "lower"]
    why: str
    unit: str
    rate_per: int
    caveats: tuple[Caveat, ...]
    not_published: str
    checked: str
    look_again: date
    answers: tuple[Answer, ...] = ()
    people: str = "people"
    pattern: Literal["often", "rate", "long"] = "often"
    not_comparable: Mapping[str, str] = field(default_factory=dict)
    outcomes: str | None = None
    cumulative: Answer | None = None
    cumulative_population: str = ""
    further: tuple[Further, ...] = ()
    breaks: Mapping[str, str] = field(default_factory=dict)

    @property
    def datasets(self) -> frozenset[str]:
        """Every dataset that any answer of this measure, or an exhibit beside one, reads."""
        beside = {*(one.dataset for one in self.further), *([self.outcomes] if self.outcomes else [])}
        answers = (*self.answers, *([self.cumulative] if self.cumulative else []))
        return frozenset(beside).union(*(answer.datasets for answer in answers))

    @property
    def rates_only(self) -> bool:
        """Whether there are no counts behind any answer, so that none has an interval."""
        return bool(self.answers) and all(answer.kind in {"rates", "ratios"} for answer in self.answers)

    def answer(self, groups: int | None = None) -> Answer:
        """The answer at a level of detail, the first if none is named; Unknown names the levels there are."""
        if groups is None and self.answers:
            return self.answers[0]
        for answer in self.answers:
            if answer.groups == groups:
                return answer
        raise Unknown("set of groups", str(groups), [str(answer.groups) for answer in self.answers])


@dataclass(frozen=True)
class Collection:
    """Measures that one page sets side by side: they are released and quoted together."""

    slug: str
    title: str
    measures: tuple[Measure, ...]

    @property
    def datasets(self) -> frozenset[str]:
        """Every dataset that any of its measures reads."""
        return frozenset[str]().union(*(one.datasets for one in self.measures))


@cache
def caveats() -> Mapping[str, Caveat]:
    """Every caveat by its key."""
    table = tomllib.loads((resources.files(__package__) / "caveats.toml").read_text())
    return {key: Caveat(key, **words) for key, words in table.items()}


@cache
def loaders() -> tuple[Loader, ...]:
    """Every loader that is declared in the folder of loaders, by name."""
    found: dict[str, Loader] = {}
    for file in pkgutil.iter_modules(loader_files.__path__):
        module = importlib.import_module(f"{loader_files.__name__}.{file.name}")
        for one in vars(module).values():
            if isinstance(one, Loader) and found.setdefault(one.name, one) is not one:
                raise ValueError(f"two loaders are called {one.name!r}")
    return tuple(found[name] for name in sorted(found))


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure, in the order of the journey."""
    return in_order(read_measure(path) for path in (Path(__file__).parent / "measures").glob("*.toml"))


@dataclass(frozen=True)
class Catalogue:
    """What can be asked at one time: the measures, in the order of the journey, and the loaders behind them, by name.

    That of the product is `shipped_catalogue`; with figures of one's own there is more in it. Who answers from
    released figures takes the catalogue from the engine, where it belongs to the same releases as the figures.
    """

    loaders: tuple[Loader, ...]
    measures: tuple[Measure, ...]

    def loader(self, name: str) -> Loader:
        """The loader of a dataset; Unknown with the near matches."""
        known = {one.name: one for one in self.loaders}
        if name not in known:
            raise Unknown("dataset", name, list(known))
        return known[name]

    def measure(self, slug: str) -> Measure:
        """A measure by its slug; Unknown with the near matches."""
        known = {one.slug: one for one in self.measures}
        if slug not in known:
            raise Unknown("measure", slug, list(known))
        return known[slug]

    def with_further(self, loaders: Iterable[Loader], measures: Iterable[Measure]) -> "Catalogue":
        """A catalogue with these beside those that are in it; of two with the same name, the later counts."""
        by_name = {one.name: one for one in (*self.loaders, *loaders)}
        by_slug = {one.slug: one for one in (*self.measures, *measures)}
        return Catalogue(tuple(by_name[name] for name in sorted(by_name)), in_order(by_slug.values()))


@cache
def shipped_catalogue() -> Catalogue:
    """What can be asked of the figures that the product ships."""
    return Catalogue(loaders(), measures())


def loader(name: str) -> Loader:
    """The shipped loader of a dataset; Unknown with the near matches."""
    return shipped_catalogue().loader(name)


def measure(slug: str) -> Measure:
    """A shipped measure by its slug; Unknown with the near matches."""
    return shipped_catalogue().measure(slug)


def in_order(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Measures in the order of the journey; within a stage, those of children last."""
    order = _stages()
    return tuple(sorted(measures, key=lambda one: (order.index(one.stage), one.people == CHILDREN, one.slug)))


def read_measure(path: Path) -> Measure:
    """The measure that one file declares; Fault names the file and what is wrong in it."""
    return made_measure(path.stem, read_table(path), where=path)


def made_measure(slug: str, table: Mapping[str, Any], *, where: Path | str) -> Measure:
    """The measure that a table declares; Fault names where it stands and what is wrong in it."""
    answers, further = table.get("answers", []), table.get("further", [])
    for name, tables in (("answers", answers), ("further", further)):
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise Fault(where, f"{name!r} is not a list of tables: write each as [[{name}]]")
    if not answers and table.get("denominator") != "none":
        raise Fault(where, 'there are no [[answers]]; where nothing is published openly, say denominator = "none"')
    keys = table.get("caveats", [])
    unknown = [str(key) for key in keys if key not in caveats()]
    if unknown:
        raise Fault(where, f"no caveat is called {', '.join(unknown)}; there are {', '.join(caveats())}")
    if table.get("stage") not in _stages():
        raise Fault(where, f"no stage is called {table.get('stage')!r}; there are {', '.join(_stages())}")
    read: dict[str, Any] = {
        "slug": slug,
        "answers": [made(Answer, answer, where=f"{where}, answer {i}") for i, answer in enumerate(answers, start=1)],
        "further": [made(Further, one, where=f"{where}, further {i}") for i, one in enumerate(further, start=1)],
        "caveats": [caveats()[key] for key in keys],
    }
    if over := table.get("cumulative"):
        read["cumulative"] = made(Answer, {**answers[0], **over}, where=f"{where}, cumulative")
    return made(Measure, {**table, **read}, where=where)


@cache
def counted() -> Collection:
    """The measures that count events and what they are out of, so that it can be asked how many else there would be."""
    found = tuple(one for one in measures() if one.answers and one.answers[0].kind == "counts")
    return Collection("counterfactual", "Counterfactuals", found)


def quoted() -> tuple[Measure | Collection, ...]:
    """Everything that has releases of its own: what can be quoted and asked for again."""
    return (*measures(), counted())


@cache
def _stages() -> tuple[str, ...]:
    from evenhand.library.vocabulary import stages  # noqa: PLC0415  (only its order is needed, and only here)

    return tuple(stage.slug for stage in stages())
