"""Every exhibit keeps its contract: its chart, its table and its downloads say the same figures to the last digit."""

import csv
import io
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import html5lib
import pytest
from django.test import Client

HTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
NOTHING = "–"
FIGURE = re.compile(r"[\d.,]+")
RANGES = {"Likely range", "95 in 100", "99.8 in 100"}
OF = {"place", "place_code", "period", "release", "source", "licence", "flag"}
PATHS = {
    "nation": "/evidence/stop-and-search/",
    "nation, an earlier year": "/evidence/stop-and-search/?period=2020/21",
    "nation, compared with Black": "/evidence/stop-and-search/?reference=Black",
    "nation, 19 groups": "/evidence/stop-and-search/?groups=19",
    "nation, 19 groups compared with a whole": "/evidence/stop-and-search/?groups=19&reference=White",
    "arrests": "/evidence/arrests/",
    "arrests, 19 groups": "/evidence/arrests/?groups=19",
    "West Mercia": "/evidence/stop-and-search/E23000016/",
    "a small base": "/evidence/stop-and-search/W15000001/",
    "a group with no row": "/evidence/stop-and-search/W15000004/?period=2020/21",
    "not compared": "/evidence/stop-and-search/E23000034/",
    "a region": "/evidence/stop-and-search/E12000007/",
    "little difference": "/evidence/stop-and-search/E12000007/?group=Asian",
}
QUICK = {"nation", "arrests, 19 groups", "West Mercia", "a small base"}


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def named(element, name):
    return [one for one in element.iter() if name in one.get("class", "").split()]


def tags(element, tag):
    return [one for one in element.iter() if one.tag in {HTML + tag, SVG + tag}]


class Exhibit:
    """One exhibit of a page, taken apart as a reader's eye would."""

    def __init__(self, section, visitor):
        self.name = section.get("id")
        self.section, self.visitor = section, visitor
        self.pictures = [one for one in tags(section, "svg") if {"chart", "tiles"} & set(one.get("class", "").split())]
        self.links = {link.get("aria-label") or text_of(link): link.get("href") for link in tags(section, "a")}

    @property
    def table(self):
        """Each line of the table: the heading without its tag, and each cell as text and as words of its own."""
        lines = []
        for row in tags(tags(self.section, "tbody")[0], "tr"):
            (head,) = tags(row, "th")
            tagged = " ".join(text_of(one) for one in named(head, "tag"))
            heading = text_of(head).removesuffix(tagged).strip()
            cells = []
            for cell in tags(row, "td"):
                why = " ".join(text_of(one) for one in named(cell, "why"))
                cells.append(SimpleNamespace(text=text_of(cell).removesuffix(why).strip(), why=why))
            lines.append(SimpleNamespace(heading=heading, cells=cells, lead="is-lead" in row.get("class", "")))
        return lines

    @property
    def columns(self):
        return [text_of(one) for one in tags(tags(self.section, "thead")[0], "th")]

    @property
    def download(self):
        response = self.visitor.get(self.links["Table as CSV"])
        assert response.status_code == 200
        return list(csv.reader(io.StringIO(response.content.decode(), newline="")))

    def drawing(self):
        response = self.visitor.get(self.links["Chart as SVG"])
        assert response.status_code == 200
        return ET.fromstring(response.content)  # noqa: S314  (our own drawing)


def words(picture, *kinds, but=()):
    """The words of a chart by class, each with the lines and notes that follow it on the same line left out."""
    found = []
    for one in tags(picture, "text"):
        classes = set(one.get("class", "").split())
        if set(kinds) & classes and not classes & set(but):
            found.append(" ".join((one.text or "").split()))
    return found


def subs(picture, kind, but=()):
    """What follows each word of a class on its line."""
    found = []
    for one in tags(picture, "text"):
        classes = set(one.get("class", "").split())
        if kind in classes and not classes & set(but):
            found.append(" ".join(text_of(part) for part in tags(one, "tspan")))
    return found


def rounded(number, like):
    """A number of the download, rounded half up to as many places as the page shows."""
    value = Decimal(number) * (100 if like.endswith("%") else 1)
    shown = like.replace(",", "").replace("−", "-").removesuffix("%")
    places = len(shown.partition(".")[2])
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) == Decimal(shown)


