"""The life of an assessment: drafted by one person, reviewed by another, shown to the body before everyone."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.people import keeper, second

ASSESSMENT = Lifecycle(
    "reviews.assessment",
    states=(
        State("draft", "Draft"),
        State("reviewed", "Reviewed by a second person"),
        State("replying", "With the body, for its reply"),
        State("replied", "The body has replied"),
        State("published", "Published"),
        State("superseded", "Superseded by a newer one", ends=True),
        State("withdrawn", "Withdrawn", ends=True),
        State("abandoned", "Abandoned before it was published", ends=True),
    ),
    moves=(
        Move("review", "I have reviewed it", ("draft",), "reviewed", second),
        Move("return", "Send back", ("reviewed",), "draft", second, needs=("why",)),
        Move("ask", "Send to the body", ("reviewed",), "replying", keeper, needs=("on",)),
        Move("reply", "Record the reply", ("replying", "replied"), "replied", keeper, needs=("reply", "on")),
        Move("quote", "Publish what others said", ("reviewed",), "published", second),
        Move("publish", "Publish", ("replying", "replied"), "published", second),
        Move("abandon", "Abandon", ("reviewed", "replying", "replied"), "abandoned", keeper, needs=("why",)),
        Move("supersede", "A newer one stands", ("published",), "superseded", keeper),
        Move("withdraw", "Withdraw", ("published",), "withdrawn", second, needs=("why",)),
    ),
)
PUBLIC = ("published", "superseded", "withdrawn")
