"""A round of last year in a demonstration, written down as it stands by now: who asked, what was given, what changed.

Nobody is to wait while a year is walked step by step, so these rows are written at once; the tables hold them to what
real steps would have led to. Its report is walked, by those whose part each step is.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Max
from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.core.organisations.models import Organisation
from evenhand.domains.support.actions import reports
from evenhand.domains.support.actions.applications import FIRST
from evenhand.domains.support.models import (
    Agreement,
    Application,
    CapacityCheck,
    Consultant,
    DayEntry,
    Engagement,
    FunderReport,
    Participant,
    Round,
)
from evenhand.domains.support.rules.capacity import asked_for, skills
from evenhand.domains.support.rules.clocks import decision_due
from evenhand.domains.support.rules.days import QUARTERS
from evenhand.domains.support.rules.periods import Period, quarter_of
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.library.discover import made, read_table

DECLARED: Final = Path(__file__).with_name("demonstration.toml")
AGO: Final = 330  # days: in the quarter of that day all was decided and most was given
AWARDED: Final = 4 * QUARTERS
DONE: Final = ("closed", "follow-up", "delivered")


@dataclass(frozen=True)
class LastYear:
    """What is said of a round of last year."""

    programme: str
    title: str
    available: float
    outcome: str
    words: str
    question: str
    answer: str
    correction: str
    supported: str
    unsuccessful: str
    ineligible: str
    situation: str
    note: str
    changed: str
    ends: tuple[str, ...]  # of engagements, over and over
    offered: tuple[str, ...]  # by their slugs; the last of them declined
    refused: tuple[str, ...]
    larger: tuple[str, ...]  # than the programme is for
    waited: str
    withdrew: str

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """Everybody who asked, with what became of it."""
        *accepted, declined = self.offered
        return (
            *((slug, "accepted") for slug in accepted),
            (declined, "declined"),
            *((slug, "unsuccessful") for slug in self.refused),
            *((slug, "ineligible") for slug in self.larger),
            (self.waited, "reserve"),
            (self.withdrew, "withdrawn"),
        )


@cache
def declared() -> LastYear:
    """What the file says."""
    return made(LastYear, read_table(DECLARED)["last_year"], where=DECLARED)


def period_of(day: dt.date) -> Period:
    """The quarter in which all was decided, and most was given."""
    return quarter_of(day - dt.timedelta(days=AGO))


def write_applications(to: Round, *, by: Caller) -> int:
    """The applications of the round: offered, refused, not eligible, on the reserve list and withdrawn; how many."""
    said, period, programme = declared(), _period(to), programme_of(to.programme)
    there = {one.slug: one for one in Organisation.objects.filter(demonstration=True)}
    asked = [(there[slug], status) for slug, status in said.asked if slug in there]
    number = (Application.objects.aggregate(most=Max("number"))["most"] or FIRST - 1) + 1
    options = programme.question("help").options
    rows = []
    for at, (organisation, status) in enumerate(asked):
        sent = period.begins - dt.timedelta(days=3 + at % 4)
        decided = _noon(period.begins + dt.timedelta(days=1 + at % 3))
        row = Application(
            number=number + at,
            reference=f"A-{number + at}",
            round=to,
            organisation=organisation,
            status=status,
            key=uuid5(NAMESPACE_URL, f"{to.title}/{organisation.slug}"),
            answers={"help": [options[at % 2 * 2], *options[at % 7 : at % 7 + 1]], "situation": said.situation},
            begun_by=by.ref,
            created_at=_noon(sent),
            sent_at=_noon(sent),
            due_on=decision_due(programme.clocks, sent=sent, closes=sent),
        )
        if status in {"accepted", "declined"}:
            row.days_awarded, row.answered_at = AWARDED // QUARTERS, decided + dt.timedelta(days=3)
        if status == "ineligible":
            row.why_ineligible, row.checked_at = said.ineligible, decided
            row.proposal = [{"rule": "income", "verdict": "not-met"}]
        elif status != "withdrawn":
            row.feedback = said.supported if row.days_awarded else said.unsuccessful
            row.decided_at, row.checked_at = decided, _noon(sent + dt.timedelta(days=2))
        else:
            row.withdrawn_at = decided
        rows.append(row)
    Application.objects.bulk_create(rows)
    Participant.objects.bulk_create(
        Participant(application=row, person=by.person, joined_at=row.sent_at) for row in rows if by.person
    )
    return len(rows)


def write_engagements(day: dt.date, consultants: list[Consultant], *, by: Caller) -> int:
    """What became of those who took the days: recorded, confirmed, looked back on; how many."""
    said, period = declared(), period_of(day)
    accepted = Application.objects.filter(
        round__demonstration=True, round__title=said.title, status="accepted", engagement=None
    ).order_by("number")
    found = [
        _engagement(one, end, period, day, consultants[at % len(consultants)])
        for at, (one, end) in enumerate(zip(accepted, cycle(said.ends), strict=False))
    ]
    Engagement.objects.bulk_create(found)
    entries = [
        DayEntry(
            engagement=one,
            consultant=one.consultant,
            quarters=QUARTERS,
            on=on,
            note=said.note,
            by=one.consultant.person.ref,
            at=_noon(on + dt.timedelta(days=1)),
        )
        for at, one in enumerate(found)
        if one.consultant
        for worked in range(one.quarters_used // QUARTERS)
        # Whoever helps several works for each on days of their own.
        for on in (period.begins + dt.timedelta(days=25 + 9 * worked + at // len(consultants)),)
    ]
    DayEntry.objects.bulk_create(entries)
    Agreement.objects.bulk_create(
        Agreement(entry=entry, by=by.ref, at=entry.at + dt.timedelta(days=1)) for entry in entries
    )
    CapacityCheck.objects.bulk_create(
        CapacityCheck(engagement=one, moment=moment, answers=_answers(value, at), at=_noon(on))
        for at, one in enumerate(found)
        if one.status in DONE
        for moment, value, on in (
            ("before", 2, period.begins + dt.timedelta(days=20)),
            ("after", 4, period.begins + dt.timedelta(days=75)),
        )
    )
    return len(found)


def report_it(roles: Callable[[str], Caller], now: dt.datetime) -> None:
    """Its report: drafted, checked by two, questioned, accepted and made public; and a new issue that is a draft."""
    said, officer = declared(), roles("programme-officer")
    reports.draft_what_is_due(now)
    one = FunderReport.objects.filter(programme=said.programme, status="draft").order_by("ends_on").first()
    if one is None:
        return
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("redraft", "programme-officer", {"words": said.words}),
        ("check-money", "administrator", {}),
        ("check", "programme-officer", {}),
        ("send", "programme-officer", {}),
        ("query", "funder", {"question": said.question}),
        ("answer", "programme-officer", {"answer": said.answer}),
        ("accept", "funder", {}),
        ("publish", "programme-officer", {}),
    )
    for name, role, given in steps:
        one = reports.move(one, name, by=roles(role), **given)
    reports.correct(one, by=officer, why=said.correction)


def _engagement(one: Application, end: str, period: Period, day: dt.date, consultant: Consultant) -> Engagement:
    used = AWARDED if end in DONE else AWARDED // 2
    delivered = {"delivered": day - dt.timedelta(days=40), "closed": period.ends, "follow-up": period.ends}.get(end)
    return Engagement(
        reference=f"E-{one.reference.rpartition('-')[2]}",
        application=one,
        consultant=consultant,
        status=end,
        skills=list(asked_for(one.answers.get("help", ()))),
        quarters_awarded=AWARDED,
        quarters_used=used,
        quarters_confirmed=used,
        brief=declared().situation,
        organisation_signed_at=_noon(period.begins + dt.timedelta(days=20)),
        consultant_signed_at=_noon(period.begins + dt.timedelta(days=20)),
        opened_at=one.answered_at or timezone.now(),
        begun_on=period.begins + dt.timedelta(days=20),
        delivered_on=delivered,
        follow_up_on=delivered + dt.timedelta(days=183) if delivered else None,
        asked_on=day if end == "follow-up" else None,
        changed=declared().changed if end == "closed" else "",
    )


def _answers(value: int, at: int) -> dict[str, int]:
    return {one.slug: min(5, value + (at + place) % 2) for place, one in enumerate(skills())}


def _period(to: Round) -> Period:
    return quarter_of(timezone.localdate(to.closes_at) + dt.timedelta(days=30))


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
