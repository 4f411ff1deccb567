"""`manage.py load_reviews`: load the reviews that ship, and leave alone what a person has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from evenhand.domains.reviews.actions.loading import load
from evenhand.domains.reviews.people import RELEASE


class Command(BaseCommand):
    """Load the reviews that ship."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        del args, options
        done = load(by=RELEASE)
        said = ", ".join(f"{number} {kind}" for kind, number in done.items() if number)
        self.stdout.write(f"Written: {said}." if said else "Every review that ships is there.")
