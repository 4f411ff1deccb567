"""Who tells what is new: a part of the platform joins by a line in this table."""

from collections.abc import Hashable, Iterator
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evenhand.core.news import Entry, Stream, may_be_followed
from evenhand.domains.evidence.queries.answers import catalogue, released
from evenhand.domains.evidence.queries.corrections.entries import entries as corrected
from evenhand.domains.publishing.queries import lists
from evenhand.domains.publishing.queries.news import written
from evenhand.domains.reviews.queries import news as promises
from evenhand.domains.reviews.queries.feeds import published as assessed
from evenhand.domains.reviews.queries.shown import state as promised
from evenhand.domains.support.queries.news import told as support_told
from evenhand.domains.support.queries.rounds import state as support_state
from evenhand.library.datasets.store import Store

NAMED = 4  # tables of one day that are called by their names
DATA = ("data-and-research",)


def _releases() -> Iterator[Entry]:
    """The days on which figures were released, each with the tables that came."""
    history = Store(settings.EVIDENCE_FOLDER).history()
    titles = {one.name: one.title for one in catalogue().loaders}  # of our own tables too, as long as they stand
    every = sorted((one.on, dataset) for dataset, some in history.items() for one in some)
    for on, group in groupby(every, key=lambda one: one[0]):
        names = [_(titles.get(dataset, dataset)) for _on, dataset in group]
        title = ngettext("New figures: %(count)s table", "New figures: %(count)s tables", len(names))
        more = len(names) - NAMED
        listed = "; ".join(names[:NAMED])
        summary = _("%(names)s; and %(more)s more.") % {"names": listed, "more": more} if more > 0 else f"{listed}."
        yield Entry(
            f"evidence/released/{on}",
            _("Figures released"),
            title % {"count": len(names)},
            summary,
            reverse("evidence:datasets"),
            on,
            {"topics": DATA},
        )


def _corrections() -> Iterator[Entry]:
    for one in corrected():
        about = {"topics": DATA}
        yield Entry(f"evidence/corrections/{one.slug}", one.tag, one.title, one.summary, one.url, one.on, about)


may_be_followed("reviews.review", "reviews.recommendation", "reviews.commitment", "reviews.disparity")

STREAMS = (
    Stream("writing", gettext_lazy("Articles and publications"), written, lists.state),
    Stream("figures", gettext_lazy("New figures"), _releases, released),
    Stream("progress", gettext_lazy("What was promised"), assessed, promised),
    Stream("corrections", gettext_lazy("Corrections"), _corrections, released),
    Stream("support", gettext_lazy("Support on offer"), support_told, support_state),
    Stream("register", gettext_lazy("Explain or reform"), promises.disputed, promised),
    Stream("commitments", gettext_lazy("Our commitments"), promises.promised, promised),
)


def state() -> Hashable:
    """What the news depends on: whatever any of its streams does."""
    return tuple(state() for state in dict.fromkeys(stream.state for stream in STREAMS))


def news(asked: dict[str, str], stream: str = "") -> list[Entry]:
    """Everything new that carries the words asked for, of one stream or of all, the newest first."""
    found = [entry for one in STREAMS if stream in ("", one.slug) for entry in one.entries() if entry.carries(asked)]
    return sorted(found, key=lambda entry: (-entry.on.toordinal(), entry.key))
