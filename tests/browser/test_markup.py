"""Every page, in every state, is HTML that the strictest parser reads, with names and anchors that lead somewhere."""

import re
from io import StringIO
from itertools import pairwise

import html5lib
import pytest
from django.core.management import call_command
from django.test import Client

ROOT = "{http://www.w3.org/1999/xhtml}"
CONTROLS = {"input", "select", "textarea"}
DIRECTORY = ("/find/", "/services/", "/organisations/", "/directory/")


@pytest.fixture
def ask(gathered_styles, settings, store, db):
    """Ask for an address as the server would, without one."""
    settings.EVIDENCE_FOLDER = store.folder
    client = Client(raise_request_exception=False)

    def ask_(path):
        method, _, rest = path.rpartition(" ")
        return client.generic(method or "GET", rest.format(earlier=store.earlier, together=store.together))

    return ask_


def tag(element):
    return str(element.tag).removeprefix(ROOT)


def faults(html):
    """Everything wrong with a page that a parser can see."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(html)
    elements = list(tree.iter())
    names = [name for one in elements if (name := one.get("id"))]
    found = [f"id {name} occurs twice" for name in set(names) if names.count(name) > 1]
    for one in elements:
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            found += [
                f"{attribute} {name} names nothing" for name in one.get(attribute, "").split() if name not in names
            ]
        address = one.get("href", "")
        if address.startswith("#") and address[1:] not in names:
            found.append(f"the link {address} leads nowhere")
        if tag(one) == "a" and not ("".join(one.itertext()).strip() or one.get("aria-label")):
            found.append(f"the link to {address} has no words")
        data = one.get("type") == "application/ld+json"  # is read by machines and run by none
        if one.get("style") is not None or (tag(one) in {"script", "style"} and not data):
            found.append(f"{tag(one)} carries style or script")
        found += [f"{name} on {tag(one)}" for name in one.attrib if str(name).startswith("on")]
    headings = [int(tag(one)[1]) for one in elements if re.fullmatch("h[1-6]", tag(one))]
    if headings.count(1) != 1 or headings[0] != 1:
        found.append(f"the page has {headings.count(1)} first headings")
    found += [f"a heading falls from {a} to {b}" for a, b in pairwise(headings) if b > a + 1]
    return found


@pytest.fixture
def planted(db):
    """The pages that ship, for addresses where one stands."""
    from evenhand.core.access import machine
    from evenhand.domains.publishing.actions.planting import plant

    plant(by=machine("release"))


@pytest.fixture
def recorded(db):
    """The reviews that ship, for addresses where one stands."""
    call_command("load_reviews", stdout=StringIO())


@pytest.fixture
def provided(db):
    """A small directory, for addresses of it."""
    from evenhand.domains.directory.tests.listed import load

    load()


@pytest.mark.crawl(40)
def test_every_page_in_every_state_passes_the_strict_parser(page_at, ask, request):
    if page_at.startswith(("/about/", "/cy/")):
        request.getfixturevalue("planted")
    if page_at.startswith("/progress/"):
        request.getfixturevalue("recorded")
    if page_at.startswith(DIRECTORY):
        request.getfixturevalue("provided")
    response = ask(page_at)
    assert response.status_code == 200
    assert not faults(response.content.decode())


def test_every_refusal_is_a_page_with_its_status_that_leads_on(refusal, ask, request):
    path, status = refusal
    if path.startswith(DIRECTORY):
        request.getfixturevalue("provided")
    response = ask(path)
    html = response.content.decode()
    assert response.status_code == status
    assert not faults(html)
    assert '<meta name="robots" content="noindex">' in html
    assert 'class="more" href="/evidence/"' in html


@pytest.mark.long
def test_every_place_in_every_year_passes_the_strict_parser(anywhere, ask):
    response = ask(anywhere)
    assert response.status_code == 200
    assert not faults(response.content.decode())


def test_the_parser_would_see_what_it_looks_for():
    bad = """<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><h1>x</h1><h3 id="a">y</h3>
    <p id="a" style="x" aria-labelledby="b"><a href="#c"></a></p></body></html>"""
    said = " ".join(faults(bad))
    for word in ("occurs twice", "names nothing", "leads nowhere", "no words", "carries style", "falls from 1 to 3"):
        assert word in said
    with pytest.raises(html5lib.html5parser.ParseError):
        faults("<!DOCTYPE html><html><head><title>x</title></head><body><h1>x</h1><p><div></p></body></html>")
