"""Notices as a Django app."""

from django.apps import AppConfig


class Notices(AppConfig):
    """An outbox, and the letters that go through it."""

    name = "evenhand.core.notices"
    label = "notices"
