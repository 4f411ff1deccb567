"""`evenhand counterfactual`: one named question, with what is held fixed, every group, and the doubt."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from evenhand.cli.printing import MISSING, number, print_table, write_csv, write_json
from evenhand.cli.refusals import Refusal
from evenhand.cli.released import engine_for

TOGETHER = "Together"  # all groups but the one compared with

if TYPE_CHECKING:
    from evenhand.library.datasets.counterfactuals import Counterfactual, Line


def run(options: argparse.Namespace) -> None:
    """Answer the question in the form that was asked for."""
    from evenhand.library.datasets.catalogue import counted
    from evenhand.library.datasets.compare import NoAnswer
    from evenhand.library.datasets.counterfactuals import counterfactual

    engine, versions = engine_for(counted(), options.release)
    try:
        found = counterfactual(
            options.measure,
            options.scenario,
            period=options.period,
            reference=options.reference,
            release=options.release,
            engine=engine,
            versions=versions,
        )
    except NoAnswer as fault:
        raise Refusal(fault.code, fault.message, fault.near) from None
    if options.json:
        write_json(found.as_json())
    elif options.csv:
        records = [asdict(line) for line in (*found.lines, found.total)]
        records[-1]["group"] = _together(found)
        write_csv(list(records[0]), [list(record.values()) for record in records])
    else:
        _print(found)


def _print(found: "Counterfactual") -> None:
    answered, measure = found.answered, found.answered.measure
    heading = f"{found.scenario.name}: {measure.title}, {answered.place.name}, {answered.period}"
    columns = [
        "Group",
        measure.events.capitalize(),
        measure.population.capitalize(),
        "By this question",
        "Difference",
        "Likely range",
        "Would be",
    ]
    rows = [_row(line.group, line) for line in found.lines]
    print_table(heading, columns, [*rows, _row(TOGETHER, found.total)], numeric=range(1, 6))
    said = [f"Held fixed: {found.held_fixed}", f"Arithmetic: {found.formula}"]
    if found.events is not None and found.population is not None:
        said.append(
            f"In all: {found.events:,} {measure.events} of known ethnicity; {found.population:,} {measure.population}."
        )
    said += [f"{TOGETHER}: {_together(found)}.", *_unrecorded(found)]
    said += [f"- {note}" for note in answered.notes]
    said += [f"- {caveat.heading} {caveat.text}" for caveat in found.caveats]
    said += sorted({f"Source: {source.title} ({source.licence})" for source in answered.sources})
    said.append(f"Release {found.release}. Page: {found.permalink}")
    print("\n".join(said))


def _row(name: str, line: "Line") -> list[str]:
    interval = MISSING if line.lower is None else f"{number(line.lower, 0)} to {number(line.upper, 0)}"
    counts = (number(line.events, 0), number(line.population, 0), number(line.expected, 0))
    told = [_told(line), *(["under 30"] if line.flag == "small-base" else [])]
    return [name, *counts, number(line.difference, 0), interval, ", ".join(told)]


def _told(line: "Line") -> str:
    if line.difference is None:
        return (line.flag or MISSING).replace("-", " ")
    if line.lower is None:
        return "as many"
    if not line.clear:
        return "unclear"
    return "fewer" if line.difference > 0 else "more"


def _together(found: "Counterfactual") -> str:
    *first, last = found.others
    return f"{', '.join(first)} and {last}" if first else last


def _unrecorded(found: "Counterfactual") -> list[str]:
    unknown = found.answered.unknown
    events = found.answered.measure.events
    if unknown is None:
        return [f"How many {events} had no ethnicity recorded is not published here."]
    said = [f"No ethnicity recorded, and left out: {unknown.events:,} {events} ({unknown.share:.1%})."]
    for name, extent in [*((one.group, one) for one in found.extents), (TOGETHER, found.total_extent)]:
        if extent is not None:
            said.append(f"  {name}, if those were known: {number(extent.lower, 0)} to {number(extent.upper, 0)}.")
    return said
