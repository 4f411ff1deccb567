"""The ledger of days: recording, confirming, taking back, and raising an award.

Every verb here reads the engagement anew under lock, checks, writes the line, and moves the counters in one statement
that the table itself checks once more. So days used never exceed the award, whoever asks at once.
"""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, Who
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.support.lifecycle import ENGAGEMENT
from evenhand.domains.support.lifecycle.engagements import WORKING
from evenhand.domains.support.models import Agreement, Application, Consultant, DayEntry, Engagement, Round
from evenhand.domains.support.people import LEDGER, clockwork, engaged, minder, officer, supported
from evenhand.domains.support.queries.ledger import in_words, left_to_give, to_invoice
from evenhand.domains.support.rules.capacity import asked_for
from evenhand.domains.support.rules.days import (
    LONGEST_DAY,
    QUARTER,
    QUARTERS,
    BadDays,
    at_half,
    fits,
    quarters,
    written,
)

ACCEPTED = "accepted"
MOST = 4 * 60  # quarters: no programme awards more, so that a slip of the finger is no award
Days = Decimal | float | str


@transaction.atomic
def open_engagement(
    application: Application, *, by: Caller, days: Days, skills: tuple[str, ...] = (), brief: str = ""
) -> Engagement:
    """Award days to an accepted application, once; asked again, the engagement that there is.

    What help is wanted with is what the application asks for, unless it is said otherwise.
    """
    may(officer | clockwork, by)
    awarded = _quarters(days)
    if awarded > MOST:
        raise Refused(_("That is more than any programme awards. Look at the number again."), code="too-many-days")
    application = Application.objects.select_for_update().get(pk=application.pk)
    if there := Engagement.objects.filter(application=application).first():
        return there
    if application.status != ACCEPTED:
        raise NotPossible(_("Days are awarded once the organisation has accepted the offer."), code="not-accepted")
    engagement = Engagement.objects.create(
        reference=f"E-{application.reference.rpartition('-')[2]}",
        application=application,
        quarters_awarded=awarded,
        skills=list(skills or asked_for(application.answers.get("help", ()))),
        brief=brief,
    )
    record("support.engagement.open", engagement.ref, by=by, details={"days": written(awarded)})
    return engagement


@transaction.atomic
def record_day(
    engagement: Engagement, *, by: Caller, days: Days, on: dt.date, note: str, key: UUID | None = None
) -> DayEntry:
    """Write down work that was done: by the consultant who did it, at most one day a day. Sent twice, one line.

    A day is a day, however many organisations were helped on it.
    """
    engagement = locked(engagement)
    may(engaged, by, engagement)
    count = _quarters(days)
    if key and (there := _written_before(engagement, key, count, on, note)):
        return there
    if engagement.status not in WORKING:
        raise NotPossible(_("Days are recorded once both have signed the brief, and until all is delivered."))
    _check_day(engagement, count, on)
    return _use(engagement, count, by=by, on=on, note=note, key=key, kind=DayEntry.Kind.DAYS)


@transaction.atomic
def book_training(
    engagement: Engagement,
    *,
    by: Caller,
    days: Days,
    on: dt.date,
    note: str,
    key: UUID | None = None,
    provider: Consultant | None = None,
) -> DayEntry:
    """Book a place on training that was bought for the programme, against the same award."""
    engagement = locked(engagement)
    may(minder, by, engagement)
    count = _quarters(days)
    if key and (there := _written_before(engagement, key, count, on, note)):
        return there
    if ENGAGEMENT.state(engagement.status).ends or engagement.status in {"delivered", "follow-up"}:
        raise NotPossible(_("This engagement is over: no more days can be booked."))
    return _use(engagement, count, by=by, on=on, note=note, key=key, kind=DayEntry.Kind.TRAINING, consultant=provider)


