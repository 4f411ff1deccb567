"""A service is found by what it says, where it may be known to be, and for whom it is; and nothing hidden is told."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from evenhand.domains.directory.actions.indexing import rebuild, refresh
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.models import Entry, Facet, Service, Spot, Stale, watching
from evenhand.domains.directory.queries.finding import Search, find_help
from evenhand.domains.directory.queries.index.asking import tag
from evenhand.domains.directory.queries.index.facets import COLUMNS, MOST, WIDE, faceted
from evenhand.domains.directory.queries.index.reading import read
from evenhand.domains.directory.queries.words import known
from evenhand.domains.directory.tests import make
from evenhand.library.places import outward
from evenhand.library.vocabulary.spelling import Speller, slips_between

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOWHERE = {"locations": [], "coverage": []}


def found(q="", **asked):
    return find_help(Search(q=q, **asked), today=TODAY)


def names(q="", **asked):
    return [each.shown["name"] for each in found(q, **asked).found.results]


def listed(name, **facts):
    service = make.service(name=name, **facts)
    refresh(today=TODAY)
    return service


def terms(*needs):
    return [{"kind": "need", "term": need} for need in needs]


def test_everything_is_found_by_words_place_and_people_at_once():
    listed("Gate", terms=terms("housing"))
    listed("Elsewhere", terms=terms("housing"), coverage=[{"code": "E08000035", "court": ""}], locations=[])
    listed("Other help", terms=terms("health"))
    assert names("somewhere to live", near="B21", who=("community:five/black",)) == ["Gate"]


@pytest.mark.parametrize("typed", ["birmingam", "B5 9ZZ", "winson green", "HMP Birmingham", "West Midlands", "brum"])
def test_a_place_is_understood_however_it_is_typed(typed):
    listed("Gate")
    assert names(near=typed) == ["Gate"]


def test_misspelt_words_find_what_was_meant_and_the_answer_says_so():
    listed("Lantern House", summary="Bereavement circle.", terms=terms("emotional-support"))
    answer = found("bereavment lanturn")
    assert [each.shown["name"] for each in answer.found.results] == ["Lantern House"]
    assert dict(answer.reading.mended) == {"bereavment": "bereavement", "lanturn": "lantern"}


@pytest.mark.parametrize("typed", ["lanternë", "LANTERNE", "lanterne"])
def test_accents_are_no_matter(typed):
    listed("Maison Lanterne" if typed == "lanternë" else "Maison Lanternë", terms=terms("legal-advice"))
    assert [each.shown["name"][:6] for each in found(typed).found.results] == ["Maison"]


def test_what_is_made_for_who_asks_comes_before_what_is_merely_nearer():
    near = [{"visibility": "full", "line_1": "1 Road", "town": "Birmingham", "postcode": "B21 0XX"}]
    listed("Nearer", audiences=[], locations=near)
    listed("Made for them")
    answer = found(near="B21", who=("community:census-2021-19/black-caribbean",))
    assert [each.shown["name"] for each in answer.found.results] == ["Made for them", "Nearer"]
    assert answer.made_for == 1


def test_what_is_made_for_black_people_is_made_for_black_men():
    listed("For all Black people")
    answer = found("housing or a mentor for black men", near="B21")
    assert answer.made_for == answer.found.total == 1


def test_what_is_only_for_others_is_not_found():
    listed("Only", audiences=[{"kind": "faith", "term": "muslim", "only": True}])
    listed("Made for, open to all", audiences=[{"kind": "faith", "term": "muslim", "only": False}])
    assert names(who=("faith:sikh",)) == ["Made for, open to all"]
    assert set(names(who=("faith:muslim",))) == {"Only", "Made for, open to all"}


def test_what_was_checked_of_late_comes_before_what_was_not():
    listed("Old", checked=TODAY - dt.timedelta(days=300))
    listed("Fresh", checked=TODAY)
    assert names(near="B21") == ["Fresh", "Old"]


def test_a_hidden_address_is_never_measured_and_an_area_no_nearer_than_its_middle():
    listed("Hidden", locations=[{"visibility": "hidden"}])
    listed("Area", locations=[{"visibility": "area", "town": "Birmingham", "postcode": "B21"}])
    miles = {each.shown["name"]: each.miles for each in found(near="B21").found.results}
    assert miles == {"Hidden": None, "Area": 0}
    middle = outward("B21")
    spots = set(Spot.objects.values_list("latitude", "longitude"))
    assert spots == {(None, None), (middle.latitude, middle.longitude)}
    card = Entry.objects.get(service__name="Hidden").card
    assert "locations" not in card


@pytest.mark.parametrize(
    "change",
    [
        lambda service: Service.objects.filter(pk=service.pk).update(summary="Now about allotments."),
        lambda service: service.terms.create(kind="topic", term="allotments"),
        lambda service: type(service.organisation).objects.filter(pk=service.organisation_id).update(name="Allotments"),
    ],
    ids=["the service", "a part of it", "its organisation"],
)
def test_a_change_by_any_way_is_marked_by_the_database_and_indexed(change):
    service = listed("Gate")
    assert not Stale.objects.exists()
    change(service)
    assert Stale.objects.filter(service=service.pk).exists()
    refresh(today=TODAY)
    assert "llotments" in f"{(entry := Entry.objects.get()).name} {entry.said}"
    assert not Stale.objects.exists()


def test_a_change_that_is_taken_back_is_not_marked():
    service = listed("Gate")
    with transaction.atomic():
        Service.objects.filter(pk=service.pk).update(summary="Never mind.")
        transaction.set_rollback(True)
    assert not Stale.objects.exists()


def test_what_is_taken_off_is_gone_at_once_before_anything_is_indexed():
    service = listed("Gate")
    LISTING.move(service, "suspend", by=make.editor(), why="A report")
    assert names(near="B21") == []
    refresh(today=TODAY)
    assert not Entry.objects.exists()


def test_what_was_just_changed_is_shown_as_it_stands():
    service = listed("Gate", locations=[{"visibility": "area", "town": "Birmingham", "postcode": "B21"}])
    service.locations.all().delete()
    assert "locations" not in found(near="B21").found.results[0].shown


def test_the_index_made_anew_is_what_it_was():
    listed("Gate")
    listed("Hidden", locations=[{"visibility": "hidden"}])
    before = sorted(Entry.objects.values_list("name", "said", "tags"))
    assert rebuild(today=TODAY) == 2
    assert sorted(Entry.objects.values_list("name", "said", "tags")) == before
    assert set(names("mentor", near="B21")) == {"Gate", "Hidden"}


def test_there_is_a_bit_for_every_tag_that_can_bring_an_entry_forward():
    people = [tag(f"for{kind}", term) for kind in ("community", "faith", "gender") for term in (*known(kind), "any")]
    rest = [tag(kind, term) for kind in ("need", "stage", "language") for term in (*known(kind), "any")]
    named = [tag("named", term) for term in known("need")]
    tags = {*people, *rest, *named, *(tag("led-by", term) for term in known("community")), tag("age", "young")}
    assert set(faceted(tags)) == tags
    assert len(tags) <= MOST


def test_bits_are_kept_for_good_and_tell_entries_apart_as_a_search_does():
    listed("Gate", terms=terms("housing", "mentoring"))
    before = dict(Facet.objects.values_list("tag", "bit"))
    listed("Other", terms=terms("health"), audiences=[{"kind": "faith", "term": "muslim", "only": False}])
    rebuild(today=TODAY)
    bits = dict(Facet.objects.values_list("tag", "bit"))
    assert before.items() <= bits.items()
    for word, bit in bits.items():
        column, number = COLUMNS[bit // WIDE], 1 << bit % WIDE
        having = {spot.entry_id for spot in Spot.objects.all() if getattr(spot, column) & number}
        assert having == {entry.pk for entry in Entry.objects.all() if word in entry.tags.split()}, word


def test_the_database_goes_on_watching_after_its_tables_were_altered():
    watching.end(connection.alias, plan=["a migration"])
    watching.begin(connection.alias)
    service = listed("Gate")
    assert names(near="B21") == ["Gate"]
    Service.objects.filter(pk=service.pk).update(summary="Changed.")
    assert Stale.objects.exists()


def test_nothing_near_shows_the_nearest_and_says_so():
    listed("Gate")
    answer = found("mentor", near="Cornwall")
    assert answer.beyond
    assert [each.shown["name"] for each in answer.found.results] == ["Gate"]
    assert 180 < answer.found.results[0].miles < 240


def test_a_word_that_nothing_has_is_left_out():
    listed("Gate")
    answer = found("mentor gate kitchen", near="B21")
    assert [each.shown["name"] for each in answer.found.results] == ["Gate"]


def test_a_search_that_finds_nothing_offers_what_one_filter_fewer_would_find():
    listed("Gate")
    answer = found(need="mentoring", stage="release-and-recall", referrer="court")
    assert [(way.kind, way.total) for way in answer.ways] == [("referrer", 1)]


@pytest.mark.parametrize(
    ("text", "needs", "place"),
    [
        ("got out of winson green need houseing", ("housing",), "winson green"),
        ("reading and writing", ("education-and-training",), ""),
        ("a job in reading", ("employment",), "reading"),
        ("my son is in feltham", ("family-and-relationships",), "feltham"),
        ("solicitor for my brother", ("legal-advice",), ""),
    ],
)
def test_peoples_own_words_are_read(text, needs, place):
    reading = read(text, Speller(()))
    assert (reading.of("need"), reading.place) == (needs, place)


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("", "ab", 2)]
)
def test_slips_are_counted_as_fingers_make_them(one, other, slips):
    assert slips_between(one, other) == slips_between(other, one) == slips
