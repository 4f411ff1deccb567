"""A figure from the evidence, which keeps the release that it was published with and says if it has since changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from evenhand.core.errors import Refused
from evenhand.core.quoting import Asked, Quoted, quote
from evenhand.core.references import Ref
from evenhand.library.datasets.catalogue import measures
from evenhand.library.places import place, places

NATION = "K04000001"


def _measures() -> list[tuple[str, str]]:
    return [(one.slug, one.title) for one in measures() if one.answers]


def _places() -> list[tuple[str, str]]:
    """The nation first, then each police force area."""
    return [("", place(NATION).name), *((one.code, one.name) for one in places("police-force") if one.has_residents)]


class FigureBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """One measure for one group at one place."""

    measure = blocks.ChoiceBlock(label=_("What is counted"), choices=_measures)
    place = blocks.ChoiceBlock(label=_("Where"), choices=_places, required=False)
    group = blocks.CharBlock(
        label=_("Which group"),
        required=False,
        max_length=100,
        help_text=_("As the evidence names it, such as Black. Left empty: the group with the clearest difference."),
    )
    period = blocks.CharBlock(
        label=_("Of when"), required=False, max_length=40, help_text=_("Such as 2024/25. Left empty: the newest.")
    )
    release = blocks.CharBlock(
        label=_("Release"),
        required=False,
        max_length=80,
        help_text=_("Kept by itself when the page is saved. Empty it to quote the figure as it stands today."),
    )

    class Meta:
        """How it is offered and shown."""

        label = _("Figure from the evidence")
        icon = "decimal"
        template = "publishing/blocks/figure.html"

    def clean(self, value: Any) -> Any:
        """The figure with its period and its release; a fault at the group or the measure if there is no such one."""
        cleaned = super().clean(value)
        try:
            kept = quote(asked(cleaned)).asked
        except Refused as refusal:
            at = {"unknown-group": "group", "unknown-period": "period", "unknown-release": "release"}
            where = at.get(refusal.code, "measure")
            raise StructBlockValidationError(block_errors={where: ValidationError(refusal.message)}) from None
        cleaned.update(group=kept.group, period=kept.period, release=kept.release)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With the figure as it was, or why it cannot be shown."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        quoted: Quoted | None = None
        try:
            quoted = quote(asked(value))
        except Refused as refusal:
            context["refused"] = refusal.message
        return {**context, "quoted": quoted}


def asked(value: Any) -> Asked:
    """What a block asks for."""
    ref = Ref("evidence.measure", value["measure"], value["place"] or "")
    return Asked(ref, value["group"] or "", value["period"] or "", value["release"] or "")
