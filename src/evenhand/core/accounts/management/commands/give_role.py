"""`manage.py give_role`: give the first administrator their role; all others are given in the staff home."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evenhand.core.access import NAMES, machine
from evenhand.core.accounts.actions import give_role
from evenhand.core.accounts.models import Person
from evenhand.core.errors import Refused


class Command(BaseCommand):
    """Whoever may run this may do anything; the journal says that it was done from here."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom and what."""
        parser.add_argument("address", help="of somebody who has opened an account and set up a second factor")
        parser.add_argument("role", choices=tuple(NAMES), metavar="role", help="such as administrator")

    def handle(self, *args: Any, address: str, role: str, **options: Any) -> None:
        """Give it, or say why not."""
        del args, options
        person = Person.objects.filter(email=address.lower()).first()
        if person is None:
            raise CommandError(f"Nobody has an account with the address {address}: open one on the site first.")
        try:
            give_role(person, role, by=machine("console"))
        except Refused as fault:
            raise CommandError(fault.message) from None
        self.stdout.write(f"{person.name} is now: {NAMES[role]}.")
