"""Nobody moves the guards on their own pay, and nobody reads who came before them."""

from decimal import Decimal

import pytest

from evenhand.core.access import Caller
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.queries.engagements import Seen
from evenhand.domains.support.queries.matching import candidates
from evenhand.domains.support.tests import engaging as make

pytestmark = pytest.mark.django_db


def confirmed(days=1):
    world = make.World()
    ledger.confirm(world.record(days), by=world.owner)
    return world


def invoice(world, *, number="1", days=1, amount=400):
    return pool.submit_invoice(world.fresh(), by=world.helper, number=number, days=days, amount=Decimal(amount))


def as_officer_too(one):
    return Caller(True, frozenset({"consultant", "programme-officer"}), second_factor=True, person=one.person)


def test_a_rate_that_is_raised_later_does_not_raise_the_invoice():
    world = confirmed()
    pool.describe(world.consultant, by=world.helper, rate=Decimal(900))
    with pytest.raises(Refused, match="day rate that you took this on at"):
        invoice(world, amount=401)
    assert invoice(world).amount == 400


def test_nobody_approves_their_own_entry_or_pays_their_own_invoice():
    world = confirmed()
    both = as_officer_too(world.consultant)
    made = invoice(world)
    with pytest.raises(NotAllowed, match="your own"):
        pool.move_invoice(made, "check", by=both)
    made = pool.move_invoice(made, "check", by=world.officer)
    with pytest.raises(NotAllowed, match="your own"):
        pool.move_invoice(made, "approve", by=both)
    entry = make.consultant(at="checked")
    with pytest.raises(NotAllowed, match="your own"):
        pool.move(entry, "endorse", by=as_officer_too(entry))


def test_nobody_is_paid_to_help_their_own_organisation():
    world = make.World(at="matching")
    RoleHeld.objects.create(person=world.consultant.person, role="organisation-member", organisation=world.organisation)
    assert world.consultant not in [one for one, _match in candidates(world.engagement)]
    with pytest.raises(NotPossible, match="have a part in"):
        world.to("shortlisted")


def test_whoever_wrote_a_line_down_does_not_confirm_it():
    world = make.World()
    entry = world.record(1)
    both = Caller(
        True, organisations=frozenset({("organisation-owner", world.organisation.pk)}), person=world.consultant.person
    )
    with pytest.raises(NotAllowed, match="does not confirm"):
        ledger.confirm(entry, by=both)


def test_an_invoice_that_was_sent_back_can_come_again_under_its_number_and_another_cannot_hide_behind_it():
    world = confirmed(1)
    first = invoice(world)
    with pytest.raises(Refused, match="used that invoice number"):
        invoice(world, amount=300)
    pool.move_invoice(first, "refuse", by=world.officer, why="Wrong amount.")
    again = invoice(world, amount=300)
    assert (again.pk != first.pk, again.status, world.fresh().quarters_invoiced) == (True, "submitted", 4)


def test_the_next_consultant_does_not_read_who_came_before():
    world = make.World(at="chosen")
    world.step("decline", world.helper)
    other = make.consultant()
    world.step("shortlist", world.officer, consultants=other.reference)
    world.step("choose", world.owner, consultant=other)
    world.step("accept", make.self_of(other))
    seen = [(line.tag.rpartition(".")[2], who) for line, who, _said in Seen(world.fresh(), make.self_of(other)).journal]
    assert seen == [("accept", "You"), ("choose", "The organisation")]
    ours = {line.tag.rpartition(".")[2]: who for line, who, _said in Seen(world.engagement, world.owner).journal}
    assert (ours["decline"], ours["shortlist"]) == ("", "Our staff")
