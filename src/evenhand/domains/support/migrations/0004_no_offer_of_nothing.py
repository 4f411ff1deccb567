"""An offer of nothing is refused also where nothing is null."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_words_of_any_length"),
        ("support", "0003_ledger_of_days"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="application",
            name="no_offer_of_nothing",
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("offered", "accepted")), _negated=True),
                    models.Q(("days_awarded__gt", 0), ("days_awarded__isnull", False)),
                    models.Q(("pounds_awarded__gt", 0), ("pounds_awarded__isnull", False)),
                    _connector="OR",
                ),
                name="no_offer_of_nothing",
            ),
        ),
    ]
