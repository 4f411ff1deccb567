"""The first table."""

import uuid

import django.utils.timezone
from django.db import migrations, models

import evenhand.core.references


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("kind", models.CharField(max_length=10, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("digest", models.CharField(max_length=64)),
                ("about", evenhand.core.references.RefField(max_length=200, verbose_name="what it belongs to")),
                ("added_by", evenhand.core.references.RefField(max_length=200, verbose_name="who handed it in")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("added_at", "pk"),
                "indexes": [
                    models.Index(fields=["about"], name="file_about"),
                    models.Index(fields=["added_by", "added_at"], name="file_by"),
                ],
            },
        ),
    ]
