"""`evenhand trace`: where one number comes from, to the cells of the source files."""

import argparse

from evenhand.cli.printing import write_csv, write_json
from evenhand.cli.refusals import Refusal
from evenhand.cli.released import engine_for


def run(options: argparse.Namespace) -> None:
    """Trace the number in the form that was asked for."""
    from evenhand.library.datasets.compare import NoAnswer
    from evenhand.library.datasets.trace import trace
    from evenhand.library.datasets.trace.plain import CELL_COLUMNS, cell_rows, lines

    engine, versions = engine_for(options.measure, options.release)
    try:
        found = trace(
            options.measure,
            place=options.place,
            period=options.period,
            groups=options.groups,
            reference=options.reference,
            release=options.release,
            figure=options.figure,
            group=options.group,
            outcome=options.outcome,
            engine=engine,
            versions=versions,
        )
    except NoAnswer as fault:
        raise Refusal(fault.code, fault.message, fault.near) from None
    if options.json:
        write_json(found.as_json())
    elif options.csv:
        write_csv(CELL_COLUMNS, cell_rows(found))
    else:
        print("\n".join(lines(found)))
