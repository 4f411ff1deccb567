"""Who is who to an organisation: its owners and members, and the editors of the directory."""

from typing import Any

from evenhand.core.access import Caller, Who, role

OWNER, MEMBER = "organisation-owner", "organisation-member"
ROLES = (OWNER, MEMBER)


def holds(*roles: str) -> Any:
    """A predicate: the caller holds one of these roles for this very organisation."""
    return lambda caller, thing: any((one, getattr(thing, "pk", None)) in caller.organisations for one in roles)


owner = Who("an owner of the organisation", "This is for those who own the entry of this organisation.", holds(OWNER))
member = Who(
    "a member of the organisation", "This is for those who look after the entry of this organisation.", holds(*ROLES)
)
editor = role("directory-editor") | role("administrator")
keeper = Who("whoever looks after the entry, or an editor", member.refusal, (member | editor).holds)


def _claimed(caller: Caller, claim: Any) -> bool:
    return caller.signed_in and caller.person is not None and getattr(claim, "person_id", None) == caller.person.pk


claimant = Who("who made the claim", "This is for the person who made the claim.", _claimed)
