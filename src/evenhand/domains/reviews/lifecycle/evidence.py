"""The life of evidence that somebody sends in."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.people import answerer, keeper

SUBMISSION = Lifecycle(
    "reviews.submission",
    states=(
        State("submitted", "Waits to be read"),
        State("screened", "Cleared, waits for a second person"),
        State("accepted", "Used"),
        State("not-used", "Not used", ends=True),
        State("removed", "Taken down", ends=True),
    ),
    moves=(
        Move("screen", "Clear it", ("submitted",), "screened", keeper, needs=("words",), own=("words",)),
        Move("accept", "Use it", ("screened",), "accepted", answerer, needs=("why",), own=("why",)),
        Move("drop", "Do not use it", ("submitted", "screened"), "not-used", keeper, needs=("why",)),
        Move("remove", "Take it down", ("accepted",), "removed", keeper, needs=("kind", "why")),
    ),
)
