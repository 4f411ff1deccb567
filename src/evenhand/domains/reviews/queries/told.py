"""What was promised about a stage, a group, a place or a topic."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import ngettext

from evenhand.domains.reviews.queries import filters
from evenhand.domains.reviews.queries.shown import Shown, counted, recommendations, shown_all
from evenhand.domains.reviews.rules.labels import DONE

MOST = 4
# Those on which something was said lately come first, and those of which nothing is known last.
FIRST = ("under-way", "planned", "stalled", "not-started", "done-no-change", "set-aside", *DONE, "cannot-tell")


@dataclass(frozen=True)
class Told:
    """A few recommendations about a subject, how many there are, and where the rest is."""

    said: str
    shown: tuple[Shown, ...]
    more: str


def told(kind: str, slug: str, today: dt.date) -> Told | None:
    """What is held about one word of a list: `kind` is "stages", "groups", "places" or "topics"; None for nothing."""
    found = shown_all(recommendations().filter(**{f"{kind}__has": slug}), today)
    if not found:
        return None
    counts = counted(found)
    said = ngettext(
        "%(count)s recommendation about this is held; not checked: %(unchecked)s. By our rules %(done)s of those that "
        "were checked can be called done.",
        "%(count)s recommendations about this are held; not checked: %(unchecked)s. By our rules %(done)s of those "
        "that were checked can be called done.",
        len(found),
    ) % {"count": len(found), "unchecked": counts.unchecked, "done": counts.done}
    ordered = sorted(found, key=lambda one: (FIRST.index(one.judged.label), not one.one.checked))
    names = {words: name for name, words in filters.TERMS.items()}
    more = filters.address({names[kind]: slug})
    return Told(said, tuple(ordered[:MOST]), more)
