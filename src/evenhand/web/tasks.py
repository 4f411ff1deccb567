"""What the composed site does by the clock."""

from datetime import datetime, time

from evenhand.core.access import machine
from evenhand.core.jobs import Daily, Every, job
from evenhand.core.search.actions import index
from evenhand.domains.publishing.actions.alerts import forget_unconfirmed, tell
from evenhand.web.news.streams import news
from evenhand.web.search import SOURCES


@job(Every(1))
def read_for_search(now: datetime) -> None:
    """Read into the search index whatever has changed."""
    del now
    index(SOURCES)


@job(Daily(time(7, 30)))
def tell_of_news(now: datetime) -> None:
    """Write to those who asked of what is new since they were last told, and forget who never confirmed."""
    tell(news({}), now, by=machine("alerts"))
    forget_unconfirmed(now, by=machine("alerts"))
