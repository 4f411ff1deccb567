"""Rounds, applications with what they hold, and assessments."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import evenhand.core.references


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_words_of_any_length"),
        ("support", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("Application"),  # the table of before, to which nothing could be written
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("programme", models.SlugField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "Talk about whether and how to apply"),
                            ("apply", "Apply on the telephone: somebody writes it down with me"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="your name")),
                ("organisation", models.CharField(blank=True, max_length=250, verbose_name="your organisation")),
                ("phone", models.CharField(max_length=40, verbose_name="telephone")),
                ("when", models.CharField(blank=True, max_length=200, verbose_name="a good time to ring")),
                ("needs", models.CharField(blank=True, max_length=300, verbose_name="anything that makes it easier")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", evenhand.core.references.RefField(blank=True, max_length=200, null=True)),
            ],
            options={
                "ordering": ("asked_at",),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("programme", models.SlugField(max_length=60, verbose_name="programme")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                (
                    "available",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="what there is to give, in days or pounds",
                    ),
                ),
                ("status", models.CharField(default="draft", editable=False, max_length=20)),
                ("drafted_by", evenhand.core.references.RefField(max_length=200, verbose_name="who drafted it")),
                (
                    "agreed_by",
                    evenhand.core.references.RefField(
                        blank=True, max_length=200, null=True, verbose_name="who agreed for the funder"
                    ),
                ),
                (
                    "approved_by",
                    evenhand.core.references.RefField(
                        blank=True, max_length=200, null=True, verbose_name="who approved it as director"
                    ),
                ),
                ("notice", models.CharField(blank=True, max_length=300, verbose_name="why it is paused")),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it, in words for the public")),
                ("demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("touched_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ("-opens_at",),
                "indexes": [models.Index(fields=["programme", "status"], name="round_by_programme")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="a_round_closes_after_it_opens",
                        violation_error_message="The round would close before it opens. Choose a later end.",
                    ),
                    models.UniqueConstraint(
                        fields=("programme", "title"),
                        name="one_title_a_programme",
                        violation_error_message="This programme has a round of that title. Choose another.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("draft", "agreed")),
                            models.Q(("agreed_by__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_round_is_approved_by_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(editable=False, unique=True)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True)),
                ("status", models.CharField(default="draft", editable=False, max_length=30)),
                ("key", models.UUIDField(editable=False, unique=True)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("form", "In writing"),
                            ("audio", "Spoken, as a recording"),
                            ("call", "Written down by an officer on the telephone"),
                        ],
                        default="form",
                        max_length=10,
                    ),
                ),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("proposal", models.JSONField(blank=True, default=list)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("begun_by", evenhand.core.references.RefField(max_length=200, verbose_name="who began it")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("touched_at", models.DateTimeField(auto_now=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="decision promised by")),
                (
                    "checked_by",
                    evenhand.core.references.RefField(
                        blank=True, max_length=200, null=True, verbose_name="who confirmed its eligibility"
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("why_ineligible", models.TextField(blank=True)),
                ("queried_at", models.DateTimeField(blank=True, null=True)),
                ("query", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("question", models.TextField(blank=True, verbose_name="what more was asked")),
                ("reply", models.TextField(blank=True, verbose_name="what was answered")),
                ("agreed_scores", models.JSONField(blank=True, null=True)),
                ("moderation", models.TextField(blank=True, verbose_name="what the panel agreed, and why")),
                ("feedback", models.TextField(blank=True)),
                ("days_awarded", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("pounds_awarded", models.PositiveIntegerField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    evenhand.core.references.RefField(
                        blank=True, max_length=200, null=True, verbose_name="who decided"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="offer accepted or declined")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="support.round"
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("status", models.CharField(default="asked", editable=False, max_length=20)),
                ("scores", models.JSONField(blank=True, default=dict)),
                ("reasons", models.JSONField(blank=True, default=dict)),
                ("asked_by", evenhand.core.references.RefField(max_length=200)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="support.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at",),
                "constraints": [
                    models.UniqueConstraint(fields=("application", "person"), name="one_assessment_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in"), _negated=True), ("in_at__isnull", False), _connector="OR"
                        ),
                        name="what_is_in_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("key", models.CharField(blank=True, max_length=64)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("invited_by", evenhand.core.references.RefField(blank=True, max_length=200, null=True)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="support.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("invited_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("person__isnull", False)),
                        fields=("application", "person"),
                        name="one_part_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("conflict", models.BooleanField(verbose_name="conflict")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="support.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "person", "organisation"), name="one_declaration_each")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["status", "due_on"], name="application_by_clock"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "withdrawn"), _negated=True),
                fields=("round", "organisation"),
                name="one_application_a_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("offered", "reserve", "unsuccessful")), _negated=True),
                    models.Q(("feedback", ""), _negated=True),
                    _connector="OR",
                ),
                name="no_decision_without_feedback",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("offered", "accepted")), _negated=True),
                    ("days_awarded__gt", 0),
                    ("pounds_awarded__gt", 0),
                    _connector="OR",
                ),
                name="no_offer_of_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("draft", "withdrawn")),
                    models.Q(("due_on__isnull", False), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="what_was_sent_has_its_promise",
            ),
        ),
    ]
