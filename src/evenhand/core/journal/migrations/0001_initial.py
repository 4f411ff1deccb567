"""The first tables."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import evenhand.core.references


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="when")),
                ("by", evenhand.core.references.RefField(max_length=200, verbose_name="who")),
                ("tag", models.CharField(max_length=100, verbose_name="what")),
                ("about", evenhand.core.references.RefField(max_length=200, verbose_name="to what")),
                ("details", models.JSONField(default=dict, verbose_name="how")),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["about", "-id"], name="line_about"),
                    models.Index(fields=["by", "-id"], name="line_by"),
                    models.Index(fields=["tag", "-id"], name="line_tag"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Personal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", evenhand.core.references.RefField(max_length=200, verbose_name="whose")),
                ("details", models.JSONField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="personal", to="journal.line"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of"], name="personal_of")],
                "constraints": [models.UniqueConstraint(fields=("line", "of"), name="one_part_a_person")],
            },
        ),
    ]
