"""The life of an application, from a draft to an offer taken up."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.support.people import clockwork, handler, panel, second_officer, writer

APPLICATION = Lifecycle(
    "support.application",
    states=(
        State("draft", "Not sent yet"),
        State("submitted", "Received"),
        State("ineligible", "Not eligible"),
        State("queried", "Eligibility looked at again"),
        State("assessment", "Being assessed"),
        State("more-information", "Waiting for your answer"),
        State("scored", "Scored"),
        State("moderated", "Scored, and talked over by the panel"),
        State("offered", "Offered"),
        State("reserve", "On the reserve list"),
        State("unsuccessful", "Not this time", ends=True),
        State("accepted", "Accepted"),
        State("declined", "Declined", ends=True),
        State("lapsed", "Offer not taken up in time", ends=True),
        State("withdrawn", "Withdrawn", ends=True),
    ),
    moves=(
        Move("send", "Send it", ("draft",), "submitted", writer),
        Move("find-eligible", "Eligible: go on to assessment", ("submitted",), "assessment", handler),
        Move("find-ineligible", "Not eligible", ("submitted",), "ineligible", handler, ("why",), ("why",)),
        Move("query", "Ask us to look again", ("ineligible",), "queried", writer, ("why",), ("why",)),
        Move("allow", "Eligible after all", ("queried",), "assessment", second_officer),
        Move("uphold", "Not eligible, looked at twice", ("queried",), "ineligible", second_officer, ("why",), ("why",)),
        Move("ask", "Ask for more", ("assessment",), "more-information", handler, ("question",), ("question",)),
        Move("reply", "Answer", ("more-information",), "assessment", writer, ("answer",), ("answer",)),
        Move("resume", "Go on without an answer", ("more-information",), "assessment", handler | clockwork),
        Move("score", "All scores are in", ("assessment",), "scored", clockwork),
        Move("rescore", "A score is missing again", ("scored",), "assessment", clockwork),
        Move(
            "moderate", "Write down what the panel agreed", ("scored",), "moderated", panel, ("scores", "why"), ("why",)
        ),
        Move(
            "offer",
            "Offer support",
            ("scored", "moderated", "reserve"),
            "offered",
            panel,
            ("amount", "feedback"),
            ("feedback",),
        ),
        Move(
            "hold", "Put on the reserve list", ("scored", "moderated"), "reserve", panel, ("feedback",), ("feedback",)
        ),
        Move(
            "refuse",
            "Not this time",
            ("scored", "moderated", "reserve"),
            "unsuccessful",
            panel,
            ("feedback",),
            ("feedback",),
        ),
        Move("accept", "Accept the offer", ("offered",), "accepted", writer),
        Move("decline", "Decline the offer", ("offered",), "declined", writer),
        Move("lapse", "Let the offer lapse", ("offered",), "lapsed", clockwork),
        Move(
            "withdraw",
            "Withdraw",
            (
                "draft",
                "submitted",
                "ineligible",
                "queried",
                "assessment",
                "more-information",
                "scored",
                "moderated",
                "offered",
                "reserve",
                "accepted",
            ),
            "withdrawn",
            writer,
        ),
    ),
)
WAITING = ("submitted", "queried", "assessment", "more-information", "scored", "moderated")  # for a decision of ours
CHANGEABLE = ("draft",)
BEFORE_PANEL = ("assessment", "more-information", "scored")  # while whoever scores may still step back
GIVEN_AWAY = ("offered", "accepted")