def agree(cell, values):
    """Whether what the page shows in one cell is what the download holds in its columns."""
    if cell.text and values == [cell.text]:
        return True
    numbers = [value for value in values if not value.startswith("[")]
    absent = {value for value in values if value.startswith("[") and value != "[no figure]"}
    if cell.text in {"", NOTHING}:
        return not numbers and (not absent or absent == {f"[{cell.why}]"})
    if cell.text == "None":
        return len(numbers) == 1 and not 0 <= Decimal(numbers[0]) <= 1
    shown = cell.text.split(" to ") + ([] if " to " not in cell.why else cell.why.split(" to "))
    return len(shown) == len(numbers) and all(map(rounded, numbers, shown))


@pytest.fixture(scope="module")
def visitor(gathered_styles, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():  # a page of a measure asks whether the register has something of it
        yield Client()


@pytest.fixture(scope="module")
def exhibits(visitor):
    """Every exhibit of a page, by its name."""

    def read(path):
        page = html5lib.HTMLParser(strict=True).parse(visitor.get(path).content.decode())
        sections = [one for one in tags(page, "section") if named(one, "receipt")]
        return {one.get("id"): Exhibit(one, visitor) for one in sections}

    return read


def all_of(exhibits, path):
    found = exhibits(path)
    assert found
    return found.values()


@pytest.fixture(
    params=[
        pytest.param(path, id=said, marks=[] if said in QUICK else pytest.mark.long) for said, path in PATHS.items()
    ]
)
def path(request):
    return request.param


def test_every_exhibit_has_message_subtitle_receipt_table_and_downloads(path, exhibits):
    for exhibit in all_of(exhibits, path):
        section = exhibit.section
        (heading,) = tags(section, "h2")
        assert section.get("aria-labelledby") == heading.get("id")
        assert len(text_of(heading).split()) >= 4, "a message, not a label"
        (head,) = named(section, "exhibit__head")
        assert text_of(head) != text_of(heading), "a subtitle"
        assert tags(section, "table")
        assert text_of(tags(section, "caption")[0])
        assert all(one.get("scope") for one in tags(section, "th"))
        receipt = text_of(named(section, "receipt")[0])
        for term in ("Unit:", "Counts:", "Out of:", "Source:", "Range:"):
            assert term in receipt, (exhibit.name, term)
        assert "Period:" in receipt or re.search(r"20\d\d/\d\d", text_of(head))
        tables = {f"Table as {form}" for form in ("CSV", "XLSX", "JSON", "CSVW")}
        assert {*tables, "Cite", "Link to this release"} <= set(exhibit.links)
        assert ("Chart as SVG" in exhibit.links) == ("Chart as PNG" in exhibit.links) == bool(exhibit.pictures)
        for picture in exhibit.pictures:
            assert text_of(tags(picture, "title")[0])
            assert len(text_of(tags(picture, "desc")[0])) > 20


def test_every_cell_of_every_table_is_its_download_rounded_half_up(path, exhibits):
    for exhibit in all_of(exhibits, path):
        header, *records = exhibit.download
        assert len(records) == len(exhibit.table)
        figures = figures_of(header)
        for line, record in zip(exhibit.table, records, strict=True):
            values = [record[header.index(name)] for name in figures]
            assert line.heading == values[0]
            wide = spread(exhibit, header)
            at = 1
            for cell, width in zip(line.cells, wide, strict=True):
                given = [values[at + i] for i in range(width)]
                assert agree(cell, given), (exhibit.name, line.heading, cell, given)
                at += width
            assert at == len(figures)


def figures_of(header):
    """The columns of a download that the page shows too: the first heads the rows, whatever it is."""
    return [name for name in header if name == header[0] or name not in OF]


def spread(exhibit, header):
    """How many columns of the download each column of the page has: ranges have two, figures with ranges three."""
    left = figures_of(header)[1:]
    widths = []
    for name in exhibit.columns[1:]:
        width = 2 if name in RANGES else 3 if exhibit.name == "outcomes" else 1
        own = [one.removesuffix("_lower").removesuffix("_upper") for one in left[:width]]
        assert len(set(own)) == 1, f"{left[:width]} are of one column"
        widths.append(width)
        left = left[width:]
    assert not left
    return widths


def column(exhibit, name):
    """What the table shows in one column: figure, or the reason for its absence."""
    at = exhibit.columns.index(name) - 1
    return [line.cells[at].text or line.cells[at].why for line in exhibit.table]


def beside(exhibit, name):
    """What the table shows in the column after one: its range."""
    at = exhibit.columns.index(name)
    return [line.cells[at].text for line in exhibit.table]


def dots(picture):
    """Label, value and range of each row of a dot plot that has a value."""
    one_line = ("seg",)
    values = words(picture, "row-value", but=one_line)
    return list(zip(values, subs(picture, "row-value", but=one_line), strict=True))


def test_the_chart_of_groups_says_what_its_table_says(path, exhibits):
    exhibit = exhibits(path)["groups"]
    (times,) = {name for name in exhibit.columns if name.startswith("Times ")}
    ratios, ranges = column(exhibit, times), beside(exhibit, times)
    if not exhibit.pictures:
        assert set(ratios) == {"not compared"}
        return
    compared = [pair for pair in zip(ratios, ranges, strict=True) if FIGURE.fullmatch(pair[0])]
    reference = [("1.0", "reference")] if "compared with" in ratios else []
    counts = [count for count in column(exhibit, exhibit.columns[1]) if FIGURE.fullmatch(count)]
    for picture in (exhibit.pictures[0], exhibit.drawing()):
        assert dots(picture) == compared + reference
        said = text_of(picture)
        assert not [count for count in counts if not re.search(rf"(?<![\d,]){count} \w+", said)]
        assert {word for line in exhibit.table for word in line.heading.split()} <= set(re.findall(r"[^\W\d]+", said))


def test_the_words_of_the_chart_of_groups_say_what_its_table_says(path, exhibits):
    exhibit = exhibits(path)["groups"]
    if not exhibit.pictures:
        return
    (times,) = {name for name in exhibit.columns if name.startswith("Times ")}
    described = text_of(tags(exhibit.pictures[0], "desc")[0])
    for line, ratio, interval in zip(exhibit.table, column(exhibit, times), beside(exhibit, times), strict=True):
        if FIGURE.fullmatch(ratio):
            assert f"{line.heading} {ratio} times, likely range {interval}" in described


def test_the_trend_says_what_its_table_says(path, exhibits):
    exhibit = exhibits(path).get("trend")
    if exhibit is None:
        return
    (times,) = {name for name in exhibit.columns if name.startswith("Times ")}
    shown = [ratio for ratio in column(exhibit, times) if FIGURE.fullmatch(ratio)]
    other = "England and Wales, times"
    nation = column(exhibit, other) if other in exhibit.columns else []
    for picture in (exhibit.pictures[0], exhibit.drawing()):
        assert words(picture, "row-num") == shown
        assert words(picture, "sub") == nation
        assert {line.heading for line in exhibit.table} <= set(words(picture, "tick"))


def test_the_bounds_say_what_their_table_says(path, exhibits):
    exhibit = exhibits(path).get("not-recorded")
    if exhibit is None or len(exhibit.pictures) < 2:
        return
    (lead,) = [line for line in exhibit.table if line.lead]
    assert [value for value, _ in dots(exhibit.pictures[1])] == [cell.text for cell in lead.cells[:3]]


def test_the_bar_of_records_adds_up_to_what_its_message_says(exhibits):
    exhibit = exhibits(PATHS["West Mercia"])["not-recorded"]
    said = f"{text_of(exhibit.section)}"
    found = re.findall(r"(White|Asian|Black|Mixed|Other) ([\d]+)", said.replace(",", ""))
    counts = {name: int(count) for name, count in found}
    unknown = int(re.search(r"Not recorded ([\d,]+)", said)[1].replace(",", ""))
    assert sum(counts.values()) + unknown == 3270
    assert "All 3,270 searches" in said
    assert f"{Decimal(unknown * 100) / 3270:.1f}% of searches" in said


def test_every_area_of_the_map_says_what_its_table_says(path, exhibits):
    exhibit = exhibits(path).get("areas")
    if exhibit is None:
        return
    (times,) = {name for name in exhibit.columns if name.startswith("Times ")}
    table = dict(zip((line.heading for line in exhibit.table), column(exhibit, times), strict=True))
    for picture in (exhibit.pictures[0], exhibit.drawing()):
        drawn = {}
        for tile in [one for one in picture.iter() if one.tag in {HTML + "a", SVG + "a", SVG + "g", HTML + "g"}]:
            titles = [one for one in tile if one.tag.endswith("title")]
            if titles and named(tile, "t-n"):
                drawn[text_of(titles[0]).split(":")[0]] = text_of(named(tile, "t-n")[0])
        assert set(drawn) <= set(table)
        assert len(drawn) == 43
        for name, shown in drawn.items():
            assert shown.removesuffix("*") == table[name] or (shown == "n/a" and not table[name][0].isdigit())


def test_the_ranks_say_what_their_table_says(path, exhibits):
    exhibit = exhibits(path).get("ranks")
    if exhibit is None:
        return
    expected = [f"{line.cells[0].text} to {line.cells[1].text}" for line in exhibit.table if line.cells[0].text]
    for picture in (exhibit.pictures[0], exhibit.drawing()):
        assert words(picture, "row-place") == expected
        assert words(picture, "row-name")[: len(exhibit.table)] == [line.heading for line in exhibit.table]


def test_the_funnel_names_no_area_that_its_table_does_not_put_outside(path, exhibits):
    exhibit = exhibits(path).get("funnel")
    if exhibit is None:
        return
    where = {line.heading: line.cells[-1].text for line in exhibit.table}
    (lead,) = [line for line in exhibit.table if line.lead] or [None]
    for picture in (exhibit.pictures[0], exhibit.drawing()):
        named_ = {one for one in words(picture, "dot-name", but=("is-lead", "halo")) if one}
        assert named_
        assert all("outer" in where[one] or "widened" in where[one] for one in named_)
        assert words(picture, "is-lead", but=("seg",)) == ([lead.heading] if lead else [])
        assert subs(picture, "is-lead", but=("seg",)) == ([lead.cells[0].text] if lead else [])


def test_crude_and_adjusted_say_what_their_table_says(path, exhibits):
    exhibit = exhibits(path).get("adjusted")
    if exhibit is None:
        return
    (lead,) = [line for line in exhibit.table if line.lead]
    shown = [cell.text for cell in lead.cells]
    for picture in (exhibit.pictures[0], exhibit.drawing()):
        assert dots(picture) == list(zip(shown[::2], shown[1::2], strict=True))
    message = text_of(tags(exhibit.section, "h2")[0])
    assert shown[0] in message


def test_every_drawing_stands_alone_with_heading_subtitle_source_and_the_same_words(path, exhibits):
    for exhibit in all_of(exhibits, path):
        if not exhibit.pictures:
            continue
        drawing, page = exhibit.drawing(), exhibit.pictures[0]
        assert drawing.get("viewBox")
        assert drawing.find(f"{SVG}title") is not None
        said = text_of(drawing)
        squeezed = "".join(said.split())
        (head,) = named(exhibit.section, "exhibit__head")
        assert "".join(text_of(head).split()) in squeezed
        assert "Home" in said
        assert "Office" in said
        numbers = r"[\d.,]+(?: to [\d.,]+)?"
        kinds = ("row-value", "row-num", "row-place", "t-n")
        on_page = Counter(one for one in words(page, *kinds, but=("seg",)) if re.fullmatch(numbers, one))
        in_file = Counter(one for one in words(drawing, *kinds, but=("seg",)) if re.fullmatch(numbers, one))
        assert on_page == in_file, exhibit.name


def test_rounding_is_half_up_and_the_test_of_it_can_fail():
    assert rounded("2.25", "2.3")
    assert rounded("0.165", "16.5%")
    assert not rounded("2.25", "2.2")
    assert not rounded("2.35", "2.3")
    assert rounded("-0.35", "−0.4")
    assert agree(SimpleNamespace(text="2.3 to 2.9", why=""), ["2.25", "2.94"])
    assert not agree(SimpleNamespace(text="2.3", why=""), ["[not compared]"])
    assert not agree(SimpleNamespace(text="", why="not compared"), ["2.3"])


@pytest.mark.long
def test_in_every_place_and_year_chart_table_and_download_say_the_same(anywhere, exhibits):
    test_every_cell_of_every_table_is_its_download_rounded_half_up(anywhere, exhibits)
    test_the_chart_of_groups_says_what_its_table_says(anywhere, exhibits)
    test_the_trend_says_what_its_table_says(anywhere, exhibits)
    test_the_bounds_say_what_their_table_says(anywhere, exhibits)
