"""Who is on a side of an application decides nothing of it, and whoever is paid approves nothing of it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evenhand.core.accounts.models import RoleHeld
from evenhand.core.errors import NotAllowed
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import assessing
from evenhand.domains.support.actions.telling import tell_organisation
from evenhand.domains.support.models import Participant
from evenhand.domains.support.queries.desk import officers_page
from evenhand.domains.support.tests import make

pytestmark = pytest.mark.django_db

SIDES = ("declared a conflict", "wrote it and left", "a part in the organisation")


def on_a_side(made, side):
    """An officer who is an assessor too, on one side of an application."""
    by = make.person("programme-officer", "assessor")
    if side == SIDES[0]:
        assessing.declare(made.round, made.organisation, by=by, conflict=True)
    elif side == SIDES[1]:
        left = made.sent_at
        Participant.objects.create(application=made, person=by.person, joined_at=left, ended_at=left)
    else:
        RoleHeld.objects.create(person=by.person, role="organisation-member", organisation=made.organisation)
    return make.again(by)


@pytest.mark.parametrize("side", SIDES)
def test_an_officer_on_a_side_neither_sees_nor_decides_it(side):
    sent, scored = make.application("submitted"), make.application("scored")
    for made, name, details in (
        (sent, "find-eligible", {}),
        (sent, "find-ineligible", {"why": "Too large."}),
        (scored, "offer", {"amount": Decimal(2), "feedback": "Good."}),
        (scored, "refuse", {"feedback": "No."}),
    ):
        by = on_a_side(made, side)
        with pytest.raises(NotAllowed):
            actions.move(made, name, by=by, **details)
        with pytest.raises(NotAllowed, match="Another officer"):
            officers_page(made, by, made.due_on)


def test_an_officer_on_a_side_chooses_no_assessors():
    made = make.application("assessment")
    judge = make.assessor(made)
    with pytest.raises(NotAllowed, match="Another officer"):
        assessing.ask(made, [judge.person], by=on_a_side(made, SIDES[0]))
    assert len(assessing.ask(made, [judge.person], by=make.person("programme-officer"))) == 1


def test_an_officer_who_has_still_to_score_sees_no_scores_of_others():
    made = make.application("assessment")
    first = make.assessor(made)
    two_hats = make.person("programme-officer", "assessor")
    assessing.declare(made.round, made.organisation, by=two_hats, conflict=False)
    assessing.ask(made, [two_hats.person], by=make.person("programme-officer"))
    make.scored_by(made, first, make.scores(made, 4))
    assert [one.lines for one in officers_page(made, two_hats, made.due_on)["assessments"]] == [(), ()]
    shown = officers_page(made, make.person("programme-officer"), made.due_on)["assessments"]
    assert sum(bool(one.lines) for one in shown) == 1


def test_letters_on_days_go_to_those_who_applied_and_never_to_the_public_mailbox_or_former_keepers():
    by = make.person()
    of = make.organisation(email="post@example.org")
    made = make.application("accepted", by=by, of=of)
    keeper = make.accounts.person("organisation-owner", organisation=of)
    former = make.accounts.person("organisation-owner", organisation=of, expired=True)
    RoleHeld.objects.create(person=former, role="organisation-member", organisation=make.organisation())
    Notice.objects.all().delete()
    tell_organisation(made.engagement, "support/engagements/shortlist.txt")
    assert set(Notice.objects.values_list("to", flat=True)) == {by.person.email, keeper.email}
    page = make.accounts.signed_in(by.person).get(reverse("support:application", args=[made.reference]))
    assert reverse("support:engagement", args=[made.engagement.reference]) in page.content.decode()
