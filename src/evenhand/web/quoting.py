"""The figures that a page may quote, each from the domain that has it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evenhand.core.design.parts import Exhibit
from evenhand.core.errors import Refused
from evenhand.core.moving import Moment, shows_moving
from evenhand.core.quoting import Asked, Quoted, quotes
from evenhand.core.references import Ref
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask, released
from evenhand.domains.evidence.queries.claims import ours
from evenhand.domains.evidence.queries.exhibits.moved import moved
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.compare import NATION, Answered


@quotes("evidence.measure", released)
def measured(asked: Asked) -> Quoted:
    """What a measure says of one group at one place, as of the release that is kept, and what it says today."""
    claim = _claim(asked)
    answered = claim.answered
    kept = Asked(
        Ref("evidence.measure", answered.measure.slug, "" if answered.place.code == NATION else answered.place.code),
        claim.row.group if claim.row else "",
        answered.period,
        answered.release,
    )
    since = _since(kept, claim)
    return Quoted(
        kept,
        claim.figure,
        claim.doubt,
        claim.sentence,
        claim.source,
        claim.permalink,
        since,
        claim.url if since else "",
    )


@shows_moving("evidence.measure", released)
def moving(of: Ref, moments: Sequence[Moment]) -> Exhibit | None:
    """How a measure moved at one place, for the group that leads there; None where it holds nothing."""
    try:
        return moved(shown_for(ask(of.key, place=of.place or NATION), ""), moments)
    except Refused:
        return None


def _claim(asked: Asked) -> ours.OurClaim:
    found = ask(
        asked.of.key, place=asked.of.place or NATION, period=asked.period or None, release=asked.release or None
    )
    shown = shown_for(found, asked.group)
    if shown.lead is None:
        said = {"measure": _(shown.answered.measure.title), "place": shown.answered.place.name}
        raise Refused(
            _("%(measure)s has no figure to quote for %(place)s.") % said, code="nothing-to-quote", status=404
        )
    return ours.headline(shown.answered, shown.lead)


def _since(kept: Asked, then: ours.OurClaim) -> str:
    """What became of the figure after the release that it was quoted from."""
    try:
        now = _claim(Asked(kept.of, kept.group, kept.period))
    except Refused:
        return _("This figure is no longer published.")
    if _same(then.answered, now.answered, kept.group):
        return ""
    said = {"figure": now.figure, "doubt": now.doubt}
    if now.figure != then.figure and now.doubt:
        return _("This figure was revised after it was quoted here. It is now %(figure)s (%(doubt)s).") % said
    if now.figure != then.figure:
        return _("This figure was revised after it was quoted here. It is now %(figure)s.") % said
    return _("The counts behind this figure were revised after it was quoted here; as rounded, it is the same.")


def _same(then: Answered, now: Answered, group: str) -> bool:
    return then.row(group) == now.row(group) and words.dated("", then) == words.dated("", now)
