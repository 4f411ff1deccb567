"""Organisations as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class Organisations(AppConfig):
    """Bodies with a name, identifiers, and facts about who leads them and for whom they work."""

    name = "evenhand.core.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Tell the files who sees what was handed in."""
        import_module("evenhand.core.organisations.queries.evidence")
