"""What editors say on the front page."""

from typing import Any

from evenhand.domains.publishing.models import FrontPage


def front() -> dict[str, Any]:
    """The introduction, as it is published; nothing before any page was loaded."""
    page = FrontPage.objects.live().first()
    return {"introduction": page.body if page and page.body else None}
