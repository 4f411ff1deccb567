"""The doors of the staff home: what each leads to, who may go through, and how much waits behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from evenhand.core.access import Caller, Who, caller_of, role
from evenhand.core.organisations.queries import alerts_open, claims_waiting
from evenhand.domains.directory.people import editor as directory_editor
from evenhand.domains.directory.queries.kept import reports_open, submitted
from evenhand.domains.evidence.models import Edition
from evenhand.domains.evidence.people import approver
from evenhand.domains.evidence.people import either as statistician
from evenhand.domains.publishing.models import HouseTerm
from evenhand.domains.publishing.people import may_publish
from evenhand.domains.reviews.models import Assessment
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries import clocks, commitments, disparities, evidence
from evenhand.domains.support.lifecycle.reports import OURS
from evenhand.domains.support.models import Application, Conversation, Engagement, FunderReport, Invoice
from evenhand.domains.support.people import officer


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody: what, where, how many there are, and for whom if not for all at the door."""

    name: Any
    address: str
    count: Callable[[], int]
    who: Who | None = None


@dataclass(frozen=True)
class Door:
    """One entry of the menu."""

    slug: str
    name: Any
    address: str
    who: Who
    icon: str
    order: int
    waiting: tuple[Waiting, ...] = ()


DOORS = (
    Door(
        "figures",
        _("Figures"),
        "figures:list",
        statistician,
        "table",
        50,
        (Waiting(_("Figures to publish"), "figures:list", Edition.objects.filter(status="sent").count, approver),),
    ),
    Door(
        "organisations",
        _("Organisations"),
        "staff_organisations",
        directory_editor,
        "home",
        200,
        (
            Waiting(_("Claims to decide"), "staff_claims", lambda: claims_waiting().count()),
            Waiting(_("Alerts from the registers"), "staff_alerts", lambda: alerts_open().count()),
        ),
    ),
    Door(
        "commitments",
        _("Commitments"),
        "staff_commitments",
        keeper,
        "calendar-check",
        250,
        (
            Waiting(_("Commitments for the board"), "staff_commitments", lambda: commitments.waiting().count()),
            Waiting(_("Updates to publish"), "staff_commitments", lambda: commitments.updates_waiting().count()),
            Waiting(
                _("Questions to read or answer"), "staff_commitments", lambda: commitments.challenges_waiting().count()
            ),
        ),
    ),
    Door(
        "explain-or-reform",
        _("Explain or reform"),
        "staff_disparities",
        keeper,
        "comment",
        270,
        (
            Waiting(_("Differences to open, or not"), "staff_disparities", lambda: disparities.waiting().count()),
            Waiting(_("Turns to publish"), "staff_disparities", lambda: disparities.turns_waiting().count()),
        ),
    ),
    Door(
        "evidence-inbox",
        _("Evidence inbox"),
        "staff_inbox",
        keeper,
        "mail",
        280,
        (Waiting(_("Evidence to read or decide on"), "staff_inbox", lambda: evidence.waiting().count()),),
    ),
    Door(
        "recommendations",
        _("Recommendations"),
        "staff_progress",
        keeper,
        "list-ol",
        260,
        (
            Waiting(
                _("Assessments for a second person"), "staff_progress", Assessment.objects.filter(status="draft").count
            ),
            Waiting(_("Answers awaited from bodies"), "staff_progress", lambda: clocks.answers_awaited().count()),
        ),
    ),
    Door(
        "support",
        _("Support"),
        "staff_support:desk",
        officer,
        "mail",
        300,
        (
            Waiting(
                _("Applications to check"),
                "staff_support:desk",
                Application.objects.filter(status__in=("submitted", "queried")).count,
            ),
            Waiting(
                _("Applications to decide"),
                "staff_support:desk",
                Application.objects.filter(status__in=("scored", "moderated")).count,
            ),
            Waiting(
                _("Engagements without a consultant"),
                "staff_support:desk",
                Engagement.objects.filter(status="matching").count,
            ),
            Waiting(
                _("Invoices to check, approve or pay"),
                "staff_support:desk",
                Invoice.objects.filter(status__in=("submitted", "checked", "approved")).count,
            ),
            Waiting(_("People to ring"), "staff_support:desk", Conversation.objects.filter(settled_at=None).count),
            Waiting(
                _("Reports to check, send or answer"),
                "support:reports",
                FunderReport.objects.filter(status__in=OURS).count,
            ),
        ),
    ),
    Door(
        "terms",
        _("Words of the check"),
        "staff_terms",
        may_publish,
        "title",
        350,
        (
            Waiting(
                _("Words to agree on"),
                "staff_terms",
                HouseTerm.objects.filter(status__in=("proposed", "ending")).count,
            ),
        ),
    ),
    Door(
        "directory",
        _("Directory"),
        "staff_directory",
        directory_editor,
        "list-ul",
        500,
        (
            Waiting(_("Listings to check"), "staff_directory", lambda: submitted().count()),
            Waiting(_("Reports of what is wrong"), "staff_directory", lambda: reports_open().count()),
        ),
    ),
    Door("people", _("People and roles"), "staff_people", role("administrator"), "group", 900),
)


class DoorItem(MenuItem):  # type: ignore[misc]  # Wagtail ships no types
    """A door as an entry of the menu."""

    def __init__(self, door: Door) -> None:
        super().__init__(door.name, reverse(door.address), name=door.slug, icon_name=door.icon, order=door.order)
        self.who = door.who

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who may go through."""
        return self.who.admits(caller_of(request))


class WaitingPanel(Component):  # type: ignore[misc]  # as above
    """What waits for somebody, behind every door that is open to them: the first thing at home."""

    order = 50
    template_name = "web/staff/waiting.html"

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The doors, and what waits behind them, most first."""
        open_ = [door for door in DOORS if door.who.admits(self.caller)]
        waits = [
            (one.name, one.count(), reverse(one.address))
            for door in open_
            for one in door.waiting
            if one.who is None or one.who.admits(self.caller)
        ]
        return {
            **super().get_context_data(parent_context),
            "waits": [one for one in waits if one[1]],
            "doors": [(door.name, reverse(door.address)) for door in open_],
        }
