"""The record of recommendations: two people of the staff take one from the report to a published assessment."""

from contextlib import contextmanager

import pytest

from evenhand.domains.evidence.tests.make import store_at

pytestmark = [pytest.mark.browser, pytest.mark.long]

PEOPLE = "from evenhand.core.accounts.demonstration import load; load()"


@pytest.fixture
def desk(tmp_path, gathered_styles, migrated_database, serving_of_its_own):
    """A site with a sign-in for each role, and the reviews that ship."""
    store = store_at(tmp_path / "evidence")
    made = (("load_reviews",), ("shell", "-c", PEOPLE))
    with serving_of_its_own(tmp_path, store.folder, migrated_database, made, DEMONSTRATION="true") as served:
        yield served.address


@pytest.fixture
def as_(chromium, desk, sign_in):
    """A window in which somebody signed in, of which every error is looked at."""

    @contextmanager
    def open_(who, path):
        window = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=desk)
        page, said = window.new_page(), []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        try:
            sign_in(page, who, "/staff/progress/")
            page.goto(path)
            yield page
            assert not said
        finally:
            window.close()

    return open_


def steps(page, *named):
    """Take steps one after another, each with what it asks filled in."""
    for label, given in named:
        form = page.locator("form.staff-form").filter(has=page.get_by_role("button", name=label, exact=True))
        for field, value in given.items():
            form.locator(f"[name={field}]").fill(value)
        form.get_by_role("button", name=label, exact=True).click()
        page.get_by_text(f"Done: {label}").wait_for()


def test_two_people_take_a_recommendation_from_the_report_to_a_published_assessment(as_, chromium, desk):
    with as_("coordinator", "/staff/progress/review") as first:
        first.locator("#id_title").fill("A made-up review")
        first.locator("#id_short").fill("Made up")
        first.locator("#id_slug").fill("made-up-2026")
        first.get_by_role("button", name="Add it").click()
        first.locator("#id_slug").fill("1")
        first.locator("#id_number").fill("1")
        first.locator("#id_summary").fill("Count everybody in the same way.")
        first.locator("#id_addressed_to").fill("All agencies")
        first.locator("#id_url").fill("https://example.org/report")
        first.get_by_role("button", name="Capture it").click()
        first.get_by_text("Somebody else has to verify it").wait_for()
        assert first.get_by_role("button", name="Verify against the source").count() == 0
        here = first.url
    with as_("secretariat", "/staff/progress/reviews/made-up-2026/") as second:
        steps(second, ("Publish", {}))
        second.goto(here)
        steps(second, ("Verify against the source", {"seen": "the report itself"}), ("Publish", {}))
        second.get_by_role("link", name="Assess it").click()
        second.locator("#id_position").select_option(label="Under way")
        second.locator("#id_rationale").fill("We read the plan, and half of it is done.")
        second.locator("#id_url").fill("https://example.org/plan")
        second.get_by_role("button", name="Draft it").click()
        second.get_by_text("Somebody else has to review it").wait_for()
        assert second.get_by_role("button", name="I have reviewed it").count() == 0
        there = second.url
    with as_("coordinator", there) as first:
        steps(
            first,
            ("I have reviewed it", {}),
            ("Send to the body", {}),
            ("Record the reply", {"reply": "We do more than that."}),
            ("Publish", {}),
        )
    window = chromium.new_context(base_url=desk, java_script_enabled=False, viewport={"width": 360, "height": 800})
    try:
        page = window.new_page()
        page.goto("/progress/made-up-2026/1/")
        said = page.locator("main").inner_text()
        assert "Where it stands: Under way" in said
        assert "We do more than that." in said
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        window.close()
