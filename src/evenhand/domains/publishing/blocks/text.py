"""Running text, and the headings between."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):  # type: ignore[misc]  # Wagtail ships no types
    """A heading of the page, which others can link to."""

    class Meta:
        """How it is offered and shown."""

        label = _("Heading")
        icon = "title"
        template = "publishing/blocks/heading.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As long as a heading may be."""
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)

    def get_context(self, value: str, parent_context: Any = None) -> dict[str, Any]:
        """With the name of its anchor."""
        return {**super().get_context(value, parent_context=parent_context), "anchor": slugify(value) or "part"}


class TextBlock(blocks.RichTextBlock):  # type: ignore[misc]
    """Paragraphs, lists and links."""

    class Meta:
        """How it is offered and shown."""

        label = _("Text")
        icon = "pilcrow"
        template = "publishing/blocks/text.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With what a page needs and no more."""
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **kwargs)
