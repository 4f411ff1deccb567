"""The life of a claim: how somebody proves that they may look after an organisation's entry."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.core.organisations.people import claimant, editor

CLAIM = Lifecycle(
    "organisations.claim",
    states=(
        State("begun", "Begun"),
        State("sent", "A link was sent to the organisation"),
        State("waiting", "An editor looks at the evidence"),
        State("granted", "Granted", ends=True),
        State("refused", "Refused", ends=True),
        State("withdrawn", "Withdrawn", ends=True),
    ),
    moves=(
        Move("send", "Send a link to the address on the register", ("begun", "sent"), "sent", claimant),
        Move("prove", "I can read the organisation's mail", ("sent",), "granted", claimant, ("key",), ("key",)),
        Move("hand-in", "Ask an editor to look at the evidence", ("begun", "sent"), "waiting", claimant),
        Move("grant", "Grant the claim", ("waiting",), "granted", editor, needs=("why",)),
        Move("refuse", "Refuse the claim", ("waiting",), "refused", editor, needs=("why",)),
        Move("withdraw", "Withdraw the claim", ("begun", "sent", "waiting"), "withdrawn", claimant),
    ),
)
OPEN = ("begun", "sent", "waiting")
