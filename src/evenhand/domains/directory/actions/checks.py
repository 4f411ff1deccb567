"""Asking who keeps a listing whether it is still right, taking the answer, and marking what nobody answered for."""

import datetime as dt
import hashlib
import logging
import secrets

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, machine
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.domains.directory.actions.listings import keeper_of, move
from evenhand.domains.directory.actions.reports import report
from evenhand.domains.directory.lifecycle import SHOWN
from evenhand.domains.directory.models import Confirmation, Report, Service
from evenhand.domains.directory.people import LINK
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.domains.directory.rules import CLOCK

logger = logging.getLogger(__name__)
CLOCKWORK = machine("directory-clock")


def ask_who_is_due(now: dt.datetime) -> int:
    """Ask for every listing whose turn has come, each once a step; how many were asked."""
    today = timezone.localdate(now)
    due = listed_services(today).filter(assured_on__lte=today - dt.timedelta(days=CLOCK.ask[0]))
    return sum(_ask_if_due(service, now) for service in due.iterator())


def ask(
    service: Service, *, step: int, now: dt.datetime, renews: Confirmation | None = None, by: Caller = CLOCKWORK
) -> Confirmation | None:
    """Send a link by which a listing is confirmed with one click; None if that was done, or there is no address.

    The question and the letter are written in one transaction, so that neither is without the other.
    """
    to = keeper_of(service)
    if not to or service.assured_on is None:
        return None
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            asked = Confirmation.objects.create(
                service=service,
                digest=digest_of(token),
                counted_from=service.assured_on,
                step=step,
                renews=renews,
                to=to,
                asked_at=now,
                expires_at=now + dt.timedelta(days=CLOCK.answer),
            )
            url = reverse("directory:check", args=[token])
            hides_on = CLOCK.hides_on(service.assured_on)
            post(
                "directory/check.txt", to=to, about=service.ref, service=service, url=url, step=step, hides_on=hides_on
            )
            record("directory.check.ask", service.ref, by=by, details={"step": step})
    except IntegrityError:  # somebody else asked at the same time
        return None
    return asked


def renew(question: Confirmation, *, now: dt.datetime, by: Caller = LINK) -> None:
    """Send a new link in place of one that ran out, to the address that the listing has now, whoever holds the old one.

    NotPossible if there is nothing left to ask, or if a link that holds was sent within the last day.
    """
    with transaction.atomic():
        service = Service.objects.select_for_update().select_related("organisation").get(pk=question.service_id)
        if question.used_at is not None:
            raise NotPossible(_("This was answered already. Thank you: there is nothing more to do."), code="used")
        if service.status not in {*SHOWN, "hidden"}:
            raise NotPossible(_("This listing is not one that can be confirmed now. Sign in to see why."))
        lately = service.confirmations.filter(
            used_at=None, expires_at__gt=now, asked_at__gt=now - dt.timedelta(days=CLOCK.renew)
        )
        if lately.exists():
            raise NotPossible(_("A new link was sent already. Look among your mail of today."), code="sent-already")
        if ask(service, step=question.step, now=now, renews=question, by=by) is None:
            raise NotPossible(_("There is no address to send it to. Sign in to confirm it."), code="no-address")


def digest_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def answer(question: Confirmation, said: str, *, words: str = "", now: dt.datetime, by: Caller = LINK) -> Confirmation:
    """Take an answer, once: still right, something has changed, or closed. Every other open link then ends."""
    if said not in Confirmation.Answer.values:
        raise Refused(_("Choose one of the three answers."), near=tuple(Confirmation.Answer.values), code="no-answer")
    with transaction.atomic():
        question = _locked(question)
        if question.used_at is not None:
            raise NotPossible(_("This was answered already. Thank you: there is nothing more to do."), code="used")
        if question.expires_at <= now:
            raise NotPossible(_("This link has run out. Have a new one sent, or sign in."), code="expired")
        question.used_at, question.answer = now, said
        question.save()
        service = question.service
        open_still = service.confirmations.filter(used_at=None, expires_at__gt=now).exclude(pk=question.pk)
        open_still.update(expires_at=now)
        record("directory.check.answer", service.ref, by=by, details={"answer": said, "step": question.step})
        if said == Confirmation.Answer.RIGHT:
            move(service, "confirm", by=by, on=timezone.localdate(now))
        elif said == Confirmation.Answer.CLOSED:
            move(service, "close", by=by)
        else:
            report(service, Report.Kind.OTHER, words=words, email=question.to, from_keeper=True, by=by)
    return question


def _locked(question: Confirmation) -> Confirmation:
    """As it stands, and nobody else may answer it until the transaction ends."""
    found = Confirmation.objects.select_for_update().select_related("service__organisation")
    return found.get(pk=question.pk)


def age(now: dt.datetime) -> int:
    """Mark what was not checked for long, and hide what was not checked for too long; how many listings moved."""
    today = timezone.localdate(now)
    moved = 0
    for start, name, days in ((SHOWN, "hide", CLOCK.hidden), (("listed",), "age", CLOCK.stale)):
        old = Service.objects.filter(status__in=start, assured_on__lte=today - dt.timedelta(days=days))
        for service in old.select_related("organisation"):
            try:
                move(service, name, by=CLOCKWORK)
            except NotPossible:  # it was confirmed in this very moment
                logger.info("%s was moved by somebody else", service.ref)
            else:
                moved += 1
    return moved


def _ask_if_due(service: Service, now: dt.datetime) -> bool:
    if service.assured_on is None:
        return False
    step = CLOCK.step(service.assured_on, timezone.localdate(now))
    if step is None or service.confirmations.filter(counted_from=service.assured_on, step__gte=step).exists():
        return False
    return ask(service, step=step, now=now) is not None
