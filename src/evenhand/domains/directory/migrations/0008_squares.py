"""Words by which entries are found more quickly: the squares of the map that hold a cell, and each need at each place.

They are added to every entry here, so that a search finds what it found before; of which needs a name speaks is added
when an entry is next indexed. On PostgreSQL what is looked through moves to the spots, made anew with every migration.
"""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import migrations

AT_ONCE = 2000
CELL = re.compile(r"g(\d+)x(\d+)0")
WEST = 1000  # added to the number of a column


def added(tags: str) -> str:
    """What is added to the tags of an entry."""
    words = tags.split()
    squares = [square for word in words if (cell := CELL.fullmatch(word)) for square in holding(*cell.groups())]
    places = [word for word in words if CELL.fullmatch(word) or word.startswith(("covers", "within"))]
    needs = [word for word in words if word.startswith("need")]
    return " ".join([*squares, *(place + need for place in (*places, *squares) for need in needs)])


def holding(row: str, column: str) -> Iterator[str]:
    """The squares of four, sixteen and 64 cells that hold a cell."""
    for size, letter in enumerate("hij", start=1):
        yield f"{letter}{int(row) >> size}x{(int(column) - WEST >> size) + WEST}0"


def add_words(apps: Any, schema_editor: Any) -> None:
    """To every entry; the index of words is made anew after the migration."""
    entries = apps.get_model("directory", "Entry").objects.using(schema_editor.connection.alias)
    last = 0
    while some := list(entries.filter(pk__gt=last).order_by("pk").only("tags")[:AT_ONCE]):
        for one in some:
            one.tags = f"{one.tags} {added(one.tags)}".strip()
        entries.bulk_update(some, ["tags"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = (("directory", "0007_terms_apart"),)

    operations: ClassVar = [
        migrations.RunPython(add_words, migrations.RunPython.noop),
        migrations.RunSQL(
            "INSERT INTO directory_stale (service) SELECT service_id FROM directory_entry",
            migrations.RunSQL.noop,
        ),
    ]
