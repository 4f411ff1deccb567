"""What publishing has that is new."""

from collections.abc import Iterator

from evenhand.core.news import Entry
from evenhand.core.terms import KINDS
from evenhand.domains.publishing.queries.lists import issued

NEWEST = 500


def written() -> Iterator[Entry]:
    """Everything that was written at a time, the newest first."""
    for page in issued().defer("body", "welsh_body")[:NEWEST]:
        about = {kind: tuple(getattr(page, kind)) for kind in KINDS}
        yield Entry(
            f"publishing/{page.pk}",
            page.kind.capitalize(),
            page.title,
            page.summary,
            page.get_url() or "/",
            page.issued_on,
            about,
        )
