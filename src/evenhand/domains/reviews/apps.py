"""Reviews as a Django app."""

from django.apps import AppConfig


class Reviews(AppConfig):
    """What reviews asked of whom, what became of it, and what the body itself promised."""

    name = "evenhand.domains.reviews"
    label = "reviews"
