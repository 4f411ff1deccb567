"""Nothing is lost on a small screen, with wide spacing or large text: no sideways scroll, no word cut or crowded."""

import pytest

pytestmark = pytest.mark.browser

# What a reader may set by WCAG 1.4.12 without losing anything.
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
SPACING += " p { margin-block-end: 2em !important }"

# Words that stand outside the window, or outside a box that hides what does not fit. Tables may scroll in their box,
# and so may charts where a reader has changed the letters.
LOST = """scrolling => {
    const found = [], wide = document.documentElement.clientWidth, full = document.documentElement.scrollWidth;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(scrolling) || !parent.checkVisibility())
            continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            if (!box.width) continue;
            if (box.right > wide + 1 || box.left < -1) found.push(`${node.data.trim()} to ${Math.round(box.right)}`);
            for (let out = parent; out !== document.body && out; out = out.parentElement) {
                const style = getComputedStyle(out), edge = out.getBoundingClientRect();
                if (style.overflowX !== 'visible' && !(out instanceof SVGElement) && box.right > edge.right + 1)
                    found.push(`${node.data.trim()} is cut by ${out.className}`);
            }
        }
    }
    if (full > innerWidth) found.push(`the page scrolls to ${full}`);
    return [...new Set(found)];
}"""

HIDDEN = ".skip, title, desc, option, .table-box"
ROLLING = HIDDEN + ", .figure"

# Pairs of words in one chart of which one lies over the other by more than the air around letters.
CROWDED = """() => {
    const found = [];
    for (const chart of document.querySelectorAll('svg.chart, svg.tiles')) {
        const words = [];
        for (const text of chart.querySelectorAll('text')) {
            if (getComputedStyle(text).display === 'none' || !text.textContent.trim()) continue;
            const parts = [...text.childNodes].filter(one => one.textContent.trim());
            const lines = parts.map(one => {
                const range = document.createRange();
                range.selectNodeContents(one);
                return {box: range.getBoundingClientRect(), said: one.textContent.trim(), text};
            });
            words.push(...lines);
        }
        words.forEach((one, i) => words.slice(i + 1).forEach(other => {
            if (one.text === other.text) return;
            const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            if (across > 1 && down > 6) found.push(`${one.said} / ${other.said}`);
        }));
    }
    return found;
}"""

# Things to press that are smaller than 24 px, other than links within a sentence.
SMALL = """() => [...document.querySelectorAll('a, button, select, input:not([type=hidden]), summary')].filter(one => {
    if (!one.checkVisibility() || one.matches('.skip')) return false;
    const box = one.getBoundingClientRect(), around = one.parentElement.cloneNode(true);
    around.querySelectorAll('a').forEach(link => link.remove());
    const sentence = one.matches('p a, li a, dd a') && /\\p{L}{2}/u.test(around.textContent);
    return Math.min(box.width, box.height) < 24 && !sentence;
}).map(one => `${one.textContent.trim() || one.name}: ${Math.round(one.getBoundingClientRect().height)}`)"""


@pytest.mark.crawl(6)
def test_nothing_is_lost_or_crowded_on_the_smallest_screen(page_at, opened):
    with opened(page_at, width=320, bypass_csp=True) as page:
        assert not page.evaluate(LOST, HIDDEN)
        assert not page.evaluate(CROWDED)
        assert not page.evaluate(SMALL)
        page.add_style_tag(content=SPACING)
        assert not page.evaluate(LOST, ROLLING)


@pytest.mark.crawl(6)
def test_nothing_is_lost_or_crowded_on_a_desk(page_at, opened):
    with opened(page_at, width=1280, bypass_csp=True) as page:
        assert not page.evaluate(LOST, HIDDEN)
        assert not page.evaluate(CROWDED)
        assert not page.evaluate(SMALL)
        page.add_style_tag(content=SPACING)
        assert not page.evaluate(LOST, ROLLING)


@pytest.mark.crawl(3)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/", "/evidence/", "/evidence/stop-and-search/E23000016/", "/evidence/method/", "/places/E23000016/",
        "/groups/black/", "/stages/arrest/",
    ],
)  # fmt: skip
def test_nothing_is_lost_with_letters_twice_as_large(path, width, opened):
    with opened(path, width=width, text=2) as page:
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert not page.evaluate(LOST, ROLLING)


def test_no_refusal_loses_a_word_on_the_smallest_screen(refusal, opened):
    with opened(refusal[0], width=320, bypass_csp=True) as page:
        assert not page.evaluate(LOST, HIDDEN)
        assert not page.evaluate(SMALL)
        page.add_style_tag(content=SPACING)
        assert not page.evaluate(LOST, HIDDEN)


def test_the_eye_of_these_tests_sees_what_is_lost_crowded_or_small(opened):
    with opened("/evidence/stop-and-search/E23000016/", width=320, bypass_csp=True) as page:
        page.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
        assert page.evaluate(LOST, HIDDEN)
        page.evaluate("for (const one of document.querySelectorAll('.row-label')) one.style.fontSize = '40px'")
        assert page.evaluate(CROWDED)
        page.evaluate(
            "document.querySelector('main .button').style.cssText = 'min-block-size: 0; padding: 0; height: 20px'"
        )
        assert page.evaluate(SMALL)
