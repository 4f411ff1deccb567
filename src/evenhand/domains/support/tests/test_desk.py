"""The officer's desk does not grow slower, an engagement reads the pool where it is proposed, files wait for nobody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.core.accounts.tests.make import signed_in
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.files.models import File
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import files
from evenhand.domains.support.tests import engaging, make

pytestmark = pytest.mark.django_db


def queries(browser, url):
    """How many questions a page asks of the database, and their words."""
    browser.get(url)  # what is kept for the next time is kept
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return [one["sql"] for one in asked.captured_queries]


def test_the_desk_asks_the_database_no_more_for_many_applications_than_for_few():
    officer, one = signed_in(make.person("programme-officer").person), make.opened()
    states = ("submitted", "scored")
    found = {}
    for pages in (1, 2):
        for at in states:
            made = make.application(at, one=one)
        for _call in range(2):
            make.begun(make.person())
        for name, url in (
            ("desk", reverse("staff_support:desk")),
            ("round", reverse("staff_support:round", args=[one.pk])),
        ):
            found.setdefault(name, []).append(len(queries(officer, url)))
        assert made.reference in officer.get(reverse("staff_support:desk")).content.decode(), pages
    assert all(few == many for few, many in found.values()), found


def test_the_pool_is_read_only_where_a_shortlist_is_proposed():
    world = engaging.world()
    page = reverse("support:engagement", args=[world.engagement.reference])
    for side in ("officer", "owner", "helper"):
        asked = queries(signed_in(getattr(world, side).person), page)
        assert not any("= 'available'" in sql for sql in asked), side
    looking = engaging.world(at="matching")
    page = reverse("support:engagement", args=[looking.engagement.reference])
    assert any("= 'available'" in sql for sql in queries(signed_in(looking.officer.person), page))
    assert not any("= 'available'" in sql for sql in queries(signed_in(looking.owner.person), page))


def sound(number=0):
    return SimpleUploadedFile(f"answers-{number}.mp3", b"\xff\xfb\x90\x64" + bytes(64))


def test_five_files_are_enough_and_a_sixth_is_refused_also_if_it_came_at_the_same_moment(
    settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path
    by = make.person()
    made = make.begun(by)
    for number in range(4):
        files.attach(made, sound(number), by=by)
    look_through = files.look_through

    def slow(given):
        """While this one is read, another comes in."""
        monkeypatch.setattr(files, "look_through", look_through)
        files.attach(made, sound(8), by=by)
        return look_through(given)

    monkeypatch.setattr(files, "look_through", slow)
    with pytest.raises(NotPossible, match="Five files are enough"):
        files.attach(made, sound(9), by=by)
    with pytest.raises(NotPossible, match="Five files are enough"):
        files.attach(made, sound(10), by=by)
    assert File.objects.filter(about=made.ref, removed_at=None).count() == 5


def test_no_file_is_read_of_who_may_not_hand_it_in(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    made = make.begun()
    sent = make.application(by=(by := make.person()))
    monkeypatch.setattr(files, "look_through", lambda _given: pytest.fail("it was read"))
    with pytest.raises(NotAllowed):
        files.attach(made, sound(), by=make.person())
    with pytest.raises(Refused, match="stays as it was sent"):
        files.attach(sent, sound(), by=by)


def test_asking_to_be_rung_is_under_the_limits_of_other_forms_that_are_open_to_everyone():
    client = Client()
    codes = [client.post("/support/consultancy/ring/", {"kind": "talk"}).status_code for _ in range(7)]
    assert codes == [400] * 5 + [429] * 2


def test_a_round_that_would_promise_beyond_the_calendar_is_refused_with_words():
    with pytest.raises(Refused, match="bank holidays of that year"):
        make.opened(days=365 * 40)


def test_a_step_is_refused_with_words_and_no_crash_if_its_details_are_no_such_thing():
    made = make.application("scored")
    officer = signed_in(make.person("programme-officer").person)
    desk = reverse("staff_support:application", args=[made.reference])
    for amount in ("NaN", "Infinity", "much", "1e9", "-1", "\x00", "９"):
        response = officer.post(f"{desk}offer", {"amount": amount, "feedback": "Good."})
        assert response.status_code == 400, amount
    assert actions.Application.objects.get(pk=made.pk).status == "scored"
