"""The life of a determination: asked by two people, answered by a panel, and its answer published by two."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.people import keeper, recorder, second

DETERMINATION = Lifecycle(
    "reviews.determination",
    states=(
        State("drafted", "Drafted, waits for a second person"),
        State("asked", "The panel was asked"),
        State("recorded", "Answered, waits for a second person"),
        State("published", "Determined"),
        State("superseded", "Superseded by a newer one", ends=True),
        State("abandoned", "Given up", ends=True),
        State("withdrawn", "Withdrawn", ends=True),
    ),
    moves=(
        Move("ask", "The panel was asked", ("drafted",), "asked", second, needs=("on",)),
        Move("record", "Record what it determined", ("asked",), "recorded", keeper, needs=("words", "on")),
        Move("return", "Send back", ("recorded",), "asked", recorder, needs=("why",)),
        Move("publish", "Publish", ("recorded",), "published", recorder),
        Move("abandon", "Give it up", ("drafted", "asked"), "abandoned", keeper, needs=("why",)),
        Move("supersede", "A newer one stands", ("published",), "superseded", keeper),
        Move("withdraw", "Withdraw", ("published",), "withdrawn", recorder, needs=("why",)),
    ),
)
OPEN = ("drafted", "asked", "recorded")
ASKED = ("asked", "recorded")  # everybody sees the question, and not yet the answer
STOOD = ("published", "superseded", "withdrawn")  # everybody sees both
