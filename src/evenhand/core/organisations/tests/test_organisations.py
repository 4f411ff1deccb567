"""What is done to organisations leaves whole rows, a line in the journal, and every reference where it was."""

from datetime import date

import pytest

from evenhand.core.access import VISITOR, machine
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.accounts.tests.make import caller, person
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.queries import lines_about
from evenhand.core.organisations import actions, queries
from evenhand.core.organisations.communities import communities
from evenhand.core.organisations.models import Fact, Identifier, Organisation
from evenhand.library.registers import Identifier as Written

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BY = machine("test")
BLACK = "communities:five/black"


def made(name="Made-up Mentors", **said):
    return actions.create(name, by=BY, **said)


def tags(organisation):
    return [line.tag for line in lines_about(organisation.ref)][::-1]


def test_a_new_organisation_has_its_numbers_areas_and_a_line_for_each():
    one = made(identifiers=[Written("GB-COH", "01234567"), Written("GB-CHC", "1234567")], areas=["E23000016"])
    assert one.slug == "made-up-mentors"
    assert [str(each) for each in one.identifiers.filter(primary=True)] == ["GB-CHC-1234567"]
    assert [area.code for area in one.areas.all()] == ["E23000016"]
    assert tags(one) == [
        "organisations.organisation.create",
        "organisations.identifier.add",
        "organisations.identifier.add",
        "organisations.organisation.set-areas",
    ]


def test_two_of_one_name_have_different_addresses_and_neither_takes_a_reserved_word():
    assert [made().slug, made().slug, made("Search").slug] == ["made-up-mentors", "made-up-mentors-2", "search-2"]


def test_a_number_belongs_to_one_organisation_and_a_refusal_leaves_nothing_behind():
    made(identifiers=[Written("GB-CHC", "1234567")])
    with pytest.raises(NotPossible, match="GB-CHC-1234567 belongs to Made-up Mentors already"):
        made("Another", identifiers=[Written("GB-CHC", "1234567")])
    assert not Organisation.objects.filter(name="Another").exists()


def test_a_place_that_is_none_is_refused_with_what_is_near():
    with pytest.raises(Refused) as refusal:
        made(areas=["E99999999"])
    assert refusal.value.code == "unknown-place"


def test_an_address_for_mail_must_be_one_and_stays_out_of_what_the_journal_keeps_for_ever():
    one = made()
    with pytest.raises(Refused, match="email"):
        actions.change(one, by=BY, email="nobody")
    actions.change(one, by=BY, email="post@mentors.example", phone="020 7946 0000")
    line = lines_about(one.ref)[0]
    assert line.details == {"changed": ["email", "phone"]}
    assert line.personal.get().details["email"] == {"from": "", "to": "post@mentors.example"}


def test_a_renamed_organisation_keeps_its_address_and_its_former_name():
    one = actions.rename(made(), "Made-up  Guides", by=BY)
    assert (one.name, one.slug) == ("Made-up Guides", "made-up-mentors")
    assert [(each.kind, each.name) for each in one.names.all()] == [("former", "Made-up Mentors")]


def test_a_closed_organisation_keeps_its_name_and_says_since_when():
    one = actions.close(made(), by=BY, on=TODAY, why="Its trustees said so.")
    assert one.closed_on == TODAY
    with pytest.raises(NotPossible):
        actions.close(one, by=BY, on=TODAY, why="Again.")
    assert actions.reopen(one, by=BY, why="It was another.").closed_on is None


