"""Files as a Django app."""

from django.apps import AppConfig


class Files(AppConfig):
    """Files that are kept apart from everything that is served."""

    name = "evenhand.core.files"
    label = "files"
