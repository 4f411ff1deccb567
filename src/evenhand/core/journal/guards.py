"""The triggers that keep the journal as it was written: what the database refuses, whoever asks."""

from typing import Any

REFUSED = {"journal_line": ("UPDATE", "DELETE"), "journal_personal": ("UPDATE",)}
WORDS = "the journal is never altered"


def statements(vendor: str) -> tuple[str, ...]:
    """What makes the database refuse, in its own dialect."""
    if vendor == "sqlite":
        return tuple(
            f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            for table, events in REFUSED.items()
            for event in events
        )
    refuse = (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return (
        refuse,
        *(
            f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
            f"FOR EACH {'STATEMENT' if event == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION journal_refuse()"
            for table, events in REFUSED.items()
            for event in (*events, "TRUNCATE")
        ),
    )


def undoing(vendor: str) -> tuple[str, ...]:
    """What takes the triggers away again: for a migration that is undone, and for tests that empty every table."""
    truncate = () if vendor == "sqlite" else ("TRUNCATE",)
    on = "" if vendor == "sqlite" else " ON {table}"
    return tuple(
        f"DROP TRIGGER IF EXISTS {_name(table, event)}" + on.format(table=table)
        for table, events in REFUSED.items()
        for event in (*events, *truncate)
    )


def raise_guards(_apps: Any, editor: Any) -> None:
    """Put the triggers in place."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


def lower_guards(_apps: Any, editor: Any) -> None:
    """Take the triggers away."""
    for statement in undoing(editor.connection.vendor):
        editor.execute(statement)


def _name(table: str, event: str) -> str:
    return f"{table}_refuses_{event.lower()}"
