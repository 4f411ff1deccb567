"""How help is given is one more kind of term."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="term",
            name="kind",
            field=models.CharField(
                choices=[
                    ("need", "Need"),
                    ("stage", "Stage of the journey"),
                    ("topic", "Topic"),
                    ("referrer", "Who may refer"),
                    ("way", "How help is given"),
                    ("language", "Language spoken"),
                    ("access", "Access"),
                    ("flag", "Why the page has an exit button"),
                ],
                max_length=10,
            ),
        ),
    ]
