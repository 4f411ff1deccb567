"""Everybody finds everything of theirs from the page of their account, or the staff home, in two steps."""

import pytest
from django.urls import reverse

from evenhand.core.access import VISITOR
from evenhand.core.accounts.tests.make import signed_in
from evenhand.domains.support.actions import assessing
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.queries.mine import own_of
from evenhand.domains.support.tests import engaging, make

pytestmark = pytest.mark.django_db


def waits(caller):
    return {own.url: own.waits for own in own_of(caller)}


def links(caller, url):
    return signed_in(caller.person).get(url, follow=True).content.decode()


def test_an_applicant_finds_drafts_questions_and_offers_without_being_a_member_of_anything():
    by = make.person()
    made = [make.begun(by), make.application("more-information", by=by), make.application("offered", by=by)]
    address = reverse("support:applications")
    assert waits(by) == {address: "1 is not sent yet; 1 has a question for you; 1 offer to answer"}
    assert f'href="{address}"' in links(by, reverse("account"))
    page = links(by, address)
    assert all(reverse("support:application", args=[one.reference]) in page for one in made)


def test_both_sides_of_an_engagement_find_it_and_what_waits_there():
    world = engaging.world()
    entry = world.record(1)
    address = reverse("support:engagements")
    assert waits(world.owner)[address] == "1 line of days to confirm"
    assert waits(world.helper)[address] == ""
    ledger.confirm(entry, by=world.owner)
    assert waits(world.owner)[address] == ""
    assert waits(world.helper)[address] == "1 day confirmed, and on no invoice yet"
    engagement = reverse("support:engagement", args=[world.engagement.reference])
    for side in (world.owner, world.helper):
        assert f'href="{address}"' in links(side, reverse("account"))
        assert engagement in links(side, address)


def test_what_waits_for_a_choice_an_answer_or_a_signature_is_said():
    address = reverse("support:engagements")
    chosen = engaging.world(at="chosen")
    assert waits(chosen.helper)[address] == "1 organisation asks for you"
    assert waits(engaging.world(at="shortlisted").owner)[address] == "1 consultant to choose"


def test_an_assessor_finds_what_to_declare_on_and_what_to_score():
    made = make.application("assessment")
    by = make.assessor(made)
    make.application("submitted")
    assessing.ask(made, [by.person], by=make.person("programme-officer"))
    address = reverse("support:assessing")
    assert waits(by) == {address: "1 organisation to declare on; 1 application to score"}
    assert f'href="{address}"' in links(by, reverse("account"))
    assert reverse("support:sheet", args=[made.reference]) in links(by, address)


def test_an_officer_finds_applications_engagements_invoices_and_consultants_from_the_desk():
    world = engaging.world()
    ledger.confirm(world.record(1), by=world.owner)
    signed_in(world.helper.person).post(
        reverse("support:engagement-act", args=[world.engagement.reference, "invoice"]),
        {"number": "INV-1", "days": "1", "amount": "400"},
    )
    looking, applying = engaging.world(at="matching"), engaging.consultant(at="applied")
    made = make.application()
    desk = reverse("staff_support:desk")
    assert f'href="{desk}"' in links(world.officer, reverse("account"))
    page = links(world.officer, desk)
    for address in (
        reverse("staff_support:application", args=[made.reference]),
        reverse("support:engagement", args=[world.engagement.reference]) + "#invoices",
        reverse("support:engagement", args=[looking.engagement.reference]),
        reverse("support:consultant", args=[applying.pk]),
        *(reverse(name) for name in ("staff_support:rounds", "support:engagements", "support:consultants")),
    ):
        assert f'href="{address}"' in page, address


def test_a_funder_finds_rounds_and_reports_and_whoever_has_nothing_finds_nothing():
    assert set(waits(make.person("funder"))) == {reverse("staff_support:rounds"), reverse("support:reports")}
    assert own_of(make.person()) == own_of(VISITOR) == []
    assert "What is yours" not in links(make.person(), reverse("account"))
