"""The life of a recommendation: captured by one person, verified by another, published, answered."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.people import keeper, second

RECOMMENDATION = Lifecycle(
    "reviews.recommendation",
    states=(
        State("captured", "Captured, not checked"),
        State("verified", "Verified against the source"),
        State("published", "Published"),
        State("awaited", "Response awaited"),
        State("responded", "Responded"),
        State("withdrawn", "Withdrawn", ends=True),
    ),
    moves=(
        Move("verify", "Verify against the source", ("captured",), "verified", second, needs=("verification", "seen")),
        Move("return", "Send back", ("verified",), "captured", keeper, needs=("why",)),
        Move("publish", "Publish", ("verified",), "published", second),
        Move("await", "Wait for a response", ("published",), "awaited", keeper, needs=("on",)),
        Move(
            "respond",
            "Record the response",
            ("published", "awaited", "responded"),
            "responded",
            keeper,
            needs=("response", "on", "url"),
        ),
        Move("withdraw", "Withdraw", ("published", "awaited", "responded"), "withdrawn", second, needs=("why",)),
    ),
)
CURRENT = ("published", "awaited", "responded")
PUBLIC = (*CURRENT, "withdrawn")  # its page stays, and says so
