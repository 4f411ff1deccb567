"""Accounts as a Django app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People, roles, sign-ins and second factors."""

    name = "evenhand.core.accounts"
    label = "accounts"
