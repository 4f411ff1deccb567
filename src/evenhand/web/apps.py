"""Composition as a Django app: it carries the pages that belong to no domain."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class Web(AppConfig):
    """Where the domains meet."""

    name = "evenhand.web"
    label = "web"

    def ready(self) -> None:
        """Know what every kind of reference points at, and have every lifecycle looked at by `manage.py check`.

        And see that the database watches the tables of services, whatever a migration did to them.
        """
        from evenhand.core.lifecycle import check_lifecycles  # noqa: PLC0415  (tables are there only now)
        from evenhand.domains.directory.models import watching  # noqa: PLC0415  (as above)

        import_module("evenhand.web.references")
        checks.register(check_lifecycles)
        directory = apps.get_app_config("directory")
        pre_migrate.connect(watching.end, sender=directory)
        post_migrate.connect(watching.begin, sender=directory)
