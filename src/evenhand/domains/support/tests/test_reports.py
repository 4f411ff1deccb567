"""Reports: figures with small numbers protected, two who check, a funder who asks, and what everybody may read."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.access import machine
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.errors import NotAllowed, NotPossible
from evenhand.domains.support.actions import reports as actions
from evenhand.domains.support.models import Application, FunderReport
from evenhand.domains.support.rules.promises import Asking, promises
from evenhand.domains.support.rules.reporting import FEW, HELD, Asked, figures, number, share, table
from evenhand.domains.support.tests import engaging as make

DAY = dt.date(2026, 5, 1)


def asked(status="accepted", **said):
    return Asked(status, DAY, **said)


def test_one_to_five_are_not_told_apart():
    assert [number(count) for count in (0, 1, 5, 6, 1200)] == ["0", FEW, FEW, "6", "1,200"]
    assert share(3, 20) == "withheld, of 20"
    assert share(17, 20) == "withheld, of 20"
    assert share(10, 20) == "10 of 20"
    assert share(20, 40) == "20 of 40 (50%)"
    assert (share(0, 0), share(2, 4)) == ("", FEW)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("accepted", "unsuccessful", "submitted"))), max_size=80)
)
def test_no_table_of_a_report_shows_a_small_number_or_hides_a_total(people):
    rows = table([asked(status, area=area) for area, status in people], lambda one: one.area)
    for row in rows:
        for value in row[1:]:
            assert value in {FEW, HELD} or int(value.replace(",", "")) not in range(1, 6)
    assert not rows or not {FEW, HELD} & set(rows[-1])


def test_where_a_table_would_tell_too_much_it_only_says_how_many_asked():
    rows = [asked(area="North")] * 2 + [asked("unsuccessful", area="North")] * 20 + [asked(area="South")] * 9
    assert table(rows, lambda one: one.area) == [["North", "22"], ["South", "9"], ["All", "31"]]
    assert table(rows[:3], lambda one: one.area) == []


def test_a_table_of_enough_is_shown_with_its_smallest_held_back():
    rows = [asked(area="North")] * 20 + [asked("unsuccessful", area="North")] * 12
    rows += [asked(area="South")] * 9 + [asked("unsuccessful", area="South")] * 3
    found = {row[0]: row[1:] for row in table(rows, lambda one: one.area)}
    assert found["All"] == ["29", "15", "0", "44"]
    assert found["South"][1] == FEW
    assert found["North"][1] == HELD


def test_figures_say_how_many_and_why():
    rows = [asked(awarded=20, used=10, confirmed=8, help=("Money",))] * 8
    rows += [asked("ineligible", not_met=("Income",))] * 7 + [asked("reserve")] * 2
    found = figures(rows, [])
    assert dict(found["reach"]) == {"applications": "17", "supported": "8", "not-decided": "0", "delivered": "0"}
    assert dict(found["days"]) == {"awarded": "40", "used": "20", "confirmed": "16", "left": "20"}
    assert found["reasons"] == [["Income", "7"]]
    assert found["success"] == "8 of 17"
    assert dict(found["unmet"])["reserve"] == FEW


def test_eight_promises_are_measured_and_none_tells_of_one_organisation():
    rows = [asked(feedback=True, due_on=DAY, decided_on=DAY)] * 12 + [asked("submitted")]
    found = promises(rows, Asking(9, 2, 3, 8, 8))
    assert len(found) == 8
    said = {one.slug: one.found % one.said for one in found}
    assert said["urgency"].startswith("12 of 12. In the middle, a decision took 0 days")
    assert said["open"] == "12 of 12"
    assert said["questions"].startswith("9 questions, of which 2")
    assert promises([], Asking(1, 0, 1))[0].found == "There is nothing to count yet."
    few = promises([asked(feedback=True)], Asking(1, 0, 1))
    assert all("1 of 1" not in one.found % one.said for one in few)


@pytest.fixture
def funder(db):
    return caller_for(person("funder"), second_factor=True)


@pytest.fixture
def report(db):
    make.World()
    today = timezone.localdate()
    made = actions.expect_report(
        make.PROGRAMME, begins=today - dt.timedelta(days=90), ends=today, by=machine("support-clock")
    )
    return actions.move(made, "draft", by=machine("support-clock"))


def test_a_report_is_checked_by_two_asked_about_and_published(report, funder):
    officer, administrator = make.officer(), make.administrator()
    with pytest.raises(NotAllowed):
        actions.move(report, "check-money", by=officer)
    report = actions.move(report, "check-money", by=administrator)
    report = actions.move(report, "check", by=officer)
    with pytest.raises(NotPossible):
        actions.move(report, "accept", by=funder)
    report = actions.move(report, "send", by=officer)
    with pytest.raises(NotAllowed):
        actions.move(report, "accept", by=officer)
    for _twice in range(2):
        report = actions.move(report, "query", by=funder, question="Why so few in Wales?")
        report = actions.move(report, "answer", by=officer, answer="Only a few asked.")
    assert report.questions.count() == 2
    report = actions.move(report, "accept", by=funder)
    where = f"/support/consultancy/reports/{report.pk}/"
    assert Client().get(where).status_code == 404
    actions.move(report, "publish", by=officer)
    page = Client().get(where).content.decode()
    assert "made public on" in page
    assert "Why so few in Wales?" not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        FunderReport.objects.update(finance_checked_by=officer.ref)


def test_the_figures_of_a_report_stay_as_they_were(report):
    before = report.figures
    Application.objects.update(status="withdrawn")
    assert FunderReport.objects.get().figures == before
    report = actions.move(report, "redraft", by=make.officer(), words="Fewer than we hoped.")
    assert report.words == "Fewer than we hoped."


def test_a_quarter_is_drafted_once_it_is_over_and_only_once(db):
    world = make.World()
    sent = dt.datetime(2026, 8, 14, 12, tzinfo=dt.UTC)
    Application.objects.filter(pk=world.engagement.application.pk).update(sent_at=sent)
    now = dt.datetime(2026, 10, 1, 6, tzinfo=dt.UTC)
    assert [actions.draft_what_is_due(now) for _twice in range(2)] == [1, 0]
    made = FunderReport.objects.get()
    assert (made.begins_on, made.ends_on) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert actions.draft_what_is_due(dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC)) == 0


def test_a_funder_sees_the_dashboard_and_only_reports_that_were_sent(report, funder):
    browser = signed_in(funder.person)
    assert browser.get("/support/reports/").status_code == 200
    page = browser.get("/support/reports/consultancy/").content.decode()
    assert "Who was not reached" in page
    assert browser.get(f"/support/reports/consultancy/{report.pk}/").status_code == 404
    assert signed_in(make.officer().person).get(f"/support/reports/consultancy/{report.pk}/").status_code == 200
    assert browser.get("/support/reports/nothing/").status_code == 404


def test_a_report_can_be_taken_away_as_spreadsheet_and_document(report):
    browser = signed_in(make.officer().person)
    where = f"/support/reports/consultancy/{report.pk}/report"
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{where}.xlsx").content))
    cells = [cell.value for row in book["Table"].iter_rows() for cell in row]
    assert "Days" in cells
    assert "[fewer than 6]" in cells
    pdf = browser.get(f"{where}.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_the_promises_of_a_programme_are_public(report):
    page = Client().get("/support/consultancy/promises/").content.decode()
    assert "Act with urgency" in page
