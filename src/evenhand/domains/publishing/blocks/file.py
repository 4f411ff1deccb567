"""A file to take away. The page comes first: a file says nothing that the page does not."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class FileBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A file, what is in it, and whether everyone can read it."""

    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("What is in it"), max_length=200)
    accessible = blocks.BooleanBlock(
        label=_("Made to be read by a screen reader"), required=False, help_text=_("If not, the page says so.")
    )

    class Meta:
        """How it is offered and shown."""

        label = _("File")
        icon = "doc-full"
        template = "publishing/blocks/file.html"
