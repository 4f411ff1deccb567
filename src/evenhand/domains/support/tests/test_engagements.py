"""The life of an engagement: matching, both sides, looking back, following up; the pool of consultants; invoices."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.core.access import machine
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.journal.queries import lines_about
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.actions import engagements
from evenhand.domains.support.actions.awarding import award_what_was_accepted
from evenhand.domains.support.actions.following import ask_what_changed
from evenhand.domains.support.actions.links import ask_to_confirm, remind
from evenhand.domains.support.lifecycle import CONSULTANT, ENGAGEMENT
from evenhand.domains.support.models import Consultant, Engagement, Invoice
from evenhand.domains.support.queries.matching import candidates
from evenhand.domains.support.rules.capacity import changes, skills, weakest
from evenhand.domains.support.rules.matching import Offered, Wanted, explain
from evenhand.domains.support.rules.programmes import programme
from evenhand.domains.support.tests import engaging as make

NAMES = {one.slug: one.name for one in skills()}
SLUGS = st.frozensets(st.sampled_from(sorted(NAMES)), max_size=4)


@given(SLUGS, SLUGS, st.booleans(), st.booleans(), st.integers(0, 90))
def test_every_point_of_a_match_is_a_whole_sentence_and_they_add_up(wanted, offered, remote, lived, wait):
    match = explain(Wanted(wanted, frozenset({"E1"})), Offered(offered, frozenset(), remote, lived, wait), NAMES)
    assert match.weight == sum(point.weight for point in match.points)
    assert all("%" not in str(point) and str(point).endswith(".") for point in match.points)
    better = explain(
        Wanted(wanted, frozenset({"E1"})), Offered(offered | wanted, frozenset({"E1"}), remote, lived, 0), NAMES
    )
    assert better.weight >= match.weight


def test_what_an_organisation_is_least_sure_of_comes_first():
    assert weakest({**make.answers(4), "people": 1, "finance": 2}, most=2) == ("people", "finance")
    (first, *_rest) = changes([(make.answers(2), make.answers(4)), (make.answers(3), make.answers(3))])
    assert (first.before, first.after, first.answered) == (2.5, 3.5, 2)


@pytest.mark.django_db
def test_who_fits_best_comes_first_with_reasons_and_without_rates():
    far = make.consultant(name="Far", skills=["people"], areas=[], rate=300)
    near = make.consultant(name="Near", skills=["finance"], rate=700)
    make.consultant(name="Gone", at="approved")
    world = make.World(at="matching", name="Also", skills=["finance", "governance"])
    Engagement.objects.update(skills=["finance", "governance"])
    found = candidates(world.fresh())
    assert [one.name for one, _match in found] == ["Also", near.name, far.name]
    assert "Can help with: Running the board, Financial management." in [str(p) for p in found[0][1].points]
    assert "Works neither where the organisation is nor at a distance." in [str(p) for p in found[2][1].points]


@pytest.mark.django_db
def test_the_applicant_picks_and_both_agree():
    world = make.World(at="shortlisted")
    other = make.consultant()
    with pytest.raises(Refused, match="on the shortlist"):
        world.step("choose", world.owner, consultant=other)
    with pytest.raises(NotAllowed):
        world.step("choose", world.officer, consultant=world.consultant)
    world.step("choose", world.owner, consultant=world.consultant)
    with pytest.raises(NotAllowed):
        world.step("accept", make.self_of(other))
    world.step("decline", world.helper)
    assert (world.engagement.status, world.engagement.consultant) == ("shortlisted", None)
    with pytest.raises(Refused, match="on the shortlist"):
        world.step("choose", world.owner, consultant=world.consultant)
    world.step("shortlist", world.officer, consultants=other.reference)
    world.step("choose", world.owner, consultant=other)
    world.step("accept", make.self_of(other))
    assert world.engagement.status == "briefing"
    with pytest.raises(NotPossible, match="Both sides sign"):
        world.step("begin", world.owner)
    assert "Consultant" not in str([line.details for line in lines_about(world.engagement.ref)])


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["owner", "helper", "officer"])
def test_either_side_is_matched_anew_without_a_reason_and_days_stay(side):
    world = make.World()
    entry = world.record(1)
    helper, consultant = world.helper, world.consultant
    world.step("rematch", getattr(world, side))
    assert (world.engagement.status, world.engagement.consultant, world.engagement.quarters_used) == (
        "matching",
        None,
        4,
    )
    assert "why" not in str(lines_about(world.engagement.ref)[0].details)
    ledger.confirm(entry, by=world.owner)
    made = pool.submit_invoice(world.fresh(), by=helper, number="7", days=1, amount=Decimal(400))
    assert made.consultant == consultant
    with pytest.raises(NotAllowed):
        world.record(1, ago=3, by=helper)


@pytest.mark.django_db
def test_six_months_on_it_is_asked_what_changed_and_reminded_twice():
    world = make.World(at="delivered")
    due = world.engagement.follow_up_on
    noon = timezone.make_aware(dt.datetime.combine(due, dt.time(12)))
    assert ask_what_changed(noon - dt.timedelta(days=1)) == 0
    Notice.objects.all().delete()
    assert ask_what_changed(noon) == 1
    days = (1, 27, 28, 29, 55, 56, 57, 84, 112)
    asked = [(day, sum(ask_what_changed(noon + dt.timedelta(days=day)) for _twice in range(2))) for day in days]
    assert [day for day, sent in asked if sent] == [28, 56]
    engagements.say_what_changed(world.fresh(), by=world.owner, words="We bid, and won.")
    with pytest.raises(NotAllowed):
        world.step("close", world.owner, outcome="Done")
    with pytest.raises(Refused, match="Say what came of it"):
        world.step("close", world.officer)
    world.step("close", world.officer, outcome="A first contract.")


@pytest.mark.django_db
def test_days_that_nobody_answered_for_are_asked_about_each_week_for_a_month():
    world = make.World()
    entry = world.record(1)
    ask_to_confirm(entry)
    now = timezone.now()
    days = [day for day in (1, 6, 7, 8, 14, 21, 28, 35, 59) if remind(now + dt.timedelta(days=day))]
    assert days == [7, 14, 21, 28]
    ledger.confirm(entry, by=world.owner)
    assert not any(remind(now + dt.timedelta(days=day)) for day in (7, 14))


@pytest.mark.django_db
def test_days_are_awarded_by_the_clock_once_and_stopped_where_it_was_withdrawn():
    asked = make.application()
    type(asked).objects.update(answers={"help": ["Financial management", "Something else"]})
    assert [award_what_was_accepted() for _twice in range(2)] == [1, 0]
    engagement = Engagement.objects.get()
    assert (engagement.days_awarded, engagement.skills) == (5, ["finance"])
    type(asked).objects.update(status="withdrawn")
    assert [award_what_was_accepted() for _twice in range(2)] == [1, 0]
    assert Engagement.objects.get().status == "stopped"


def test_what_an_application_asks_for_is_what_a_skill_is_called():
    offered = set(programme("consultancy").question("help").options)
    assert {one.asked_as for one in skills()} - {""} <= offered


@pytest.mark.django_db
def test_two_officers_approve_a_consultant_and_the_role_ends_with_the_entry():
    one = make.consultant(at="checked")
    first, second = make.officer(), make.officer()
    one = pool.move(one, "endorse", by=first)
    with pytest.raises(NotAllowed, match="second person"):
        pool.move(one, "approve", by=first)
    one = pool.move(one, "approve", by=second)
    with pytest.raises(NotAllowed):
        pool.move(one, "open", by=make.self_of(make.consultant()))
    one = pool.move(one, "open", by=make.self_of(one))
    one = pool.move(one, "shut", by=make.self_of(one))
    one = pool.move(one, "pause", by=first, why="A complaint is looked into.")
    assert "complaint" not in str(lines_about(one.ref)[0].details)
    pool.move(one, "remove", by=make.self_of(one))
    assert not RoleHeld.objects.filter(person=one.person, role="consultant").holding().exists()


@pytest.mark.django_db
def test_nobody_leaves_the_pool_while_an_organisation_waits():
    world = make.World()
    with pytest.raises(NotPossible, match="under way"):
        pool.move(world.consultant, "remove", by=world.officer)


@pytest.mark.django_db
def test_one_applies_for_oneself_and_only_what_is_consented_to_is_shown():
    somebody = person("consultant")
    by = caller_for(somebody, second_factor=True)
    said = {"name": "One", "about": "Work", "skills": ["finance"], "referees": "Two", "rate": 1}
    with pytest.raises(NotAllowed):
        pool.apply(person(), by=by, **said)
    with pytest.raises(Refused, match="at least one"):
        pool.apply(somebody, by=by, **{**said, "skills": []})
    made = pool.apply(somebody, by=by, **said, lived_experience="  ", lived_experience_shown=True)
    assert pool.apply(somebody, by=by, **said) == made
    assert not made.lived_experience_shown
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultant.objects.filter(pk=made.pk).update(lived_experience_shown=True)


@pytest.mark.django_db
def test_an_invoice_is_never_for_more_than_was_confirmed_and_takes_two_people():
    world = make.World(rate=400)
    first, second = world.record(1), world.record(1, ago=2)
    ledger.confirm(first, by=world.owner)
    with pytest.raises(NotPossible, match="1 confirmed days"):
        pool.submit_invoice(world.engagement, by=world.helper, number="1", days=2, amount=Decimal(800))
    with pytest.raises(Refused, match="at most the day rate"):
        pool.submit_invoice(world.engagement, by=world.helper, number="1", days=1, amount=Decimal(401))
    made = pool.submit_invoice(world.engagement, by=world.helper, number="1", days=1, amount=Decimal(400))
    assert pool.submit_invoice(world.engagement, by=world.helper, number="1", days=1, amount=Decimal(400)) == made
    with pytest.raises(NotPossible, match="on an invoice"):
        ledger.correct(first, by=world.officer, why="No.")
    ledger.correct(second, by=world.helper, why="Not that day.")
    made = pool.move_invoice(made, "check", by=world.officer)
    with pytest.raises(NotAllowed, match="second person"):
        pool.move_invoice(made, "approve", by=world.officer)
    made = pool.move_invoice(made, "approve", by=make.officer())
    made = pool.move_invoice(made, "pay", by=world.officer)
    assert (made.status, made.paid_on) == ("paid", timezone.localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.update(approved_by=made.checked_by)


@pytest.mark.django_db
def test_an_invoice_that_is_sent_back_frees_its_days():
    world = make.World()
    ledger.confirm(world.record(1), by=world.owner)
    made = pool.submit_invoice(world.engagement, by=world.helper, number="1", days=1, amount=Decimal(400))
    pool.move_invoice(made, "refuse", by=world.officer, why="Wrong address.")
    assert world.fresh().quarters_invoiced == 0
    pool.submit_invoice(world.engagement, by=world.helper, number="2", days=1, amount=Decimal(400))


@pytest.mark.django_db
def test_the_pool_is_for_officers_and_ones_own_entry_for_oneself():
    one = make.consultant(at="applied", rate=Decimal("912.00"), referees="A chair of a board")
    officer, owner = signed_in(make.officer().person), signed_in(person("organisation-owner"))
    assert "C-" in officer.get("/support/consultants/").content.decode()
    page = officer.get(f"/support/consultants/{one.pk}/").content.decode()
    assert "912.00" in page
    assert "A chair of a board" in page
    assert owner.get("/support/consultants/").status_code == 403
    mine = signed_in(one.person)
    assert mine.get("/support/consultants/mine/").status_code == 200
    assert mine.post(f"/support/consultants/{one.pk}/check").status_code == 302
    assert Consultant.objects.get(pk=one.pk).status == "applied"
    officer.post(f"/support/consultants/{one.pk}/check")
    assert Consultant.objects.get(pk=one.pk).status == "checked"
    assert signed_in(person("consultant")).post(f"/support/consultants/{one.pk}/remove").status_code == 404


@pytest.mark.django_db
def test_a_person_applies_on_the_page():
    somebody = person()
    browser = signed_in(somebody)
    said = {
        "kind": "consultant",
        "name": "Consultant of the test",
        "about": "Budgets",
        "skills": ["finance"],
        "areas": ["E23000001"],
        "referees": "Two chairs",
        "rate": "350",
    }
    assert (
        "Write what may be shown"
        in browser.post("/support/consultants/mine/", {**said, "lived_experience_shown": "on"}).content.decode()
    )
    assert browser.post("/support/consultants/mine/", said).status_code == 302
    assert Consultant.objects.get().skills == ["finance"]
    browser.post("/support/consultants/mine/", {**said, "about": "Budgets and boards"})
    assert Consultant.objects.get().about == "Budgets and boards"


class TestRandomWalks(TestCase):
    """Whatever steps are tried in whatever order by whomever, status and journal always agree."""

    @settings(max_examples=3)
    @given(st.lists(st.tuples(st.sampled_from([one.name for one in ENGAGEMENT.moves]), st.integers(0, 3)), max_size=25))
    def test_an_engagement_and_its_journal_always_agree(self, tried):
        world = make.World(at="matching")
        said = {
            "shortlist": {"consultants": world.consultant.reference},
            "choose": {"consultant": world.consultant},
            "review": {"words": "Well."},
            "close": {"outcome": "Done."},
        }
        callers = (world.officer, world.owner, world.helper, machine("support-clock"))
        for name, who in tried:
            open_to = {one.name for one in ENGAGEMENT.open_to(world.fresh(), callers[who])}
            try:
                world.step(name, callers[who], **said.get(name, {}))
            except NotAllowed:
                assert name not in open_to
            except Refused:
                pass
            else:
                assert name in open_to
        stands = ENGAGEMENT.first
        for line in Line.objects.filter(about=world.engagement.ref, details__has_key="to").order_by("pk"):
            assert line.details["from"] == stands
            stands = line.details["to"]
        assert world.fresh().status == stands

    @settings(max_examples=3)
    @given(st.lists(st.tuples(st.sampled_from([one.name for one in CONSULTANT.moves]), st.integers(0, 2)), max_size=15))
    def test_an_entry_and_its_journal_always_agree(self, tried):
        one = make.consultant(at="applied")
        callers = (make.officer(), make.officer(), make.self_of(one))
        for name, who in tried:
            try:
                one = pool.move(one, name, by=callers[who], **({"why": "So."} if name == "pause" else {}))
            except Refused:
                continue
        stands = CONSULTANT.first
        for line in Line.objects.filter(about=one.ref, tag__startswith="support.consultant.").order_by("pk"):
            if "from" in line.details:
                assert line.details["from"] == stands
                stands = line.details["to"]
        assert Consultant.objects.get(pk=one.pk).status == stands
