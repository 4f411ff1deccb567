"""The directory as a Django app."""

from django.apps import AppConfig


class Directory(AppConfig):
    """Services, what is said of each, and how it is kept true."""

    name = "evenhand.domains.directory"
    label = "directory"
