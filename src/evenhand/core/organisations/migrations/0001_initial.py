"""The first tables."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("charity", "Charity (unincorporated)"),
                            ("charitable-company", "Charitable company"),
                            ("cio", "Charitable incorporated organisation"),
                            ("cic", "Community interest company"),
                            ("company", "Company"),
                            ("society", "Registered society"),
                            ("unregistered", "Unregistered group"),
                            ("public-body", "Public body"),
                            ("other", "Another form"),
                        ],
                        max_length=30,
                        verbose_name="legal form",
                    ),
                ),
                (
                    "income_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under-10k", "Under £10,000"),
                            ("10k-50k", "£10,000 to £50,000"),
                            ("50k-100k", "£50,000 to £100,000"),
                            ("100k-250k", "£100,000 to £250,000"),
                            ("250k-1m", "£250,000 to £1 million"),
                            ("over-1m", "Over £1 million"),
                        ],
                        max_length=20,
                        verbose_name="income band",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address for the public")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone for the public")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ("name", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal", "In law"),
                            ("short", "In short"),
                            ("welsh", "In Welsh"),
                            ("also", "Also known as"),
                            ("former", "Before"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=250)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "kind", "name"), name="one_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.CharField(
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9]+(-[A-Z0-9]+)+$", "Write the scheme as org-id.guide does, such as GB-CHC."
                            )
                        ],
                    ),
                ),
                ("value", models.CharField(max_length=40)),
                ("primary", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "value"), name="one_number_one_organisation"),
                    models.UniqueConstraint(
                        condition=models.Q(("primary", True)), fields=("organisation",), name="one_primary_identifier"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("led-by", "Led by"), ("focused-on", "Focused on"), ("mission", "Mission")],
                        max_length=12,
                    ),
                ),
                ("community", models.CharField(max_length=80, verbose_name="who, as a term of the vocabulary")),
                (
                    "board_share",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="share of the board, in per cent"
                    ),
                ),
                (
                    "staff_share",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="share of the senior staff, in per cent"
                    ),
                ),
                (
                    "supported_share",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="share of those supported, in per cent"
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="in their own words")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("said", "The organisation says so"),
                            ("seen", "Evidence was seen"),
                            ("register", "A public register says so"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "confirmed_by",
                    models.CharField(max_length=200, verbose_name="who confirmed it, by role or reference"),
                ),
                ("confirmed_on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "kind", "community"), name="one_fact_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "led-by"), models.Q(("board_share", None), ("staff_share", None)), _connector="OR"
                        ),
                        name="leaders_are_of_led_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "focused-on"), ("supported_share", None), _connector="OR"),
                        name="supported_are_of_focused_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("board_share", None), ("board_share__lte", 100), _connector="OR"),
                        name="board_share_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("staff_share", None), ("staff_share__lte", 100), _connector="OR"),
                        name="staff_share_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supported_share", None), ("supported_share__lte", 100), _connector="OR"),
                        name="supported_share_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["code"], name="area_by_code")],
                "constraints": [models.UniqueConstraint(fields=("organisation", "code"), name="one_area_once")],
            },
        ),
    ]
