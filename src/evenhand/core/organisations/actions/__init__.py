"""What is done to organisations, their facts, their entries in registers, and by whom they are looked after."""

from evenhand.core.organisations.actions.facts import confirm_fact, withdraw_fact
from evenhand.core.organisations.actions.organisations import (
    add_identifier,
    change,
    close,
    create,
    look_again,
    look_over,
    merge,
    rename,
    reopen,
    set_areas,
    stand_of,
)

__all__ = [
    "add_identifier",
    "change",
    "close",
    "confirm_fact",
    "create",
    "look_again",
    "look_over",
    "merge",
    "rename",
    "reopen",
    "set_areas",
    "stand_of",
    "withdraw_fact",
]
