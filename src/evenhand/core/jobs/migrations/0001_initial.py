"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job", models.CharField(max_length=100)),
                ("turn", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("fault", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "began_at"], name="turn_by_state")],
                "constraints": [models.UniqueConstraint(fields=("job", "turn"), name="one_row_a_turn")],
            },
        ),
    ]
