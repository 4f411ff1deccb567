"""The life of a commitment, of each update on it, and of a question that somebody asks of it."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.lifecycle.written import written
from evenhand.domains.reviews.people import answerer, clerk, keeper, second

ADOPTED = ("adopted", "on-track", "at-risk", "missed", "met", "changed")  # what everybody sees

COMMITMENT = Lifecycle(
    "reviews.commitment",
    states=(
        State("proposed", "Proposed"),
        State("declined", "Not adopted", ends=True),
        State("adopted", "Adopted"),
        State("on-track", "On track"),
        State("at-risk", "At risk"),
        State("missed", "Missed"),
        State("met", "Met"),
        State("changed", "Changed"),
    ),
    moves=(
        Move("adopt", "Adopted by the board", ("proposed",), "adopted", clerk & second, needs=("decided_on",)),
        Move("decline", "Not adopted by the board", ("proposed",), "declined", clerk & second, needs=("why",)),
        # Only an update that a second person publishes takes these.
        Move("on-track", "On track", ADOPTED, "on-track", keeper),
        Move("at-risk", "At risk", ADOPTED, "at-risk", keeper),
        Move("missed", "Missed", ADOPTED, "missed", keeper),
        Move("met", "Met", ADOPTED, "met", keeper),
        Move("changed", "Changed by the board", ADOPTED, "changed", clerk),
    ),
)

UPDATE = written("reviews.update")

CHALLENGE = Lifecycle(
    "reviews.challenge",
    states=(
        State("asked", "Waits to be read"),
        State("shown", "Shown, waits for an answer"),
        State("answered", "Answered"),
        State("refused", "Not shown", ends=True),
        State("removed", "Taken down", ends=True),
    ),
    moves=(
        Move("show", "Show it", ("asked",), "shown", keeper, needs=("words",), own=("words",)),
        Move("refuse", "Do not show it", ("asked",), "refused", keeper, needs=("why",)),
        Move("answer", "Answer it in public", ("shown",), "answered", answerer, needs=("answer",), own=("answer",)),
        Move("remove", "Take it down", ("shown", "answered"), "removed", keeper, needs=("kind", "why")),
    ),
)
