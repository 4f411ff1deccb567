"""The organisations of a demonstration are made once, marked everywhere, spread over the country, and go whole."""

from collections import Counter

import pytest

from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.tests.make import person
from evenhand.core.files.actions import keep, look_through, path_of
from evenhand.core.files.models import File
from evenhand.core.files.tests.make import PDF, upload
from evenhand.core.journal.models import Line
from evenhand.core.organisations.communities import communities
from evenhand.core.organisations.demonstration import PREFIX, declared, load, remove
from evenhand.core.organisations.models import Area, Fact, Form, Identifier, IncomeBand, Organisation
from evenhand.core.references import Ref
from evenhand.library.places import place, places
from evenhand.library.vocabulary import needs


def test_there_are_two_hundred_each_by_its_own_slug_and_name():
    assert len(declared()) == 200
    assert len({one.slug for one in declared()}) == len({one.name for one in declared()}) == 200
    assert all(one.slug.startswith(PREFIX) for one in declared())


def test_every_address_and_number_is_one_that_nobody_can_have():
    kept_for_fiction = ("01632 960", "020 7946 0", "029 2018 0", "0113 496 0", "0114 496 0", "0115 496 0")
    kept_for_fiction += ("0116 496 0", "0117 496 0", "0118 496 0", "0121 496 0", "0151 496 0", "0161 496 0")
    kept_for_fiction += ("0191 498 0",)
    for one in declared():
        assert one.email.endswith(".example")
        assert not one.website or one.website.endswith(".example")
        assert one.phone.startswith(kept_for_fiction)


def test_every_word_in_them_is_one_of_the_vocabulary():
    for one in declared():
        assert one.form in Form.values
        assert one.income in IncomeBand.values
        assert set(one.needs) <= {need.slug for need in needs()}
        assert {one.led_by, one.focused_on, one.mission} - {""} <= set(communities())


def test_they_work_in_every_force_area_in_wales_and_in_every_need():
    reached = {above for one in declared() for code in one.areas for above in (code, *place(code).parents)}
    assert {force.code for force in places("police-force")} - {"BTP"} <= reached
    assert {need for one in declared() for need in one.needs} == {need.slug for need in needs()}
    assert Counter(bool(one.led_by) for one in declared())[True] > 80


@pytest.mark.django_db
def test_they_are_made_once_marked_everywhere_and_taken_away_whole():
    real = Organisation.objects.create(slug="real", name="Real")
    assert load() == 200
    assert load() == 0
    shown = Organisation.objects.get(slug=declared()[0].slug)
    assert shown.title == f"{declared()[0].name} (demonstration)"
    for one in (*Organisation.objects.all(), *Fact.objects.all(), *Area.objects.all(), *Identifier.objects.all()):
        one.full_clean(validate_unique=False, validate_constraints=False)
    assert [line.details for line in Line.objects.filter(tag="organisations.demonstration.load")] == [{"made": 200}]
    assert remove() == 200
    assert list(Organisation.objects.all()) == [real]
    assert not Area.objects.exists()
    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_files_that_were_handed_in_go_with_them_and_no_others(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    theirs, other = person("organisation-member"), person("organisation-member")
    type(theirs).objects.filter(pk=theirs.pk).update(demonstration=True)
    load()
    about = Ref("organisations.claim", "1")
    kept = [
        keep(look_through(upload("letter.pdf", PDF)), about=about, by=caller_for(one, second_factor=False))
        for one in (theirs, other)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        remove()
    left = [File.objects.get(pk=one.pk).removed_at is None for one in kept]
    assert left == [False, True]
    assert [path_of(one).exists() for one in kept] == [False, True]
