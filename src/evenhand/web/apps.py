"""Composition as a Django app: it carries the pages that belong to no domain."""

from importlib import import_module

from django.apps import AppConfig
from django.core import checks


class Web(AppConfig):
    """Where the domains meet."""

    name = "evenhand.web"
    label = "web"

    def ready(self) -> None:
        """Know what every kind of reference points at, and have every lifecycle looked at by `manage.py check`."""
        from evenhand.core.lifecycle import check_lifecycles  # noqa: PLC0415  (tables are there only now)

        import_module("evenhand.web.references")
        checks.register(check_lifecycles)
