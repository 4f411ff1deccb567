"""The staff's whole work on promises, from the first word to the public page, and these pages as everybody has them."""

import re
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.long]

# A sign-in for each role, and the promises of a demonstration.
MADE = (
    "from evenhand.core.accounts import demonstration as people; "
    "from evenhand.domains.reviews.actions import demonstration as promises; "
    "from evenhand.web.demonstration import _register; people.load(); promises.load(); _register()"
)
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILLED = (
    "/progress/commitments/",
    "/progress/commitments/?status=missed",
    "/progress/commitments/demo-data-on-applicants/",
    "/progress/commitments/demo-interview-panels/ask/",
    "/progress/explain-or-reform/",
    "/progress/explain-or-reform/demo-stop-and-search-black/",
    "/progress/evidence/",
    "/progress/overdue/",
    "/progress/bodies/demo-authority/",
    "/evidence/stop-and-search/",
)
COMMITMENT = {
    "In one line": "Count who applies",
    "Address": "count-who-applies",
    "What is promised": "We count who applies to us, and publish it.",
    "Who keeps it": "The head of programmes",
    "Who answers for it on the board": "The chair",
    "How anybody can tell": "A table on this site",
    "Where it began": "Not counted before",
    "What counts as kept": "The table is out by the day",
    "By when": "2030-01-31",
}


@pytest.fixture(scope="module")
def promised(tmp_path_factory, store, gathered_styles, migrated_database, serving_of_its_own):
    """The address of a site where something was promised."""
    folder, made = tmp_path_factory.mktemp("promised"), (("shell", "-c", MADE),)
    with serving_of_its_own(folder, store.folder, migrated_database, made, DEMONSTRATION="true") as served:
        yield served.address


@contextmanager
def window(chromium, address, *, width=1280, scripts=True):
    opened = chromium.new_context(
        viewport={"width": width, "height": 900}, base_url=address, java_script_enabled=scripts
    )
    try:
        yield opened.new_page()
    finally:
        opened.close()


def step(page, name, **fields):
    """Fill in the form of one step, and take it."""
    form = page.locator(f"form[action$='/{name}']")
    for label, said in fields.items():
        form.locator(f"[name={label}]").fill(said)
    with page.expect_navigation():
        form.get_by_role("button").click()
    page.get_by_text(re.compile("Done:")).first.wait_for()


HERE, PUBLIC = "/staff/commitments/count-who-applies/", "/progress/commitments/count-who-applies/"


def promise(one, other, reader):
    """A commitment is put forward, adopted, and told of as missed."""
    one.get_by_role("link", name="Commitments", exact=True).first.click()
    one.get_by_role("link", name="Put a commitment forward").click()
    for label, said in COMMITMENT.items():
        one.get_by_label(label, exact=True).fill(said)
    one.get_by_role("button", name="Put it forward").click()
    one.get_by_text("It waits for a second person").wait_for()
    assert reader.goto(PUBLIC).status == 404
    other.goto(HERE)
    step(other, "adopt", decided_on="2026-01-05")
    other.locator("[name=standing]").select_option("missed")
    step(other, "update", words="The table is not out.", learned="Ask first.")
    one.goto(HERE)
    step(one, "publish-update")
    reader.goto(PUBLIC)
    assert "The table is not out." in reader.locator("main").inner_text()


def question(one, other, reader):
    """Somebody asks; one clears it, another answers."""
    reader.get_by_role("link", name="Ask about this commitment").click()
    reader.get_by_label("Your question").fill("Did Jo forget it?")
    reader.get_by_role("button", name="Send the question").click()
    reader.get_by_text("Thank you.").wait_for()
    one.goto("/staff/commitments/")
    one.get_by_role("link", name=re.compile("Count who applies, ")).click()
    step(one, "show", words="Did somebody forget it?")
    other.goto(one.url)
    step(other, "answer", answer="Nobody was asked to do it.")


def evidence(one, other, reader):
    """Somebody sends evidence; one clears it, another uses it."""
    reader.goto(PUBLIC)
    reader.get_by_role("link", name="Send evidence about it").click()
    reader.get_by_label("What does it show?").fill("A table stands in the annual report.")
    reader.get_by_role("button", name="Send it").click()
    reader.get_by_text("Thank you.").wait_for()
    one.goto("/staff/evidence-inbox/")
    one.get_by_role("link", name="Count who applies", exact=True).click()
    step(one, "screen")
    other.goto(one.url)
    step(other, "accept", why="It shows a part of the table.")


def difference(one, other, reader):
    """What the figures bear is put forward, opened, and asked about."""
    one.goto("/staff/explain-or-reform/")
    one.get_by_role("button", name="Put it forward").first.click()
    one.get_by_text("A second person opens it.").wait_for()
    other.goto(one.url)
    other.get_by_label("Which body answers for it").select_option(label="An authority (demonstration)")
    step(other, "open")
    other.get_by_label("The body was asked").check()
    step(other, "turn", words="We asked what is known of it.", on="2026-01-05")
    one.reload()
    step(one, "publish-turn")
    one.get_by_role("link", name="Its page").click()
    reader.goto(one.url)
    said = reader.locator("main").inner_text()
    assert "We asked what is known of it." in said
    assert "Due by" in said


def test_staff_do_the_whole_work_of_promises_in_the_staff_home(chromium, promised, sign_in):
    with ExitStack() as stack:
        one = sign_in(stack.enter_context(window(chromium, promised)), "secretariat", "/staff/")
        other = sign_in(stack.enter_context(window(chromium, promised)), "administrator", "/staff/")
        reader = stack.enter_context(window(chromium, promised, scripts=False))
        for work in (promise, question, evidence, difference):
            work(one, other, reader)
        reader.goto(PUBLIC)
        said = reader.locator("main").inner_text()
        for words in ("Did somebody forget it?", "Nobody was asked to do it.", "A table stands in the annual report."):
            assert words in said
        assert "Jo" not in said


def test_filled_pages_have_no_fault_that_axe_finds_and_nothing_is_lost_on_a_small_screen(chromium, promised):
    for width in (320, 1280):
        with window(chromium, promised, width=width) as page:
            for path in FILLED:
                assert page.goto(path).status == 200, path
                found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response["violations"]
                assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found], path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                page.emulate_media(media="print")
                assert page.locator("h1").is_visible(), path
                assert not page.locator(".skip").is_visible(), path
                page.emulate_media(media="screen")
