"""What the platform does for itself by the clock: it forgets what has run out, and measures its tables."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from evenhand.core.accounts.models import SignIn
from evenhand.core.jobs import Daily, job
from evenhand.core.jobs.models import Turn
from evenhand.core.measuring import measure_tables

KEPT = timedelta(days=30)


@job(Daily(time(3, 20)))
def forget(now: datetime) -> None:
    """Forget turns and finished work after 30 days, and sign-ins and rate counters that have run out."""
    Turn.objects.filter(began_at__lt=now - KEPT).delete()
    done = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=done, finished_at__lt=now - KEPT).delete()
    SignIn.objects.filter(expire_date__lt=now).delete()
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        expired = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [expired])  # noqa: S608  (a name of our own settings)


@job(Daily(time(3, 30)))
def measure(now: datetime) -> None:
    """Measure the tables anew, so that the database goes on choosing well as they grow."""
    del now
    measure_tables()
