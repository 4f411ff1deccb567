"""Who keeps the record of what was asked and promised: one writes, and somebody else checks."""

from dataclasses import replace

from evenhand.core.access import Who, evenhand, machine, role

KEEPERS = ("coordinator", "secretariat", "content-editor", "administrator")
keeper = replace(
    role("coordinator") | role("secretariat") | role("content-editor") | role("administrator"),
    name="a keeper of the record of recommendations",
    refusal="This is for those who keep the record of recommendations.",
)
clerk = replace(
    role("secretariat") | role("administrator"),
    name="the secretariat or an administrator",
    refusal="This is for the secretariat and administrators, who write down what the board decides.",
)
second = Who(
    "a keeper of the record who did not write it",
    "A second person has to do this: it was you who wrote it.",
    lambda caller, thing: keeper.holds(caller, thing) and thing is not None and caller.ref != thing.written_by,
)
answerer = Who(
    "a keeper of the record who did not screen it",
    "A second person has to do this: it was you who screened it.",
    lambda caller, thing: keeper.holds(caller, thing) and thing is not None and caller.ref != thing.screened_by,
)
recorder = Who(
    "a keeper of the record who did not record it",
    "A second person has to do this: it was you who recorded it.",
    lambda caller, thing: keeper.holds(caller, thing) and thing is not None and caller.ref != thing.recorded_by,
)
clockwork = evenhand
RELEASE = machine("release")  # what ships with the product
READER = machine("progress-reader")  # whoever used a form that is open to all
