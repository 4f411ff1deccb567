"""What the ledger of days says: what is confirmed, what can be invoiced, and the lines as they are shown."""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from evenhand.domains.support.lifecycle.applications import GIVEN_AWAY
from evenhand.domains.support.models import Agreement, Application, Consultant, DayEntry, Engagement, Invoice, Round
from evenhand.domains.support.rules.days import QUARTERS, written
from evenhand.domains.support.rules.programmes import programme

COLUMNS = {"days": "days_awarded", "pounds": "pounds_awarded"}  # of an application, by what its programme gives
LIVE = ("submitted", "checked", "approved", "paid")


def to_invoice(engagement: Engagement, consultant: Consultant) -> int:
    """How many quarters a consultant worked that are confirmed, and on no invoice yet."""
    confirmed = Agreement.objects.filter(
        entry__engagement=engagement, entry__consultant=consultant, entry__kind=DayEntry.Kind.DAYS
    ).filter(entry__correction=None)
    invoiced = Invoice.objects.filter(engagement=engagement, consultant=consultant, status__in=LIVE)
    counted = confirmed.aggregate(sum=Sum("entry__quarters"))["sum"] or 0
    return counted - (invoiced.aggregate(sum=Sum("quarters"))["sum"] or 0)


def left_to_give(one: Round) -> Decimal | None:
    """What a round has left: what there is, less what is offered or accepted. None where no limit is set."""
    if one.available is None:
        return None
    column = COLUMNS[programme(one.programme).award.kind]
    given = Application.objects.filter(round=one, status__in=GIVEN_AWAY).aggregate(all=Sum(column))["all"]
    return one.available - Decimal(given or 0)


def in_words(quarters: int) -> str:
    """Days as a sentence has them: ½ day, 1 day, 2½ days."""
    said = {"days": written(quarters)}
    return _("%(days)s day") % said if 0 < abs(quarters) <= QUARTERS else _("%(days)s days") % said
