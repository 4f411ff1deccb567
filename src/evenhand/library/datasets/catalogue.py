"""What can be asked: the measures, the datasets behind them, and the caveats printed beside an answer."""

import importlib
import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

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
    reference, that were published without counts and therefore get no interval. `populations` name, for each kind of
    place, the dataset that the events are divided by; where that dataset has the period of the events it is used,
    else its only period, such as a census. `wholes` may be named as the reference though they stand above the groups.
    Groups in `not_separate` are counted in the source, but so seldom recorded apart from others that comparing them
    would mislead.
    """

    groups: int
    classification: str
    reference: str
    events: str
    series: str
    populations: Mapping[str, str] = field(default_factory=dict)
    population_series: str = "residents"
    kind: Literal["counts", "rates", "ratios"] = "counts"
    detail: str | None = None
    sex: str = ALL
    age: str = ALL
    unknowns: str | None = None
    wholes: tuple[str, ...] = ()
    not_separate: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """The groups that others can be compared with: not one that the source seldom records apart."""
        names = classification(self.classification).names
        return (*(name for name in names if name not in self.not_separate), *self.wholes)

    @property
    def place_kinds(self) -> tuple[str, ...]:
        """The kinds of place that can be asked about."""
        return tuple(self.populations) or ("nation",)

    @property
    def datasets(self) -> frozenset[str]:
        """Every dataset that this answer reads."""
        return frozenset({self.events, *self.populations.values(), *([self.unknowns] if self.unknowns else [])})


@dataclass(frozen=True)
class Measure:
    """What is counted, over what, which direction is harm, and what must be said beside it."""

    slug: str
    title: str
    stage: str
    counts_what: Counts
    event: str
    events: str
    verb: str
    population: str
    denominator: Literal["population", "stage-before", "stock"]
    harm: Literal["higher", "lower"]
    why: str
    unit: str
    rate_per: int
    answers: tuple[Answer, ...]
    caveats: tuple[Caveat, ...]
    not_published: str
    checked: str
    look_again: date
    not_comparable: Mapping[str, str] = field(default_factory=dict)
    outcomes: str | None = None

    @property
    def datasets(self) -> frozenset[str]:
        """Every dataset that any answer of this measure, or an exhibit beside one, reads."""
        used = frozenset[str]().union(*(answer.datasets for answer in self.answers))
        return used | ({self.outcomes} if self.outcomes else frozenset())

    def answer(self, groups: int | None = None) -> Answer:
        """The answer at a level of detail, the first if none is named; Unknown names the levels there are."""
        if groups is None:
            return self.answers[0]
        for answer in self.answers:
            if answer.groups == groups:
                return answer
        raise Unknown("set of groups", str(groups), [str(answer.groups) for answer in self.answers])


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


def loader(name: str) -> Loader:
    """The loader of a dataset; Unknown with the near matches."""
    known = {one.name: one for one in loaders()}
    if name not in known:
        raise Unknown("dataset", name, list(known))
    return known[name]


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure, in the order of the journey."""
    found = [read_measure(path) for path in (Path(__file__).parent / "measures").glob("*.toml")]
    order = _stages()
    return tuple(sorted(found, key=lambda measure: (order.index(measure.stage), measure.slug)))


def measure(slug: str) -> Measure:
    """A measure by its slug; Unknown with the near matches."""
    known = {one.slug: one for one in measures()}
    if slug not in known:
        raise Unknown("measure", slug, list(known))
    return known[slug]


def read_measure(path: Path) -> Measure:
    """The measure that one file declares; Fault names the file and what is wrong in it."""
    table = read_table(path)
    answers = table.get("answers")
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise Fault(path, "'answers' is missing: write each as [[answers]]")
    keys = table.get("caveats", [])
    unknown = [str(key) for key in keys if key not in caveats()]
    if unknown:
        raise Fault(path, f"no caveat is called {', '.join(unknown)}; there are {', '.join(caveats())}")
    if table.get("stage") not in _stages():
        raise Fault(path, f"no stage is called {table.get('stage')!r}; there are {', '.join(_stages())}")
    read = {
        "slug": path.stem,
        "answers": [made(Answer, answer, where=f"{path}, answer {i}") for i, answer in enumerate(answers, start=1)],
        "caveats": [caveats()[key] for key in keys],
    }
    return made(Measure, {**table, **read}, where=path)


@cache
def _stages() -> tuple[str, ...]:
    from evenhand.library.vocabulary import stages  # noqa: PLC0415  (only its order is needed, and only here)

    return tuple(stage.slug for stage in stages())
