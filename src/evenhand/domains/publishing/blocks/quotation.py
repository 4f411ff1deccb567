"""Somebody else's words, as they were said: the one place where they keep their own terms."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class QuotationBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """Words, whose they are, and where they can be read."""

    words = blocks.TextBlock(label=_("Their words, exactly"), rows=4)
    speaker = blocks.CharBlock(label=_("Who said or wrote it"), max_length=200)
    source = blocks.CharBlock(label=_("Where: title, date and page"), max_length=300, required=False)
    url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        """How it is offered and shown."""

        label = _("Quotation")
        icon = "openquote"
        template = "publishing/blocks/quotation.html"
