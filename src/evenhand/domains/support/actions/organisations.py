"""Which organisation applies: one that is here, one that a register has, or one that is new to us."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import Refused
from evenhand.core.organisations.actions import create
from evenhand.core.organisations.models import Entry, Organisation
from evenhand.core.organisations.queries import entry_numbered, prefill
from evenhand.domains.support.queries.eligibility import number_read, organisation_numbered
from evenhand.library.registers import UnknownIdentifier


@dataclass(frozen=True)
class Named:
    """An organisation as an applicant names it: by the number of a register, or by its name."""

    number: str = ""
    name: str = ""


def applying(named: Named, *, by: Caller) -> Organisation:
    """The organisation that is meant; one that is new to us is made, as its register has it or by its name alone."""
    if not named.number:
        if not named.name.strip():
            raise Refused(_("Type the number or the name of the organisation."), code="missing")
        return create(named.name, by=by)
    if found := organisation_numbered(named.number):
        return found
    try:
        identifier = number_read(named.number)
    except UnknownIdentifier:
        raise Refused(_("That is no charity number and no company number. Check it."), code="unknown-number") from None
    entry: Entry | None = entry_numbered(identifier.scheme, identifier.number)
    if entry is not None:
        said = prefill(entry, on=timezone.localdate())
        areas = [one.code for one in said.areas]
        return create(
            said.name,
            by=by,
            identifiers=said.identifiers,
            areas=areas,
            legal_form=said.legal_form,
            description=said.description,
            website=said.website,
        )
    if not named.name.strip():
        raise Refused(
            _("The copy of the register that is held here has no number %(number)s. Type the name as well.")
            % {"number": identifier.number},
            code="unknown-number",
        )
    return create(named.name, by=by, identifiers=(identifier,))
