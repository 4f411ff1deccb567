"""The life of a disparity on the register, and of each turn of the exchange about it."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.lifecycle.written import written
from evenhand.domains.reviews.people import keeper, second

DISPARITY = Lifecycle(
    "reviews.disparity",
    states=(
        State("proposed", "Proposed"),
        State("dismissed", "Not opened", ends=True),
        State("opened", "Opened"),
        State("awaited", "Explanation awaited"),
        State("explained", "Explained by the body"),
        State("promised", "Reform promised"),
        State("accepted", "Answer accepted"),
        State("refused", "Answer not accepted"),
        State("closed", "Closed"),
        State("reopened", "Reopened"),
    ),
    moves=(
        Move("open", "Open it", ("proposed",), "opened", second, needs=("body",)),
        Move("dismiss", "Do not open it", ("proposed",), "dismissed", second, needs=("why",)),
        # Only a turn of the exchange that a second person publishes takes these.
        Move("ask", "The body was asked", ("opened", "refused", "reopened"), "awaited", keeper),
        Move("explain", "The body explained it", ("opened", "awaited", "refused", "reopened"), "explained", keeper),
        Move(
            "promise",
            "The body promised a reform",
            ("opened", "awaited", "explained", "refused", "reopened"),
            "promised",
            keeper,
        ),
        Move("accept", "We accept the answer", ("explained", "promised"), "accepted", keeper),
        Move("refuse", "We do not accept the answer", ("explained", "promised"), "refused", keeper),
        Move("close", "Close it", ("opened", "accepted"), "closed", keeper),
        Move("reopen", "Open it again", ("accepted", "closed"), "reopened", keeper),
    ),
)
PUBLIC = ("opened", "awaited", "explained", "promised", "accepted", "refused", "closed", "reopened")
OPEN = tuple(state for state in PUBLIC if state != "closed")

EXCHANGE = written("reviews.exchange")
