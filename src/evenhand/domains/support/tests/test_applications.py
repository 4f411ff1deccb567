"""An application is begun once, kept as it grows, sent once, and seen by those who write it."""

import threading
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evenhand.core.accounts.actions import give_role
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.files.queries import file_seen_by
from evenhand.core.journal.models import Line
from evenhand.core.notices.actions import send_due
from evenhand.core.notices.models import Notice
from evenhand.core.organisations.models import Organisation
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import files, participants, rounds
from evenhand.domains.support.actions.organisations import Named
from evenhand.domains.support.actions.reminders import forget_old, remind_of_drafts, tell_of_overdue
from evenhand.domains.support.models import Application, Round
from evenhand.domains.support.queries.applications import applications_handled_by, applications_written_by, overdue
from evenhand.domains.support.tests import make
from evenhand.library.calendar import working_days_after

pytestmark = pytest.mark.django_db


def test_the_same_form_sent_twice_begins_one_application_and_one_organisation():
    one, by, key = make.opened(), make.person(), uuid4()
    first = actions.begin(one, Named(name="Harbour Voices"), by=by, key=key, facts=make.FACTS)
    second = actions.begin(one, Named(name="Harbour Voices"), by=by, key=key, facts=make.FACTS)
    assert first == second
    assert Organisation.objects.filter(name="Harbour Voices").count() == 1
    assert Line.objects.filter(tag="support.application.begin").count() == 1


def test_references_count_up():
    numbers = [make.begun().reference for _ in range(3)]
    assert numbers == ["A-101", "A-102", "A-103"]


def test_an_organisation_that_is_looked_after_is_applied_for_by_its_own_people():
    of, one, stranger = make.organisation(), make.opened(), make.person()
    keeper = make.person("organisation-member", organisation=of)
    with pytest.raises(NotPossible, match="The people of this organisation"):
        actions.begin(one, of, by=stranger, key=uuid4(), facts={})
    made = actions.begin(one, of, by=keeper, key=uuid4(), facts={})
    with pytest.raises(NotPossible, match="The people of this organisation"):
        actions.begin(one, of, by=stranger, key=uuid4(), facts={})
    assert list(applications_written_by(keeper)) == [made]
    assert not applications_written_by(stranger).exists()


@pytest.mark.parametrize("at", ["draft", "approved"])
def test_nothing_is_begun_in_a_round_that_is_not_open(at):
    with pytest.raises(NotPossible, match="takes no applications now"):
        make.begun(one=make.opened(at=at))


def test_nothing_is_sent_after_the_hour_even_if_the_clock_has_not_come_round():
    made = make.written(by := make.person())
    Round.objects.update(closes_at=timezone.now() - timedelta(seconds=1), opens_at=timezone.now() - timedelta(days=2))
    made.refresh_from_db()
    with pytest.raises(NotPossible, match="takes no applications now"):
        actions.move(made, "send", by=by)


def test_it_is_sent_with_its_promise_what_the_rules_propose_and_a_copy_to_each():
    by = make.person()
    made = actions.move(make.written(by), "send", by=by)
    assert made.due_on == working_days_after(timezone.localdate(), 10)
    assert {one["rule"]: one["verdict"] for one in made.proposal} == {
        "registered": "met",
        "standing": "cannot-tell",
        "place": "met",
        "income": "met",
        "led-or-specialist": "met",
        "interest": "met",
    }
    letter = Notice.objects.get(about=made.ref)
    assert letter.to == by.person.email
    assert made.reference in letter.subject


def test_a_double_click_sends_once():
    by = make.person()
    made = make.written(by)
    first, second = actions.move(made, "send", by=by), actions.move(made, "send", by=by)
    assert first.sent_at == second.sent_at
    assert Notice.objects.filter(about=made.ref).count() == 1
    assert Line.objects.filter(about=made.ref, tag="support.application.send").count() == 1


def test_a_stranger_who_sends_what_was_sent_is_told_nothing():
    made = make.application()
    with pytest.raises((NotAllowed, NotPossible)):
        actions.move(made, "send", by=make.person())


def test_a_crash_after_it_is_saved_loses_neither_it_nor_its_letter():
    by = make.person()
    made = make.written(by)
    with transaction.atomic():
        actions.move(made, "send", by=by)
        transaction.set_rollback(True)  # the machine stops before it is committed
    made.refresh_from_db()
    assert made.status == "draft"
    assert not Notice.objects.exists()
    actions.move(made, "send", by=by)
    assert Notice.objects.count() == 1  # in the same transaction: whatever stops from here on, it is there


