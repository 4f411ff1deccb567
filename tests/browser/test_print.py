"""On paper a page is whole: its message, figures, doubts, sources and address, and nothing that paper cannot do."""

import base64
import re
import subprocess

import pytest

pytestmark = pytest.mark.browser

PLACES = {
    "clear": "/evidence/stop-and-search/E23000016/",
    "small base": "/evidence/stop-and-search/W15000001/",
    "not compared": "/evidence/stop-and-search/E23000034/",
    "an earlier year": "/evidence/stop-and-search/W15000004/?period=2020/21",
    "an earlier release": "/evidence/stop-and-search/E23000016/"
    "?period=2024/25&groups=5&reference=White&release={earlier}",
}
SCREEN_ONLY = (
    *("Skip to the content", "How it is worked out", "Show figures", "Year to March 2020/21", "Lead with"),
    *("Table (CSV)", "Chart (SVG)", "Link to this release", "Measures as JSON"),
)

# Counts the colours of a picture, on a page of its own, since our pages run no script.
COLOURS = """async picture => {
    const bytes = Uint8Array.from(atob(picture), one => one.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), on = canvas.getContext('2d');
    on.drawImage(bitmap, 0, 0);
    const dots = new Uint32Array(on.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer), seen = new Map();
    for (const dot of dots) seen.set(dot, (seen.get(dot) ?? 0) + 1);
    return [seen.size, 1 - Math.max(...seen.values()) / dots.length];
}"""


# What somebody takes along: all that they need to get there or to ring, and nothing to press.
TAKEN_ALONG = {
    "help that was found": (
        "/find/?near=B21+9QY&need=mentoring",
        ("Gateway Mentoring", "0121 496 0112", "About 3 miles away", "Next check by", "ring before you travel"),
    ),
    "a service": ("/services/gateway-mentoring/", ("Gateway Mentoring", "0121 496 0112", "Next check by")),
    "a shortlist": (
        "/directory/shortlist/?s=gateway-mentoring.court-friends",
        ("Gateway Mentoring", "Court Friends", "0121 496 0112", "Ring first"),
    ),
    "an organisation": ("/organisations/gateway-mentors/", ("Gateway Mentors", "0121 496 0112", "Gateway Mentoring")),
}


@pytest.mark.parametrize(("path", "words"), TAKEN_ALONG.values(), ids=TAKEN_ALONG)
def test_what_is_taken_along_fits_a_sheet_or_two_and_says_all_that_is_needed(path, words, opened, read_pdf):
    with opened(path) as page:
        sheets = read_pdf(page.pdf(prefer_css_page_size=True))
    text = squeezed("".join(sheets))
    assert len(sheets) <= 2
    assert [said for said in words if squeezed(said) not in text] == []
    for said in ("Skip to the content", "Update the list", "Narrow the list", "Change the search", "Sign in"):
        assert squeezed(said) not in text


