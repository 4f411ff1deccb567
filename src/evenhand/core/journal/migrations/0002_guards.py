"""The database refuses to alter a line."""

from django.db import migrations

from evenhand.core.journal.guards import lower_guards, raise_guards


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(raise_guards, lower_guards)]
