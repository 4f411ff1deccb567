"""Search as a Django app."""

from django.apps import AppConfig


class Search(AppConfig):
    """What can be found, and its words in an index of the database's own."""

    name = "evenhand.core.search"
    label = "search"
