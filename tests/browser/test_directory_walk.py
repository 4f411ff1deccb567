"""The directory in a real browser: who looks for help, who keeps an entry true, and who looks after all of them."""

import re
import sqlite3
from contextlib import closing, contextmanager
from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.browser

# A sign-in for each role, a small directory, and one entry of a register that nobody has claimed.
SEED = """
from evenhand.core.accounts import demonstration
from evenhand.core.organisations.tests.make import entry
from evenhand.domains.directory.tests import listed
demonstration.load(), listed.load()
entry(number="9100001", name="BRIDGE OF EXAMPLES", email="office@bridge.example", phone="0121 496 0199")
"""
INDEX = """
from django.utils import timezone
from evenhand.domains.directory.actions.indexing import refresh
refresh(today=timezone.localdate())
"""
# As after 80 days, when the clock asks whether a listing is still right.
LATER = """
import datetime as dt
from django.utils import timezone
from evenhand.domains.directory.actions.checks import ask_who_is_due
from evenhand.domains.directory.models import Service
Service.objects.filter(slug="bridge-mentoring").update(assured_on=timezone.localdate() - dt.timedelta(days=80))
ask_who_is_due(timezone.now())
"""


@pytest.fixture(scope="module")
def served(serving_of_its_own, tmp_path_factory, store, migrated_database, gathered_styles):
    """A site of its own, which also says what was written to whom."""
    folder, made = tmp_path_factory.mktemp("directory"), (("load_pages",), ("shell", "-c", SEED))
    with serving_of_its_own(folder, store.folder, migrated_database, made, DEMONSTRATION="true") as site:

        def letters(to):
            with closing(sqlite3.connect(folder / "evenhand.sqlite3")) as tables:
                asked = "SELECT text FROM notices_notice WHERE `to` = ? ORDER BY written_at DESC"
                return [text for (text,) in tables.execute(asked, (to,))]

        yield SimpleNamespace(**vars(site), letters=letters)


@pytest.fixture
def reading(chromium):
    """A small window without scripts in which nobody is signed in."""

    @contextmanager
    def open_(address, width=360):
        window = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=False
        )
        try:
            yield window.new_page()
        finally:
            window.close()

    return open_


