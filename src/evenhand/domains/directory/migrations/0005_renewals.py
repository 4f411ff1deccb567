"""A link that ran out can be sent anew, and the new one says which it renews."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_facets"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="confirmation", name="one_question_a_step"),
        migrations.AddField(
            "confirmation",
            "renews",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="renewed_by",
                to="directory.confirmation",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(
                condition=models.Q(renews=None),
                fields=("service", "counted_from", "step"),
                name="one_question_a_step",
            ),
        ),
    ]
