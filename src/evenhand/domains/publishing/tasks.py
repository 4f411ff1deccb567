"""What publishing does by the clock: pages that are due, and links that are looked at."""

from datetime import datetime, time

from django.core.management import call_command

from evenhand.core.access import machine
from evenhand.core.jobs import Daily, Every, job
from evenhand.domains.publishing.actions.links import look_at_links
from evenhand.domains.publishing.actions.outside import read_outside


@job(Every(1))
def publish_scheduled(now: datetime) -> None:
    """Publish what was approved for a time that has come, and withdraw what was to end."""
    del now
    call_command("publish_scheduled")


@job(Daily(time(4, 20)))
def look_at_addresses(now: datetime) -> None:
    """Look whether the public addresses of other sources of support still answer."""
    look_at_links(now, by=machine("links"))


@job(Every(30))
def read_elsewhere(now: datetime) -> None:
    """Read what the body posts elsewhere, where such a feed is listed."""
    read_outside(now, by=machine("outside"))
