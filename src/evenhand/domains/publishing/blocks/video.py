"""A link to a recording, and all that is said in it. Nothing is embedded: nobody else learns who watches."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from evenhand.domains.publishing.blocks.text import FEATURES


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """Title, address, length and transcript."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Where it can be watched"))
    length = blocks.CharBlock(label=_("How long it is"), max_length=40, required=False)
    transcript = blocks.RichTextBlock(label=_("Everything that is said, and seen if it matters"), features=FEATURES)

    class Meta:
        """How it is offered and shown."""

        label = _("Recording, with transcript")
        icon = "media"
        template = "publishing/blocks/video.html"
