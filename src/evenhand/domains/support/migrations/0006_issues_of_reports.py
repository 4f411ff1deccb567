"""Reports have issues: one that is out never changes, and a later one says what it puts right."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns, and one issue of a number for a period."""

    dependencies = [("support", "0005_agreed_rates")]

    operations = [
        migrations.AlterModelOptions(name="funderreport", options={"ordering": ("-ends_on", "-issue")}),
        migrations.RemoveConstraint(model_name="funderreport", name="one_report_a_period"),
        migrations.AddField(
            model_name="funderreport",
            name="issue",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="issue"),
        ),
        migrations.AddField(
            model_name="funderreport",
            name="changed",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what this issue puts right"),
        ),
        migrations.AddConstraint(
            model_name="funderreport",
            constraint=models.UniqueConstraint(
                fields=("programme", "begins_on", "ends_on", "issue"), name="one_issue_of_a_number"
            ),
        ),
    ]
