"""The support programme as a Django app."""

from django.apps import AppConfig


class Support(AppConfig):
    """Programmes of funded support, from the check of eligibility to the funder's report."""

    name = "evenhand.domains.support"
    label = "support"
