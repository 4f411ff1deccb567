"""What brings an entry forward is kept beside it as bits; every entry is marked, to be indexed anew with them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Facet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tag", models.CharField(max_length=120, unique=True)),
                ("bit", models.PositiveSmallIntegerField(unique=True)),
            ],
        ),
        migrations.RemoveIndex(model_name="spot", name="spot_in_full"),
        migrations.AddField("spot", "facets_0", models.BigIntegerField(default=0)),
        migrations.AddField("spot", "facets_1", models.BigIntegerField(default=0)),
        migrations.AddField("spot", "facets_2", models.BigIntegerField(default=0)),
        migrations.AddIndex(
            model_name="spot",
            index=models.Index(
                fields=["entry", "latitude", "longitude", "assured", "reach", "facets_0", "facets_1", "facets_2"],
                name="spot_in_full",
            ),
        ),
        migrations.RunSQL(
            "INSERT INTO directory_stale (service) SELECT service_id FROM directory_entry",
            migrations.RunSQL.noop,
        ),
    ]
