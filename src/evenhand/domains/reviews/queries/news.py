"""What is new of promises, and of the register: adopted, told of, answered; opened, explained, reformed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.core.news import Entry
from evenhand.domains.reviews.queries.commitments import adopted, shown
from evenhand.domains.reviews.queries.disparities import register
from evenhand.domains.reviews.queries.disparities import shown as shown_disparities

ABOUT = {"topics": ("anti-racism",)}
REGISTER = {"topics": ("data-and-research",)}


def promised() -> Iterator[Entry]:
    """Every commitment as it was adopted, every update, and every answer to a question."""
    kind = _("Commitment")
    for card in shown(adopted()):
        made, said, of = card.one, {"title": card.one.name}, (card.one.ref,)
        if made.adopted_on:
            title = _("Promised: %(title)s") % said
            yield Entry(
                f"reviews/commitments/{made.slug}", kind, title, made.text, card.url, made.adopted_on, ABOUT, of
            )
        for row in card.updates:
            if row.published_on:
                said["standing"] = row.get_standing_display()
                title, url = _("%(standing)s: %(title)s") % said, f"{card.url}#updates"
                yield Entry(f"reviews/updates/{row.pk}", kind, title, row.words, url, row.published_on, ABOUT, of)
        for one, _clocks in card.challenges:
            if one.answered_on and one.status == "answered":
                title, url = _("Asked and answered: %(title)s") % said, f"{card.url}#asked"
                yield Entry(f"reviews/challenges/{one.pk}", kind, title, one.asked, url, one.answered_on, ABOUT, of)


def disputed() -> Iterator[Entry]:
    """Every difference as it was put on the register, and every turn since."""
    kind = _("Explain or reform")
    for card in shown_disparities(register()):
        made, of = card.one, (card.one.ref,)
        if made.opened_on:
            title = _("On the register: %(title)s") % {"title": made.name}
            key = f"reviews/disparities/{made.slug}"
            yield Entry(key, kind, title, made.finding, card.url, made.opened_on, REGISTER, of)
        for turn in card.turns:
            title = _("%(turn)s: %(title)s") % {"turn": turn.get_kind_display(), "title": made.name}
            on = turn.published_on or turn.on
            yield Entry(f"reviews/turns/{turn.pk}", kind, title, turn.words, card.url, on, REGISTER, of)