def test_mail_that_is_down_for_six_hours_stops_nobody(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    made = make.application()
    now = timezone.now()
    for hours in range(6):
        assert send_due(now + timedelta(hours=hours)) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now + timedelta(hours=11)) == 1
    assert Notice.objects.filter(about=made.ref).exclude(sent_at=None).count() == 1


def test_what_is_missing_is_named_and_nothing_is_sent():
    by = make.person()
    made = make.begun(by)
    with pytest.raises(Refused) as refused:
        actions.move(made, "send", by=by)
    assert "What do you want help with?" in refused.value.near
    assert "An annual income of £250,000 or less" in refused.value.near
    made.refresh_from_db()
    assert made.status == "draft"


def test_of_two_who_edit_the_same_answers_the_second_sees_both():
    by = make.person()
    made = make.begun(by)
    asked = {"change": None, "people": None}
    seen = actions.mark(made, asked)
    actions.write(made, {"change": "Mine.", "people": ""}, by=by, seen=seen)
    with pytest.raises(NotPossible) as refused:
        actions.write(made, {"change": "Theirs.", "people": ""}, by=by, seen=seen)
    assert refused.value.code == "changed-meanwhile"
    again = actions.write(made, {"change": "Mine.", "people": ""}, by=by, seen=seen)  # the same, sent again
    assert again.answers["change"] == "Mine."
    assert Line.objects.filter(tag="support.application.write").count() == 1


def test_what_was_sent_stays_as_it_was_sent():
    by = make.person()
    made = make.application(by=by)
    with pytest.raises(NotPossible, match="stays as it was sent"):
        actions.write(made, {"change": "Better."}, by=by)


@pytest.mark.parametrize("at", ["draft", "submitted", "assessment", "offered", "reserve", "accepted"])
def test_it_can_be_withdrawn_at_any_time_before_delivery_and_begun_again(at):
    by = make.person()
    made = make.application(at, by=by)
    made = actions.move(made, "withdraw", by=by)
    assert made.withdrawn_at
    assert make.begun(by, one=made.round, of=made.organisation) != made


def test_a_colleague_who_is_invited_writes_too_and_nobody_else_joins():
    by, colleague = make.person(), make.person()
    made = make.begun(by)
    participants.invite(made, colleague.person.email, by=by)
    key = Notice.objects.get().text.split("/support/invitations/")[1].split("/")[0]
    with pytest.raises(NotAllowed, match="went to another address"):
        participants.join(key, by=make.person())
    assert participants.join(key, by=colleague) == made
    actions.write(made, {"change": "Together."}, by=colleague)
    with pytest.raises(NotPossible, match="no longer holds"):
        participants.join(key, by=colleague)
    mine = made.participants.get(person=by.person)
    participants.end(mine, by=by)
    with pytest.raises(NotPossible, match="Somebody has to stay"):
        participants.end(made.participants.get(person=colleague.person), by=colleague)
    assert not applications_written_by(by).exists()


def test_an_owner_of_the_organisation_sees_what_was_begun_for_it():
    of = make.organisation()
    made = make.begun(of=of)
    owner = make.person()
    assert not applications_written_by(owner).exists()
    give_role(owner.person, "organisation-owner", by=make.CLOCK, organisation=of)
    assert list(applications_written_by(make.again(owner))) == [made]


def test_officers_see_what_was_sent_and_no_draft():
    draft, officer = make.written(), make.role("programme-officer")
    sent = make.application()
    assert list(applications_handled_by(officer)) == [sent]
    assert draft not in applications_handled_by(officer)
    for slug in ("assessor", "funder", "consultant", "content-editor"):
        assert not applications_handled_by(make.role(slug)).exists()


def test_files_are_seen_by_those_who_write_it_and_officers_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by = make.person()
    made = make.written(by)
    sound = SimpleUploadedFile("answers.mp3", b"\xff\xfb\x90\x64" + bytes(64))
    file = files.attach(made, sound, by=by)
    assert file_seen_by(make.person("assessor"), file.pk) is None
    assert file_seen_by(make.person(), file.pk) is None
    assert file_seen_by(make.person("programme-officer"), file.pk) is None  # not sent yet
    actions.move(made, "send", by=by)
    assert file_seen_by(make.person("programme-officer"), file.pk) == file