def test_a_merger_moves_everything_over_and_the_old_address_leads_to_the_new():
    kept = made(areas=["E23000016"])
    gone = made("Made up Mentors CIC", identifiers=[Written("GB-COH", "01234567")], areas=["E23000016", "E23000017"])
    actions.confirm_fact(gone, "led-by", BLACK, by=BY, on=TODAY, board_share=80)
    owner = person("organisation-owner", organisation=gone)
    actions.merge(gone, into=kept, by=BY, on=TODAY)
    assert queries.followed("made-up-mentors-cic") == kept
    assert [each.name for each in kept.names.all()] == ["Made up Mentors CIC"]
    assert Identifier.objects.get(primary=True).organisation == kept
    assert {area.code for area in kept.areas.all()} == {"E23000016", "E23000017"}
    assert kept.facts.get().board_share == 80
    assert RoleHeld.objects.filter(person=owner, organisation=kept).holding().exists()
    assert not RoleHeld.objects.filter(person=owner, organisation=gone).holding().exists()
    assert tags(gone)[-1] == "organisations.organisation.merge"
    gone.refresh_from_db()
    with pytest.raises(NotPossible):
        actions.merge(gone, into=kept, by=BY, on=TODAY)


def test_what_was_merged_is_seen_by_staff_alone():
    kept, gone = made(), made("Other")
    actions.merge(gone, into=kept, by=BY, on=TODAY)
    assert list(queries.organisations_seen_by(VISITOR)) == [kept]
    assert set(queries.organisations_seen_by(caller("directory-editor"))) == {kept, gone}


def test_an_organisation_may_state_its_facts_and_only_an_editor_that_evidence_was_seen():
    one = made()
    owner, stranger = caller_of_owner(one), caller()
    fact = actions.confirm_fact(one, "led-by", BLACK, by=owner, on=TODAY, board_share=100, staff_share=50)
    assert (fact.basis, fact.confirmed_by, fact.confirmed_on) == ("said", str(owner.ref), TODAY)
    with pytest.raises(NotAllowed):
        actions.confirm_fact(one, "led-by", BLACK, by=stranger, on=TODAY)
    with pytest.raises(NotAllowed, match="for an editor"):
        actions.confirm_fact(one, "led-by", BLACK, by=owner, on=TODAY, basis="seen")
    editor = caller("directory-editor")
    actions.confirm_fact(one, "led-by", BLACK, by=editor, on=TODAY, basis="seen", board_share=100)
    assert Fact.objects.get().basis == "seen"
    with pytest.raises(NotPossible):
        actions.withdraw_fact(Fact.objects.get(), by=owner, why="No longer so.")
    actions.withdraw_fact(Fact.objects.get(), by=editor, why="No longer so.")
    assert not Fact.objects.exists()


@pytest.mark.parametrize(("kind", "shares"), [("mission", {"board_share": 80}), ("led-by", {"board_share": 101})])
def test_a_share_stands_only_where_it_means_something(kind, shares):
    with pytest.raises(Refused):
        actions.confirm_fact(made(), kind, BLACK, by=BY, on=TODAY, **shares)


def test_a_community_that_is_none_is_refused_with_what_is_near():
    with pytest.raises(Refused) as refusal:
        actions.confirm_fact(made(), "led-by", "communities:five/blac", by=BY, on=TODAY)
    assert BLACK in refusal.value.near


def test_the_communities_are_those_of_the_open_feed():
    from evenhand.library.openreferral.taxonomies import taxonomy

    published = {f"{kind}:{term.term}" for kind in ("communities", "faiths") for term in taxonomy(kind).taxonomy_terms}
    assert published <= set(communities())


def test_like_names_the_same_website_and_the_same_address_for_mail_are_looked_at():
    one = made("The Made-up Mentors Trust", website="https://www.mentors.example/", email="post@mentors.example")
    like = made("Made Up Mentors CIC")
    site = made("Something Else", website="https://mentors.example/about")
    mail = made("Third Name", email="POST@mentors.example")
    made("Entirely Other Mentors of Elsewhere")
    assert set(queries.possible_duplicates(one)) == {like, site, mail}


def caller_of_owner(organisation):
    from evenhand.core.accounts.callers import caller_for

    return caller_for(person("organisation-owner", organisation=organisation), second_factor=False)