@transaction.atomic
def confirm(entry: DayEntry, *, by: Caller, link: bool = False) -> Agreement:
    """Say as the organisation that a line is right; said twice, it is said once. `link`: by who holds its link."""
    engagement = locked(entry.engagement)
    if not link:
        may(supported, by, engagement)
    if by.ref == entry.by:
        raise NotAllowed(_("Whoever wrote a line down does not confirm it: somebody else has to."))
    if there := Agreement.objects.filter(entry=entry).first():
        return there
    if entry.corrects_id or DayEntry.objects.filter(corrects=entry).exists():
        raise NotPossible(_("This line was taken back: there is nothing to confirm."), code="taken-back")
    agreed = Agreement.objects.create(entry=entry, by=by.ref)
    if entry.kind == DayEntry.Kind.DAYS:
        move_counters(engagement, quarters_confirmed=entry.quarters)
    record("support.day.confirm", engagement.ref, by=by, details={"line": entry.pk, "days": written(entry.quarters)})
    return agreed


@transaction.atomic
def correct(entry: DayEntry, *, by: Caller, why: str, link: bool = False) -> DayEntry:
    """Take a line back by an opposite one; asked twice, once.

    Either side may until it is confirmed, and after that an officer, as long as no invoice is for it.
    """
    engagement = locked(entry.engagement)
    agreed = Agreement.objects.filter(entry=entry).exists()
    if agreed or not link:
        may(minder if agreed else engaged | supported | minder, by, engagement)
    if not why.strip():
        raise Refused(_("Say in a few words why the line is taken back."), code="no-reason")
    if entry.corrects_id:
        raise NotPossible(_("What takes another line back cannot be taken back: record the days anew."))
    if there := DayEntry.objects.filter(corrects=entry).first():
        return there
    confirmed = entry.quarters if agreed and entry.kind == DayEntry.Kind.DAYS else 0
    if confirmed and entry.consultant and to_invoice(engagement, entry.consultant) < confirmed:
        raise NotPossible(_("These days are on an invoice. Send the invoice back first."), code="invoiced")
    opposite = DayEntry.objects.create(
        engagement=engagement,
        consultant=entry.consultant,
        kind=entry.kind,
        quarters=-entry.quarters,
        on=entry.on,
        note=why,
        corrects=entry,
        by=by.ref,
    )
    move_counters(engagement, quarters_used=-entry.quarters, quarters_confirmed=-confirmed)
    record("support.day.correct", engagement.ref, by=by, details={"line": entry.pk, "days": written(entry.quarters)})
    return opposite


@transaction.atomic
def raise_award(engagement: Engagement, *, by: Caller, days: Days, why: str) -> Engagement:
    """Set a higher award: an officer alone, and never without a reason, which stays in the journal.

    What the funder reads of the application follows, and it is within what the round has left for all.
    """
    engagement = locked(engagement)
    may(minder, by, engagement)
    awarded = _quarters(days)
    if not why.strip():
        raise Refused(_("Say why the award is raised: the funder reads it."), code="no-reason")
    if not engagement.quarters_awarded < awarded <= MOST:
        said = {"days": written(engagement.quarters_awarded)}
        raise Refused(_("The award stands at %(days)s days. Write a higher number.") % said, code="not-higher")
    if ENGAGEMENT.state(engagement.status).ends:
        raise NotPossible(_("This engagement is over: its award stands as it is."))
    before = engagement.quarters_awarded
    # Of two who give from one round at once, the second waits and counts the first.
    one = Round.objects.select_for_update().get(pk=engagement.application.round_id)
    left = left_to_give(one)
    if left is not None and (awarded - before) * QUARTER > left:
        said = {"left": in_words(int(left * QUARTERS))}
        raise NotPossible(_("The round has %(left)s left to give.") % said, code="nothing-left")
    Engagement.objects.filter(pk=engagement.pk).update(quarters_awarded=awarded)
    Application.objects.filter(pk=engagement.application_id).update(days_awarded=awarded * QUARTER)
    details = {"from": written(before), "to": written(awarded), "why": why}
    record("support.engagement.raise-award", engagement.ref, by=by, details=details)
    engagement.refresh_from_db()
    return engagement


