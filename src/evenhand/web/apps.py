"""Composition as a Django app: it carries the pages that belong to no domain."""

from django.apps import AppConfig


class Web(AppConfig):
    """Where the domains meet."""

    name = "evenhand.web"
    label = "web"
