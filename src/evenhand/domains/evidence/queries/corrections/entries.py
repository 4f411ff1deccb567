"""Corrections and revisions as entries of one list, newest first: the same for the page and for both feeds."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.design.numbers import whole
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.evidence.queries.corrections import cells
from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.compare import LONGEST
from evenhand.library.datasets.corrections import Correction, corrections
from evenhand.library.datasets.revisions import Revision, revisions
from evenhand.library.datasets.store import Store


@dataclass(frozen=True)
class Entry:
    """One correction or revision, with what it says at length behind it."""

    of: Correction | Revision
    title: str
    summary: str
    tag: str

    @property
    def slug(self) -> str:
        """Its name in an address, which never changes."""
        return self.of.slug

    @property
    def on(self) -> date:
        """The day on which it was written down, or released."""
        return self.of.on

    @property
    def url(self) -> str:
        """The address of its own page."""
        return reverse("evidence:correction", args=[self.slug])


def entries() -> tuple[Entry, ...]:
    """Everything that there is, newest first."""
    found = [*map(_written, corrections()), *map(_released, found_revisions())]
    return tuple(sorted(found, key=lambda entry: (-entry.on.toordinal(), entry.slug)))


def entry(slug: str) -> Entry:
    """One of them; Refused with the near matches if there is none."""
    known = {one.slug: one for one in entries()}
    if slug not in known:
        near = Unknown("correction", slug[:LONGEST], list(known)).near
        message = _("No correction is called “%(slug)s”. All of them stand in one list, under Corrections.")
        raise Refused(message % {"slug": slug[:LONGEST]}, near=near, code="unknown-correction", status=404)
    return known[slug]


def found_revisions() -> tuple[Revision, ...]:
    """Every release here that changed a figure of the one before it, newest first."""
    return revisions(Store(settings.EVIDENCE_FOLDER))


def _written(one: Correction) -> Entry:
    return Entry(one, _(one.title), " ".join((_(one.wrong), _(one.right), _(one.done))), kind(one))


def _released(one: Revision) -> Entry:
    title = ngettext("%(title)s: %(count)s figure revised", "%(title)s: %(count)s figures revised", len(one.changes))
    said = {"title": _(catalogue().loader(one.dataset).title), "count": whole(len(one.changes))}
    told = " ".join(filter(None, (one.note, summary(one))))
    return Entry(one, title % said, told, _("Revised between releases"))


def kind(one: Correction) -> str:
    """Whose mistake it is, if it is one."""
    return {
        "slip": _("A slip in a published table"),
        "revision": _("Revised by its publisher"),
        "doubt": _("Cannot be confirmed"),
        "ours": _("A mistake of ours"),
    }[one.kind]


def summary(revision: Revision) -> str:
    """How many figures changed, came and went, and which moved most."""
    kinds = [one.kind for one in revision.changes]
    said = {name: whole(kinds.count(name)) for name in ("changed", "appeared", "disappeared")}
    text = _("%(changed)s changed, %(appeared)s appeared and %(disappeared)s disappeared.") % said
    moved = [one for one in revision.changes if one.difference is not None]
    if not moved:
        return text
    most = max(moved, key=lambda one: abs(one.difference or 0))
    largest = _("The largest change: %(what)s, was %(before)s and is %(after)s.")
    told = {"what": cells.in_words(most.cell), "before": cells.value(most.before), "after": cells.value(most.after)}
    return f"{text} {largest % told}"
