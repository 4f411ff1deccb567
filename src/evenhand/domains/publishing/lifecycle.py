"""How words come into the language check, and out of it: put forward by one person, agreed by another."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.publishing.people import may_publish, somebody_else

TERM = Lifecycle(
    "publishing.term",
    (
        State("proposed", "Waits for a second person"),
        State("used", "In use"),
        State("ending", "In use; to be taken out, if a second person agrees"),
        State("refused", "Not taken in", ends=True),
        State("ended", "Taken out", ends=True),
    ),
    (
        Move("adopt", "Take it in", ("proposed",), "used", may_publish & somebody_else),
        Move("refuse", "Do not take it in", ("proposed",), "refused", may_publish),
        Move("put-to-end", "Put it forward to be taken out", ("used",), "ending", may_publish),
        Move("end", "Take it out", ("ending",), "ended", may_publish & somebody_else),
        Move("keep", "Leave it in", ("ending",), "used", may_publish),
    ),
)
