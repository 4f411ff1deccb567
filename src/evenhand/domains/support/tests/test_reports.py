"""Reports: two who check, a funder who asks, issues that say what they put right, and what everybody may read."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from evenhand.core.access import machine
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.domains.support.actions import reports as actions
from evenhand.domains.support.actions.days import confirm
from evenhand.domains.support.models import Agreement, Application, CapacityCheck, FunderReport
from evenhand.domains.support.queries.reporting import figures_of, periods_of, rows_of
from evenhand.domains.support.rules.periods import Period
from evenhand.domains.support.rules.promises import Asking, promises
from evenhand.domains.support.rules.reporting import Asked
from evenhand.domains.support.tests import engaging as make
from evenhand.domains.support.tests.make import payer

SPRING = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
SUMMER = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30))


def at(day):
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def decided(period, *, yes=0, no=0):
    """Applications that were sent and decided in a period."""
    day = at(period.begins + dt.timedelta(days=40))
    for number in range(yes + no):
        one = make.application(of=make.organisation(f"{period.begins:%B}{number}"))
        later = {"status": "unsuccessful", "days_awarded": None} if number >= yes else {}
        Application.objects.filter(pk=one.pk).update(sent_at=day - dt.timedelta(days=9), decided_at=day, **later)


def said_of(period):
    return figures_of(rows_of("consultancy"), period)


def test_eight_promises_are_measured_and_none_tells_of_one_organisation():
    day = SPRING.begins
    rows = [Asked(day, "supported", day, day, feedback=True)] * 12
    found = promises(rows, Asking(9, 2, 3, 8, 8), SPRING)
    assert len(found) == 8
    said = {one.slug: one.found % one.said for one in found}
    assert said["urgency"].startswith("12 of 12. In the middle, a decision took 0 days")
    assert said["open"] == "12 of 12"
    assert said["questions"].startswith("9 questions, of which 2")
    assert not any(one.measured for one in promises([], Asking(1, 0, 1), None) if "%(share)s" in one.found)
    assert promises([], Asking(1, 0, 1), None)[0].found == "Not yet measured: there is nothing to count yet."
    few = promises(rows[:1], Asking(1, 0, 1), SPRING)
    assert all("1 of 1" not in one.found % one.said for one in few)


@pytest.fixture
def funder(db):
    """Who holds the role for the organisation that pays."""
    (paying,) = {of for _role, of in payer().organisations}
    somebody = person("funder")
    RoleHeld.objects.filter(person=somebody).update(organisation=paying)
    return caller_for(somebody, second_factor=True)


@pytest.fixture
def report(db):
    decided(SPRING, yes=7, no=6)
    return actions.move(
        actions.expect_report(make.PROGRAMME, SPRING, by=machine("support-clock")), "draft", by=machine("support-clock")
    )


@pytest.fixture
def out(report):
    """A report that the funder has accepted and everybody may read."""
    for name, by in (("check-money", make.administrator()), ("check", make.officer()), ("send", make.officer())):
        report = actions.move(report, name, by=by)
    report = actions.move(report, "accept", by=payer())
    return actions.move(report, "publish", by=make.officer())


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
    assert Client().get(where).status_code == Client().get(f"{where}report.pdf").status_code == 404
    actions.move(report, "publish", by=officer)
    page = Client().get(where).content.decode()
    assert "made public on" in page
    assert "Why so few in Wales?" not in page
    assert Client().get(f"{where}report.pdf").content.startswith(b"%PDF-")
    with pytest.raises(IntegrityError), transaction.atomic():
        FunderReport.objects.update(finance_checked_by=officer.ref)


def test_a_report_is_of_a_period_that_may_be_told_and_of_no_other(report):
    for wrong in (
        SUMMER,
        Period(SPRING.begins, SPRING.ends - dt.timedelta(days=1)),
        Period(SPRING.begins, SUMMER.ends),
    ):
        with pytest.raises(Refused, match="not a period"):
            actions.expect_report(make.PROGRAMME, wrong, by=make.officer())


def test_the_figures_of_a_report_that_is_out_never_change_and_the_dashboard_keeps_to_them(out):
    before = out.figures
    Application.objects.filter(status="unsuccessful").update(status="submitted")
    assert FunderReport.objects.get().figures == before
    with pytest.raises(NotPossible):
        actions.move(out, "redraft", by=make.officer(), words="Otherwise.")
    page = signed_in(make.officer().person).get("/support/reports/consultancy/").content.decode()
    assert "7 of 13" in page


def test_what_has_to_be_put_right_is_a_new_issue_that_says_what_changed(out):
    decided(Period(dt.date(2026, 5, 1), SPRING.ends), yes=6)
    officer = make.officer()
    with pytest.raises(Refused, match="Say what"):
        actions.correct(out, by=officer, why=" ")
    with pytest.raises(NotAllowed):
        actions.correct(out, by=payer(), why="A decision was left out.")
    new = actions.correct(out, by=officer, why="Six decisions were left out.")
    assert actions.correct(out, by=officer, why="Twice.") == new
    assert (new.issue, new.status, FunderReport.objects.count()) == (2, "draft", 2)
    with pytest.raises(NotPossible):
        actions.correct(new, by=officer, why="Again.")
    for name, by in (("check-money", make.administrator()), ("check", officer), ("send", officer), ("accept", payer())):
        new = actions.move(new, name, by=by)
    new = actions.move(new, "publish", by=officer)
    first = Client().get(f"/support/consultancy/reports/{out.pk}/").content.decode()
    assert "There is a later issue" in first
    assert "7 of 13" in first
    second = Client().get(f"/support/consultancy/reports/{new.pk}/").content.decode()
    for words in ("Six decisions were left out.", "13 of 19", "7 of 13", "Issue 1, as it was"):
        assert words in second
    listed = Client().get("/support/consultancy/").content.decode()
    assert f"/reports/{new.pk}/" in listed
    assert f"/reports/{out.pk}/" not in listed


def test_words_are_written_and_the_figures_worked_out_anew_while_it_is_a_draft(report):
    Application.objects.filter(status="unsuccessful").update(status="submitted")
    report = actions.move(report, "redraft", by=make.officer(), words="Fewer than we hoped.")
    assert report.words == "Fewer than we hoped."
    assert dict(report.figures["reach"])["not-supported"] == "0"


def test_each_period_is_drafted_once_it_is_over_and_only_once(db):
    decided(SPRING, yes=7, no=3)
    decided(SUMMER, yes=2, no=6)
    now = dt.datetime(2026, 7, 1, 6, tzinfo=dt.UTC)
    assert actions.draft_what_is_due(now) == 0  # three are too few, and wait
    later = dt.datetime(2026, 10, 1, 6, tzinfo=dt.UTC)
    assert [actions.draft_what_is_due(later) for _twice in range(2)] == [1, 0]
    made = FunderReport.objects.get()
    assert (made.begins_on, made.ends_on) == (SPRING.begins, SUMMER.ends)
    Application.objects.update(status="submitted")
    assert periods_of(make.PROGRAMME, rows_of(make.PROGRAMME), later.date()) == (Period(SPRING.begins, SUMMER.ends),)


def test_days_and_answers_count_when_they_came_whenever_the_organisation_had_asked(db):
    decided(SPRING, yes=6)
    helped = [make.World() for _number in range(6)]
    for one in helped:
        confirm(one.record(1), by=one.owner)
        for moment, answer in (("before", 2), ("after", 4)):
            CapacityCheck.objects.create(engagement=one.engagement, moment=moment, answers=make.answers(answer))
    Application.objects.update(sent_at=at(SPRING.begins))
    in_summer = at(SUMMER.begins + dt.timedelta(days=20))
    Agreement.objects.update(at=in_summer)
    CapacityCheck.objects.update(at=in_summer)
    assert said_of(SPRING)["change"] == []
    found = said_of(SUMMER)
    assert dict(found["given"])["days-confirmed"] == "6"
    assert dict(found["reach"])["helped"] == "6"
    assert found["change"][0][1:] == ["2.0", "4.0", "6"]


def test_a_funder_sees_the_dashboard_of_their_programme_and_only_reports_that_were_sent(report, funder):
    browser = signed_in(funder.person)
    assert "Consultancy" in browser.get("/support/reports/").content.decode()
    page = browser.get("/support/reports/consultancy/").content.decode()
    assert "Who was not reached" in page
    assert "at least 12" in page
    assert browser.get(f"/support/reports/consultancy/{report.pk}/").status_code == 404
    assert signed_in(make.officer().person).get(f"/support/reports/consultancy/{report.pk}/").status_code == 200
    assert browser.get("/support/reports/nothing/").status_code == 404


def test_a_funder_of_something_else_finds_nothing_by_any_address(out):
    somebody = person("funder")
    RoleHeld.objects.filter(person=somebody).update(organisation=make.organisation("Other"))
    other, browser = caller_for(somebody, second_factor=True), signed_in(somebody)
    assert (
        "Consultancy"
        not in browser.get("/support/reports/").content.decode().partition("<main")[2].partition("</main")[0]
    )
    asked = make.one_round()
    for name, args in (
        ("support:dashboard", ["consultancy"]),
        ("support:dashboard-file", ["consultancy", "pdf"]),
        ("support:dashboard-file", ["consultancy", "xlsx"]),
        ("support:report", ["consultancy", out.pk]),
        ("support:report-file", ["consultancy", out.pk, "csv"]),
        ("staff_support:round", [asked.pk]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 404, name
    assert browser.post(reverse("support:report-move", args=["consultancy", out.pk, "query"])).status_code == 404
    assert browser.post(reverse("staff_support:move-round", args=[asked.pk, "agree"])).status_code == 404
    assert str(asked) not in browser.get(reverse("staff_support:rounds")).content.decode()
    sent = FunderReport.objects.create(
        programme="consultancy", begins_on=SUMMER.begins, ends_on=SUMMER.ends, due_on=SUMMER.ends, status="sent"
    )
    for name, details in (("accept", {}), ("query", {"question": "Who?"})):
        with pytest.raises(NotAllowed):
            actions.move(sent, name, by=other, **details)


@pytest.mark.parametrize("asked", ["2026-04-02", "from", "whole-1", "9" * 30])
def test_no_other_times_are_told_than_those_that_are_offered(report, asked):
    browser = signed_in(make.officer().person)
    for where in ("/support/reports/consultancy/", "/support/reports/consultancy/today.xlsx"):
        response = browser.get(where, {"time": asked})
        assert response.status_code == 400
        assert "2026-04-01" in response.content.decode()
    assert browser.get("/support/reports/consultancy/", {"from": "2026-04-02", "to": "2026-04-03"}).status_code == 200


@pytest.mark.parametrize("time", ["2026-04-01", "year", "whole"])
def test_each_time_can_be_taken_away_as_spreadsheet_and_document(report, time):
    browser = signed_in(make.officer().person)
    where = "/support/reports/consultancy/"
    assert browser.get(where, {"time": time}).status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{where}today.xlsx", {"time": time}).content))
    cells = [cell.value for row in book["Table"].iter_rows() for cell in row]
    assert "Days offered" in cells
    assert {7, 13} <= set(cells)
    assert browser.get(f"{where}today.pdf", {"time": time}).content.startswith(b"%PDF-")


def test_a_report_can_be_taken_away_as_spreadsheet_and_document(report):
    browser = signed_in(make.officer().person)
    where = f"/support/reports/consultancy/{report.pk}/report"
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{where}.xlsx").content))
    cells = [cell.value for row in book["Table"].iter_rows() for cell in row]
    assert "Days offered" in cells
    assert 35 in cells
    assert any("no figure in it is real" in str(cell.value) for row in book["Notes"].iter_rows() for cell in row)
    pdf = browser.get(f"{where}.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_promises_are_public_counted_over_a_period_and_say_what_is_not_measured(report):
    page = Client().get("/support/consultancy/promises/").content.decode()
    assert "Act with urgency" in page
    assert "1 April 2026 – 30 June 2026" in page
    assert "13 of 13" in page
    empty = Client().get("/support/small-grants/").content.decode()
    assert "Not yet measured: there is nothing to count yet." in empty
