"""How figures that somebody brings come to be published: put forward by one person, decided on by another."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.evidence.people import approver, editor, either, loaded_them, somebody_else

EDITION = Lifecycle(
    "evidence.edition",
    (
        State("loaded", "Not sent yet"),
        State("sent", "Waits for a decision"),
        State("returned", "Sent back"),
        State("published", "Published", ends=True),
        State("withdrawn", "Taken away", ends=True),
    ),
    (
        Move("send", "Send them to be published", ("loaded", "returned"), "sent", editor & loaded_them),
        Move("publish", "Publish them", ("sent",), "published", approver & somebody_else),
        Move("return", "Send them back", ("sent",), "returned", approver & somebody_else, ("why",), ("why",)),
        Move("take-up", "Take them up", ("loaded",), "sent", either & somebody_else),
        Move("load-again", "Load them again", ("loaded", "sent", "returned"), "loaded", editor),
        Move("withdraw", "Take them away", ("loaded", "sent", "returned"), "withdrawn", editor),
    ),
)
