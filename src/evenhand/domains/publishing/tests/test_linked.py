"""What pages say of themselves to machines: read back by parsers that are not ours, in words that schema.org has."""

import io
import json
import re

import html5lib
import pytest
from PIL import Image
from rdflib import RDF, SDO, Graph, URIRef

from evenhand.domains.publishing.models import Writing
from evenhand.domains.publishing.tests.make import FIGURE, article

# The parser uses a class of its own that it means to do without.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")]
XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = 'A title </script><script>alert("1")</script> & “more” \\u003c'


def head(client, url):
    """The tree of a page's head, as a strict parser has it."""
    response = client.get(url)
    assert response.status_code == 200
    return html5lib.HTMLParser(strict=True).parse(response.content.decode()).find(f"{XHTML}head")


def data(tree):
    (said,) = (one.text for one in tree.iter(f"{XHTML}script"))
    return said


def graph(said):
    """The triples, by rdflib; the context is given here, since no test asks another site for it."""
    table = json.loads(said)
    assert table.pop("@context") == "https://schema.org"
    table["@context"] = {"@vocab": str(SDO)}
    return Graph().parse(data=json.dumps(table), format="json-ld")


@pytest.mark.long
def test_every_shipped_page_says_what_it_is_in_words_that_schema_org_has(planted, client):
    for page in Writing.objects.live().exclude(slug__in=("front", "news")):
        triples = graph(data(head(client, page.get_url())))
        assert triples
        unknown = {term for _, term, _ in triples if term not in SDO and term != RDF.type and "rdf-syntax" not in term}
        unknown |= {kind for kind in triples.objects(predicate=RDF.type) if kind not in SDO}
        assert not unknown, page.slug
        way = triples.value(predicate=RDF.type, object=SDO.BreadcrumbList)
        steps = list(triples.objects(way, SDO.itemListElement))
        assert sorted(int(triples.value(step, SDO.position)) for step in steps) == list(range(1, len(steps) + 1))


def test_an_article_says_its_day_its_publisher_and_its_corrections_and_ends_no_element(planted, client):
    page = article(HOSTILE, slug="hostile", summary=HOSTILE, byline="The policy team")
    page.corrections = page.corrections.stream_block.to_python(
        [{"type": "correction", "value": {"on": "2026-11-20", "what": "It said 3.8."}}]
    )
    page.save_revision().publish()
    tree = head(client, page.get_url())
    triples = graph(data(tree))
    one = triples.value(predicate=RDF.type, object=SDO.Article)
    assert str(triples.value(one, SDO.headline)) == HOSTILE
    assert str(triples.value(one, SDO.datePublished)) == page.issued_on.isoformat()
    assert str(triples.value(one, SDO.creditText)) == "The policy team"
    assert str(triples.value(triples.value(one, SDO.correction), SDO.text)) == "It said 3.8."
    assert triples.value(triples.value(one, SDO.publisher), RDF.type) == SDO.Organization
    assert isinstance(one, URIRef)


def test_a_page_has_a_card_of_the_size_that_it_says_drawn_from_what_is_public(planted, client):
    page = article(
        "What the figures say of one area, and why it is not the whole of the story", blocks=[("figure", FIGURE)]
    )
    said = {one.get("property"): one.get("content") for one in head(client, page.get_url()).iter(f"{XHTML}meta")}
    for needed in ("og:title", "og:type", "og:image", "og:url"):  # of the Open Graph protocol
        assert said[needed]
    assert said["og:type"] == "article"
    assert re.match(r"https?://", said["og:image"])
    answer = client.get(said["og:image"].partition("/cards/")[1] + said["og:image"].partition("/cards/")[2])
    assert answer.headers["Content-Type"] == said["og:image:type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content))
    assert (str(picture.width), str(picture.height)) == (said["og:image:width"], said["og:image:height"])
    page.unpublish()
    assert client.get(f"/cards/{page.pk}.png").status_code == 404
    draft = article("A draft", slug="draft", live=False)
    assert client.get(f"/cards/{draft.pk}.png").status_code == 404
