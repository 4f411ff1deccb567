"""What stands on the page of one part and is said by another."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.asides import tells_of
from evenhand.core.design.parts import Link, Notice
from evenhand.core.references import Ref
from evenhand.domains.reviews.queries.disparities import of_measure
from evenhand.domains.reviews.queries.shown import state


@tells_of("evidence.measure", state)
def disparities(of: Ref) -> Iterator[Notice]:
    """The differences of a measure that a body is asked to explain or to reform."""
    if found := of_measure(of):
        text = ngettext(
            "One difference in these figures is on the register of what a body is asked to explain or to reform.",
            "%(count)s differences in these figures are on the register of what a body is asked to explain or to "
            "reform.",
            len(found),
        )
        links = tuple(Link(f"{one.one.name}: {one.label}", one.url) for one in found)
        yield Notice(text % {"count": len(found)}, _("Explain or reform"), further=links)
