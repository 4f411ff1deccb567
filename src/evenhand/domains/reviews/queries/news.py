"""What is new of promises: adopted, told of, answered."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.core.news import Entry
from evenhand.domains.reviews.queries.commitments import adopted, shown

ABOUT = {"topics": ("anti-racism",)}


def promised() -> Iterator[Entry]:
    """Every commitment as it was adopted, every update, and every answer to a question."""
    kind = _("Commitment")
    for card in shown(adopted()):
        made, said = card.one, {"title": card.one.name}
        if made.adopted_on:
            title = _("Promised: %(title)s") % said
            yield Entry(f"reviews/commitments/{made.slug}", kind, title, made.text, card.url, made.adopted_on, ABOUT)
        for row in card.updates:
            if row.published_on:
                said["standing"] = row.get_standing_display()
                title, url = _("%(standing)s: %(title)s") % said, f"{card.url}#updates"
                yield Entry(f"reviews/updates/{row.pk}", kind, title, row.words, url, row.published_on, ABOUT)
        for one, _clocks in card.challenges:
            if one.answered_on and one.status == "answered":
                title, url = _("Asked and answered: %(title)s") % said, f"{card.url}#asked"
                yield Entry(f"reviews/challenges/{one.pk}", kind, title, one.asked, url, one.answered_on, ABOUT)
