"""Names that an editor has to look at, and what may be typed."""

import django.core.validators
from django.db import migrations, models

import evenhand.core.plain


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_by_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="to_look_at",
            field=models.BooleanField(default=False, editable=False, verbose_name="an editor has to look at its name"),
        ),
        migrations.AlterField(
            model_name="fact",
            name="words",
            field=models.TextField(
                blank=True, validators=[evenhand.core.plain.plain], verbose_name="in their own words"
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="description",
            field=models.TextField(
                blank=True,
                validators=[evenhand.core.plain.plain, django.core.validators.MaxLengthValidator(5000)],
                verbose_name="what it does",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="name",
            field=models.CharField(max_length=250, validators=[evenhand.core.plain.name], verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="phone",
            field=models.CharField(
                blank=True,
                max_length=40,
                validators=[evenhand.core.plain.telephone],
                verbose_name="telephone for the public",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="website",
            field=models.URLField(blank=True, validators=[evenhand.core.plain.website], verbose_name="website"),
        ),
    ]
