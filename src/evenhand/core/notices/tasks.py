"""When messages are sent and forgotten."""

from datetime import datetime, time, timedelta

from django_tasks import task

from evenhand.core.jobs import Daily, Every, job
from evenhand.core.notices.actions import forget_sent, send_due

KEPT = timedelta(days=30)


@task()
def send() -> None:
    """Send what is due: asked for with each message, so that it leaves within a second."""
    send_due()


@job(Every(1))
def send_what_waits(now: datetime) -> None:
    """Send what is due and was not sent yet, because mail was down or a worker was."""
    send_due(now)


@job(Daily(time(3, 40)))
def forget(now: datetime) -> None:
    """Forget what messages said 30 days after they were written."""
    forget_sent(now - KEPT)
