"""Listings are written whole, kept in versions, taken back, checked by a second person; hidden places are not held."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.lifecycle import lifecycles
from evenhand.core.notices.models import Notice
from evenhand.domains.directory.actions.listings import edit, move, undo
from evenhand.domains.directory.actions.reports import report, settle
from evenhand.domains.directory.models import Location, Report, Service
from evenhand.domains.directory.queries.facts import facts_of
from evenhand.domains.directory.rules import exits, narrowed
from evenhand.domains.directory.tests import make

pytestmark = pytest.mark.django_db


def test_a_listing_is_drafted_submitted_and_listed_by_a_second_person():
    service = make.service(at="draft")
    keeper = make.member(service.organisation)
    service = move(service, "submit", by=keeper)
    assert service.submitted_by == keeper.ref
    checked = move(service, "list", by=make.editor())
    assert checked.status == "listed"
    assert checked.assured_on is not None


def test_nobody_lists_what_they_submitted_themselves():
    service = make.service(at="draft")
    editor = make.editor()
    service = move(service, "submit", by=editor)
    with pytest.raises(NotAllowed, match="second person"):
        move(service, "list", by=editor)
    assert move(service, "list", by=make.editor()).status == "listed"


def test_a_member_of_another_organisation_changes_and_moves_nothing():
    service, stranger = make.service(), make.member(make.organisation())
    for attempt in (
        lambda: edit(service, {"name": "Ours now"}, by=stranger),
        lambda: move(service, "close", by=stranger),
        lambda: move(service, "confirm", by=stranger),
        lambda: edit(service, {"name": "Ours now"}, by=Caller()),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    service.refresh_from_db()
    assert (service.name, service.status) == ("Gateway Mentoring", "listed")


def test_an_edit_is_a_version_and_no_check():
    service = make.service()
    before = service.assured_on
    edited = edit(service, {"phone": "0121 496 0199"}, by=make.member(service.organisation))
    assert edited.assured_on == before
    assert edited.edited_at > service.edited_at
    assert [one.number for one in service.versions.all()] == [2, 1]


def test_an_edit_that_changes_nothing_leaves_no_version():
    service = make.service()
    edit(service, facts_of(service), by=make.editor())
    assert service.versions.count() == 1


def test_an_edit_is_taken_back_whole_and_can_be_seen_to_have_been():
    service = make.service()
    edit(service, {"phone": "0121", "terms": [], "audiences": [], "coverage": []}, by=make.editor())
    undo(service, 1, by=make.editor())
    service = Service.objects.get(pk=service.pk)
    assert service.phone == "0121 496 0112"
    assert {term.term for term in service.terms.all()} == {"mentoring", "release-and-recall"}
    assert [(one.number, one.undoes) for one in service.versions.all()] == [(3, 2), (2, None), (1, None)]
    with pytest.raises(NotPossible, match="nothing to take back"):
        undo(service, 3, by=make.editor())
    with pytest.raises(Refused, match="no such version"):
        undo(service, 9, by=make.editor())


@pytest.mark.parametrize(
    "facts",
    [
        {"terms": [{"kind": "need", "term": "everything"}]},
        {"coverage": [{"code": "E99999999", "court": ""}]},
        {"locations": [{"visibility": "full", "postcode": "not one"}]},
        {"minimum_age": 30, "maximum_age": 20},
        {"capacity": "open", "capacity_on": None},
        {"openings": [{"days": "someday"}]},
        {"name": ""},
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_of_it_is_kept(facts):
    service = make.service()
    before = facts_of(service)
    with pytest.raises((Refused, ValidationError)), transaction.atomic():
        edit(service, {"phone": "changed"} | facts, by=make.editor())
    assert facts_of(Service.objects.get(pk=service.pk)) == before


def test_a_confidential_place_is_held_nowhere_not_even_in_earlier_versions():
    service = make.service()
    assert "Demonstration Yard" in str(service.versions.get().facts)
    where = {"visibility": "hidden", "line_1": "9 Secret Street", "town": "Leeds", "postcode": "LS1 1AA"}
    edit(service, {"locations": [where]}, by=make.editor())
    place = Location.objects.get(service=service)
    assert (place.line_1, place.town, place.postcode, place.latitude) == ("", "", "", None)
    kept = str([one.facts for one in service.versions.all()])
    for secret in ("Secret", "Leeds", "LS1", "Demonstration Yard", "B5"):
        assert secret not in kept
    undo(service, 1, by=make.editor())
    assert Location.objects.get(service=service).visibility == "hidden"


def test_the_database_itself_refuses_a_hidden_place_with_an_address():
    service = make.service(locations=[])
    for wrong in ({"town": "Leeds"}, {"postcode": "LS1"}, {"latitude": 1.0, "longitude": 1.0}, {"line_1": "9 Street"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Location.objects.create(service=service, visibility="hidden", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.create(service=service, visibility="area", postcode="LS1 1AA")


def test_an_area_keeps_the_town_and_the_first_half_of_the_postcode():
    where = {"visibility": "area", "name": "House", "line_1": "9 Street", "town": "Birmingham", "postcode": "B5 0XX"}
    place = make.service(locations=[where]).locations.get()
    assert (place.name, place.line_1, place.town, place.postcode) == ("", "", "Birmingham", "B5")
    assert place.latitude is not None


def test_narrowing_never_widens():
    hidden = narrowed({"visibility": "hidden", "town": "Leeds"}, "full")
    assert (hidden["visibility"], hidden["town"]) == ("hidden", "")


def test_help_that_may_have_to_be_hidden_brings_an_exit_button():
    assert exits(["domestic-abuse"], [])
    assert exits([], ["modern-slavery"])
    assert not exits(["housing"], [])


def test_addresses_are_made_of_names_and_never_taken_twice():
    first, second = make.service(), make.service()
    assert (first.slug, second.slug.startswith("gateway-mentoring-gateway-")) == ("gateway-mentoring", True)


def test_a_report_is_kept_once_settled_once_and_its_address_forgotten():
    service = make.service()
    made = report(service, "contact", words="The number is dead.", email="reader@example.org")
    assert report(service, "contact", words="The number is dead.").pk == made.pk
    settled = settle(made, by=make.editor(), outcome="We rang and changed it.", changed=True)
    assert (settled.status, settled.email) == ("settled", "")
    assert Notice.objects.get(about=made.ref).to == "reader@example.org"
    with pytest.raises(NotPossible):
        settle(made, by=make.editor(), outcome="Again", changed=False)
    assert Report.objects.count() == 1


def test_the_lifecycles_have_no_fault():
    ours = [one for one in lifecycles() if one.name.startswith("directory.")]
    assert [one.name for one in ours] == ["directory.listing", "directory.report"]
    assert all(one.faults() == () for one in ours)
