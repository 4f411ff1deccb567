"""The first tables."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import evenhand.core.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("summary", models.CharField(max_length=300, verbose_name="what it does, in one sentence")),
                ("description", models.TextField(blank=True, verbose_name="what it does")),
                ("status", models.CharField(default="draft", editable=False, max_length=20)),
                (
                    "submitted_by",
                    evenhand.core.references.RefField(
                        blank=True, editable=False, max_length=200, null=True, verbose_name="who submitted it"
                    ),
                ),
                ("notice", models.CharField(blank=True, max_length=300, verbose_name="notice for now")),
                (
                    "made_for",
                    models.CharField(blank=True, max_length=300, verbose_name="who it is for, in their own words"),
                ),
                ("minimum_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from age")),
                ("maximum_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to age")),
                ("how_to_refer", models.TextField(blank=True, verbose_name="how to get in, or refer somebody")),
                (
                    "cost",
                    models.CharField(
                        choices=[("free", "Free"), ("some", "Free for some"), ("paid", "There is a charge")],
                        default="free",
                        max_length=10,
                        verbose_name="cost",
                    ),
                ),
                (
                    "cost_words",
                    models.CharField(blank=True, max_length=300, verbose_name="what it costs, and for whom"),
                ),
                (
                    "capacity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Taking people on"),
                            ("waiting", "There is a waiting list"),
                            ("full", "Not taking people on now"),
                        ],
                        max_length=10,
                        verbose_name="room for more",
                    ),
                ),
                ("capacity_on", models.DateField(blank=True, null=True, verbose_name="as at")),
                (
                    "waiting_weeks",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="weeks to wait"),
                ),
                ("hours", models.CharField(blank=True, max_length=300, verbose_name="when it is open, in words")),
                ("access_words", models.CharField(blank=True, max_length=300, verbose_name="access, in words")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("contact_role", models.CharField(blank=True, max_length=120, verbose_name="whom to ask for, by role")),
                (
                    "keeper_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="where we ask whether it is still right; never shown"
                    ),
                ),
                ("edited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("assured_on", models.DateField(blank=True, editable=False, null=True, verbose_name="last checked on")),
                (
                    "assured_by",
                    evenhand.core.references.RefField(
                        blank=True, editable=False, max_length=200, null=True, verbose_name="who checked it"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("touched_at", models.DateTimeField(auto_now=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "verbose_name_plural": "services",
                "ordering": ("name", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("closed", "It has closed"),
                            ("contact", "The telephone, e-mail address or website is wrong"),
                            ("place", "The address or the area is wrong"),
                            ("people", "It is not for the people it says"),
                            ("unsafe", "Something about it is not safe"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="what is wrong",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="what is right instead, if you know")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        max_length=254,
                        verbose_name="your e-mail address, if you want to hear what came of it",
                    ),
                ),
                ("from_keeper", models.BooleanField(default=False)),
                ("status", models.CharField(default="new", editable=False, max_length=20)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="directory.service"
                    ),
                ),
            ],
            options={
                "ordering": ("made_at",),
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "days",
                    models.CharField(
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$",
                                "Name the days by two letters each: MO,TU.",
                            )
                        ],
                        verbose_name="days",
                    ),
                ),
                ("opens_at", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("closes_at", models.TimeField(blank=True, null=True, verbose_name="to")),
                ("words", models.CharField(blank=True, max_length=120, verbose_name="what then")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="directory.service"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("full", "The whole address"),
                            ("area", "The area only"),
                            ("hidden", "Nothing: the address is confidential"),
                        ],
                        default="full",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name of the place")),
                ("line_1", models.CharField(blank=True, max_length=120, verbose_name="address")),
                ("line_2", models.CharField(blank=True, max_length=120, verbose_name="second line of the address")),
                ("town", models.CharField(blank=True, max_length=80, verbose_name="town")),
                ("county", models.CharField(blank=True, max_length=80, verbose_name="county")),
                ("postcode", models.CharField(blank=True, max_length=8, verbose_name="postcode, or its first part")),
                ("latitude", models.FloatField(blank=True, editable=False, null=True)),
                ("longitude", models.FloatField(blank=True, editable=False, null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="locations", to="directory.service"
                    ),
                ),
            ],
            options={
                "ordering": ("service", "town", "id"),
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z][A-Z0-9]{2,8}$", "Give the code of a place, such as E09000030 or BXI."
                            )
                        ],
                    ),
                ),
                ("court", models.CharField(blank=True, max_length=120)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coverage", to="directory.service"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "coverage",
                "ordering": ("court", "code"),
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("counted_from", models.DateField(verbose_name="the check since which it is asked")),
                ("step", models.PositiveSmallIntegerField(verbose_name="the how-manieth time")),
                ("to", models.EmailField(blank=True, max_length=254)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "Still right"),
                            ("changed", "Something has changed"),
                            ("closed", "It has closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="directory.service",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("community", "Ethnicity or community"),
                            ("faith", "Faith"),
                            ("gender", "Gender"),
                            ("language", "Language"),
                        ],
                        max_length=10,
                    ),
                ),
                ("term", models.CharField(max_length=80, verbose_name="who, as a term of the vocabulary")),
                ("only", models.BooleanField(default=False, verbose_name="for them alone")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audiences", to="directory.service"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "term"),
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("need", "Need"),
                            ("stage", "Stage of the journey"),
                            ("topic", "Topic"),
                            ("referrer", "Who may refer"),
                            ("language", "Language spoken"),
                            ("access", "Access"),
                            ("flag", "Why the page has an exit button"),
                        ],
                        max_length=10,
                    ),
                ),
                ("term", models.CharField(max_length=80)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="directory.service"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "term"),
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("facts", models.JSONField()),
                ("by", evenhand.core.references.RefField(max_length=200)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undoes", models.PositiveIntegerField(null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="directory.service"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(fields=["status", "assured_on"], name="service_by_check"),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(fields=["touched_at"], name="service_by_touch"),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum_age", None),
                    ("maximum_age", None),
                    ("maximum_age__gte", models.F("minimum_age")),
                    _connector="OR",
                ),
                name="ages_in_order",
                violation_error_message="The highest age is lower than the lowest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity", ""), ("capacity_on__isnull", False), _connector="OR"),
                name="capacity_has_its_day",
                violation_error_message="Say on which day the room for more was right.",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assured_by", None), ("assured_on", None)),
                    models.Q(("assured_by__isnull", False), ("assured_on__isnull", False)),
                    _connector="OR",
                ),
                name="a_check_has_a_day_and_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["status", "made_at"], name="report_by_status"),
        ),
        migrations.AddIndex(
            model_name="location",
            index=models.Index(fields=["latitude", "longitude"], name="location_by_point"),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "hidden"), _negated=True),
                    models.Q(
                        ("county", ""),
                        ("latitude", None),
                        ("line_1", ""),
                        ("line_2", ""),
                        ("longitude", None),
                        ("name", ""),
                        ("postcode", ""),
                        ("town", ""),
                    ),
                    _connector="OR",
                ),
                name="hidden_is_not_held",
                violation_error_message="A confidential place is kept without name, address or point.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "area"), _negated=True),
                    models.Q(
                        ("line_1", ""),
                        ("line_2", ""),
                        ("name", ""),
                        models.Q(("postcode__contains", " "), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_area_is_no_address",
                violation_error_message="Where only the area is shown, no more than town and outward code is kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="a_point_has_two_sides",
            ),
        ),
        migrations.AddIndex(
            model_name="coverage",
            index=models.Index(fields=["code"], name="service_by_coverage"),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(fields=("service", "code", "court"), name="one_coverage_once"),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), models.Q(("court", ""), _negated=True)),
                    models.Q(models.Q(("code", ""), _negated=True), ("court", "")),
                    _connector="OR",
                ),
                name="a_code_or_a_court",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(fields=("service", "counted_from", "step"), name="one_question_a_step"),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("used_at", None)),
                    models.Q(("used_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="used_with_an_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="audience",
            index=models.Index(fields=["kind", "term"], name="service_by_audience"),
        ),
        migrations.AddConstraint(
            model_name="audience",
            constraint=models.UniqueConstraint(fields=("service", "kind", "term"), name="one_audience_once"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["kind", "term"], name="service_by_term"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(fields=("service", "kind", "term"), name="one_term_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("service", "number"), name="one_version_a_number"),
        ),
    ]
