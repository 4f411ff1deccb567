"""Whether what is declared can be used."""

from typing import Any

from django.core import checks

from evenhand.domains.reviews.models.reviews import RESERVED
from evenhand.domains.reviews.rules import catalogue
from evenhand.library.discover import Fault


def check_catalogue(**_asked: Any) -> list[checks.CheckMessage]:
    """A system check: every review, body and thread that ships can be used, and takes no word of our addresses."""
    found: list[checks.CheckMessage] = []
    for read in (catalogue.bodies, catalogue.reviews, catalogue.threads):
        try:
            taken = [one.slug for one in read() if read is catalogue.reviews and one.slug in RESERVED]
        except Fault as fault:
            found.append(checks.Error(str(fault), id="reviews.E001"))
        else:
            found += [checks.Error(f"{slug} is a word of our addresses", id="reviews.E002") for slug in taken]
    return found
