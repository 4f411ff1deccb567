"""The life of a round: drafted by one, agreed by the funder, approved by a director, then mostly by the clock."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.support.lifecycle.payers import payer
from evenhand.domains.support.people import clockwork, director, officer

ROUND = Lifecycle(
    "support.round",
    states=(
        State("draft", "Draft"),
        State("agreed", "Agreed by the funder"),
        State("approved", "Approved, not open yet"),
        State("open", "Open"),
        State("paused", "Paused"),
        State("closed", "Closed to new applications"),
        State("assessing", "Being assessed"),
        State("decided", "Decided"),
        State("delivering", "Support is being given"),
        State("reporting", "Being reported"),
        State("complete", "Complete", ends=True),
        State("dropped", "Dropped before it opened", ends=True),
    ),
    moves=(
        Move("agree", "Agree, for the funder", ("draft",), "agreed", payer),
        Move("return", "Send back", ("agreed",), "draft", payer | director, needs=("why",)),
        Move("approve", "Approve, as director", ("agreed",), "approved", director),
        Move("drop", "Drop it", ("draft", "agreed", "approved"), "dropped", officer, needs=("why",)),
        Move("open", "Open", ("approved",), "open", officer | clockwork),
        Move("pause", "Pause", ("open",), "paused", officer, needs=("why",)),
        Move("resume", "Open again", ("paused",), "open", officer),
        Move("close", "Close", ("open", "paused"), "closed", clockwork),
        Move("assess", "Begin to assess", ("closed",), "assessing", officer | clockwork),
        Move("decide", "All are decided", ("assessing",), "decided", officer | clockwork),
        Move("deliver", "Begin to give the support", ("decided",), "delivering", officer | clockwork),
        Move("report", "Begin to report", ("delivering",), "reporting", officer),
        Move("complete", "Complete", ("reporting",), "complete", officer, needs=("outcome",)),
    ),
)
TAKES = ("open",)
ANNOUNCED = tuple(state.name for state in ROUND.states if state.name not in {"draft", "agreed", "dropped"})
OVER = ("closed", "assessing", "decided", "delivering", "reporting", "complete")
