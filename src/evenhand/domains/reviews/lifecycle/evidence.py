"""The life of evidence that somebody sends in."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.people import answerer, keeper

SUBMISSION = Lifecycle(
    "reviews.submission",
    states=(
        State("submitted", "Waits to be read"),
        State("screened", "Cleared, waits for a second person"),
        State("accepted", "Used", ends=True),
        State("not-used", "Not used", ends=True),
    ),
    moves=(
        Move("screen", "Clear it", ("submitted",), "screened", keeper, needs=("words",)),
        Move("accept", "Use it", ("screened",), "accepted", answerer, needs=("why",)),
        Move("drop", "Do not use it", ("submitted", "screened"), "not-used", keeper, needs=("why",)),
    ),
)
