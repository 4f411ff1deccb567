"""Joining the pool of consultants, and each step there; invoices, never for more than was confirmed."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, signed_in
from evenhand.core.accounts.actions import end_role, give_role
from evenhand.core.accounts.factors import has_second_factor
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.domains.support.actions.days import locked, may, move_counters
from evenhand.domains.support.lifecycle import CONSULTANT, INVOICE
from evenhand.domains.support.models import Consultant, Engagement, Invoice
from evenhand.domains.support.people import officer, oneself
from evenhand.domains.support.queries.ledger import to_invoice
from evenhand.domains.support.rules.capacity import names
from evenhand.domains.support.rules.days import BadDays, quarters, written

ROLE = "consultant"


@transaction.atomic
def apply(person: Person, *, by: Caller, **said: Any) -> Consultant:
    """Ask to join the pool; asked again, the entry that there is."""
    may(signed_in, by)
    if by.person is None or by.person.pk != person.pk:
        raise NotAllowed(_("Everybody applies for themselves."))
    Person.objects.select_for_update().get(pk=person.pk)
    if there := Consultant.objects.filter(person=person).first():
        return there
    made = Consultant(person=person, **said)
    _check(made)
    made.save()
    record("support.consultant.apply", made.ref, by=by)
    return made


@transaction.atomic
def describe(consultant: Consultant, *, by: Caller, **said: Any) -> Consultant:
    """Say anew what one offers; what was shown of a life is shown only as long as one wants."""
    consultant = Consultant.objects.select_for_update().get(pk=consultant.pk)
    may(oneself | officer, by, consultant)
    for name, value in said.items():
        setattr(consultant, name, value)
    _check(consultant)
    consultant.save()
    record("support.consultant.describe", consultant.ref, by=by, details={"changed": sorted(said)})
    return consultant


def move(consultant: Consultant, name: str, *, by: Caller, **details: Any) -> Consultant:
    """Take a step of a consultant's entry."""
    moved: Consultant = CONSULTANT.move(consultant, name, by=by, **details)
    return moved


@CONSULTANT.on("endorse")
def _endorse(consultant: Consultant, *, by: Caller) -> None:
    """Keep who was the first of two."""
    consultant.endorsed_by = by.ref


@CONSULTANT.on("approve")
def _approve(consultant: Consultant, *, by: Caller) -> None:
    """Give the role, if a second factor is set up; the letter says how to otherwise."""
    held = RoleHeld.objects.filter(person=consultant.person, role=ROLE).holding().exists()
    if not held and has_second_factor(consultant.person):
        give_role(consultant.person, ROLE, by=by)
    post("support/engagements/approved.txt", to=consultant.person.email, about=consultant.ref, consultant=consultant)


@CONSULTANT.on("remove")
def _remove(consultant: Consultant, *, by: Caller) -> None:
    """End the role, unless somebody still waits for their help."""
    if consultant.engagements.exclude(status__in=("closed", "stopped", "delivered", "follow-up")).exists():
        raise NotPossible(_("There is an engagement under way. Match it anew first."), code="engaged")
    for held in RoleHeld.objects.filter(person=consultant.person, role=ROLE).holding():
        end_role(held, by=by)


@transaction.atomic
def submit_invoice(
    engagement: Engagement, *, by: Caller, number: str, days: Decimal | float | str, amount: Decimal
) -> Invoice:
    """Ask to be paid for confirmed days, never for more of them than there are; the same number twice is one."""
    engagement = locked(engagement)
    consultant = Consultant.objects.filter(person=by.person).first() if by.person else None
    if consultant is None or ROLE not in by.effective.roles:
        raise NotAllowed(_("This is for the consultant who did the work."))
    try:
        count = quarters(days)
    except BadDays:
        raise Refused(_("Write days in quarters, such as 0.25, 0.5 or 1.75."), code="not-in-quarters") from None
    standing = Invoice.objects.filter(consultant=consultant, number=number.strip()).exclude(status="refused")
    if there := standing.first():
        if (there.engagement_id, there.quarters, there.amount) == (engagement.pk, count, amount):
            return there
        raise Refused(_("You have used that invoice number before. Write another."), code="used")
    left = to_invoice(engagement, consultant)
    if count > left:
        said = {"left": written(left), "asked": written(count)}
        message = _("%(left)s confirmed days are not on an invoice yet, and this one is for %(asked)s.")
        raise NotPossible(message % said, code="not-confirmed")
    taken_on = engagement.shortlist.filter(consultant=consultant).exclude(rate=None).first()
    rate = taken_on.rate if taken_on and taken_on.rate is not None else Decimal(0)
    if not number.strip() or amount < 0 or amount > rate * count / 4:
        raise Refused(_("Give a number, and at most the day rate that you took this on at."), code="above-the-rate")
    made = Invoice.objects.create(
        engagement=engagement, consultant=consultant, number=number.strip(), quarters=count, amount=amount
    )
    move_counters(engagement, quarters_invoiced=count)
    record("support.invoice.submit", made.ref, by=by, details={"of": engagement.reference, "days": written(count)})
    return made


def move_invoice(invoice: Invoice, name: str, *, by: Caller, **details: Any) -> Invoice:
    """Take a step with an invoice; the engagement is held meanwhile, so that its days stay what they are."""
    with transaction.atomic():
        locked(invoice.engagement)
        moved: Invoice = INVOICE.move(invoice, name, by=by, **details)
    return moved


@INVOICE.on("check")
def _check_days(invoice: Invoice, *, by: Caller) -> None:
    """Hold it against the ledger once more."""
    engagement = locked(invoice.engagement)
    if to_invoice(engagement, invoice.consultant) < 0 or engagement.quarters_invoiced > engagement.quarters_confirmed:
        raise NotPossible(_("It is for more days than are confirmed. Send it back."), code="not-confirmed")
    invoice.checked_by = by.ref


@INVOICE.on("approve")
def _approve_invoice(invoice: Invoice, *, by: Caller) -> None:
    """Keep who approved."""
    invoice.approved_by = by.ref


@INVOICE.on("pay")
def _pay(invoice: Invoice, *, by: Caller) -> None:
    """Keep the day."""
    del by
    invoice.paid_on = timezone.localdate()


@INVOICE.on("refuse")
def _refuse(invoice: Invoice, *, by: Caller, why: str) -> None:
    """Free its days for another invoice."""
    del by
    move_counters(locked(invoice.engagement), quarters_invoiced=-invoice.quarters)
    post(
        "support/engagements/invoice_refused.txt",
        to=invoice.consultant.person.email,
        about=invoice.ref,
        invoice=invoice,
        why=why,
    )


def _check(consultant: Consultant) -> None:
    if len(names(consultant.skills)) != len(set(consultant.skills)) or not consultant.skills:
        raise Refused(_("Choose at least one of the skills."), code="no-skill")
    consultant.lived_experience = consultant.lived_experience.strip()
    consultant.lived_experience_shown = bool(consultant.lived_experience_shown and consultant.lived_experience)
    try:
        consultant.full_clean(exclude=["status"])
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages), near=tuple(getattr(fault, "error_dict", {})), code="not-kept") from None
