"""Asking to be told of what is new, confirming, being told, and ending it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible
from evenhand.core.journal.actions import record
from evenhand.core.news import Entry
from evenhand.core.notices.actions import post
from evenhand.core.references import Ref, resolve
from evenhand.core.terms import name_of
from evenhand.domains.publishing.models import Alert
from evenhand.domains.publishing.models.seen import Seen

CONFIRM, END = "publishing.alert.confirm", "publishing.alert.end"
WAITING = timedelta(days=7)
MOST = 40  # entries in one message


@transaction.atomic
def ask(email: str, topics: Sequence[str], *, by: Caller, of: Sequence[Ref] = ()) -> None:
    """Send an address the link that confirms it. Nothing tells whether it was known before.

    `of` are single things to be told of, which are added to what is told already. What an address that is confirmed is
    told of is changed by nobody but whoever can read its mail: by the link.
    """
    follows = [str(ref) for ref in of]
    alert, fresh = Alert.objects.get_or_create(
        email=email.lower(), defaults={"topics": tuple(topics), "follows": follows}
    )
    if fresh:
        record("publishing.alert.ask", alert.ref, by=by)
    token = signing.dumps({"alert": str(alert.pk), "topics": list(topics), "of": follows}, salt=CONFIRM)
    post(
        "publishing/confirm.txt",
        to=alert.email,
        about=alert.ref,
        stranger=True,
        link=settings.SITE_URL + reverse("alert-confirm", args=[token]),
        topics=[name_of("topics", slug) for slug in topics],
        things=[known.title for known in resolve(of).values()],
    )


@transaction.atomic
def confirm(token: str, *, by: Caller) -> Alert:
    """Begin to tell, as the link says; NotPossible for one that is spent, too old, or none of ours."""
    said = _read(token, CONFIRM, WAITING)
    alert = _alert(said["alert"])
    topics, follows = _wanted(alert, said["topics"], said.get("of", []))
    if alert.confirmed_at and (set(alert.topics), set(alert.follows)) == (set(topics), set(follows)):
        raise NotPossible(_("This link has been used: you are being told already."), code="used-already")
    alert.confirmed_at = alert.confirmed_at or timezone.now()
    alert.told_until = max(alert.told_until, alert.confirmed_at)
    alert.topics, alert.follows = tuple(topics), list(follows)
    alert.save()
    record(CONFIRM, alert.ref, by=by, details={"topics": list(topics), "of": list(follows)})
    return alert


@transaction.atomic
def end(token: str, *, by: Caller) -> None:
    """Stop telling, and forget the address. Asked again, it stays ended."""
    said = _read(token, END, None)
    if alert := Alert.objects.filter(pk=UUID(said["alert"])).first():
        record(END, alert.ref, by=by)
        alert.delete()


def see(entries: Iterable[Entry], now: datetime) -> None:
    """Keep when each entry was first seen; what stood there before anybody looked is no news."""
    first = not Seen.objects.exists()
    begun = datetime(1970, 1, 1, tzinfo=now.tzinfo)
    known = set(Seen.objects.values_list("key", flat=True))
    fresh = [Seen(key=one.key, seen_at=begun if first else now) for one in entries if one.key not in known]
    Seen.objects.bulk_create(fresh, ignore_conflicts=True)


def tell(entries: Sequence[Entry], now: datetime, *, by: Caller) -> int:
    """Write to everyone who asked of what is new to them; how many messages. Done twice, nobody hears twice."""
    see(entries, now)
    moments = dict(Seen.objects.values_list("key", "seen_at"))
    waiting = Alert.objects.exclude(confirmed_at=None).filter(told_until__lt=now).values_list("pk", flat=True)
    return sum(_tell(pk, entries, moments, now, by) for pk in list(waiting))


@transaction.atomic
def forget_unconfirmed(now: datetime, *, by: Caller) -> int:
    """Forget addresses that nobody confirmed within a week; how many."""
    old = list(Alert.objects.filter(confirmed_at=None, asked_at__lt=now - WAITING))
    for alert in old:
        record("publishing.alert.forget", alert.ref, by=by)
        alert.delete()
    return len(old)


@transaction.atomic
def _tell(pk: UUID, entries: Sequence[Entry], moments: dict[str, datetime], now: datetime, by: Caller) -> bool:
    alert = Alert.objects.select_for_update().filter(pk=pk, told_until__lt=now).first()
    if alert is None:
        return False
    fresh = [one for one in entries if moments[one.key] > alert.told_until and _wants(alert, one)]
    alert.told_until = now
    alert.save(update_fields=["told_until"])
    if not fresh:
        return False
    token = signing.dumps({"alert": str(alert.pk)}, salt=END)
    link = settings.SITE_URL + reverse("alert-end", args=[token])
    post(
        "publishing/new.txt",
        to=alert.email,
        about=alert.ref,
        unsubscribe=link,
        entries=[(one.kind, one.title, one.summary, settings.SITE_URL + one.url) for one in fresh[:MOST]],
        more=max(0, len(fresh) - MOST),
        page=settings.SITE_URL + reverse("news"),
        link=link,
    )
    record("publishing.alert.tell", alert.ref, by=by, details={"entries": len(fresh)})
    return True


def _wanted(alert: Alert, topics: Sequence[str], of: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What is told from now on: a thing that is followed is added, topics take the place of those before."""
    if alert.confirmed_at is None:
        return topics, of
    if not of:
        return topics, alert.follows if topics else []  # no topics is all: single things are among them
    if alert.hears_all:
        return [], []
    return alert.topics, list(dict.fromkeys([*alert.follows, *of]))


def _wants(alert: Alert, one: Entry) -> bool:
    topics, of = set(one.about.get("topics", ())), {str(ref) for ref in one.of}
    return alert.hears_all or bool(topics & set(alert.topics)) or bool(of & set(alert.follows))


def _alert(pk: str) -> Alert:
    alert = Alert.objects.select_for_update().filter(pk=UUID(pk)).first()
    if alert is None:
        raise NotPossible(_("This has been ended, and the address forgotten. Ask again if you wish."), code="ended")
    return alert


def _read(token: str, salt: str, longest: timedelta | None) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(token, salt=salt, max_age=longest)
    except signing.SignatureExpired:
        raise NotPossible(_("This link is older than a week. Ask for a new one."), code="too-old") from None
    except signing.BadSignature:
        raise NotPossible(_("This link is not complete. Copy all of it from the message."), code="bad-link") from None
    return said
