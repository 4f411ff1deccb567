"""From an accepted offer to a closed engagement, in a real browser, by each role with its own sign-in."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.browser, pytest.mark.long]
SEED = """
from evenhand.core.accounts import demonstration as accounts
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.organisations import demonstration as organisations
from evenhand.domains.support.actions import demonstration_of_days
from evenhand.domains.support.actions.awarding import award_what_was_accepted
from evenhand.domains.support.tests import engaging
accounts.load(), organisations.load(), demonstration_of_days.load()
of = RoleHeld.objects.get(role="organisation-owner", person__demonstration=True).organisation
engaging.application(of=of)
award_what_was_accepted()
"""
LATER = """
import datetime as dt
from django.utils import timezone
from evenhand.domains.support.actions.following import ask_what_changed
from evenhand.domains.support.models import Engagement
one = Engagement.objects.get(status="delivered")
ask_what_changed(timezone.make_aware(dt.datetime.combine(one.follow_up_on, dt.time(12))))
"""
EARLIER = """
import datetime as dt
from django.utils import timezone
from evenhand.domains.support.models import Engagement
Engagement.objects.filter(status="in-progress").update(begun_on=timezone.localdate() - dt.timedelta(days=30))
"""


@pytest.fixture(scope="module")
def served(serving_of_its_own, tmp_path_factory, store, migrated_database, gathered_styles):
    made = (("shell", "-c", SEED),)
    folder = tmp_path_factory.mktemp("days")
    with serving_of_its_own(folder, store.folder, migrated_database, made, DEMONSTRATION="true") as site:
        yield site


def test_an_engagement_is_walked_from_the_award_to_the_end_on_a_phone(served, as_role):
    officer, owner, helper = map(as_role, ("programme-officer", "organisation-owner", "consultant"))
    owner.goto("/support/engagements/")
    where = owner.locator("main li a").first.get_attribute("href")

    def at(page):
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        return page

    def press(page, name):
        page.get_by_role("button", name=re.compile(name)).first.click()
        assert "There is a problem" not in page.content()

    press(at(officer), "Send the shortlist")
    press(at(owner), r"Choose Consultant 1 ")
    press(at(helper), "Take it on")
    at(helper).locator("#write-brief-words").fill("Two days on the budget, three on the board.")
    press(helper, "Keep the brief")
    at(owner).get_by_role("link", name="Answer the eight short questions").click()
    for field in owner.locator("fieldset.field").all():
        field.locator("input[type=radio]").nth(1).check()
    press(owner, "Keep the answers")
    press(at(helper), "Sign this brief")
    press(at(owner), "Sign this brief")
    served.manage("shell", "-c", EARLIER)
    for ago in (1, 2, 3):
        day = (timezone.localdate() - timedelta(days=ago)).isoformat()
        at(helper).locator("#record-days").fill("1")
        helper.locator("#record-on").fill(day)
        helper.locator("#record-note").fill("Went through the accounts.")
        press(helper, "Record it")
        press(at(owner), "Confirm 1 day")
    assert "Half is used" in at(owner).content()
    owner.locator("#review-words").fill("It goes well.")
    press(owner, "We have looked back")
    at(helper).locator("#invoice-number").fill("WALK-1")
    helper.locator("#invoice-days").fill("3")
    helper.locator("#invoice-amount").fill("1200")
    press(helper, "Send the invoice")
    press(at(officer), "The days are confirmed")
    press(at(as_role("administrator")), "Approve for payment")
    press(at(officer), "It is paid")
    press(at(helper), "All is delivered")
    served.manage("shell", "-c", LATER)
    assert "what changed" in at(owner).content()
    owner.locator("#say-what-changed-words").fill("We have a budget, and bid for a contract.")
    press(owner, "Keep it")
    at(officer).locator("#close-outcome").fill("A first budget, and a bid.")
    press(officer, "Close the engagement")
    assert "Closed." in at(owner).content()
    officer.goto("/support/reports/consultancy/")
    assert "how it stands" in officer.title()
    funder = as_role("funder")  # of nothing here
    assert funder.goto("/support/reports/consultancy/").status == 404
    funder.goto(where)
    assert "E-" not in funder.title()
