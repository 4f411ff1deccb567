"""The first tables."""

import uuid

import django.utils.timezone
from django.db import migrations, models

import evenhand.core.references


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("about", evenhand.core.references.RefField(max_length=200, null=True)),
                (
                    "stranger",
                    models.BooleanField(default=False, verbose_name="to an address that nobody has confirmed"),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ("written_at",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at", None), ("sent_at", None)),
                        fields=["due_at"],
                        name="notice_to_send",
                    ),
                    models.Index(fields=["stranger", "written_at"], name="notice_to_strangers"),
                ],
            },
        ),
    ]
