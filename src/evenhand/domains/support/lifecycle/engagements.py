"""The life of an engagement, from an accepted application to what changed six months on."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.support.people import clockwork, engaged, minder, spoken_for, supported

WORKING = ("in-progress", "review", "second-half")
MATCHED = ("chosen", "briefing", *WORKING)

ENGAGEMENT = Lifecycle(
    "support.engagement",
    states=(
        State("matching", "We are looking for consultants"),
        State("shortlisted", "A shortlist is with the organisation"),
        State("chosen", "The consultant was asked"),
        State("briefing", "The brief is being agreed"),
        State("in-progress", "Under way"),
        State("review", "Half is used: time to look back"),
        State("second-half", "Under way, second half"),
        State("delivered", "Delivered"),
        State("follow-up", "Six months on: what changed?"),
        State("closed", "Closed", ends=True),
        State("stopped", "Stopped", ends=True),
    ),
    moves=(
        Move("shortlist", "Send the shortlist", ("matching", "shortlisted"), "shortlisted", minder, ("consultants",)),
        Move("choose", "Choose this consultant", ("shortlisted",), "chosen", supported | spoken_for, ("consultant",)),
        Move("accept", "Take it on", ("chosen",), "briefing", engaged),
        Move("decline", "I cannot take it on", ("chosen",), "shortlisted", engaged),
        Move("begin", "Begin", ("briefing",), "in-progress", engaged | supported | spoken_for),
        Move("reach-half", "Half is used", ("in-progress",), "review", clockwork),
        Move(
            "review",
            "We have looked back",
            ("in-progress", "review"),
            "second-half",
            supported | minder,
            ("words",),
            personal=("words",),
        ),
        Move("deliver", "All is delivered", ("second-half",), "delivered", engaged | minder),
        Move("ask", "Ask what changed", ("delivered",), "follow-up", clockwork | minder),
        Move("close", "Close it", ("follow-up",), "closed", minder, ("outcome",)),
        Move("rematch", "Find another match", MATCHED, "matching", engaged | supported | minder),
        Move(
            "stop",
            "Stop here",
            ("matching", "shortlisted", *MATCHED),
            "stopped",
            supported | minder | clockwork,
        ),
    ),
)
