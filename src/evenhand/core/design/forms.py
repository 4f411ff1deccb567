"""How forms are drawn: label, hint, error and field, in that order, each tied to the others."""

from typing import Any

from django.forms.renderers import DjangoTemplates

OURS = {
    "django/forms/widgets/radio.html": "design/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "design/forms/choices.html",
}


class Renderer(DjangoTemplates):
    """Django's form renderer with our own field and choices; name it in FORM_RENDERER."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/field.html"

    def get_template(self, template_name: str) -> Any:
        """Our template where we have one, Django's otherwise."""
        return super().get_template(OURS.get(template_name, template_name))
