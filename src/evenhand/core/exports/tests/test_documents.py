"""A document on paper says what it was given and nothing else, to eyes and to ears, whatever the words look like."""

import re
import shutil
import subprocess

import pytest

from evenhand.core.errors import Refused
from evenhand.core.exports import Bullets, Document, Facts, Grid, Notice, Paragraph, Run, Section, pdf_of
from evenhand.core.exports.documents import Limits

HOSTILE = (
    '#eval("1+1")',
    "#panic()",
    '#import "@preview/cetz:0.3.0"',
    "*bold* _it_ `raw`",
    "$x^2$ ] [ { } )",
    "<label> @ref // gone /* gone */",
    "= heading",
    "- item",
    "+ item",
    "/ term: x",
    r"\u{41} \ \#",
    'it\'s "so" -- --- ~ ...',
    "{page} \u200b{pages}",
    "https://example.test/a b",
)


def document(**changes):
    line = ("Ring ", Run("0121 496 0112", "tel:01214960112", strong=True))
    grid = Grid(("Name", "Number"), (("One", "1"), ("Two", "-2")), "A table", numeric=(1,))
    blocks = (Paragraph(line), Notice("Take care."), Bullets(("One", "Two")), Facts((("Cost", "Free"),)), grid)
    said = {"title": "Who can help", "blocks": blocks, "sections": (Section("Part", (), (Section("Entry"),)),)}
    return Document(**(said | changes))


def read(content, *options, tool="pdftotext"):
    """What a program that reads PDF finds in it."""
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not on this machine: it comes with poppler-utils")
    command = [tool, *options, "-", *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def test_a_document_is_tagged_for_people_who_hear_it():
    content = pdf_of(document(language="en-GB", description="A small document"))
    assert b"pdfuaid:part>1<" in content
    assert b"<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li>" in content
    about = read(content, tool="pdfinfo")
    assert re.search(r"^Title:\s+Who can help$", about, re.MULTILINE)
    assert re.search(r"^Tagged:\s+yes$", about, re.MULTILINE)
    assert re.search(r"^JavaScript:\s+no$", about, re.MULTILINE)
    tree = read(content, "-struct-text", tool="pdfinfo")
    for one in ("H1", "H2", "H3", "L ", "LI", "Link", "Table", "Caption", "THead", "TH", "TD"):
        assert re.search(rf"^\s*{one}", tree, re.MULTILINE), one
    assert "/Scope /Column" in tree


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_never_read_as_anything_but_words(words):
    plain = Run(words, "https://example.test/#]*$")
    blocks = (Paragraph((plain,)), Notice(words), Bullets((words,)), Facts(((words, words),)))
    grid = Grid((words, "B"), ((words, words),), words)
    content = pdf_of(Document(words, (*blocks, grid), (Section(words, (), (Section(words),)),), words))
    seen = re.sub(r"Page \d+ of \d+|[\s\u200b-]", "", read(content, "-layout"))
    assert seen.count(re.sub(r"[\s\u200b-]", "", words)) == 12


def test_the_same_words_are_the_same_file():
    assert pdf_of(document()) == pdf_of(document())


def test_print_is_large_where_it_is_asked_for():
    many = tuple(Paragraph("Words that are read by many people. " * 20) for _ in range(20))
    ordinary, large = (read(pdf_of(document(blocks=many, large=one)), tool="pdfinfo") for one in (False, True))
    pages = [int(re.search(r"^Pages:\s+(\d+)$", one, re.MULTILINE)[1]) for one in (ordinary, large)]
    assert pages[1] >= 2 * pages[0]


def test_letters_that_we_do_not_carry_and_letters_that_nobody_sees_do_not_stop_it():
    for words in ("日本語", "\x00\x07\ud800 seen", "x" * 5_000, ""):
        assert pdf_of(Document(words or "Empty", (Paragraph(words),))).startswith(b"%PDF-")


def test_a_document_that_is_too_long_or_takes_too_long_is_refused():
    long = document(blocks=tuple(Paragraph(f"{at} words " * 50) for at in range(2_500)))
    with pytest.raises(Refused, match="too long"):
        pdf_of(long, Limits(size=1_000))
    with pytest.raises(Refused, match="took too long"):
        pdf_of(long, Limits(seconds=1, memory=150_000_000))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "/find/", "data:text/html,x"])
def test_a_link_leads_only_where_paper_can_lead(address):
    with pytest.raises(ValueError, match="leads nowhere"):
        Run("Here", address)


def test_a_table_with_a_row_of_another_width_is_none():
    with pytest.raises(ValueError, match="as many cells"):
        Grid(("A", "B"), (("1",),))
