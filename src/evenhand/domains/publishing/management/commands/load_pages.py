"""`manage.py load_pages`: make the pages that ship, and leave alone what an editor has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from evenhand.core.access import machine
from evenhand.domains.publishing.actions.planting import plant


class Command(BaseCommand):
    """Make the pages that ship."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        del args, options
        for line in plant(by=machine("release")) or ["Every page that ships is there."]:
            self.stdout.write(line)
