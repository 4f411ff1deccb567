"""Organisations as a Django app."""

from django.apps import AppConfig


class Organisations(AppConfig):
    """Bodies with a name, identifiers, and facts about who leads them and for whom they work."""

    name = "evenhand.core.organisations"
    label = "organisations"