def heading(page):
    return " ".join(page.locator("h1").inner_text().split())


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def look(page, **typed):
    """Type into the form of the finder, wherever it stands, and send it."""
    closed = page.locator("#finder details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    for name, value in typed.items():
        field = page.locator(f"#finder [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    page.locator("#finder").get_by_role("button", name="Find help").click()


def found(page):
    return [name.removesuffix(" (demonstration)") for name in page.locator(".results h3").all_inner_texts()]


def test_help_is_found_listed_and_printed_in_a_few_steps_without_scripts_or_an_account(reading, site):
    with reading(site) as page:
        page.goto("/find/")
        look(page, near="B21 9QY", need="Mentoring", who="Black")
        assert heading(page) == "Help near B21 for Black people"
        assert found(page)[0] == "Gateway Mentoring"
        assert "Next check by" in page.locator(".card").first.inner_text()
        page.get_by_role("link", name="Gateway Mentoring").click()
        assert page.get_by_role("link", name="0121 496 0112").first.get_attribute("href") == "tel:01214960112"
        press(page, "Put it on my list")
        assert heading(page) == "Your list"
        page.emulate_media(media="print")
        said = page.locator("main").inner_text()
        assert "0121 496 0112" in said
        assert "/directory/shortlist/?s=gateway-mentoring" in said
        assert not page.get_by_role("button", name="Forget this list").is_visible()
        page.emulate_media(media="screen")
        press(page, "Forget this list")
        assert "Nothing is on it yet." in page.locator("main").inner_text()
        assert "shortlist" not in {one["name"] for one in page.context.cookies()}


@pytest.mark.long
def test_somebody_leaving_prison_finds_help_however_they_type_it_and_says_what_is_wrong(reading, served, as_role):
    with reading(served.address) as page:
        page.goto("/find/")
        look(page, q="somewhere to live", near="Birmingam prison")
        assert heading(page) == "Help near Birmingham (HMP)"
        assert found(page) == ["Safe House"]
        look(page, q="", near="Birmingham", need="Mentoring")
        assert set(found(page)) == {"Gateway Mentoring", "Court Friends"}
        look(page, near="", q="birmingham crown court", need="Anything")
        assert found(page)[0] == "Court Friends"
        look(page, q="", near="Newcastel upon Time", need="Mentoring")
        assert heading(page) == "We do not know that place"
        assert not found(page)
        page.get_by_role("main").get_by_role("link", name="Newcastle upon Tyne").click()
        assert "the nearest first" in page.locator("main").inner_text()
        assert "Gateway Mentoring" in found(page)
        look(page, near="", need="Restorative justice")
        assert not found(page)
        assert page.get_by_role("link", name="See where the gaps are").count() == 1
        assert "ring 999" in page.locator("main").inner_text()
        page.goto("/services/safe-house/")
        assert "The address is confidential." in page.locator("main").inner_text()
        assert page.get_by_role("link", name="Leave this site").first.is_visible()
        page.goto("/services/evening-football/")
        assert "closed" in page.locator("main").inner_text()
        page.goto("/services/court-friends/")
        page.get_by_role("link", name="Tell us what is wrong").click()
        press(page, "Send it")
        assert "There is a problem" in page.locator("main").inner_text()
        page.locator("input[name=kind][value=contact]").check()
        page.locator("textarea").fill("The number rings and rings.")
        page.locator("input[type=email]").fill("reader@example.org")
        press(page, "Send it")
        assert heading(page) == "Thank you"
    desk = as_role("directory-editor")
    desk.goto("/staff/directory/")
    row = desk.locator("tr", has_text="The number rings and rings.")
    row.locator("textarea").fill("We rang another number, and it is right now.")
    row.get_by_role("button", name="Put right").click()
    desk.get_by_text("The report is settled.").wait_for()
    assert "We rang another number" in served.letters("reader@example.org")[0]


def claim(keeper, served, reading):
    """By the number of the charity, and the link that goes to its own address."""
    keeper.goto("/account/organisations/")
    keeper.get_by_role("link", name="Look after an organisation").first.click()
    keeper.get_by_label("Yes, it is a charity of England and Wales").check()
    keeper.get_by_label("Its number").fill("9999999")
    press(keeper, "Go on")
    assert "There is a problem" in keeper.locator("main").inner_text()
    keeper.get_by_label("Its number").fill("9100001")
    press(keeper, "Go on")
    assert heading(keeper) == "Bridge of Examples"
    press(keeper, "Send the link")
    link = re.search(r"http://\S+/prove/\S+", served.letters("office@bridge.example")[0])[0]
    with reading(served.address) as stranger:
        stranger.goto(link)
        assert not stranger.get_by_role("button", name="Yes, I speak for it").count()
    keeper.goto(link)
    press(keeper, "Yes, I speak for it")
    assert heading(keeper) == "Bridge of Examples"


def write_a_listing(keeper):
    """With a slip in it, which is told of and loses nothing."""
    keeper.get_by_role("main").get_by_role("link", name="Your services in the directory").click()
    keeper.get_by_role("link", name="Add a service of Bridge of Examples").click()
    keeper.get_by_label("Name", exact=True).fill("Bridge Mentoring")
    keeper.locator("[name=summary]").fill("A mentor from the last month inside on.")
    keeper.locator("input[name=need][value=mentoring]").check()
    keeper.locator("[name=phone]").fill("0121 496 0199")
    keeper.locator("[name=covers]").fill("HMP Nowhere")
    keeper.locator("[name=courts]").fill("Birmingham Crown Court")
    keeper.locator("[name=keeper_email]").fill("office@bridge.example")
    press(keeper, "Keep it")
    assert "HMP Nowhere" in keeper.locator(".error-summary, [role=alert]").first.inner_text()
    keeper.locator("[name=covers]").fill("Birmingham\nWest Midlands")
    press(keeper, "Keep it")
    assert keeper.locator("[name=summary]").input_value() == "A mentor from the last month inside on."
    press(keeper, "Submit for a check")


def confirm(page, served):
    """By the link that is sent when the check is due: to look at its page does nothing, its button answers, once."""
    served.manage("shell", "-c", INDEX)
    served.manage("shell", "-c", LATER)
    link = re.search(r"http://\S+/directory/check/\S+", served.letters("office@bridge.example")[0])[0]
    for _time in range(2):
        page.goto(link)
        assert heading(page) == "Is “Bridge Mentoring” still right?"
    page.locator("input[value=right]").check()
    press(page, "Send the answer")
    assert heading(page) == "Thank you"
    page.goto(link)
    assert page.get_by_role("button", name="Send the answer").count() == 0


@pytest.mark.long
def test_a_small_organisation_claims_its_entry_keeps_it_true_and_closes_and_opens_a_service(served, reading, as_role):
    keeper, editor = as_role("person"), as_role("directory-editor")
    claim(keeper, served, reading)
    write_a_listing(keeper)
    editor.goto("/staff/directory/")
    editor.get_by_role("link", name="Bridge Mentoring").first.click()
    editor.get_by_role("button", name="List it").click()
    editor.get_by_text("Done: List it.").wait_for()
    with reading(served.address) as page:
        confirm(page, served)
        keeper.goto("/account/services/")
        keeper.get_by_role("link", name="It has closed: Bridge Mentoring").click()
        press(keeper, "Yes, it has closed")
        assert page.goto("/services/bridge-mentoring/").status == 410
        keeper.goto("/account/services/")
        keeper.get_by_role("link", name="It is open again: Bridge Mentoring").click()
        keeper.locator("textarea").fill("It was the wrong one.")
        press(keeper, "Send it to be checked")
        assert "It is sent to be checked again." in keeper.locator("body").inner_text()
        assert page.goto("/services/bridge-mentoring/").status == 404  # until an editor has checked it


@pytest.mark.long
def test_staff_see_claims_reports_changes_and_gaps_by_their_second_factor_alone(served, reading, as_role, chromium):
    claimant, owner, editor = as_role("person"), as_role("organisation-owner"), as_role("directory-editor")
    claimant.goto("/account/organisations/claim/")
    claimant.get_by_label("No, it is on no register").check()
    claimant.get_by_label("Its name, if it is on no register").fill("Walkers on Wednesdays")
    claimant.get_by_label("What it does, if it is on no register").fill("We walk.")
    press(claimant, "Go on")
    claimant.locator("input[type=file]").set_input_files(
        {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"MZ no document"}
    )
    press(claimant, "Add the file")
    assert "There is a problem" in claimant.locator("main").inner_text()
    picture = chromium.new_page()
    drawn = picture.screenshot()
    picture.close()
    claimant.locator("input[type=file]").set_input_files(
        {"name": "minutes.png", "mimeType": "image/png", "buffer": drawn}
    )
    press(claimant, "Add the file")
    press(claimant, "Ask an editor to look at it")
    assert owner.goto("/staff/directory/").status in {403, 404}
    editor.goto("/staff/organisations/claims/")
    editor.get_by_role("link", name="Walkers on Wednesdays").click()
    with editor.expect_download() as taken:
        editor.get_by_role("link", name="minutes").click()
    assert taken.value.suggested_filename.endswith(".png")
    editor.locator("[name=why]").fill("The minutes name them.")
    editor.get_by_role("button", name="Grant it").click()
    claimant.goto("/account/organisations/")
    claimant.get_by_role("link", name="Walkers on Wednesdays").first.click()
    editor.goto("/staff/directory/")
    assert "How old the checks are, by region" in editor.locator("body").inner_text()
    with reading(served.address) as page:
        page.goto("/directory/gaps/")
        with page.expect_download() as taken:
            page.get_by_role("link", name=re.compile("^Take it away as CSV: Needs")).click()
        assert b"Mentoring" in taken.value.path().read_bytes()
        page.goto("/staff/directory/")
        assert "Sign in" in heading(page)
