"""The lives of a consultant's entry and of an invoice: no step with money or trust is one person's alone."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.support.people import invoicing, officer, oneself, other_officer, second_approver, second_payer

CONSULTANT = Lifecycle(
    "support.consultant",
    states=(
        State("applied", "Applied"),
        State("checked", "References checked"),
        State("endorsed", "Approved by the first of two"),
        State("approved", "Approved"),
        State("available", "Available"),
        State("unavailable", "Not available now"),
        State("paused", "Paused"),
        State("removed", "Removed", ends=True),
    ),
    moves=(
        Move("check", "References are checked", ("applied",), "checked", other_officer),
        Move("endorse", "Approve, as the first of two", ("checked",), "endorsed", other_officer),
        Move("approve", "Approve, as the second of two", ("endorsed",), "approved", second_approver),
        Move("open", "Available", ("approved", "unavailable"), "available", oneself | officer),
        Move("shut", "Not available now", ("approved", "available"), "unavailable", oneself | officer),
        Move("pause", "Pause", ("approved", "available", "unavailable"), "paused", officer, ("why",), ("why",)),
        Move("resume", "Resume", ("paused",), "unavailable", officer),
        Move(
            "remove",
            "Take off the pool",
            ("applied", "checked", "endorsed", "approved", "available", "unavailable", "paused"),
            "removed",
            oneself | officer,
        ),
    ),
)

INVOICE = Lifecycle(
    "support.invoice",
    states=(
        State("submitted", "Submitted"),
        State("checked", "Checked against confirmed days"),
        State("approved", "Approved"),
        State("paid", "Paid", ends=True),
        State("refused", "Sent back", ends=True),
    ),
    moves=(
        Move("check", "The days are confirmed", ("submitted",), "checked", other_officer),
        Move("approve", "Approve for payment", ("checked",), "approved", second_payer),
        Move("pay", "It is paid", ("approved",), "paid", other_officer),
        Move("refuse", "Send back", ("submitted", "checked"), "refused", officer | invoicing, ("why",)),
    ),
)
