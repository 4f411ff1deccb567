"""Makes the index of the directory anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evenhand.domains.directory.actions.indexing import rebuild


class Command(BaseCommand):
    """Make the index of services anew, from the services themselves. Searches read the old one meanwhile."""

    help = "Make the index of services anew, from the services themselves. Searches read the old one meanwhile."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it, and say how many entries stand."""
        self.stdout.write(f"{rebuild(today=timezone.localdate())} services are in the index.")