def may(who: Who, by: Caller, thing: object = None) -> None:
    """NotAllowed, with its sentence, unless the caller is this."""
    if not who.admits(by, thing):
        raise NotAllowed(who.sentence)


def locked(engagement: Engagement) -> Engagement:
    """The engagement as it stands, ours alone until this transaction ends."""
    Engagement.objects.select_for_update().get(pk=engagement.pk)
    return Engagement.objects.select_related("application", "consultant").get(pk=engagement.pk)


def one_at_a_time(consultant: Consultant | None) -> None:
    """Hold a consultant until this transaction ends: what they record is recorded in turn, whomever it is for."""
    if consultant is not None:
        Consultant.objects.select_for_update().get(pk=consultant.pk)


def _use(
    engagement: Engagement,
    count: int,
    *,
    by: Caller,
    on: dt.date,
    note: str,
    key: UUID | None,
    kind: DayEntry.Kind,
    consultant: Consultant | None = None,
) -> DayEntry:
    if not fits(engagement.quarters_awarded, engagement.quarters_used, count):
        said = {"left": written(engagement.quarters_awarded - engagement.quarters_used), "asked": written(count)}
        message = _("%(left)s days are left of the award, and %(asked)s do not fit. Write less, or ask us first.")
        raise NotPossible(message % said, code="beyond-the-award")
    entry = DayEntry.objects.create(
        engagement=engagement,
        consultant=engagement.consultant if kind == DayEntry.Kind.DAYS else consultant,
        kind=kind,
        quarters=count,
        on=on,
        note=note,
        key=key,
        by=by.ref,
    )
    move_counters(engagement, quarters_used=count)
    details = {"line": entry.pk, "days": written(count), "on": on.isoformat(), "kind": str(kind)}
    record("support.day.record", engagement.ref, by=by, details=details)
    engagement.refresh_from_db()
    if engagement.status == "in-progress" and at_half(engagement.quarters_awarded, engagement.quarters_used):
        ENGAGEMENT.move(engagement, "reach-half", by=LEDGER)
    return entry


def move_counters(engagement: Engagement, **quarters: int) -> None:
    """Move counters in one statement, which the table refuses if they would leave their order."""
    moved = {name: F(name) + count for name, count in quarters.items() if count}
    try:
        with transaction.atomic():
            Engagement.objects.filter(pk=engagement.pk).update(**moved)
    except IntegrityError:
        raise NotPossible(_("There are not enough days left for that."), code="beyond-the-award") from None


def _check_day(engagement: Engagement, count: int, on: dt.date) -> None:
    if on > timezone.localdate():
        raise Refused(_("Record a day once it is over."), code="not-yet")
    if engagement.begun_on and on < engagement.begun_on:
        raise Refused(_("That day is before the brief was signed."), code="too-early")
    one_at_a_time(engagement.consultant)
    same = DayEntry.objects.filter(consultant=engagement.consultant_id, on=on, kind=DayEntry.Kind.DAYS)
    if sum(same.values_list("quarters", flat=True)) + count > LONGEST_DAY:
        raise Refused(
            _("No more than one day can be recorded for one day, with whomever it was spent."), code="longer-than-a-day"
        )


def _written_before(engagement: Engagement, key: UUID, count: int, on: dt.date, note: str) -> DayEntry | None:
    there = DayEntry.objects.filter(key=key).first()
    if there is not None and (there.quarters, there.on, there.note) != (count, on, note):
        said = {"days": written(there.quarters), "on": date_format(there.on)}
        message = _(
            "This form was sent already: %(days)s days on %(on)s, which stand. To change them, take that line back. "
            "To add what you typed now as a line of its own, send it again."
        )
        raise Refused(message % said, code="sent-already")
    if there is not None and there.engagement_id != engagement.pk:
        raise Refused(_("That form was of another engagement. Load the page again."), code="another-form")
    return there


def _quarters(days: Days) -> int:
    try:
        return quarters(days)
    except BadDays:
        raise Refused(_("Write days in quarters, such as 0.25, 0.5 or 1.75."), code="not-in-quarters") from None
