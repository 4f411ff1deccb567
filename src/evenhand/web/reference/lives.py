"""Reference page of lifecycles: what each thing goes through, and who may take which step."""

from evenhand.core.lifecycle import Lifecycle, lifecycles
from evenhand.web.reference.markdown import block, code, joined, table, yes


def lives() -> str:
    """Every lifecycle, as a diagram and as tables."""
    return joined(
        "# Lifecycles",
        "A status changes by one of these moves and in no other way. Who may not make a move is refused, and each move "
        "writes the journal, in the same transaction.",
        *(_life(one) for one in lifecycles()),
    )


def _life(one: Lifecycle) -> str:
    labels = {state.name: str(state.label) for state in one.states}
    states = [(code(state.name), str(state.label), yes(state.ends)) for state in one.states]
    moves = [
        (
            str(move.label),
            ", ".join(labels[start] for start in move.start),
            labels[move.end],
            move.who.name,
            ", ".join(code(need) for need in move.needs),
        )
        for move in one.moves
    ]
    return joined(
        f"## {one.name}",
        block("mermaid", one.mermaid()),
        table(("State", "Called", "Ends"), states),
        table(("Move", "From", "To", "Who may", "Needs"), moves),
    )
