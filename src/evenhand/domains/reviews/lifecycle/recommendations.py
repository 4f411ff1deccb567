"""The life of a review and of what it asked for: captured by one person, published by another, answered."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.lifecycle.written import written
from evenhand.domains.reviews.people import clockwork, keeper, second

REVIEW = Lifecycle(
    "reviews.review",
    states=(
        State("captured", "Captured, waits for a second person"),
        State("published", "Published", ends=True),
        State("dropped", "Not kept", ends=True),
    ),
    moves=(
        Move("publish", "Publish", ("captured",), "published", second),
        Move("drop", "Do not keep it", ("captured",), "dropped", keeper, needs=("why",)),
    ),
)

CURRENT = ("published", "awaited", "responded")
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
        # Only an asking or an answer that a second person publishes, or takes back, takes these.
        Move("await", "An answer is awaited", CURRENT, "awaited", keeper),
        Move("respond", "An answer is held", CURRENT, "responded", keeper | clockwork),
        Move("retract", "No answer is held any more", ("responded",), "published", keeper | clockwork),
        Move("withdraw", "Withdraw", CURRENT, "withdrawn", second, needs=("why",)),
    ),
)
PUBLIC = (*CURRENT, "withdrawn")  # its page stays, and says so

ASKING = written("reviews.asking")
