"""Who pays for a programme, and so may look at how it goes: that programme and no other."""

from typing import Any

from evenhand.core.access import Caller, Who, staff
from evenhand.core.organisations.models import Identifier
from evenhand.domains.support.people import funder, officer
from evenhand.domains.support.rules.programmes import UnknownProgramme, programme


def funds(caller: Caller, slug: str) -> bool:
    """Whether a caller holds the role of funder for the organisation that pays for a programme, by its number."""
    held = [of for role, of in caller.organisations if role == "funder"]
    try:
        wanted = programme(slug).funder_id
    except UnknownProgramme:
        return False
    return any(str(one) == wanted for one in Identifier.objects.filter(organisation__in=held))


def _pays(caller: Caller, thing: Any) -> bool:
    return thing is not None and funder.holds(caller, thing) and funds(caller, getattr(thing, "programme", thing))


payer = Who("the funder of the programme", "This is for the funder of this programme.", _pays)
# Asked of a programme's slug, or of a round or a report of it.
onlooker = Who("the funder of the programme, or staff", payer.refusal, (staff | payer).holds)
overseer = Who("the funder of the programme, or an officer", payer.refusal, (officer | payer).holds)
