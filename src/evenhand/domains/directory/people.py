"""Who is who in the directory."""

from uuid import UUID

from evenhand.core.access import Caller, Who, evenhand, machine, role

MEMBERS = frozenset({"organisation-member", "organisation-owner"})


def organisations_of(caller: Caller) -> frozenset[UUID]:
    """The organisations for which a caller may keep listings today."""
    return frozenset(of for held, of in caller.effective.organisations if held in MEMBERS)


editor = role("directory-editor") | role("administrator")
keeper = Who(
    "a member of the organisation",
    "This is for members of the organisation that gives the service.",
    lambda caller, thing: thing is not None and thing.organisation_id in organisations_of(caller),
)
member = role("organisation-member") | role("organisation-owner")
writing = member | editor
second = Who(
    "a directory editor who did not submit it",
    "A second person has to check this: it was you who submitted it.",
    lambda caller, thing: (
        editor.holds(caller, thing) and thing is not None and caller.ref != getattr(thing, "submitted_by", None)
    ),
)
clockwork = evenhand
LINK = machine("directory-link")  # whoever holds the link that was sent to the address of a listing
