"""On PostgreSQL too, words are found with and without their accents."""

from django.db import migrations

from evenhand.core.search.triggers import put_up_anew


class Migration(migrations.Migration):
    dependencies = [("search", "0001_documents")]

    operations = [migrations.RunPython(put_up_anew, migrations.RunPython.noop)]
