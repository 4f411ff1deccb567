"""What the language check finds in a page: its text taken apart, and handed to the rules."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from evenhand.domains.publishing.models import HouseTerm, Writing
from evenhand.domains.publishing.models.panels import finds
from evenhand.domains.publishing.rules.language import Finding, Flagged, Passage, check, flagged

BREAKS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")
TAGS = re.compile(r"<[^>]+>")
OTHERS = frozenset({"quotation"})  # blocks whose words are somebody else's
NO_PROSE = frozenset({"url", "address", "email", "when", "release", "measure", "place", "period", "group", "source"})


@finds
def findings(page: Writing) -> tuple[Finding, ...]:
    """What to look at again in a page, as it stands in memory."""
    return check(passages(page), missing=_missing(page.body), also=agreed())


def agreed() -> tuple[Flagged, ...]:
    """What editors have added to the words that ship."""
    terms = HouseTerm.objects.filter(status__in=("used", "ending"))
    return tuple(flagged(str(term.pk), term.words, term.instead, term.why) for term in terms)


def passages(page: Writing) -> Iterator[Passage]:
    """Every piece of prose of a page. A title keeps the words that it has, and is not looked at."""
    yield Passage(_("Summary"), page.summary)
    for number, block in enumerate(page.body, start=1):
        where = _("%(kind)s, part %(number)s") % {"kind": block.block.label, "number": number}
        for text in _texts(block.block_type, block.value):
            yield Passage(where, text, quoted=block.block_type in OTHERS)


def plain(html: str) -> str:
    """The words of a rich text, each paragraph on a line."""
    return unescape(TAGS.sub("", BREAKS.sub(".\n", html))).replace("..\n", ".\n").strip()


def texts_of(body: Any) -> Iterator[str]:
    """Every piece of prose of a body, whosever words they are."""
    for block in body:
        yield from _texts(block.block_type, block.value)


def _texts(kind: str, value: Any) -> Iterator[str]:
    if hasattr(value, "source") and isinstance(value.source, str):  # rich text
        yield plain(value.source)
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "items"):
        for name, part in value.items():
            if name not in NO_PROSE and part:
                yield from _texts(kind, part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(kind, part)


def _missing(body: Any) -> Iterator[str]:
    """Where a recording has no transcript, or a file is not made to be read by everyone."""
    for number, block in enumerate(body, start=1):
        where = _("%(kind)s, part %(number)s") % {"kind": block.block.label, "number": number}
        if block.block_type == "video" and not plain(block.value["transcript"].source):
            yield where
        if block.block_type == "file" and not block.value["accessible"]:
            yield where
