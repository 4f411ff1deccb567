"""A document to be read on paper and by ear: words, lists and tables as plain values, set as accessible PDF.

The file is tagged PDF/UA-1: it says its language and title, its headings in order, its lists, which cells of a table
head which, and where its links lead. The same document is the same bytes.
"""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from evenhand.core.errors import Refused
from evenhand.core.exports.files import file_response
from evenhand.core.exports.sheets import LANGUAGE

MEDIA_TYPE: Final = "application/pdf"
CHILD: Final = Path(__file__).parent / "typesetting" / "child.py"
LEADS: Final = ("https://", "http://", "mailto:", "tel:")  # to where a link may lead
MEGABYTE: Final = 1_000_000
STARTS: Final = b"%PDF-"


@dataclass(frozen=True)
class Limits:
    """What setting one document may cost; beyond any of these it is refused."""

    size: int = 2 * MEGABYTE  # of its words
    memory: int = 1_500 * MEGABYTE
    seconds: int = 20


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a line: plain, strong, or leading somewhere; ValueError for an address of another kind than LEADS."""

    text: str
    url: str = ""
    strong: bool = False

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(LEADS):
            raise ValueError(f"{self.url!r} leads nowhere from paper: begin it with one of {', '.join(LEADS)}")


Line = str | Run | tuple[str | Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `soft` for what is said in passing."""

    line: Line
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A paragraph that nobody may overlook."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, its items in a row with numbers if `numbered`."""

    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms, each with what is said of it."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the headings of its columns, and rows of as many cells; ValueError if they differ."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: tuple[int, ...] = ()  # the columns of numbers, counted from 0

    def __post_init__(self) -> None:
        if not self.headings or any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"the table {self.caption!r} needs a heading, and as many cells in each row as headings")


Block = Paragraph | Notice | Bullets | Facts | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A part under its own heading; one kept `together` is not broken between two pages, so keep it short."""

    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `foot` stands at the foot of every page, and `large` is print of 16 points."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    description: str = ""
    foot: str = ""
    publisher: str = "Evenhand"
    language: str = LANGUAGE
    large: bool = False


def pdf_of(document: Document, limits: Limits | None = None) -> bytes:
    """The whole file. Refused if it is too long, or took too long: nothing half-set is ever handed over."""
    most = limits or Limits()
    content = json.dumps(_said(document), ensure_ascii=False).encode("utf-8", "replace")
    if len(content) > most.size:
        raise Refused(_("This is too long to be set as one PDF. Take a part of it, or the table."), status=413)
    wanted = {"memory": most.memory, "seconds": most.seconds, "letters": _letters()}
    command = [sys.executable, "-I", str(CHILD), json.dumps(wanted)]
    try:
        done = subprocess.run(  # noqa: S603  (our own file; the words go in as data)
            command, input=content, capture_output=True, timeout=2 * most.seconds, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise _too_slow() from None
    if done.stdout.startswith(STARTS):
        return done.stdout
    if done.returncode < 0:  # ended by its limits
        raise _too_slow()
    raise RuntimeError(f"a document could not be set: {done.stderr.decode(errors='replace')[-2000:]}")


def pdf_response(document: Document, *, saved_as: str) -> HttpResponse:
    """The document, to be saved under a name without its ending."""
    return file_response(pdf_of(document), MEDIA_TYPE, f"{saved_as}.pdf")


def _too_slow() -> Refused:
    return Refused(_("This took too long to be set as a PDF. Take a part of it, or the table."), status=503)


def _said(document: Document) -> dict[str, Any]:
    """The document as the pattern reads it."""
    language, _hyphen, region = document.language.partition("-")
    return {
        "title": _clean(document.title),
        "description": _clean(document.description),
        "publisher": _clean(document.publisher),
        "foot": _clean(document.foot),
        "page": _("Page {page} of {pages}"),
        "language": language,
        "region": region or None,
        "large": document.large,
        "blocks": [_block(one) for one in document.blocks],
        "sections": [_section(one) for one in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": _clean(section.heading),
        "together": section.together,
        "blocks": [_block(one) for one in section.blocks],
        "sections": [_section(one) for one in section.sections],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "runs": _runs(block.line), "soft": block.soft}
    if isinstance(block, Notice):
        return {"kind": "notice", "runs": _runs(block.line)}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [_runs(one) for one in block.items], "numbered": block.numbered}
    if isinstance(block, Facts):
        return {"kind": "facts", "pairs": [{"term": _clean(term), "runs": _runs(line)} for term, line in block.pairs]}
    return {
        "kind": "table",
        "caption": _clean(block.caption),
        "headings": [_clean(one) for one in block.headings],
        "numeric": [at in block.numeric for at in range(len(block.headings))],
        "rows": [[_clean(one) for one in row] for row in block.rows],
    }


def _runs(line: Line) -> list[dict[str, Any]]:
    return [asdict(replace(one, text=_clean(one.text))) for one in _each(line)]


def _each(line: Line) -> Iterator[Run]:
    parts: Sequence[str | Run] = line if isinstance(line, tuple) else (line,)
    for one in parts:
        yield one if isinstance(one, Run) else Run(one)


def _clean(text: str) -> str:
    """The text without what can be neither seen nor read: control characters but the end of a line, lone surrogates."""
    return "".join(one for one in str(text) if one == "\n" or unicodedata.category(one) not in {"Cc", "Cs", "Co", "Cn"})


@cache
def _letters() -> str:
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        raise ImportError("documents cannot be set: the package font-source-sans-pro is not installed")
    return str(Path(package.origin).parent / "files")
