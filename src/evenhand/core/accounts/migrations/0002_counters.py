"""A table for counters of attempts, so that `migrate` is all that a server has to be told."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(_apps: Any, editor: Any) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
