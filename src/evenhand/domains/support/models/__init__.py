"""What the support programme keeps."""

from evenhand.domains.support.models.applications import Application

__all__ = ["Application"]
