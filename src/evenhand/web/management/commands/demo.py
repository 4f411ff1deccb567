"""`manage.py demo load|remove`: make, or take away, what a demonstration needs; refused on any other site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evenhand.core.errors import Refused
from evenhand.web.demonstration import load, remove


class Command(BaseCommand):
    """The same as `evenhand demo`."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=("load", "remove"))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it, or say why not."""
        del args, options
        try:
            lines = load() if what == "load" else remove()
        except Refused as fault:
            raise CommandError(fault.message) from None
        self.stdout.write("\n".join(lines))
