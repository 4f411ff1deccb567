"""The day rate is kept when work is taken on, and the number of an invoice that was sent back can be used again."""

from typing import Any

from django.db import migrations, models


def keep_rates(apps: Any, schema_editor: Any) -> None:
    """What was taken on before stands at the rate of today."""
    del schema_editor
    consultants = apps.get_model("support", "Consultant").objects.filter(pk=models.OuterRef("consultant"))
    apps.get_model("support", "Shortlisted").objects.update(rate=models.Subquery(consultants.values("rate")))


class Migration(migrations.Migration):
    dependencies = [("support", "0004_no_offer_of_nothing")]

    operations = [
        migrations.AddField(
            model_name="shortlisted",
            name="rate",
            field=models.DecimalField(
                decimal_places=2,
                editable=False,
                max_digits=7,
                null=True,
                verbose_name="day rate when it was taken on, in pounds",
            ),
        ),
        migrations.RunPython(keep_rates, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="invoice", name="one_invoice_number_once"),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "refused"), _negated=True),
                fields=("consultant", "number"),
                name="one_invoice_number_once",
            ),
        ),
    ]
