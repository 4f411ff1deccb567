"""The life of one assessor's scores."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.support.people import asked, chooser

ASSESSMENT = Lifecycle(
    "support.assessment",
    states=(
        State("asked", "Asked to score"),
        State("in", "Scores are in"),
        State("conflicted", "Conflict of interest", ends=True),
        State("released", "Asked no longer", ends=True),
    ),
    moves=(
        Move("hand-in", "Hand in the scores", ("asked",), "in", asked),
        Move("step-back", "I have a conflict after all", ("asked",), "conflicted", asked),
        Move("take-back", "I take my scores back: a conflict", ("in",), "conflicted", asked, ("why",), ("why",)),
        Move("release", "Ask this assessor no longer", ("asked",), "released", chooser),
    ),
)
COUNTED = ("asked", "in")
BACK = {"asked": "step-back", "in": "take-back"}  # the way back from where it stands
