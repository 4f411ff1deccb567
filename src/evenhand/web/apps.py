"""Composition as a Django app: it carries the pages that belong to no domain."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate

# What registers itself with the floors below, which may not know it.
ROOMS = (
    "evenhand.web.references",
    "evenhand.web.quoting",
    "evenhand.web.asides",
    "evenhand.core.organisations.actions.forgetting",
    "evenhand.domains.directory.actions.forgetting",
    "evenhand.domains.publishing.actions.forgetting",
    "evenhand.domains.reviews.actions.forgetting",
    "evenhand.domains.support.actions.forgetting",
    "evenhand.domains.publishing.queries.page",
    "evenhand.domains.publishing.queries.language",
)


class Web(AppConfig):
    """Where the domains meet."""

    name = "evenhand.web"
    label = "web"

    def ready(self) -> None:
        """Know what references point at and what is quoted of them; have `manage.py check` read what is declared.

        And see that the database watches the tables of services, whatever a migration did to them.
        """
        from evenhand.core.lifecycle import check_lifecycles  # noqa: PLC0415  (tables are there only now)
        from evenhand.domains.directory.models import watching  # noqa: PLC0415  (as above)
        from evenhand.domains.reviews.queries.catalogue import check_catalogue  # noqa: PLC0415  (as above)
        from evenhand.web.programmes import check_programmes  # noqa: PLC0415  (as above)

        for room in ROOMS:
            import_module(room)
        checks.register(check_lifecycles)
        checks.register(check_programmes)
        checks.register(check_catalogue)
        directory = apps.get_app_config("directory")
        pre_migrate.connect(watching.end, sender=directory)
        post_migrate.connect(watching.begin, sender=directory)
