"""From the advert to the public report, in a real browser: applicant, assessors, officer, funder, and a stranger."""

import re
from io import BytesIO

import openpyxl
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.long]
NAME = "Walked Through Voices"
WORDS = {"situation": "Our treasurer left.", "barriers": "We cannot bid.", "change": "We read our accounts."}
WORDS |= {
    "people": "About forty families.",
    "ready": "The manager, on Tuesdays.",
    "contact": "The manager, 01632 960099",
}


@pytest.fixture(scope="module")
def served(serving_of_its_own, tmp_path_factory, store, migrated_database, gathered_styles):
    made = (("load_pages",), ("demo", "load"))
    folder = tmp_path_factory.mktemp("support")
    with serving_of_its_own(folder, store.folder, migrated_database, made, DEMONSTRATION="true") as site:
        yield site


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def apply(page):
    """From the advert to sent; what the check found out is not asked again."""
    page.goto("/support/")
    page.get_by_role("link", name="Consultancy for small organisations").first.click()
    page.get_by_role("link", name="Am I eligible? It takes a minute").click()
    page.select_option("select[name=form]", "cio")
    page.check("input[name=nations][value=wales]")
    page.fill("input[name=income]", "84,000")
    for name, value in (("led", "yes"), ("specialist", "no"), ("interest", "interested")):
        page.check(f"input[name={name}][value={value}]")
    press(page, "Check")
    assert page.get_by_role("heading", name="Nothing speaks against it so far").count() == 1
    page.get_by_role("link", name="Apply with these answers").click()
    page.fill("input[name=name]", NAME)
    press(page, "Begin")
    reference = re.search(r"A-\d+", page.url)[0]
    assert page.locator("main li", has_text="About your organisation").first.inner_text().endswith("Done")
    for section in range(1, 5):
        page.goto(f"/support/applications/{reference}/{section}/")
        for name, text in WORDS.items():
            if page.locator(f"textarea[name={name}], input[name={name}]").count():
                page.fill(f"[name={name}]", text)
        if section == 1:
            page.locator("input[name=help]").first.check()
        page.locator("main form button[type=submit]").first.click()
    page.goto(f"/support/applications/{reference}/check/")
    press(page, "Send it")
    assert "Your answer comes by" in page.locator("main").inner_text()
    return reference


def declare_and_score(page, reference, score):
    page.goto(f"/support/assessing/{reference}/")
    assert NAME not in page.locator("body").inner_text()
    for number in range(1, 5):
        section = page.locator("section", has=page.locator(f"#criterion-{number}"))
        section.locator(f"input[value='{score}']").check()
    press(page, "Hand in the scores")
    assert "Your scores are in." in page.locator("body").inner_text()


def test_an_application_is_walked_from_the_advert_to_an_offer_that_is_accepted(as_role):
    applicant, officer = as_role("person"), as_role("programme-officer")
    judges = [as_role("assessor"), as_role("second-assessor")]
    reference = apply(applicant)
    for judge in judges:
        judge.goto("/support/assessing/")
        press(judge, f"No conflict with {NAME}")
        assert judge.goto(f"/support/assessing/{reference}/").status == 404  # not asked yet
    desk = f"/staff/support/applications/{reference}/"
    officer.goto(desk)
    press(officer, "Eligible: go on to assessment")
    for box in officer.locator("input[name=person]").all():
        box.check()
    press(officer, "Ask them")
    declare_and_score(judges[0], reference, 3)
    judges[1].goto(f"/support/assessing/{reference}/")
    assert "How others scored" not in judges[1].locator("body").inner_text()
    declare_and_score(judges[1], reference, 4)
    officer.goto(desk)
    assert "25.0 points apart" in officer.locator("main").inner_text()
    officer.locator("summary", has_text="Write down what the panel agreed").click()
    for slug in ("need", "difference", "reach", "readiness"):
        officer.check(f"input[name=score-{slug}][value='4']")
    officer.fill("#moderate-why", "Both agree after talking it over.")
    press(officer, "Write down what the panel agreed")
    officer.locator("summary", has_text="Offer support").click()
    officer.fill("#offer-amount", "2.5")
    officer.fill("#offer-feedback", "Clear, and ready to begin.")
    press(officer, "Offer support")
    applicant.goto(f"/support/applications/{reference}/")
    said = applicant.locator("main").inner_text()
    assert "2.5 days of a consultant" in said
    assert "Clear, and ready to begin." in said
    press(applicant, "Accept the offer")
    assert "You have accepted it." in applicant.locator("main").inner_text()


