"""The life of what one person writes and another publishes: an asking, an update, a turn of an exchange."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.reviews.people import keeper, second


def written(name: str) -> Lifecycle:
    """Such a life, under a name of its own."""
    return Lifecycle(
        name,
        states=(
            State("written", "Waits for a second person"),
            State("published", "Published", ends=True),
            State("withdrawn", "Taken back", ends=True),
        ),
        moves=(
            Move("publish", "Publish it", ("written",), "published", second),
            Move("withdraw", "Take it back", ("written",), "withdrawn", keeper),
        ),
    )
