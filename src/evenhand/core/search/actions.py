"""Keeping the index as the sources are."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction

from evenhand.core.search.models import Document, Standing
from evenhand.core.search.sources import Source


def index(sources: Iterable[Source]) -> int:
    """Read every source that has changed since it was last read; how many documents were written or taken out."""
    return sum(_read(source) for source in sources)


@transaction.atomic
def _read(source: Source) -> int:
    state = sha256(repr(source.state()).encode()).hexdigest()
    standing, _fresh = Standing.objects.select_for_update().get_or_create(source=source.kind)
    if standing.state == state:
        return 0
    held = dict(Document.objects.filter(kind=source.kind).values_list("key", "digest"))
    things = {one.key: one for one in source.things()}
    gone, _rows = Document.objects.filter(kind=source.kind, key__in=held.keys() - things.keys()).delete()
    changed = [one for one in things.values() if held.get(one.key) != one.digest]
    for one in changed:
        said = {"title": one.title, "summary": one.summary, "said": one.said, "url": one.url, "digest": one.digest}
        Document.objects.update_or_create(key=one.key, defaults={"kind": source.kind, **said})
    standing.state = state
    standing.save(update_fields=["state"])
    return gone + len(changed)
