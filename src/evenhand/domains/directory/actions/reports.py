"""Taking in what somebody says is wrong with a listing, and settling it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.core.access import Caller, machine
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.domains.directory.lifecycle import REPORT
from evenhand.domains.directory.models import Report, Service

READER = machine("directory-reader")  # whoever used the form that is open to all


@transaction.atomic
def report(
    service: Service, kind: str, *, words: str = "", email: str = "", from_keeper: bool = False, by: Caller = READER
) -> Report:
    """Keep what somebody says is wrong; the same words about the same listing, not yet settled, are kept once.

    Who gives an address is told what comes of it, so that the same words from two addresses are two reports.
    """
    known = Report.objects.filter(service=service, kind=kind, words=words, status="new")
    same = (known.filter(email=email) if email else known).first()
    if same:
        return same
    made = Report(service=service, kind=kind, words=words, email=email, from_keeper=from_keeper)
    made.full_clean()
    made.save()
    record("directory.report.make", made.ref, by=by, details={"about": str(service.ref), "kind": kind})
    return made


def settle(made: Report, *, by: Caller, outcome: str, changed: bool) -> Report:
    """Say what came of a report; whoever gave an address is told, and the address is forgotten."""
    settled: Report = REPORT.move(made, "settle" if changed else "dismiss", by=by, outcome=outcome)
    return settled


@REPORT.on("settle")
@REPORT.on("dismiss")
def settled(made: Report, *, by: Caller, outcome: str, **_details: Any) -> None:
    """The letter is written with the move; what it says stays in no column that names anybody."""
    del by
    if made.email:
        post(
            "directory/settled.txt", to=made.email, about=made.ref, stranger=True, service=made.service, outcome=outcome
        )
    made.email, made.outcome, made.settled_at = "", outcome, timezone.now()
