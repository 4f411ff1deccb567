"""Publishing as a Django app."""

from django.apps import AppConfig


class Publishing(AppConfig):
    """Pages that editors write, and those who asked to hear of what is new."""

    name = "evenhand.domains.publishing"
    label = "publishing"
