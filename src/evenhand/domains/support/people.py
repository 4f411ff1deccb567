"""Who is who in the support programme."""

from typing import Any

from evenhand.core.access import Caller, Who, evenhand, role
from evenhand.core.organisations.people import ROLES
from evenhand.core.references import Ref
from evenhand.domains.support.models import Assessment, Participant

officer = role("programme-officer") | role("administrator")
funder = role("funder")
assessor = role("assessor")
clockwork = evenhand


def takes_part(caller: Caller, application: Any) -> bool:
    """Whether a caller writes an application: for its organisation, or as somebody who was invited to."""
    if not caller.signed_in or application is None:
        return False
    if any((one, application.organisation_id) in caller.organisations for one in ROLES):
        return True
    taking = Participant.objects.filter(application=application, person=caller.person, ended_at=None)
    return caller.person is not None and taking.exclude(joined_at=None).exists()


applicant = Who("who writes the application", "This is for those who write this application.", takes_part)


def _did_not_draft(caller: Caller, thing: Any) -> bool:
    return (
        "administrator" in caller.roles and thing is not None and caller.ref not in {thing.drafted_by, thing.agreed_by}
    )


director = Who(
    "an administrator who did not draft the round",
    "A second person has to approve this, as director: an administrator who did not draft it.",
    _did_not_draft,
)


def _not_the_first(caller: Caller, thing: Any) -> bool:
    return officer.holds(caller, thing) and thing is not None and caller.ref != thing.checked_by


second_officer = Who(
    "an officer who did not find it ineligible",
    "Somebody else has to look at a query: it was you who decided first.",
    _not_the_first,
)


def _of_the_panel(caller: Caller, thing: Any) -> bool:
    if not officer.holds(caller, thing) or thing is None or takes_part(caller, thing):
        return False
    return not Assessment.objects.filter(application=thing, person=caller.person).exists()


panel = Who(
    "the chair of the panel",
    "The panel decides: an officer who neither scored this application nor writes it.",
    _of_the_panel,
)


def _asked(caller: Caller, thing: Any) -> bool:
    return assessor.holds(caller, thing) and thing is not None and _person_of(caller) == thing.person.ref


def _person_of(caller: Caller) -> Ref | None:
    return None if caller.person is None else caller.ref


asked = Who("the assessor who was asked", "This is for the assessor who was asked.", _asked)
