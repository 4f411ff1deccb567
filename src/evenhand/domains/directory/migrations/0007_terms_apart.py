"""PostgreSQL keeps terms apart from words: what the database does by itself is made anew with every migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("directory", "0006_changes"),)

    operations: ClassVar = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)]
