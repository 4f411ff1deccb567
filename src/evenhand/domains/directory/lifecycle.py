"""The life of a listing, and of a report that something in one is wrong."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.directory.people import clockwork, editor, keeper, second

LISTING = Lifecycle(
    "directory.listing",
    states=(
        State("draft", "Draft"),
        State("submitted", "Waiting for a check"),
        State("returned", "Sent back"),
        State("listed", "Listed"),
        State("stale", "Listed, not checked for long"),
        State("hidden", "Hidden until it is checked"),
        State("suspended", "Taken off for now"),
        State("closed", "Closed"),
    ),
    moves=(
        Move("submit", "Submit for a check", ("draft", "returned"), "submitted", keeper | editor),
        Move("list", "List it", ("submitted",), "listed", second),
        Move("return", "Send back", ("submitted",), "returned", editor, needs=("why",)),
        Move("confirm", "Still right", ("listed", "stale", "hidden"), "listed", keeper | editor | clockwork),
        Move("age", "Mark as not checked for long", ("listed",), "stale", clockwork),
        Move("hide", "Hide", ("listed", "stale"), "hidden", clockwork),
        Move("suspend", "Take off", ("listed", "stale", "hidden"), "suspended", editor, needs=("why",)),
        Move("restore", "Put back for a check", ("suspended",), "submitted", editor, needs=("why",)),
        Move(
            "close",
            "It has closed",
            ("draft", "submitted", "returned", "listed", "stale", "hidden", "suspended"),
            "closed",
            keeper | editor | clockwork,
        ),
        Move("reopen", "It is open again", ("closed",), "submitted", keeper | editor, needs=("why",)),
    ),
)

REPORT = Lifecycle(
    "directory.report",
    states=(
        State("new", "New"),
        State("settled", "Put right", ends=True),
        State("dismissed", "Nothing to change", ends=True),
    ),
    moves=(
        Move("settle", "Put right", ("new",), "settled", editor, needs=("outcome",)),
        Move("dismiss", "Nothing to change", ("new",), "dismissed", editor, needs=("outcome",)),
    ),
)
SHOWN = ("listed", "stale")
