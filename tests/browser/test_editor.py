"""An editor's walk: an article with a live figure is written, previewed, scheduled, published by another, corrected."""

from contextlib import contextmanager, suppress
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError  # noqa: A004  (as it is called there)

from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, revised, store_at
from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

pytestmark = [pytest.mark.browser, pytest.mark.long]

PEOPLE = "from evenhand.core.accounts.demonstration import load; load()"
# The clock of the one process that publishes what is due, two days on.
LATER = (
    "import datetime as dt; from unittest.mock import patch; from django.utils import timezone; "
    "from evenhand.domains.publishing.tasks import publish_scheduled; "
    "then = timezone.now() + dt.timedelta(days=2); p = patch('django.utils.timezone.now', lambda: then); p.start(); "
    "publish_scheduled(then)"
)
ARTICLE = "/news/searches-in-west-mercia/"


@pytest.fixture
def editors(tmp_path, gathered_styles, migrated_database, serving_of_its_own):
    """A site with a sign-in for each role, whose figures are about to be revised."""
    store = store_at(tmp_path / "evidence")
    store.load(SEARCHES, revised(add=40_000), on=NEXT_DAY)
    made = (("load_pages",), ("shell", "-c", PEOPLE))
    with serving_of_its_own(tmp_path, store.folder, migrated_database, made, DEMONSTRATION="true") as served:
        yield SimpleNamespace(store=store, **vars(served))


@pytest.fixture
def as_(chromium, editors, sign_in):
    """A window in which somebody signed in, of which every message, request and policy is looked at."""

    @contextmanager
    def open_(who):
        window = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=editors.address)
        page, said = window.new_page(), []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        page.on("request", lambda asked: outside(asked.url, editors.address, said))
        page.on("response", lambda answer: loose(answer, said))
        try:
            sign_in(page, who, "/staff/")
            yield page
            assert not said
        finally:
            window.close()

    return open_


def outside(url, address, said):
    if not url.startswith((address, "data:", "blob:")):
        said.append(f"asked {url}")


def loose(answer, said):
    """A page that may run what stands in it, or what comes from elsewhere."""
    if "text/html" not in answer.headers.get("content-type", "") or answer.status in {301, 302}:
        return
    policy = answer.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "http" in policy:
        said.append(f"{answer.url}: {policy or 'no policy'}")


def visited(chromium, editors, path):
    """What a visitor sees at an address, and how it was answered."""
    window = chromium.new_context(base_url=editors.address, java_script_enabled=False)
    try:
        page = window.new_page()
        answer = page.goto(path)
        return answer.status, page.locator("main").inner_text()
    finally:
        window.close()


def write(page):
    """An article with a figure, and a word that the language check asks about."""
    page.get_by_role("link", name="Article", exact=True).click()
    page.locator("#id_title").fill("Searches in West Mercia")
    page.locator("#id_summary").fill("What the figures say of BAME people.")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Figure from the evidence").click()
    page.get_by_label("What is counted").select_option(label="Stop and search")
    page.get_by_label("Where").select_option(label="West Mercia")
    page.get_by_label("Which group").fill("Black")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Summary: “BAME”").wait_for()


def mend_and_preview(page):
    """The figure, as it will stand on the page."""
    page.locator("#id_summary").fill("What the figures say of searches in one area.")
    page.get_by_role("button", name="Toggle preview").click()
    seen = page.frame_locator("iframe[title='Preview']").first
    seen.get_by_text("What the figures say of searches in one area.").wait_for()
    return seen.locator(".big__n").inner_text()


def look_at_the_check_while_writing(page):
    """The language check follows what the editor saved by itself, and its reasons stand beside each place."""
    check = page.locator(".language-check")
    type_until(page, "What offenders told us of searches in one area.", check.get_by_text("Summary: “offenders”"))
    assert check.count() == 1
    assert "Instead:" in check.inner_text()
    calm = check.get_by_text("Nothing to look at again was found")
    type_until(page, "What the figures say of searches in one area.", calm)


def type_until(page, words, seen):
    """Type, until it shows: the editor begins to watch for changes some moments after the page stands there."""
    for spaces in range(12):
        page.locator("#id_summary").fill(words + " " * spaces)
        with suppress(TimeoutError):
            seen.wait_for(timeout=4_000)
            return
    seen.wait_for()


def schedule_for_tomorrow(page):
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    tomorrow = page.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 10) + ' 09:00'")
    page.get_by_label("Go live date/time").fill(tomorrow)
    page.get_by_role("button", name="Save schedule").press("Enter")  # a calendar may still lie over it
    page.get_by_text("Once scheduled:").wait_for()


def submit(page):
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Submit to a second person").click()
    page.get_by_text("has been submitted for moderation").wait_for()


def correct(page):
    page.get_by_role("tab", name="Address, dates and corrections").click()
    page.locator("[data-contentpath=corrections]").get_by_role("button", name="Insert a block").first.click()
    page.get_by_label("Corrected on").fill("2026-11-30")
    page.get_by_label("What was wrong, and what it says now").fill("The summary named the wrong area.")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("has been updated").wait_for()


def publish(page):
    page.get_by_role("link", name="Searches in West Mercia").first.click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Approve and Publish").click()
    page.get_by_text("has been updated").or_(page.get_by_text("has been published")).first.wait_for()


def test_an_article_is_written_previewed_scheduled_published_by_another_and_corrected(chromium, editors, as_):
    with as_("content-editor") as page:
        write(page)
        address = urlsplit(page.url).path
        figure = mend_and_preview(page)
        look_at_the_check_while_writing(page)
        schedule_for_tomorrow(page)
        submit(page)
        page.goto("/staff/")
        assert page.get_by_role("heading", name="Awaiting your review").count() == 0
        page.goto(address)
        page.get_by_role("button", name="More actions").last.click()
        assert page.get_by_role("button", name="Approve").count() == 0
    assert visited(chromium, editors, ARTICLE)[0] == 404
    with as_("administrator") as page:
        publish(page)
    assert visited(chromium, editors, ARTICLE)[0] == 404  # its day has not come

    editors.manage("shell", "-c", LATER)
    status, before = visited(chromium, editors, ARTICLE)
    assert status == 200
    assert figure in before
    assert "revised after" not in before
    assert "Searches in West Mercia" in visited(chromium, editors, "/news/")[1]

    editors.store.load(SEARCHES, shipped_content(loader(SEARCHES)), on=NEXT_DAY)
    after = visited(chromium, editors, ARTICLE)[1]
    assert figure in after
    assert "revised after it was quoted here" in after

    with as_("content-editor") as page:
        page.goto(address)
        correct(page)
        submit(page)
    with as_("administrator") as page:
        publish(page)
    assert "wrong area" not in visited(chromium, editors, ARTICLE)[1]  # by the site's own clock, its day is tomorrow
    editors.manage("shell", "-c", LATER)
    corrected = visited(chromium, editors, ARTICLE)[1]
    assert "Corrected on 30 November 2026" in corrected
    assert figure in corrected
    window = chromium.new_context(viewport={"width": 320, "height": 800}, base_url=editors.address)
    page = window.new_page()
    page.goto(ARTICLE)
    assert Axe().run(page).violations_count == 0
    window.close()
