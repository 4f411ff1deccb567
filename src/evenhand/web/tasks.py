"""What the composed site does by the clock."""

from datetime import datetime, time

from evenhand.core.access import machine
from evenhand.core.jobs import Daily, job
from evenhand.domains.publishing.actions.alerts import forget_unconfirmed, tell
from evenhand.web.news.streams import news


@job(Daily(time(7, 30)))
def tell_of_news(now: datetime) -> None:
    """Write to those who asked of what is new since they were last told, and forget who never confirmed."""
    tell(news({}), now, by=machine("alerts"))
    forget_unconfirmed(now, by=machine("alerts"))
