"""What is looked for is found by stem and by slip, on whichever database the tests run, and follows its source."""

import pytest

from evenhand.core.search.actions import index
from evenhand.core.search.models import Document
from evenhand.core.search.queries import search
from evenhand.core.search.sources import Found, Source

pytestmark = pytest.mark.django_db


class Shelf:
    """A source whose things a test can change."""

    def __init__(self, *things, kind="books"):
        self.things, self.version = list(things), 0
        self.source = Source(kind, kind, lambda: self.things, lambda: self.version)

    def read(self):
        self.version += 1
        return index([self.source])


PRISON = Found("b:1", "Prisoners and their families", "How letters help.", "/1/", "visiting a prison in Kent")
SEARCH = Found("b:2", "Stop and search", "Searches by the police.", "/2/", "forces")
STRIP = Found("b:3", "Reading figures", "What a searching reader asks.", "/3/", "statistics")


@pytest.fixture
def shelf():
    made = Shelf(PRISON, SEARCH, STRIP)
    made.read()
    return made


def urls(text):
    return [one.url for one in search(text).documents]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("prisoner", "/1/"),
        ("family letters", "/1/"),
        ("stop search", "/2/"),
        ("the police forces", "/2/"),
        ("PRISONERS", "/1/"),
        ("statistic", "/3/"),
    ],
)
def test_words_are_found_by_their_stem_the_title_before_the_text(shelf, text, first):
    assert urls(text)[0] == first


def test_what_stands_in_a_title_comes_before_what_stands_in_a_text(shelf):
    assert urls("searching") == ["/2/", "/3/"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ynys mon", "/4/"),
        ("Ynys Môn", "/4/"),
        ("YNYS MO\u0302N", "/4/"),
        ("café", "/4/"),
        ("cafe", "/4/"),
        ("café rené", "/4/"),
        ("résumés", "/5/"),
        ("fiancee", "/5/"),
    ],
)
def test_words_are_found_with_and_without_their_accents_on_either_database(shelf, text, found):
    shelf.things += [
        Found("b:4", "Ynys Môn", "The Café René, on Anglesey.", "/4/"),
        Found("b:5", "Resume\u0301 writing", "For a fiancée.", "/5/"),
    ]
    shelf.read()
    hits = search(text)
    assert [one.url for one in hits.documents] == [found]
    assert not hits.loosely
    assert not hits.mended


def test_a_slip_is_mended_whatever_its_accents(shelf):
    shelf.things.append(Found("b:4", "Aberystwyth a Môn", "", "/4/"))
    shelf.read()
    assert urls("aberystwith") == ["/4/"]


def test_a_slip_is_mended_and_said(shelf):
    hits = search("prisnoers familys")
    assert hits.documents[0].url == "/1/"
    assert dict(hits.mended)["prisnoers"] == "prisoners"


def test_what_holds_only_some_of_the_words_is_given_and_said_to(shelf):
    hits = search("police zebra")
    assert [one.url for one in hits.documents] == ["/2/"]
    assert hits.loosely


@pytest.mark.parametrize(
    "text", ["", "   ", '!!! "', "'", '" OR 1=1 --', "title:*", "a NEAR(b", "\x00", "%", "x" * 5000]
)
def test_nothing_that_is_typed_is_an_operator_or_a_fault(shelf, text):
    search(text)


def test_words_that_tell_nothing_are_left_out(shelf):
    assert urls("what is the police") == ["/2/"]
    assert search("the of and").documents == ()


def test_the_index_follows_its_source_and_reads_nothing_that_is_unchanged(shelf):
    assert index([shelf.source]) == 0
    shelf.things = [PRISON, Found("b:2", "Remand", "Held before trial.", "/2/")]
    assert index([shelf.source]) == 0  # it was not said to have changed
    assert shelf.read() == 2
    assert urls("police") == []
    assert urls("trial") == ["/2/"]
    assert Document.objects.count() == 2


def test_one_source_takes_nothing_from_another(shelf):
    other = Shelf(Found("o:1", "Prison visitors", "", "/o/"), kind="others")
    other.read()
    assert search("prison").kinds == {"books": 1, "others": 1}
    other.things = []
    other.read()
    assert search("prison").kinds == {"books": 1}
