"""Something that the reader can do next."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


def ours_or_web(address: str) -> bool:
    """Whether an address is one of ours, such as /evidence/, or one on the open web."""
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return ours or address.startswith(("https://", "http://", "mailto:"))


class ActionBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A verb, where it leads, and why."""

    label = blocks.CharBlock(label=_("What to do, beginning with a verb"), max_length=80)
    address = blocks.CharBlock(
        label=_("Where it leads"), max_length=300, help_text=_("A page of this site, such as /evidence/, or https://…")
    )
    why = blocks.CharBlock(label=_("In one sentence, what it brings"), max_length=200, required=False)

    class Meta:
        """How it is offered and shown."""

        label = _("Call to action")
        icon = "link"
        template = "publishing/blocks/action.html"

    def clean(self, value: Any) -> Any:
        """Refuse an address that leads nowhere, or runs something."""
        cleaned = super().clean(value)
        if not ours_or_web(cleaned["address"]):
            fault = ValidationError(_("Write a page of this site, such as /evidence/, or an address with https://."))
            raise StructBlockValidationError(block_errors={"address": fault})
        return cleaned
