"""Everything can be reached, seen and used with a keyboard alone, in the order in which it is read."""

import pytest

pytestmark = pytest.mark.browser

LONG = pytest.mark.long
PLACE, NATION = "/evidence/stop-and-search/E23000016/", "/evidence/stop-and-search/"
REACHABLE = "a[href]:not([tabindex='-1']), button, select, input:not([type=hidden]), summary, [tabindex='0']"

# What a keyboard must reach: in order of the page, leaving out what a closed box hides.
ALL = f"""() => [...document.querySelectorAll("{REACHABLE}")].filter(one => one.checkVisibility())
    .map((one, i) => (one.dataset.order = i, one.textContent.trim().slice(0, 40)))"""

# Where the focus is, whether it is drawn, and whether anything lies over it.
HERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
    const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 1), innerHeight - 2);
    const above = document.elementFromPoint(x, y);
    return {
        order: Number(one.dataset.order ?? -1), said: one.textContent.trim().slice(0, 40),
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth), colour: style.outlineColor,
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
        covered: !(above && (one.contains(above) || above.contains(one))),
    };
}"""


def walk(page, key="Tab", most=400):
    """Every stop of the focus until it leaves the page."""
    stops = []
    for _ in range(most):
        page.keyboard.press(key)
        here = page.evaluate(HERE)
        if here is None:
            return stops
        stops.append(here)
    pytest.fail(f"after {most} steps the focus is still on the page, at {stops[-1]['said']!r}")


@pytest.mark.crawl(2)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/evidence/", PLACE, pytest.param(NATION, marks=LONG), "/places/", "/groups/arab/", "/nothing-here/"),
        *(
            "/find/",
            "/find/?near=B21+9QY&need=mentoring",
            "/services/gateway-mentoring/",
            "/organisations/gateway-mentors/",
        ),
        *("/directory/shortlist/?s=gateway-mentoring.court-friends", "/directory/gaps/", "/progress/", "/support/"),
    ],
)
def test_tab_reaches_everything_in_order_shows_where_it_is_and_lets_go(path, width, opened):
    with opened(path, width=width) as page:
        reachable = page.evaluate(ALL)
        stops = walk(page)
        assert [stop["order"] for stop in stops] == list(range(len(reachable)))
        assert not [stop["said"] for stop in stops if stop["outline"] < 2 or "rgba(0, 0, 0, 0)" in stop["colour"]]
        assert not [stop["said"] for stop in stops if not stop["seen"] or stop["covered"]]


@pytest.mark.long
def test_the_keyboard_goes_backwards_too(opened):
    with opened(PLACE) as page:
        page.evaluate(ALL)
        forward = walk(page)
        backward = walk(page, "Shift+Tab")
        assert [stop["order"] for stop in backward[: len(forward)]] == [stop["order"] for stop in reversed(forward)]


def test_the_longest_page_is_no_trap_of_hundreds_of_stops(opened):
    with opened(NATION) as page:
        assert 100 < len(page.evaluate(ALL)) < 260


def test_the_first_stop_skips_to_the_content(opened):
    with opened(PLACE) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_wide_table_takes_focus_says_its_name_and_scrolls_with_the_arrows(opened):
    with opened(PLACE, width=320) as page:
        box = page.locator(".table-box").first
        box.focus()
        assert box.get_attribute("role") == "region"
        assert page.locator(f"#{box.get_attribute('aria-labelledby')}").inner_text() == "The same figures as a table"
        assert box.evaluate("one => one.scrollWidth > one.clientWidth")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert box.evaluate("one => one.scrollLeft") > 0


def test_a_folded_table_opens_with_enter_and_closes_again(opened):
    with opened("/evidence/stop-and-search/") as page:
        summary = page.locator("#areas summary")
        summary.focus()
        page.keyboard.press("Enter")
        assert page.locator("#areas details").get_attribute("open") is not None
        page.keyboard.press("Enter")
        assert page.locator("#areas details").get_attribute("open") is None


def test_a_place_is_chosen_without_a_mouse(opened):
    with opened("/") as page:
        page.locator("#place").focus()
        page.keyboard.type("West Mer")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "/E23000016/" in page.url


def test_an_area_of_the_map_is_a_link_with_a_name_and_a_figure(opened):
    with opened("/evidence/stop-and-search/") as page:
        tile = page.get_by_role("link", name="West Mercia: 8.0", exact=True)
        tile.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "/E23000016/" in page.url


def test_a_chart_is_one_picture_with_a_name_and_its_words_and_takes_no_stop(opened):
    with opened(PLACE) as page:
        name = "compared with White people. West Mercia, 2024/25. Black 8.0 times, likely range 6.8 to 9.4."
        picture = page.locator("#groups").get_by_role("img", name=name)
        assert picture.count() == 1
        assert picture.locator("[tabindex], a").count() == 0
