"""No page, in no state, light or dark, has a fault that axe can find; and the colours hold where axe cannot look."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from evenhand.library.places import places

pytestmark = pytest.mark.browser
LONG, NATION = pytest.mark.long, "/evidence/stop-and-search/"

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEXT = [
    ("ink", "paper"), ("ink", "paper-sunk"), ("ink", "field"), ("ink-soft", "paper"), ("ink-soft", "paper-sunk"),
    ("accent", "paper"), ("accent", "paper-sunk"), ("accent", "accent-tint"), ("accent-deep", "paper"),
    ("on-accent", "accent"), ("on-accent", "accent-deep"), ("good", "paper"), ("care", "paper"), ("bad", "paper"),
    ("ink", "accent-tint"), ("ink", "care-tint"), ("ink", "good-tint"), ("ink", "bad-tint"),
    ("on-step-light", "step-1"), ("on-step-light", "step-2"), ("on-step-light", "step-3"),
    ("on-step-dark", "step-4"), ("on-step-dark", "step-5"),
]  # fmt: skip
MARKS = [("mark", "paper"), ("accent", "paper"), ("rule-firm", "paper"), ("rule-firm", "field"), ("ink", "mark-bar")]


def violations(page, rules=STANDARD):
    """What axe finds against a page, as lines to read."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def in_both_modes(page):
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, ["cat.color"])


@pytest.mark.crawl(5)
def test_axe_finds_nothing_on_any_page_in_any_state(page_at, opened):
    with opened(page_at) as page:
        assert page.answer.status == 200
        assert not in_both_modes(page)


@pytest.mark.crawl(2)
def test_axe_finds_nothing_on_any_refusal(refusal, opened):
    path, status = refusal
    with opened(path) as page:
        assert page.answer.status == status
        assert not in_both_modes(page)


@pytest.mark.parametrize(
    "path", ["/evidence/arrests/?groups=19", pytest.param("/evidence/stop-and-search/", marks=LONG)]
)
def test_axe_finds_nothing_when_everything_that_can_open_is_open(path, opened):
    with opened(path, width=320) as page:
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert not in_both_modes(page)


@pytest.mark.long
def test_axe_finds_nothing_on_a_sample_of_places_and_years(sampled, opened):
    with opened(sampled) as page:
        assert not in_both_modes(page)


@pytest.mark.long
@pytest.mark.parametrize("code", [force.code for force in places("police-force") if force.has_residents])
def test_axe_finds_nothing_on_the_page_of_any_place(code, opened):
    with opened(f"/evidence/stop-and-search/{code}/", width=360) as page:
        assert not in_both_modes(page)


def test_axe_would_find_a_fault(opened):
    with opened("/") as page:
        page.evaluate("document.querySelector('h1').style.color = '#eee'")
        page.evaluate("document.querySelector('select').removeAttribute('id')")
        said = " ".join(violations(page))
        assert "color-contrast" in said
        assert "select-name" in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_that_carries_words_or_marks_has_contrast_enough(scheme, opened):
    """Words on gradients and in charts are beyond axe, so the colours themselves are held to the ratios."""
    with opened("/", color_scheme=scheme) as page:
        names = sorted({name for pair in TEXT + MARKS for name in pair})
        colours = page.evaluate(
            """names => Object.fromEntries(names.map(name => {
                const probe = document.body.appendChild(document.createElement('i'));
                probe.style.color = `var(--${name})`;
                const colour = getComputedStyle(probe).color;
                probe.remove();
                return [name, colour];
            }))""",
            names,
        )
    found = {pair: contrast(*(colours[name] for name in pair)) for pair in TEXT + MARKS}
    assert not {pair: ratio for pair, ratio in found.items() if ratio < (4.5 if pair in TEXT else 3)}
    assert found["ink", "paper"] >= 7


def contrast(one, other):
    """The ratio of WCAG 2 between two colours written as rgb(…)."""
    low, high = sorted(luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
