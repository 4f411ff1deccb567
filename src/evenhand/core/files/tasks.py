"""When bytes that nobody speaks of are swept away."""

from datetime import datetime, time

from evenhand.core.files.actions import sweep
from evenhand.core.jobs import Daily, job


@job(Daily(time(3, 50)))
def sweep_files(now: datetime) -> None:
    """Take away bytes that were written for a file that was then not kept."""
    del now
    sweep()
