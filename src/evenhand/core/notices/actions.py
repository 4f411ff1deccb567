"""Writing a message, and sending what is due."""

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.header import decode_header
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.errors import NotPossible, Refused
from evenhand.core.notices.letters import write
from evenhand.core.notices.models import Notice
from evenhand.core.references import Ref

logger = logging.getLogger(__name__)

AT_ONCE = 50
LEASE = timedelta(minutes=10)  # how long a message is its sender's alone
FIRST_WAIT, LONGEST_WAIT, PATIENCE = timedelta(minutes=1), timedelta(hours=4), timedelta(days=3)
STRANGERS_AN_HOUR, ONE_STRANGER_A_DAY = 200, 5
PERMANENT = 500  # what a mail server answers from here on will not change by asking again


def post(
    template: str,
    *,
    to: str,
    about: Ref | None = None,
    stranger: bool = False,
    unsubscribe: str = "",
    **said: Any,
) -> Notice | None:
    """Write a message into the outbox, in the transaction of what it tells of; it is sent when that is committed.

    `unsubscribe` is the address of ours that ends such messages when a mail program posts to it (RFC 8058).

    To an address that nobody has confirmed, only so many are written: nothing more to the same one that day, and
    NotPossible when the whole site has written to too many in an hour.

    Refused for an address in code (`=?utf-8?q?…?=`), which mail programs would read as another one.
    """
    if decode_header(to) != [(to, None)]:
        raise Refused(_("That e-mail address cannot be written to. Type it as name@example.org."), code="bad-address")
    with transaction.atomic():
        if stranger and not _may_write_to(to, timezone.now()):
            return None
        letter = write(template, said)
        notice = Notice.objects.create(
            to=to,
            subject=letter.subject[:200],
            text=letter.text,
            about=about,
            stranger=stranger,
            unsubscribe=unsubscribe,
        )
        from evenhand.core.notices.tasks import send  # noqa: PLC0415  (which calls what stands here)

        send.enqueue()
    return notice


def send_due(now: datetime | None = None) -> int:
    """Send every message that is due, the oldest first; how many were sent. What fails is tried again later."""
    moment = now or timezone.now()
    sent = 0
    while claimed := _claim(moment):
        sent += _send(claimed, moment)
    return sent


def forget_sent(before: datetime) -> int:
    """Forget what the messages said that were sent, or given up, before a day; how many."""
    old = Notice.objects.filter(written_at__lt=before).exclude(sent_at=None, given_up_at=None)
    return old.exclude(text="").update(text="", to="forgotten@invalid.invalid", unsubscribe="")


def forget_address(address: str) -> int:
    """Forget every message to an address, sent or not; how many."""
    forgotten, _rows = Notice.objects.filter(to__iexact=address).delete()
    return forgotten


def _may_write_to(to: str, now: datetime) -> bool:
    written = Notice.objects.filter(stranger=True)
    if written.filter(written_at__gt=now - timedelta(hours=1)).count() >= STRANGERS_AN_HOUR:
        logger.warning("more than %s messages to new addresses in an hour: the next ones wait", STRANGERS_AN_HOUR)
        raise NotPossible(_("Too many messages are being sent just now. Try again in an hour."), status=503)
    return written.filter(to=to, written_at__gt=now - timedelta(days=1)).count() < ONE_STRANGER_A_DAY


def _claim(now: datetime) -> list[Notice]:
    """A few messages that are due, ours alone for a while: committed before any is sent."""
    with transaction.atomic():
        due = Notice.objects.filter(sent_at=None, given_up_at=None, due_at__lte=now)
        claimed = list(due.select_for_update(skip_locked=True).order_by("due_at")[:AT_ONCE])
        for notice in claimed:
            notice.due_at = now + LEASE
            notice.attempts += 1
        Notice.objects.bulk_update(claimed, ("due_at", "attempts"))
    return claimed


def _send(claimed: Iterable[Notice], now: datetime) -> int:
    connection = mail.get_connection()
    try:
        connection.open()
    except OSError as fault:  # nobody is there: none of them need be tried
        for notice in claimed:
            _keep(notice, fault, now)
        return 0
    sent = 0
    for notice in claimed:
        try:
            _hand_over(notice, connection)
        # Whatever a network or, as smtplib has it, a mail server can do; or an address that is none.
        except (OSError, ValueError) as fault:
            _keep(notice, fault, now)
        else:
            Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now(), fault="")
            sent += 1
    connection.close()
    return sent


def _hand_over(notice: Notice, connection: BaseEmailBackend) -> None:
    host = urlsplit(settings.SITE_URL).hostname
    headers = {"Message-ID": f"<{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    if notice.unsubscribe:
        headers["List-Unsubscribe"] = f"<{notice.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.EmailMessage(notice.subject, notice.text, to=[notice.to], headers=headers, connection=connection).send()


def _keep(notice: Notice, fault: Exception, now: datetime) -> None:
    """Try again later, each time later; give up on what will never be taken, or was not for days."""
    wait = min(FIRST_WAIT * 2 ** (notice.attempts - 1), LONGEST_WAIT)
    hopeless = _never(fault) or now - notice.written_at > PATIENCE
    said = f"{type(fault).__name__}: {fault}"[:500]
    Notice.objects.filter(pk=notice.pk).update(
        fault=said, due_at=now + wait, given_up_at=timezone.now() if hopeless else None
    )
    logger.warning("message %s was not taken%s: %s", notice.pk, " and is given up" if hopeless else "", said)


def _never(fault: Exception) -> bool:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _said in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPDataError):
        return fault.smtp_code >= PERMANENT
    return isinstance(fault, ValueError)
