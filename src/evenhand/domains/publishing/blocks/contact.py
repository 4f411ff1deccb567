"""Whom to ask about what: by role, never by a name that may be gone tomorrow."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ContactBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A subject, who answers, and how."""

    subject = blocks.CharBlock(label=_("About what"), max_length=120)
    role = blocks.CharBlock(label=_("Who answers, by role"), max_length=120)
    email = blocks.EmailBlock(
        label=_("E-mail address"), required=False, help_text=_("Left empty: the address of the whole body.")
    )
    note = blocks.CharBlock(label=_("What to say, or how long it takes"), max_length=300, required=False)

    class Meta:
        """How it is offered and shown."""

        label = _("Contact")
        icon = "mail"
        template = "publishing/blocks/contact.html"

    def get_context(self, value: dict[str, str], parent_context: object = None) -> dict[str, object]:
        """With the address to write to, and who answers in whole sentences, whether or not they were closed."""
        context: dict[str, object] = super().get_context(value, parent_context=parent_context)
        said = " ".join(one if one[-1] in ".?!" else f"{one}." for one in (value["role"], value["note"]) if one)
        return {**context, "address": value["email"] or settings.CONTACT, "said": said}
