"""The journal as a Django app."""

from django.apps import AppConfig


class Journal(AppConfig):
    """Lines that the database itself keeps from being changed or taken away."""

    name = "evenhand.core.journal"
    label = "journal"
