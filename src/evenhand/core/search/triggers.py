"""The statements that keep an index of words beside the documents, in the dialect of each database."""

from typing import Any

NAMES = ("insert", "update", "delete")
ACCENTS = "[\u0300-\u036f]"  # that stand by themselves, once letters are taken apart
# Letters without their accents, as SQLite's tokeniser takes them, and `folded` of the queries what is typed.
FOLDED = f"regexp_replace(normalize({{part}}, NFD), '{ACCENTS}', '', 'g')"


def statements(vendor: str) -> tuple[str, ...]:
    """What makes the index, and keeps it whatever changes a row."""
    if vendor == "sqlite":
        gone = "INSERT INTO search_words(search_words, rowid, title, summary, said) VALUES ('delete', old.id, {old})"
        fresh = "INSERT INTO search_words(rowid, title, summary, said) VALUES (new.id, {new})"
        old = gone.format(old="old.title, old.summary, old.said")
        new = fresh.format(new="new.title, new.summary, new.said")
        bodies = {"insert": new, "update": f"{old}; {new}", "delete": old}
        return (
            (
                "CREATE VIRTUAL TABLE search_words USING fts5(title, summary, said, content='search_document', "
                "content_rowid='id', tokenize=\"porter unicode61 remove_diacritics 2\")"
            ),
            *(
                f"CREATE TRIGGER search_document_{event} AFTER {event.upper()} ON search_document BEGIN {body}; END"
                for event, body in bodies.items()
            ),
        )
    parts = (("title", "A"), ("summary", "B"), ("said", "C"))
    words = " || ".join(
        f"setweight(to_tsvector('english', {FOLDED.format(part=part)}), '{weight}')" for part, weight in parts
    )
    return (
        f"ALTER TABLE search_document ADD COLUMN words tsvector GENERATED ALWAYS AS ({words}) STORED",
        "CREATE INDEX search_document_words ON search_document USING gin (words)",
    )


def undoing(vendor: str) -> tuple[str, ...]:
    """What takes it away again."""
    if vendor == "sqlite":
        return (*(f"DROP TRIGGER search_document_{event}" for event in NAMES), "DROP TABLE search_words")
    return ("ALTER TABLE search_document DROP COLUMN words",)


def put_up(_apps: Any, editor: Any) -> None:
    """Make the index."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


def put_up_anew(apps: Any, editor: Any) -> None:
    """Make the index anew where it is a column, which keeps how it was made; SQLite's always folded accents."""
    if editor.connection.vendor != "sqlite":
        take_down(apps, editor)
        put_up(apps, editor)


def take_down(_apps: Any, editor: Any) -> None:
    """Take it away."""
    for statement in undoing(editor.connection.vendor):
        editor.execute(statement)
