"""A picture, with words for those who cannot see it, or a plain word that it says nothing."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

LONGEST: Final = 250  # of what is read aloud


class PictureBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A picture, what is to be seen in it, and whose it is."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("What is to be seen, in words"),
        required=False,
        max_length=LONGEST,
        help_text=_("Read aloud to those who cannot see it. Say what matters here, not “picture of”."),
    )
    decorative = blocks.BooleanBlock(
        label=_("It says nothing that the text does not"),
        required=False,
        help_text=_("Tick it only for a picture that nobody misses who does not see it: then no words are read aloud."),
    )
    caption = blocks.CharBlock(label=_("Words under it"), required=False, max_length=300)
    credit = blocks.CharBlock(
        label=_("Whose it is"),
        required=False,
        max_length=200,
        help_text=_("Who made it and under which licence. Nobody is shown who did not agree to it."),
    )

    class Meta:
        """How it is offered and shown."""

        label = _("Picture")
        icon = "image"
        template = "publishing/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        """Refuse a picture of which nobody said what it shows, or both that it shows something and nothing.

        What was said of it when it was handed in is enough: nobody is asked twice.
        """
        cleaned = super().clean(value)
        decorative = cleaned["decorative"]
        if not decorative:
            cleaned["alternative"] = cleaned["alternative"].strip() or _described(cleaned["image"])
        words = cleaned["alternative"].strip()
        if not words and not decorative:
            fault = _("Say in words what is to be seen, or tick that it says nothing.")
            raise StructBlockValidationError(block_errors={"alternative": ValidationError(fault)})
        if words and decorative:
            fault = _("It has words, so it says something: untick this, or take the words away.")
            raise StructBlockValidationError(block_errors={"decorative": ValidationError(fault)})
        return cleaned


def _described(image: Any) -> str:
    """What was said of it when it was handed in, as far as there is room for it."""
    return str(getattr(image, "description", "")).strip()[:LONGEST]
