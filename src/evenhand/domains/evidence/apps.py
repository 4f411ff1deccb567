"""Evidence as a Django app."""

from django.apps import AppConfig


class Evidence(AppConfig):
    """Disproportionality by stage, group, place and year."""

    name = "evenhand.domains.evidence"
    label = "evidence"