def steps(page, where, *names):
    """Press the buttons of a report, one after another."""
    for name in names:
        page.goto(where)
        press(page, name)
        assert "Done." in page.locator("body").inner_text(), name


def taken(page, name):
    """What a link gives to take away: how it begins, and all of it."""
    link = page.get_by_role("link", name=name).first.get_attribute("href")
    response = page.request.get(link)
    assert response.status == 200
    return response.body()


def found(page, *names):
    """Follow links by their names, one after another, from the account page."""
    page.goto("/account/")
    for name in names:
        page.get_by_role("link", name=name).first.click()
    return page.locator("main").inner_text()


def test_a_report_is_walked_from_the_officers_draft_to_what_everybody_reads(as_role):
    officer, director, funder = as_role("programme-officer"), as_role("administrator"), as_role("funder")
    found(officer, "Reports", re.compile("issue 2"))
    where = officer.url
    assert "What this issue puts right" in officer.locator("main").inner_text()
    assert funder.goto(where).status == 404  # not sent yet
    officer.fill("textarea[name=words]", "We say more of what we would do otherwise.")
    press(officer, "Draft it anew")
    steps(director, where, "The money is right")
    steps(officer, where, "The programme is right", "Send it to the funder")
    assert "issue 2" in found(funder, "Reports")
    funder.goto(where)
    funder.fill("textarea[name=question]", "Which figures are other ones?")
    press(funder, "Ask a question")
    officer.goto(where)
    officer.fill("textarea[name=answer]", "None: our words alone.")
    press(officer, "Answer")
    steps(funder, where, "Accept the report")
    steps(officer, where, "Publish the public version")
    stranger = officer.context.browser.new_context(base_url=re.match("https?://[^/]+", where)[0]).new_page()
    stranger.goto("/support/consultancy/")
    stranger.locator("#reports + ul a, #reports ~ ul a").first.click()
    said = stranger.locator("main").inner_text()
    assert "We say more of what we would do otherwise." in said
    assert "Which figures are other ones?" not in said
    assert "fewer than 6" in said
    assert taken(stranger, "Take it away as PDF").startswith(b"%PDF-")
    book = openpyxl.load_workbook(BytesIO(taken(stranger, "as a spreadsheet")))
    assert any("Days offered" in str(cell.value) for row in book["Table"].iter_rows() for cell in row)
    stranger.get_by_role("link", name="Issue 1, as it was").click()
    assert "There is a later issue" in stranger.locator("main").inner_text()
    stranger.context.close()


def test_a_funder_finds_the_dashboard_of_their_programme_and_takes_it_away(as_role):
    funder = as_role("funder")
    assert "Offered support, of those who had an answer" in found(
        funder, "Reports", "Consultancy for small organisations"
    )
    funder.get_by_role("link", name="Since the programme began").click()
    assert "A longer time adds up" in funder.locator("main").inner_text()
    assert taken(funder, "Take it away as PDF").startswith(b"%PDF-")
    assert funder.goto("/support/reports/consultancy/?time=yesterday").status == 400
    assert "There are no figures of that time" in funder.locator("main").inner_text()
    assert funder.goto("/staff/support/").status in {403, 404}


def test_a_round_that_is_over_says_what_it_did_and_leads_on(served, chromium):
    page = chromium.new_context(base_url=served.address, viewport={"width": 360, "height": 800}).new_page()
    page.goto("/support/")
    page.get_by_role("link", name="Consultancy for small organisations").first.click()
    assert "Not yet measured" in page.locator("section[aria-labelledby=promises]").inner_text()
    page.get_by_role("link", name="Autumn round (demonstration)").click()
    said = page.locator("main").inner_text()
    for words in (
        "It takes no more.",
        "at least 36",
        "A demonstration, in which nobody was paid",
        "What is open instead",
    ):
        assert words in said
    page.get_by_role("link", name="Tell me when the next round opens").click()
    assert page.locator("input[type=email]").count() >= 1
    page.context.close()
