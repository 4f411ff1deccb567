"""What registers say against organisations that are listed: raised after a load, settled by an editor."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.organisations.models import Alert, Entry, Identifier
from evenhand.core.organisations.people import editor
from evenhand.core.organisations.queries.registers import ending_of, entry_numbered, warnings_of
from evenhand.library.registers import Warned

SHOWN = 20  # in one letter
EDITOR = "directory-editor"


@transaction.atomic
def raise_alerts(scheme: str, *, by: Caller, on: date) -> int:
    """Raise what one register now says against listed organisations, and end what it no longer says; how many are new.

    The history of a charity's events is read before anybody is told that it was removed: one that passed its work on,
    or became another, has not closed.
    """
    raised = []
    listed = Identifier.objects.filter(scheme=scheme, organisation__closed_on=None).select_related("organisation")
    for identifier in listed:
        entry = entry_numbered(scheme, identifier.value)
        if entry is not None:
            raised += _compared(identifier, entry, on)
    for alert in raised:
        details = {"register": scheme, "danger": alert.danger, "said": alert.said}
        record("organisations.alert.raise", alert.organisation.ref, by=by, details=details)
    if raised:
        _tell(raised)
    return len(raised)


@transaction.atomic
def settle_alert(alert: Alert, *, by: Caller, how: str) -> Alert:
    """Say that an editor has looked at it, and what came of it."""
    if not editor.admits(by):
        raise NotAllowed(editor.sentence)
    if not how.strip():
        raise Refused(_("Say what you found, or what you did."), code="missing")
    alert = Alert.objects.select_for_update().select_related("organisation").get(pk=alert.pk)
    if alert.settled_at is not None:
        raise NotPossible(_("Somebody settled this already."), code="settled-already")
    alert.settled_by, alert.settled_at, alert.settled_how = by.ref, timezone.now(), how.strip()[:500]
    alert.save(update_fields=["settled_by", "settled_at", "settled_how"])
    details = {"danger": alert.danger, "said": alert.said, "how": alert.settled_how}
    record("organisations.alert.settle", alert.organisation.ref, by=by, details=details)
    return alert


def _compared(identifier: Identifier, entry: Entry, on: date) -> list[Alert]:
    """The alerts that are new of one organisation; those that no longer hold are ended."""
    warned = warnings_of(entry, on=on)
    open_now = Alert.objects.filter(organisation=identifier.organisation, scheme=identifier.scheme, ended_at=None)
    known = {(alert.danger, alert.said): alert for alert in open_now}
    held = {(each.danger, each.said[:200]) for each in warned}
    for key, alert in known.items():
        if key not in held:
            Alert.objects.filter(pk=alert.pk).update(ended_at=timezone.now())
    return [_raised(identifier, entry, each) for each in warned if (each.danger, each.said[:200]) not in known]


def _raised(identifier: Identifier, entry: Entry, warned: Warned) -> Alert:
    history, passed_to = "", []
    if warned.danger == "removed" and (end := ending_of(entry)) is not None:
        passed_to = [str(number) for number in end.passed_to]
        history = end.reason
    return Alert.objects.create(
        organisation=identifier.organisation,
        scheme=identifier.scheme,
        number=identifier.value,
        danger=warned.danger,
        said=warned.said[:200],
        on=warned.on,
        history=history[:500],
        passed_to=passed_to,
    )


def _tell(raised: Iterable[Alert]) -> None:
    """Write to every editor of the directory, once."""
    alerts = list(raised)
    editors = RoleHeld.objects.filter(role=EDITOR, person__is_active=True).holding()
    for email in sorted(set(editors.values_list("person__email", flat=True))):
        post("organisations/alerts.txt", to=email, alerts=alerts[:SHOWN], more=max(0, len(alerts) - SHOWN))
