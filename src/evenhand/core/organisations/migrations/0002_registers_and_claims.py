"""Registers as they were imported, claims, evidence and invitations."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import evenhand.core.references


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=20)),
                ("danger", models.CharField(max_length=20)),
                ("said", models.CharField(max_length=200, verbose_name="what the register says")),
                ("on", models.DateField(null=True, verbose_name="since")),
                ("history", models.CharField(blank=True, max_length=500, verbose_name="what became of it")),
                (
                    "passed_to",
                    models.JSONField(default=list, verbose_name="numbers of those that its work or assets passed to"),
                ),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    evenhand.core.references.RefField(max_length=200, null=True, verbose_name="who looked at it"),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_how", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ("-raised_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[("changed", "Changed"), ("gone", "Gone"), ("back", "Back")], max_length=10
                    ),
                ),
                ("differences", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("scheme", models.CharField(blank=True, max_length=20)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(max_length=250, verbose_name="name of the organisation")),
                ("about", models.TextField(blank=True, verbose_name="what it does")),
                ("status", models.CharField(default="begun", max_length=20)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("key_until", models.DateTimeField(blank=True, null=True)),
                ("links_sent", models.PositiveSmallIntegerField(default=0)),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="why it was decided so")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-begun_at",),
            },
        ),
        migrations.CreateModel(
            name="Detail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=20)),
                ("table", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=300)),
                ("owner", models.CharField(max_length=20)),
                ("record", models.JSONField()),
                ("seen", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=500)),
                ("form", models.CharField(blank=True, max_length=150)),
                ("status", models.CharField(blank=True, max_length=100)),
                ("reporting", models.CharField(blank=True, max_length=100)),
                ("registered_on", models.DateField(null=True)),
                ("removed_on", models.DateField(null=True)),
                ("income", models.BigIntegerField(null=True)),
                ("accounts_to", models.DateField(null=True)),
                ("postcode", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=400)),
                ("email", models.CharField(blank=True, max_length=400)),
                ("website", models.CharField(blank=True, max_length=1000)),
                ("company_number", models.CharField(blank=True, max_length=60)),
                ("activities", models.TextField(blank=True)),
                ("insolvent", models.BooleanField(null=True)),
                ("in_administration", models.BooleanField(null=True)),
                ("incorporated", models.BooleanField(null=True)),
                ("dissolving", models.BooleanField(null=True)),
                ("dissolving_on", models.DateField(null=True)),
                ("accounts_due", models.DateField(null=True)),
                ("statement_due", models.DateField(null=True)),
                ("since", models.PositiveIntegerField()),
                ("seen", models.PositiveIntegerField()),
                ("gone_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "register entry",
                "verbose_name_plural": "register entries",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("governing-document", "Governing document or constitution"),
                            ("accounts", "Annual accounts or report"),
                            ("bank-letter", "Letter from the group's bank, with figures blacked out"),
                            ("minutes", "Minutes of a meeting"),
                            ("letter", "Letter on the organisation's paper"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="what it is",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("given_by", evenhand.core.references.RefField(max_length=200)),
                ("seen_by", evenhand.core.references.RefField(max_length=200, null=True)),
                ("seen_on", models.DateField(null=True, verbose_name="seen on")),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ("given_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("role", models.CharField(max_length=40, verbose_name="role")),
                ("by", evenhand.core.references.RefField(max_length=200)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("until", models.DateTimeField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-sent_at",),
            },
        ),
        migrations.CreateModel(
            name="Load",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "register",
                    models.CharField(
                        choices=[
                            ("charities", "Charity Commission for England and Wales"),
                            ("companies", "Companies House"),
                        ],
                        max_length=20,
                    ),
                ),
                ("extracted", models.DateField(null=True, verbose_name="day of the extract")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="LoadedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("table", models.CharField(max_length=60)),
                ("fingerprint", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("offset", models.BigIntegerField(default=0)),
                ("records", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("rejections", models.JSONField(default=list)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="organisation",
            name="description",
            field=models.TextField(blank=True, verbose_name="what it does"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="organisations.organisation",
                verbose_name="merged into",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("closed_on__isnull", False), _connector="OR"),
                name="what_is_merged_is_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None), models.Q(("merged_into", models.F("id")), _negated=True), _connector="OR"
                ),
                name="nothing_is_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="detail",
            index=models.Index(fields=["scheme", "owner", "table"], name="detail_by_owner"),
        ),
        migrations.AddConstraint(
            model_name="detail",
            constraint=models.UniqueConstraint(fields=("scheme", "table", "key"), name="one_detail_a_record"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["scheme", "number"], name="entry_by_number"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("scheme", "key"), name="one_entry_a_record"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="organisations.claim",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="file",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="files.file",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="organisations.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("register",), name="one_load_at_a_time"
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="load",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="organisations.load"
            ),
        ),
        migrations.AddField(
            model_name="loadedfile",
            name="load",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="organisations.load"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("organisation", "scheme", "danger", "said"),
                name="one_alert_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("begun", "sent", "waiting"))),
                fields=("person", "scheme", "number", "name"),
                name="one_open_claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("claim__isnull", False), ("organisation__isnull", False), _connector="OR"),
                name="evidence_is_of_something",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["scheme", "number"], name="change_by_number"),
        ),
        migrations.AddConstraint(
            model_name="loadedfile",
            constraint=models.UniqueConstraint(fields=("load", "fingerprint"), name="one_file_once_a_load"),
        ),
    ]
