"""The command `load-postcodes`: the official directory, by which a whole postcode is placed exactly."""

import argparse
from pathlib import Path
from typing import Any

from evenhand.cli.refusals import Refusal


def add_commands(commands: Any) -> None:
    """Say what the command takes."""
    one = commands.add_parser("load-postcodes", help="load the ONS Postcode Directory, as downloaded")
    one.add_argument("file", help="the .zip as it was downloaded, or the .csv in it")
    one.add_argument("--at-least", type=int, help="refuse a file of fewer postcodes; 1,000,000 if left out")
    one.set_defaults(run=load)


def load(options: argparse.Namespace) -> None:
    """Put the directory in the place where the site looks postcodes up."""
    from evenhand import env
    from evenhand.library.places.postcode_directory import (
        WHOLE_DIRECTORY,
        BadPostcodeDirectory,
        load_postcode_directory,
    )

    least = WHOLE_DIRECTORY if options.at_least is None else options.at_least
    try:
        loaded = load_postcode_directory(Path(options.file), env.POSTCODES, at_least=least)
    except BadPostcodeDirectory as fault:
        raise Refusal("refused-file", str(fault)) from None
    left_out = "; ".join(f"{count:,} {reason}" for reason, count in loaded.refused.items() if count)
    print(f"Postcodes loaded: {loaded.rows:,}; without a point on the map: {loaded.without_point:,}.")
    if left_out:
        print(f"Left out: {left_out}.")
