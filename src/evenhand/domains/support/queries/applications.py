"""Applications by who sees them: those who write them, and officers. To everybody else there are none."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from evenhand.core.access import Caller
from evenhand.core.files.models import File
from evenhand.core.files.queries import sees
from evenhand.core.organisations.people import ROLES
from evenhand.core.references import Ref
from evenhand.domains.support.lifecycle.applications import WAITING
from evenhand.domains.support.models import Application, Conversation
from evenhand.domains.support.people import officer, unconflicted, writer


def applications_written_by(caller: Caller) -> QuerySet[Application]:
    """Those that a caller writes: as somebody who takes part, or for the organisation."""
    caller = caller.effective
    if caller.person is None or not caller.signed_in:
        return Application.objects.none()
    own = [organisation for role, organisation in caller.organisations if role in ROLES]
    taking = Q(participants__person=caller.person, participants__ended_at=None, participants__joined_at__isnull=False)
    found = Application.objects.filter(taking | Q(organisation__in=own)).distinct()
    return found.select_related("round", "organisation")


def application_opened_by(caller: Caller, reference: str) -> Application | None:
    """One that a caller writes, or writes down for somebody on the telephone; to anybody else there is none."""
    found = Application.objects.select_related("round", "organisation").filter(reference=reference).first()
    return found if found is not None and writer.admits(caller, found) else None


def calls_begun(caller: Caller) -> QuerySet[Application]:
    """What officers write down on the telephone, and was not sent yet."""
    if not officer.admits(caller):
        return Application.objects.none()
    found = Application.objects.filter(way=Application.Way.CALL, status="draft")
    return found.select_related("round", "organisation").order_by("number")


def applications_handled_by(caller: Caller) -> QuerySet[Application]:
    """Those that an officer handles: all that were sent. A draft is its writers' alone."""
    if not officer.admits(caller):
        return Application.objects.none()
    return Application.objects.exclude(sent_at=None).select_related("round", "organisation")


def overdue(today: dt.date) -> QuerySet[Application]:
    """Those whose decision was promised by a day that has passed, the longest overdue first."""
    late = Application.objects.filter(status__in=WAITING, due_on__lt=today)
    return late.select_related("round", "organisation").order_by("due_on")


def conversations_open() -> QuerySet[Conversation]:
    """Who waits for a call, the longest first."""
    return Conversation.objects.filter(settled_at=None)


def files_of(application: Application) -> QuerySet[File]:
    """What was handed in with it, and not taken away."""
    return File.objects.filter(about=application.ref, removed_at=None)


@sees("support.application")
def files_seen_by(caller: Caller, about: Ref) -> bool:
    """Whether a caller sees the files of an application: who writes it, and officers on no side of it.

    Nobody else: a file may say who it is from.
    """
    application = Application.objects.filter(pk=UUID(about.key)).select_related("round").first()
    if application is None:
        return False
    if writer.admits(caller, application):
        return True
    return unconflicted(caller, application) and applications_handled_by(caller).filter(pk=application.pk).exists()
