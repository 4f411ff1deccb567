"""The design system as a Django app: templates, styles, form fields and charts."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "evenhand.core.design"
    label = "design"
    verbose_name = "Design"
