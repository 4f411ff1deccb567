"""Reports to funders: due by the calendar, drafted by themselves, checked by two, questioned, accepted, made public."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.support.actions.days import may
from evenhand.domains.support.lifecycle import REPORT
from evenhand.domains.support.lifecycle.reports import OUT
from evenhand.domains.support.models import FunderReport, ReportQuestion
from evenhand.domains.support.people import CLOCK, clockwork, officer
from evenhand.domains.support.queries.reporting import figures_of, periods_of, rows_of
from evenhand.domains.support.queries.reports import in_words
from evenhand.domains.support.rules.periods import Period
from evenhand.domains.support.rules.programmes import programmes

AFTER = dt.timedelta(days=30)  # how long after the end of a period its report is due


@transaction.atomic
def expect_report(programme: str, period: Period, *, by: Caller) -> FunderReport:
    """Say that a report is due for a period that may be told; said again, the one that there is."""
    may(officer | clockwork, by)
    if programme not in {one.slug for one in programmes()}:
        raise Refused(_("There is no such programme."), near=tuple(one.slug for one in programmes()))
    told = periods_of(programme, rows_of(programme))
    if period not in told:
        near = tuple(in_words(one) for one in told)
        raise Refused(_("That is not a period of which a report can be made."), near=near, code="bad-period")
    made, fresh = FunderReport.objects.get_or_create(
        programme=programme,
        begins_on=period.begins,
        ends_on=period.ends,
        issue=1,
        defaults={"due_on": period.ends + AFTER},
    )
    if fresh:
        details = {"from": period.begins.isoformat(), "to": period.ends.isoformat()}
        record("support.report.expect", made.ref, by=by, details=details)
    return made


@transaction.atomic
def correct(report: FunderReport, *, by: Caller, why: str) -> FunderReport:
    """Begin a new issue of a report that is out, with figures as they are worked out now; asked twice, once.

    The issue that is out stays as it is. The new one is checked by two, sent and accepted like any other.
    """
    may(officer, by)
    if not why.strip():
        raise Refused(_("Say what the new issue puts right: everybody reads it."), code="no-reason")
    report = FunderReport.objects.select_for_update().get(pk=report.pk)
    if report.status not in OUT:
        raise NotPossible(_("It is still being drafted: draft it anew."), code="not-out")
    last = report.issues.aggregate(last=Max("issue"))["last"]
    if last > report.issue:
        return report.issues.get(issue=last)
    made = FunderReport.objects.create(
        programme=report.programme,
        begins_on=report.begins_on,
        ends_on=report.ends_on,
        issue=last + 1,
        changed=why.strip(),
        words=report.words,
        due_on=timezone.localdate() + AFTER,
    )
    record("support.report.correct", report.ref, by=by, details={"issue": made.issue, "is": made.reference})
    return move(made, "draft", by=by)


def move(report: FunderReport, name: str, *, by: Caller, **details: Any) -> FunderReport:
    """Take a step with a report."""
    moved: FunderReport = REPORT.move(report, name, by=by, **details)
    return moved


@REPORT.on("draft")
def _draft(report: FunderReport, *, by: Caller) -> None:
    """Work the figures out, and keep them as they are now."""
    del by
    report.figures = figures_of(rows_of(report.programme), Period(report.begins_on, report.ends_on))
    report.drafted_at = timezone.now()
    report.finance_checked_by = report.programme_checked_by = None


@REPORT.on("redraft")
def _redraft(report: FunderReport, *, by: Caller, words: str = "") -> None:
    """Work them out anew, and say in our words what they mean; both checks are then to be done again."""
    _draft(report, by=by)
    report.words = words.strip()


@REPORT.on("check-money")
def _check_money(report: FunderReport, *, by: Caller) -> None:
    """Keep who checked the money."""
    report.finance_checked_by = by.ref


@REPORT.on("check")
def _check(report: FunderReport, *, by: Caller) -> None:
    """Keep who checked the programme."""
    report.programme_checked_by = by.ref


@REPORT.on("send")
def _send(report: FunderReport, *, by: Caller) -> None:
    """Keep the moment."""
    del by
    report.sent_at = timezone.now()


@REPORT.on("query")
def _query(report: FunderReport, *, by: Caller, question: str) -> None:
    """Keep the question with the report."""
    ReportQuestion.objects.create(report=report, question=question, asked_by=by.ref)


@REPORT.on("answer")
def _answer(report: FunderReport, *, by: Caller, answer: str) -> None:
    """Answer the question that is open."""
    del by
    report.questions.filter(answered_at=None).update(answer=answer, answered_at=timezone.now())


@REPORT.on("publish")
def _publish(report: FunderReport, *, by: Caller) -> None:
    """From now on everybody can read it."""
    del by
    report.published_at = timezone.now()


def draft_what_is_due(now: dt.datetime) -> int:
    """Expect a report of each period that may be told and has none, and draft it; how many were drafted."""
    drafted = 0
    for one in programmes():
        for period in periods_of(one.slug, rows_of(one.slug), timezone.localdate(now)):
            report = expect_report(one.slug, period, by=CLOCK)
            if report.status == REPORT.first:
                move(report, "draft", by=CLOCK)
                drafted += 1
    return drafted
