"""The life of a request to be erased."""

from evenhand.core.accounts.people import another, enough, themselves
from evenhand.core.lifecycle import Lifecycle, Move, State

ERASURE = Lifecycle(
    "accounts.erasure",
    states=(
        State("asked", "Asked"),
        State("agreed", "One administrator agrees"),
        State("done", "Erased", ends=True),
        State("withdrawn", "Withdrawn", ends=True),
    ),
    moves=(
        Move("agree", "Agree: it is this person who asks", ("asked",), "agreed", another),
        Move("carry-out", "Erase it all now", ("asked", "agreed"), "done", enough),
        Move("withdraw", "Keep my account", ("asked", "agreed"), "withdrawn", themselves),
    ),
)
OPEN = ("asked", "agreed")
