"""`evenhand demo`, `evenhand tick` and `evenhand load-register`: what is done to the site's own tables."""

import argparse
import os
import sys
from pathlib import Path

from evenhand.cli.refusals import Refusal


def demo(options: argparse.Namespace) -> None:
    """Make, or take away, what a demonstration needs."""
    _open_site()
    from evenhand.core.errors import Refused
    from evenhand.web.demonstration import load, remove

    try:
        lines = load() if options.what == "load" else remove()
    except Refused as fault:
        raise Refusal(fault.code, fault.message) from None
    print("\n".join(lines))


def tick(options: argparse.Namespace) -> None:
    """Do each job that is due, once, and say what came of it."""
    del options
    _open_site()
    from evenhand.core.jobs import actions

    outcomes = actions.tick()
    for outcome in outcomes:
        print(f"{outcome.job.name}: {outcome.fault or 'done'}")
    if not outcomes:
        print("Nothing is due.")
    if failed := [outcome.job.name for outcome in outcomes if outcome.fault]:
        raise Refusal("job-failed", f"{len(failed)} of {len(outcomes)} jobs failed, and will be tried again: {failed}.")


def load_register(options: argparse.Namespace) -> None:
    """Load files of a register, or go on where a load of them was stopped, and say what came of it."""
    _open_site()
    from evenhand.core.access import machine
    from evenhand.core.errors import Refused
    from evenhand.core.organisations.actions.registers import Progress, load_register

    def told(progress: Progress) -> None:
        end = "\r" if sys.stderr.isatty() and progress.share < 1 else "\n"
        if end == "\r" or progress.share == 1:
            said = f"{progress.file}: {progress.share:.0%}, {progress.records:,} records"
            print(said, end=end, file=sys.stderr, flush=True)

    try:
        paths = [Path(name) for name in options.files]
        loaded = load_register(options.register, paths, by=machine("console"), told=told)
    except Refused as fault:
        raise Refusal(fault.code, fault.message) from None
    load = loaded.load
    print(f"{loaded.records:,} records read: {load.added:,} new, {load.changed:,} changed, {load.gone:,} gone.")
    if loaded.alerts:
        print(f"{loaded.alerts:,} alerts of organisations that are listed: see the staff home.")
    print(*loaded.notes, sep="\n", end="\n" if loaded.notes else "")


def _open_site() -> None:
    """Make the site's tables usable from here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    django.setup()