@pytest.fixture
def read_pdf(pdftotext, tmp_path):
    """The text of a file as printed, by sheet."""

    def read(written):
        file = tmp_path / "page.pdf"
        file.write_bytes(written)
        text = subprocess.run([pdftotext, "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        return text.rstrip("\f").split("\f")

    return read


@pytest.fixture
def paper(opened, pdftotext, tmp_path):
    """The text of a page as printed, by sheet, and the size of a sheet in points."""

    def printed(path):
        file = tmp_path / "page.pdf"
        with opened(path) as page:
            heading = " ".join(page.locator("h1").inner_text().split())
            figures = page.locator(".big__n").all_inner_texts() + page.locator(".big__doubt").all_inner_texts()
            caveats = page.locator(".caveats strong").all_inner_texts()
            cited = page.locator(".cite").inner_text()
            file.write_bytes(page.pdf(prefer_css_page_size=True))
        text = subprocess.run([pdftotext, "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        about = subprocess.run(
            [pdftotext.replace("pdftotext", "pdfinfo"), file], capture_output=True, text=True, check=True
        ).stdout
        size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", about)
        sheets = text.rstrip("\f").split("\f")
        return heading, figures, caveats, cited, sheets, (float(size[1]), float(size[2]))

    return printed


def squeezed(text):
    """Letters and figures alone: columns and lines are laid out differently on paper."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=said, marks=[] if said == "clear" else pytest.mark.long) for said, path in PLACES.items()],
)
def test_a_place_prints_on_a_few_sheets_of_a4_with_everything_that_must_be_said(path, paper, site):
    heading, figures, caveats, cited, sheets, size = paper(path)
    text = squeezed("".join(sheets))
    assert size == pytest.approx((595.3, 841.9), abs=1)
    assert len(sheets) <= 8
    for said in (heading, *caveats, "Before you quote this", "The published tables that this was read from"):
        assert squeezed(said) in text
    for figure in figures:
        # A figure and its doubt stand in columns: word by word, since lines run across columns on paper.
        assert all(word in text for word in figure.split())
    for said in ("Counts:", "Out of:", "Range:", "Source:", "Home Office", "Office for National Statistics", "OGL"):
        assert squeezed(said) in text
    assert all(part in text for part in re.findall(r"release[=\s]\w+", cited) if " " not in part)
    for said in SCREEN_ONLY:
        assert squeezed(said) not in text
    assert not [number for number, sheet in enumerate(sheets, start=1) if len(sheet.split()) < 40]


def test_the_nation_prints_its_folded_tables_too(paper):
    *_rest, sheets, _size = paper("/evidence/stop-and-search/")
    text = squeezed("".join(sheets))
    for said in ("All 43 force areas in a table, by name", "Between which ranks each force area lies", "West Mercia"):
        assert squeezed(said) in text
    assert len(sheets) <= 16


@pytest.fixture
def colours(chromium):
    """How many colours a picture has, and what part of it is not its background."""
    page = chromium.new_page()
    yield lambda picture: page.evaluate(COLOURS, base64.b64encode(picture).decode())
    page.close()


MEDIA = {
    "paper": {"media": "print"},
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
    "reduced motion": {"reduced_motion": "reduce"},
    "more contrast": {"contrast": "more"},
}


@pytest.mark.long
@pytest.mark.parametrize(
    "path",
    [PLACES["clear"], "/evidence/counterfactual/", pytest.param("/evidence/stop-and-search/", marks=pytest.mark.long)],
)
def test_every_chart_can_be_seen_on_paper_in_forced_colours_and_without_motion(path, opened, colours):
    with opened(path, width=800) as page:
        for said, media in MEDIA.items():
            page.emulate_media(**{"media": "screen", "forced_colors": "none", "color_scheme": "light", **media})
            for chart in page.locator("svg.chart, svg.tiles").all():
                kinds, drawn = colours(chart.screenshot())
                assert kinds > 5, (said, chart.get_attribute("aria-labelledby"))
                assert drawn > 0.01, (said, chart.get_attribute("aria-labelledby"))


def test_nothing_moves(opened):
    with opened("/evidence/stop-and-search/") as page:
        moving = """() => [...document.querySelectorAll('*')].filter(one => {
            const style = getComputedStyle(one);
            return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
        }).length + document.getAnimations().length"""
        assert page.evaluate(moving) == 0


def test_a_chart_keeps_its_meaning_without_colour(opened):
    """The lead is larger and bold, the reference is a ring, the unknown is hatched: none is told by colour alone."""
    with opened("/evidence/stop-and-search/E23000016/") as page:
        sizes = "all => all.map(one => parseFloat(one.getAttribute('r')))"
        (lead,) = page.locator("#groups .chart .dot--lead").evaluate_all(sizes)
        others = page.locator("#groups .chart .dot:not(.dot--lead)").evaluate_all(sizes)
        assert lead > max(others)
        assert page.locator("#groups .chart .ref").count() == 1
        assert page.locator("#not-recorded .hatch-edge").count() == 1


def test_the_counterfactuals_print_with_both_questions_every_table_and_what_must_be_said(paper):
    heading, figures, caveats, _cited, sheets, _size = paper("/evidence/counterfactual/")
    text = squeezed("".join(sheets))
    assert len(sheets) <= 16
    for said in (heading, *figures, *caveats, "Fixed-total swap, group by group", "Equal rate, group by group"):
        assert all(squeezed(word) in text for word in said.split())
    for said in ("+6,639 to +7,012", "One stage at a time, group by group", "our inference from the arithmetic"):
        assert squeezed(said) in text


def test_a_blank_picture_would_be_seen(chromium, colours):
    page = chromium.new_page()
    assert colours(page.screenshot()) == [1, 0]
    page.close()
