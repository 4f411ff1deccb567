"""What was changed since it was checked, what an editor has to look at, and what may be typed."""

import django.core.validators
from django.db import migrations, models

import evenhand.core.plain


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_renewals"),
    ]

    operations = [
        migrations.AddField(
            model_name="service",
            name="changed_since",
            field=models.BooleanField(default=False, editable=False, verbose_name="what was checked was changed since"),
        ),
        migrations.AddField(
            model_name="service",
            name="to_look_at",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="an editor has to look at how it is reached"
            ),
        ),
        migrations.AlterField(
            model_name="coverage",
            name="court",
            field=models.CharField(blank=True, max_length=120, validators=[evenhand.core.plain.one_line]),
        ),
        migrations.AlterField(
            model_name="location",
            name="county",
            field=models.CharField(
                blank=True, max_length=80, validators=[evenhand.core.plain.one_line], verbose_name="county"
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="line_1",
            field=models.CharField(
                blank=True, max_length=120, validators=[evenhand.core.plain.one_line], verbose_name="address"
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="line_2",
            field=models.CharField(
                blank=True,
                max_length=120,
                validators=[evenhand.core.plain.one_line],
                verbose_name="second line of the address",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="name",
            field=models.CharField(
                blank=True, max_length=120, validators=[evenhand.core.plain.one_line], verbose_name="name of the place"
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="town",
            field=models.CharField(
                blank=True, max_length=80, validators=[evenhand.core.plain.one_line], verbose_name="town"
            ),
        ),
        migrations.AlterField(
            model_name="opening",
            name="words",
            field=models.CharField(
                blank=True, max_length=120, validators=[evenhand.core.plain.one_line], verbose_name="what then"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="access_words",
            field=models.CharField(
                blank=True, max_length=300, validators=[evenhand.core.plain.one_line], verbose_name="access, in words"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="capacity_on",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[evenhand.core.plain.has_come],
                verbose_name="as at",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="contact_role",
            field=models.CharField(
                blank=True,
                max_length=120,
                validators=[evenhand.core.plain.one_line],
                verbose_name="whom to ask for, by role",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="cost_words",
            field=models.CharField(
                blank=True,
                max_length=300,
                validators=[evenhand.core.plain.one_line],
                verbose_name="what it costs, and for whom",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="description",
            field=models.TextField(
                blank=True,
                validators=[evenhand.core.plain.plain, django.core.validators.MaxLengthValidator(5000)],
                verbose_name="what it does",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="hours",
            field=models.CharField(
                blank=True,
                max_length=300,
                validators=[evenhand.core.plain.one_line],
                verbose_name="when it is open, in words",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="how_to_refer",
            field=models.TextField(
                blank=True,
                validators=[evenhand.core.plain.plain, django.core.validators.MaxLengthValidator(5000)],
                verbose_name="how to get in, or refer somebody",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="made_for",
            field=models.CharField(
                blank=True,
                max_length=300,
                validators=[evenhand.core.plain.one_line],
                verbose_name="who it is for, in their own words",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="maximum_age",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, validators=[django.core.validators.MaxValueValidator(120)], verbose_name="to age"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="minimum_age",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(120)],
                verbose_name="from age",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[evenhand.core.plain.name, evenhand.core.plain.without_address],
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="notice",
            field=models.CharField(
                blank=True, max_length=300, validators=[evenhand.core.plain.one_line], verbose_name="notice for now"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="phone",
            field=models.CharField(
                blank=True, max_length=40, validators=[evenhand.core.plain.telephone], verbose_name="telephone"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="summary",
            field=models.CharField(
                max_length=300, validators=[evenhand.core.plain.one_line], verbose_name="what it does, in one sentence"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="waiting_weeks",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(520)],
                verbose_name="weeks to wait",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="website",
            field=models.URLField(blank=True, validators=[evenhand.core.plain.website], verbose_name="website"),
        ),
    ]
