"""Who is who in the support programme."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from evenhand.core.access import Caller, Who, evenhand, machine, role, staff
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.organisations.people import ROLES
from evenhand.core.references import Ref
from evenhand.domains.support.models import Application, Assessment, Declaration, Participant

officer = role("programme-officer") | role("administrator")
funder = role("funder")
assessor = role("assessor")
clockwork = evenhand
# What happens by itself: on its day, and as days are recorded.
CLOCK, LEDGER = machine("support-clock"), machine("support-ledger")


def takes_part(caller: Caller, application: Any) -> bool:
    """Whether a caller writes an application: for its organisation, or as somebody who was invited to."""
    if not caller.signed_in or application is None:
        return False
    if any((one, application.organisation_id) in caller.organisations for one in ROLES):
        return True
    taking = Participant.objects.filter(application=application, person=caller.person, ended_at=None)
    return caller.person is not None and taking.exclude(joined_at=None).exists()


applicant = Who("who writes the application", "This is for those who write this application.", takes_part)


def unconflicted(caller: Caller, application: Any) -> bool:
    """Whether a caller is on no side of an application: no part in it or in its organisation, ever, and no conflict."""
    if application is None or caller.person is None:
        return application is not None
    if any(of == application.organisation_id for _role, of in caller.organisations):
        return False
    return not Application.objects.filter(on_a_side(caller.person.pk), pk=application.pk).exists()


def on_a_side(person: Any, *, application: str = "") -> Q:
    """Of applications, or of what leads to one by a path, those on a side of which somebody is or was."""
    roles = RoleHeld.objects.filter(person=person).exclude(organisation=None)
    parts = Participant.objects.filter(person=person)
    said = Declaration.objects.filter(
        person=person,
        round=OuterRef(f"{application}round"),
        organisation=OuterRef(f"{application}organisation"),
        conflict=True,
    )
    return (
        Q(**{f"{application}organisation__in": roles.values("organisation")})
        | Q(**{f"{application}pk__in": parts.values("application")})
        | Q(Exists(said))
    )


handler = Who(
    "an officer who is on no side of the application",
    "Another officer deals with this: you have a part in it or in its organisation, or declared a conflict.",
    lambda caller, thing: officer.holds(caller, thing) and unconflicted(caller, thing),
)
telephone = Who(
    "an officer, for whoever applies on the telephone",
    "An officer does this for those alone who apply on the telephone.",
    lambda caller, thing: getattr(thing, "way", "") == "call" and handler.holds(caller, thing),
)
writer = applicant | telephone
chooser = Who(
    "an officer who is on no side of the application",
    handler.refusal,
    lambda caller, thing: thing is not None and handler.holds(caller, thing.application),
)


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
    return thing is not None and handler.holds(caller, thing) and caller.ref != thing.checked_by


second_officer = Who(
    "an officer who did not find it ineligible, and is on no side of it",
    "Somebody else has to look at a query: it was you who decided first, or you are on a side of it.",
    _not_the_first,
)


def _of_the_panel(caller: Caller, thing: Any) -> bool:
    if thing is None or not handler.holds(caller, thing):
        return False
    return not Assessment.objects.filter(application=thing, person=caller.person).exists()


panel = Who(
    "the chair of the panel",
    "The panel decides: an officer who neither scored this application nor is on any side of it.",
    _of_the_panel,
)


def _asked(caller: Caller, thing: Any) -> bool:
    return assessor.holds(caller, thing) and thing is not None and _person_of(caller) == thing.person.ref


def _person_of(caller: Caller) -> Ref | None:
    return None if caller.person is None else caller.ref


asked = Who("the assessor who was asked", "This is for the assessor who was asked.", _asked)


def is_self(caller: Caller, consultant: Any) -> bool:
    """Whether a caller is this very consultant, whatever the role."""
    return caller.person is not None and consultant is not None and consultant.person_id == caller.person.pk


reader = funder | staff
supported = Who(
    "who writes for the organisation that is supported",
    "This is for the organisation that the days were awarded to.",
    lambda caller, thing: thing is not None and takes_part(caller, thing.application),
)
minder = Who(handler.name, handler.refusal, chooser.holds)
spoken_for = Who(
    telephone.name,
    telephone.refusal,
    lambda caller, thing: thing is not None and telephone.holds(caller, thing.application),
)
engaged = Who(
    "the consultant of the engagement",
    "This is for the consultant who was chosen.",
    lambda caller, thing: (
        "consultant" in caller.roles and thing is not None and is_self(caller, getattr(thing, "consultant", None))
    ),
)
oneself = Who(
    "the consultant",
    "This is for the consultant whose entry it is.",
    lambda caller, thing: thing is not None and is_self(caller, thing),
)
invoicing = Who(
    "the consultant whose invoice it is",
    "This is for the consultant who sent the invoice.",
    lambda caller, thing: "consultant" in caller.roles and is_self(caller, getattr(thing, "consultant", None)),
)


def _of_another(caller: Caller, thing: Any) -> bool:
    return officer.holds(caller, thing) and not is_self(caller, getattr(thing, "consultant", thing))


other_officer = Who(
    "an officer whom it does not pay",
    "Somebody else has to do this: the entry, or the invoice, is your own.",
    _of_another,
)
second_approver = Who(
    "an officer who did not approve it first, and whose entry it is not",
    "A second person has to approve this: it was you who approved it first, or it is your own.",
    lambda caller, thing: _of_another(caller, thing) and caller.ref != getattr(thing, "endorsed_by", None),
)
second_payer = Who(
    "an officer who did not check the invoice, and whom it does not pay",
    "A second person has to approve this: it was you who checked it, or it is your own.",
    lambda caller, thing: _of_another(caller, thing) and caller.ref != getattr(thing, "checked_by", None),
)
programme_checker = Who(
    "a programme officer who did not check the money",
    "A programme officer checks this, and not who checked the money.",
    lambda caller, thing: (
        "programme-officer" in caller.roles and caller.ref != getattr(thing, "finance_checked_by", None)
    ),
)
finance_checker = role("administrator")