def test_answers_may_be_spoken_and_are_written_down_by_an_officer(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by = make.person()
    made = actions.say_facts(make.begun(by), make.FACTS, by=by)
    actions.choose_way(made, "audio", by=by)
    with pytest.raises(Refused, match="not answered"):
        actions.move(made, "send", by=by)
    files.attach(made, SimpleUploadedFile("answers.ogg", b"OggS" + bytes(64)), by=by)
    made = actions.move(made, "send", by=by)
    written = actions.write(made, {"change": "As they said it."}, by=make.role("programme-officer"))
    assert written.answers == {"change": "As they said it."}
    with pytest.raises(NotPossible):
        actions.write(made, {"change": "Otherwise."}, by=by)


def test_an_officer_writes_an_application_down_on_the_telephone_and_nobody_else_does():
    one, officer = make.opened(), make.person("programme-officer")
    with pytest.raises(NotAllowed):
        actions.begin(one, Named(name="Called"), by=make.person(), key=uuid4(), facts={}, way="call")
    made = actions.begin(one, Named(name="Called"), by=officer, key=uuid4(), facts=make.FACTS, way="call")
    actions.write(made, make.ANSWERS, by=officer)
    made = actions.move(made, "send", by=officer)
    assert made.status == "submitted"
    assert not applications_written_by(officer).exists()


def test_no_organisation_has_two_applications_in_a_round_whatever_the_code_does():
    made = make.written()
    twin = Application(
        number=999,
        reference="A-999",
        round=made.round,
        organisation=made.organisation,
        key=uuid4(),
        begun_by=made.begun_by,
    )
    with pytest.raises(IntegrityError, match=r"UNIQUE|unique"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "unsuccessful"}, "no_decision_without_feedback"),
        ({"status": "accepted", "feedback": "Good."}, "no_offer_of_nothing"),
        ({"status": "offered", "feedback": "Good.", "days_awarded": Decimal(0)}, "no_offer_of_nothing"),
    ],
)
def test_the_table_itself_refuses_a_decision_without_feedback_and_an_offer_of_nothing(changes, constraint):
    made = make.application()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Application.objects.filter(pk=made.pk).update(**changes)


def test_rounds_open_and_close_by_the_clock_once_and_move_on():
    one = make.opened(at="approved", days=3)
    now = timezone.now()
    assert rounds.keep_rounds(now) == 1
    assert rounds.keep_rounds(now) == 0
    by = make.person()
    made = make.written(by, one=Round.objects.get(pk=one.pk))
    actions.move(made, "send", by=by)
    Round.objects.update(opens_at=now - timedelta(days=5), closes_at=now - timedelta(minutes=1))
    rounds.keep_rounds(timezone.now())
    one.refresh_from_db()
    assert one.status == "assessing"  # closed, and begun to be assessed; not decided, since one waits
    assert rounds.keep_rounds(timezone.now()) == 0


def test_a_draft_is_reminded_of_once_three_days_before_the_round_closes():
    make.written(one=make.opened(days=4))
    now = timezone.now()
    assert remind_of_drafts(now) == 0
    assert remind_of_drafts(now + timedelta(days=2)) == 1
    assert remind_of_drafts(now + timedelta(days=2, hours=1)) == 0
    assert Notice.objects.count() == 1


def test_a_decision_is_overdue_on_the_day_after_its_promise_and_officers_are_told():
    make.person("programme-officer")
    made = make.application()
    noon = timezone.now().replace(hour=12)
    on_the_day = noon + (made.due_on - timezone.localdate())
    assert tell_of_overdue(on_the_day) == 0
    assert list(overdue(made.due_on + timedelta(days=1))) == [made]
    assert tell_of_overdue(on_the_day + timedelta(days=1)) == 1
    assert "1 " in Notice.objects.last().subject or "One" in Notice.objects.last().subject
    by_now = make.application("offered")
    assert by_now not in overdue(by_now.due_on + timedelta(days=9))


def test_what_came_to_nothing_is_forgotten_after_two_years_and_that_it_was_stays():
    old, kept = make.application("unsuccessful"), make.application("accepted")
    later = timezone.now() + timedelta(days=731)
    assert forget_old(timezone.now()) == 0
    assert forget_old(later) == 1
    assert forget_old(later) == 0
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.answers, old.facts, old.status) == ({}, {}, "unsuccessful")
    assert kept.answers


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_ten_who_press_at_once_begin_and_send_one_application(guarded, monkeypatch):
    """With the key and the constraint one is made; the control takes the key away, and makes more than one."""
    one, by = make.opened(), make.person()
    shared = uuid4()
    ready, made, faults = threading.Barrier(10), [], []

    def press():
        try:
            ready.wait()
            if guarded:
                found = actions.begin(one, Named(name="Harbour Voices"), by=by, key=shared, facts=make.FACTS)
            else:
                found = actions.begin(one, Named(name="Harbour Voices"), by=by, key=uuid4(), facts=make.FACTS)
            made.append(found.pk)
        except Refused as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) + len(faults) == 10
    if guarded:
        assert faults == []
        assert len(set(made)) == Application.objects.count() == 1
        assert Organisation.objects.filter(name="Harbour Voices").count() == 1
    else:
        assert len(set(made)) > 1
