"""The list of figures on their way: what waits for whom, what was decided, and which releases can be gone back to."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.design.parts import Link
from evenhand.core.references import resolve
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.models import OPEN, Edition
from evenhand.domains.evidence.people import editor
from evenhand.domains.evidence.queries.exhibits.receipts import day
from evenhand.library.datasets.store import Listed, Store

DONE = 20  # decisions that the list shows


@dataclass(frozen=True)
class Line:
    """One edition in the list."""

    title: str
    url: str
    state: str
    about: str
    why: str = ""


def editions_page(caller: Caller) -> dict[str, Any]:
    """Everything on its way, what is for this caller to do first."""
    store = Store(settings.EVIDENCE_FOLDER)
    listed = {(one.dataset, one.version): one for one in store.releases()}
    waiting = list(Edition.objects.filter(status__in=OPEN))
    done = list(Edition.objects.exclude(status__in=OPEN)[:DONE])
    names = {ref: known.title for ref, known in resolve(one.loaded_by for one in (*waiting, *done)).items()}

    def line(one: Edition) -> Line:
        found = listed.get((one.dataset, one.version))
        told = {"who": names[one.loaded_by], "day": day(one.loaded_at.date()), "version": one.version}
        return Line(
            found.title if found else one.dataset,
            reverse("figures:edition", args=[one.pk]),
            EDITION.state(one.status).label,
            _("Loaded by %(who)s on %(day)s; release %(version)s") % told,
            one.why,
        )

    yours = [one for one in waiting if _is_for(one, caller)]
    known = {(one.dataset, one.version) for one in waiting}
    return {
        "crumbs": crumbs(),
        "yours": [line(one) for one in yours],
        "waiting": [line(one) for one in waiting if one not in yours],
        "terminal": [one for at, one in listed.items() if one.state == "loaded" and at not in known],
        "done": [line(one) for one in done],
        "earlier": _earlier(listed.values()) if editor.admits(caller) else [],
        "may_load": editor.admits(caller),
    }


def crumbs(*below: Link) -> list[Link]:
    """Where the pages of figures stand."""
    return [Link(_("Staff home"), reverse("wagtailadmin_home")), Link(_("Figures"), reverse("figures:list")), *below]


def _is_for(one: Edition, caller: Caller) -> bool:
    """Whether the next step is this caller's: to decide, to send, or to mend."""
    return any(move.name in ("publish", "send") for move in EDITION.open_to(one, caller))


def _earlier(listed: Any) -> list[tuple[str, list[tuple[Listed, str, str]]]]:
    """The releases that answers came from once, by dataset, each with its day and the way back to it."""
    found: dict[str, list[tuple[Listed, str, str]]] = {}
    for one in listed:
        if one.state == "superseded":
            url = reverse("figures:restore", args=[one.dataset, one.version])
            found.setdefault(one.title, []).append((one, day(one.published_on or one.loaded_on), url))
    return sorted(found.items())
