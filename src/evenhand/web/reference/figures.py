"""Reference pages of the library: measures, datasets, statistics, classifications and places."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from evenhand.library import statistics as shelf
from evenhand.library.datasets import catalogue
from evenhand.library.datasets.compare import question
from evenhand.library.datasets.engine import shipped_engine
from evenhand.library.datasets.loader import SOURCE_COLUMNS
from evenhand.library.datasets.store import shipped_content
from evenhand.library.places import KINDS, UnknownPlace, find, lookup, tables
from evenhand.library.vocabulary import ethnicity
from evenhand.web.reference.markdown import block, code, facts, joined, table, yes

HEADINGS = ("Shape", "Units", "Missing", "Errors", "Source")
LOOKED_UP = (
    "West Midlands",
    "west midlands region",
    "E12000005",
    "the Met",
    "devon and cornwall",
    "London, City of",
    "Bristol",
    "HMP Leeds",
    "Leicestershre",
)


def measures() -> str:
    """Every measure, with its levels of detail and what is printed beside it."""
    parts = ["# Measures", "What can be asked. `evenhand show measures` lists the same."]
    for one in catalogue.measures():
        outcomes = _link("datasets", one.outcomes) if one.outcomes else ""
        said = (
            ("Stage", one.stage),
            ("Counts", f"{one.events} ({one.counts_what})"),
            ("Out of", f"{one.population} ({one.denominator})"),
            ("Unit", one.unit),
            ("Harm lies in", f"a {one.harm} rate"),
            ("Why it matters", one.why),
            ("What is published here", one.not_published),
            ("Outcomes are read from", outcomes),
            ("Checked", one.checked),
            ("Look again", one.look_again.isoformat()),
        )
        levels = [_level(one, answer) for answer in one.answers]
        barred = [
            f"- **{lookup.place(place).name} is not compared.** {why}" for place, why in one.not_comparable.items()
        ]
        printed = [f"- **{caveat.heading}** {caveat.text}" for caveat in one.caveats]
        columns = ("Groups", "Compared with", "Places", "Periods", "Datasets")
        parts += [f"## {one.slug}", f"{one.title}.", facts(said), table(columns, levels)]
        parts += ["Printed beside every answer:", "\n".join([*printed, *barred])]
    return joined(*parts)


def datasets() -> str:
    """Every dataset, as its loader declares it."""
    sources = ", ".join(map(code, SOURCE_COLUMNS))
    intro = (
        f"The tables that the product ships. Each row of each file names its own source, in the columns {sources}; a "
        "file with a row that does not is refused whole. `evenhand show datasets` lists the same."
    )
    parts = ["# Datasets", intro]
    for one in catalogue.loaders():
        readers = [each.slug for each in catalogue.measures() if one.name in each.datasets]
        said = (
            ("Publisher", f"[{one.publisher}]({one.landing_page})"),
            ("One row is", one.one_row),
            ("Counts", one.counts),
            ("Ethnicity", one.basis),
            ("Licence", one.licence),
            ("Columns", ", ".join(map(code, one.columns))),
            ("Has every", ", ".join(one.covers)),
            ("Sums held to", "; ".join(map(str, one.totals))),
            ("Figures", f"{len(one.load(shipped_content(one))):,}"),
            ("Read by", ", ".join(_link("measures", slug) for slug in readers) or "no measure yet"),
            ("Published", one.published.isoformat() if one.published else ""),
            ("Checked", one.checked),
            ("Look again", one.look_again.isoformat()),
            ("File", code(f"src/evenhand/library/reference/{one.file}")),
        )
        parts += [f"## {one.name}", f"{one.title}.", facts(said)]
    return joined(*parts)


def statistics() -> str:
    """Every public function of the statistics, with its signature and what it promises."""
    intro = (
        "Arrays in, arrays out: `from evenhand.library.statistics import …`. What cannot be worked out is NaN in an "
        "array, and null with its reason in every answer."
    )
    parts, module = ["# Statistics", intro], ""
    public = [one for name in shelf.__all__ if inspect.isfunction(one := getattr(shelf, name))]
    for one in sorted(public, key=lambda each: (each.__module__, each.__name__)):
        if one.__module__ != module:
            module = one.__module__
            parts += [f"## {module.rpartition('.')[2].capitalize()}", inspect.getdoc(inspect.getmodule(one)) or ""]
        parts += [f"### {one.__name__}", block("python", _signature(one)), *_promises(one)]
    return joined(*parts)


def classifications() -> str:
    """Every classification of ethnicity: its groups, and what it rolls up to."""
    intro = (
        "Which groups there are, who says so, and what rolls up into what. A join that is not in a table of roll-ups "
        "is refused. “Not stated” is always Unknown, never Other. A roll-up is lossy where it merges groups. Where it "
        "rests on an assumption, the assumption must be named before it opens."
    )
    parts = ["# Classifications", intro]
    for one in ethnicity.classifications():
        said = (
            ("Basis", one.basis),
            ("Version", one.version),
            ("Offered", "by its name only, never as a default" if one.named else ""),
            ("Source", f"[{one.source}]({one.source_url})"),
            ("Licence", one.licence),
            ("Checked", one.checked),
            ("Look again", one.look_again.isoformat()),
        )
        groups = [(each.name, each.display, each.code, each.parent, each.warning) for each in one.groups]
        columns = ("Rolls up to", "Lossy", "Assumption", "Note")
        parts += [f"## {one.slug}", f"**{one.name}.** {one.definition}", facts(said)]
        parts += [table(("Group", "Shown as", "Code", "Under", "Read beside it"), groups)]
        parts += [table(columns, _roll_ups(one.slug), empty="It rolls up to nothing else.")]
    return joined(*parts)


def places() -> str:
    """The kinds of place, how a name is resolved, and the tables behind them."""
    held = [
        (
            one.title,
            f"{sum(1 for _ in lookup.rows(f'{one.name}.csv')):,}",
            one.valid_for,
            one.checked,
            one.look_again.isoformat(),
            one.note,
        )
        for one in tables()
    ]
    return joined(
        "# Places",
        "The places of England and Wales that are known here. `evenhand show places` lists them.",
        table(("Kind", "How many"), [(kind, str(len(lookup.places(kind)))) for kind in KINDS]),
        "British Transport Police is counted among the police forces: it has no area and no residents, so no rate.",
        "## How a name is resolved",
        inspect.getdoc(find) or "",
        table(("Asked for", "Found", "Code", "Kind"), [(code(text), *_looked_up(text)) for text in LOOKED_UP]),
        "## The tables",
        table(("Table", "Rows", "Right for", "Checked", "Look again", "Note"), held),
    )


def _level(one: catalogue.Measure, answer: catalogue.Answer) -> tuple[str, ...]:
    panel = question(one.slug, groups=answer.groups, engine=shipped_engine()).panel
    covered = {place for place, _ in panel.cells}
    counted = {kind: sum(place.code in covered for place in lookup.places(kind)) for kind in answer.populations}
    return (
        str(answer.groups),
        " or ".join((answer.reference, *answer.outside)),
        ", ".join(f"{kind} ({count})" for kind, count in counted.items() if count),
        " to ".join(dict.fromkeys((panel.periods[0], panel.periods[-1]))),
        ", ".join(_link("datasets", name) for name in sorted(answer.datasets)),
    )


def _roll_ups(source: str) -> Iterator[tuple[str, str, str, str]]:
    for target in (one.slug for one in ethnicity.classifications() if one.slug != source):
        override = None
        try:
            way = ethnicity.crosswalk(source, target)
        except ethnicity.IllegalJoin as fault:
            if fault.override is None:
                continue
            override = fault.override
            way = ethnicity.crosswalk(source, target, override=override)
        yield target, yes(way.lossy), code(override or ""), way.note


def _looked_up(text: str) -> tuple[str, str, str]:
    try:
        found = find(text)
    except UnknownPlace as fault:
        return f"refused: {fault}", "", ""
    return found.name, found.code, found.kind


def _signature(function: Callable[..., Any]) -> str:
    # Read from the source: a type such as ArrayLike, once evaluated, fills half a page.
    written = ast.parse(inspect.getsource(function)).body[0]
    if not isinstance(written, ast.FunctionDef) or written.returns is None:
        raise TypeError(f"{function.__name__} does not say what it gives")
    arguments = ast.unparse(written.args).replace("=", " = ")
    return f"{written.name}({arguments}) -> {ast.unparse(written.returns)}"


def _promises(function: Callable[..., Any]) -> Iterator[str]:
    promise, *rest = re.split(rf"^({'|'.join(HEADINGS)})$", inspect.getdoc(function) or "", flags=re.MULTILINE)
    yield promise.strip()
    pairs = zip(rest[::2], rest[1::2], strict=True)
    yield "\n".join(f"- **{heading}.** {' '.join(text.split())}" for heading, text in pairs)
    result = get_type_hints(function)["return"]
    if isinstance(result, type) and is_dataclass(result):
        yield f"`{result.__name__}` holds {', '.join(code(field.name) for field in fields(result))}."


def _link(page: str, name: str) -> str:
    return f"[{name}]({page}.md#{name})"
