"""Who is who in publishing."""

from evenhand.core.access import Who, role

editor = role("content-editor")
administrator = role("administrator")
may_publish = editor | administrator
somebody_else = Who(
    "somebody other than who put it forward",
    "You put this forward. Somebody else has to agree to it.",
    lambda caller, term: term is not None and caller.ref != term.put_forward_by,
)
