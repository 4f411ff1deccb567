"""Reports to funders: due by the calendar, drafted by themselves, checked by two, questioned, accepted, made public."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, machine
from evenhand.core.errors import Refused
from evenhand.core.journal.actions import record
from evenhand.domains.support.actions.days import may
from evenhand.domains.support.lifecycle import REPORT
from evenhand.domains.support.models import FunderReport, ReportQuestion
from evenhand.domains.support.people import clockwork, officer
from evenhand.domains.support.queries.reporting import figures_of
from evenhand.domains.support.rules.programmes import programmes

CLOCKWORK = machine("support-clock")
AFTER = dt.timedelta(days=30)  # how long after the end of a quarter its report is due
QUARTER = 3


@transaction.atomic
def expect_report(programme: str, *, begins: dt.date, ends: dt.date, by: Caller) -> FunderReport:
    """Say that a report is due for a period; said again, the one that there is."""
    may(officer | clockwork, by)
    if programme not in {one.slug for one in programmes()}:
        raise Refused(_("There is no such programme."), near=tuple(one.slug for one in programmes()))
    if ends < begins:
        raise Refused(_("The period would end before it begins."), code="bad-period")
    made, fresh = FunderReport.objects.get_or_create(
        programme=programme, begins_on=begins, ends_on=ends, defaults={"due_on": ends + AFTER}
    )
    if fresh:
        record("support.report.expect", made.ref, by=by, details={"from": begins.isoformat(), "to": ends.isoformat()})
    return made


def move(report: FunderReport, name: str, *, by: Caller, **details: Any) -> FunderReport:
    """Take a step with a report."""
    moved: FunderReport = REPORT.move(report, name, by=by, **details)
    return moved


@REPORT.on("draft")
def _draft(report: FunderReport, *, by: Caller) -> None:
    """Work the figures out, and keep them as they are now."""
    del by
    report.figures = figures_of(report.programme, report.begins_on, report.ends_on)
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
    """For the quarter that ended last, expect a report of each programme that anybody applied to, and draft it."""
    today = timezone.localdate(now)
    first = dt.date(today.year, (today.month - 1) // QUARTER * QUARTER + 1, 1)
    ends = first - dt.timedelta(days=1)
    begins = dt.date(ends.year, ends.month - QUARTER + 1, 1)
    drafted = 0
    for one in programmes():
        if not figures_of(one.slug, begins, ends)["reach"][0][1].strip("0"):
            continue
        report = expect_report(one.slug, begins=begins, ends=ends, by=CLOCKWORK)
        if report.status == REPORT.first:
            move(report, "draft", by=CLOCKWORK)
            drafted += 1
    return drafted
