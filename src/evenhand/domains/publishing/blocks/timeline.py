"""What happened when."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class MomentBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """One day or year, and what happened."""

    when = blocks.CharBlock(label=_("When"), max_length=60)
    what = blocks.CharBlock(label=_("What happened"), max_length=400)
    url = blocks.URLBlock(label=_("Source"), required=False)


class TimelineBlock(blocks.StructBlock):  # type: ignore[misc]
    """Moments in their order."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    moments = blocks.ListBlock(MomentBlock(), label=_("Moments, the earliest first"), min_num=1)

    class Meta:
        """How it is offered and shown."""

        label = _("Timeline")
        icon = "time"
        template = "publishing/blocks/timeline.html"
