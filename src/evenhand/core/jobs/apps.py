"""Jobs as a Django app."""

from django.apps import AppConfig


class Jobs(AppConfig):
    """What is due, and what was done."""

    name = "evenhand.core.jobs"
    label = "jobs"
