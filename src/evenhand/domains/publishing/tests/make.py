"""What tests of publishing are made of."""

from evenhand.domains.publishing.models import Article
from evenhand.domains.publishing.models.writing import Writing

FIGURE = {"measure": "stop-and-search", "place": "", "group": "Black", "period": "", "release": ""}


def article(title="What the figures say", *, blocks=(), live=True, **said):
    """An article under the news, public unless told."""
    page = Article(title=title, slug=said.pop("slug", ""), summary=said.pop("summary", "A short article."), **said)
    page.body = page.body.stream_block.to_python([{"type": kind, "value": value} for kind, value in blocks])
    page.live = live
    Writing.objects.get(slug="news").add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page
