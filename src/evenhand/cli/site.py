"""`evenhand demo` and `evenhand tick`: what is done to the site's own tables."""

import argparse
import os

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


def _open_site() -> None:
    """Make the site's tables usable from here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    django.setup()
