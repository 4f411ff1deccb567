"""The picture that other sites show of a page: title, and what its first figure says, or its summary; drawn by us."""

from django.template.loader import get_template
from django.utils.formats import date_format

from evenhand.core.design.charts.axes import folded
from evenhand.core.design.charts.pictures import picture
from evenhand.core.errors import Refused
from evenhand.core.quoting import Quoted, quote
from evenhand.domains.publishing.blocks.figure import asked
from evenhand.domains.publishing.models import Writing

WIDTH, HEIGHT, MARGIN = 600, 315, 36  # of the drawing; the picture has twice as many dots each way
INNER = WIDTH - 2 * MARGIN
TITLE, TEXT = 34, 19  # sizes of letters
FIGURE = 176  # the width that a figure takes
LINES = 3  # of a title; of a text, as many as there is room for


def card(page: Writing) -> bytes:
    """The card of a page as PNG."""
    quoted = _figure(page)
    title, y = _lines(page.title, INNER, TITLE, 118 if page.is_dated else 104, LINES - bool(quoted))
    if quoted:
        text, _y = _lines(quoted.sentence, INNER - FIGURE, TEXT, 222, 4)
    else:
        text, _y = _lines(page.summary, INNER, TEXT, y + 4, max(1, int((HEIGHT - 20 - y) / (TEXT * 1.3))))
    kind = f"{page.kind.capitalize()} · {date_format(page.issued_on, 'j F Y')}" if page.is_dated else ""
    said = {"kind": kind, "title": title, "text": text, "quoted": quoted, "left": MARGIN + FIGURE if quoted else MARGIN}
    sizes = {"width": WIDTH, "height": HEIGHT, "margin": MARGIN, "title_size": TITLE, "text_size": TEXT}
    return picture(get_template("publishing/card.svg").render(said | sizes))


def _lines(text: str, width: int, size: int, y: float, most: int) -> tuple[list[tuple[float, str]], float]:
    """A text in lines with their heights, cut where there is no more room; and where the next line would stand."""
    lines = folded(text, width, size * 0.92)  # the letters of pictures are narrow
    if len(lines) > most:
        lines = (*lines[: most - 1], f"{lines[most - 1]} …")
    step = size * 1.25
    return [(y + step * number, line) for number, line in enumerate(lines)], y + step * len(lines)


def _figure(page: Writing) -> Quoted | None:
    """The first figure of the text that has a number of its own; none where it cannot be shown."""
    for block in page.body:
        if block.block_type == "figure":
            try:
                quoted = quote(asked(block.value))
            except Refused:
                continue
            if quoted.figure:
                return quoted
    return None
