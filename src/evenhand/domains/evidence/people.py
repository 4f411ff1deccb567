"""Who may do what with figures that somebody brings: one loads them, and somebody else publishes them."""

from dataclasses import replace

from evenhand.core.access import Who, role

editor, approver = role("statistics-editor"), role("statistics-approver")
either = replace(editor | approver, refusal="This is for statistics editors and statistics approvers.")
loaded_them = Who(
    "who loaded them",
    "Only whoever loaded these figures may do that.",
    lambda caller, edition: edition is not None and caller.ref == edition.loaded_by,
)
somebody_else = Who(
    "somebody other than who loaded them",
    "You loaded these figures. Somebody else must check them and publish them.",
    lambda caller, edition: edition is not None and caller.ref != edition.loaded_by,
)
