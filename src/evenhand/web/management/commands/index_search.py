"""`manage.py index_search`: read into the search index whatever has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from evenhand.core.search.actions import index
from evenhand.web.search import SOURCES


class Command(BaseCommand):
    """Read what has changed."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how much it was."""
        del args, options
        self.stdout.write(f"{index(SOURCES)} documents read.")
