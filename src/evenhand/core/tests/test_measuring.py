"""Tables are measured as they are, and work is planned by that."""

import pytest
from django.db import connection

from evenhand.core.measuring import measure_tables
from evenhand.core.organisations.models import Organisation

MANY = 200


@pytest.mark.django_db
def test_a_table_that_grew_is_known_to_have_grown():
    Organisation.objects.bulk_create(Organisation(slug=f"body-{n}", name=f"Body {n}") for n in range(MANY))
    measure_tables()
    assert known_size(Organisation._meta.db_table) == MANY


def known_size(table):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s LIMIT 1", [table])
            return int(cursor.fetchone()[0].split()[0])
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])
