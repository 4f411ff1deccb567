"""What a programme did: rows without names, the periods that may be told, their figures, and how promises were kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Min
from django.utils import timezone

from evenhand.core.journal.models import Line
from evenhand.core.organisations.communities import communities
from evenhand.core.organisations.models import Area, Fact, Form, Identifier, IncomeBand, Organisation
from evenhand.domains.support.lifecycle.reports import OUT
from evenhand.domains.support.models import (
    Agreement,
    Application,
    CapacityCheck,
    Conversation,
    DayEntry,
    Engagement,
    FunderReport,
)
from evenhand.domains.support.rules.periods import DAY, Period, periods
from evenhand.domains.support.rules.programmes import Programme, programme
from evenhand.domains.support.rules.promises import Asking, Promise, promises
from evenhand.domains.support.rules.reporting import Asked, Compared, Given, Outcome, Rows, figures
from evenhand.library.places import UnknownPlace, place

WIDE = ("region", "nation")
BANDS = tuple(str(label) for label in IncomeBand.labels)
UNSENT = ("draft",)


def rows_of(slug: str) -> Rows:
    """All that a programme did, as far as a report may know it."""
    declared = programme(slug)
    sent = Application.objects.filter(round__programme=slug, sent_at__isnull=False).exclude(status__in=UNSENT)
    found = list(sent.select_related("organisation"))
    engaged = {one.application_id: one for one in Engagement.objects.filter(application__in=found)}
    again = _rematched(engaged.values())
    organisations = [one.organisation_id for one in found]
    areas, led = areas_of(organisations), led_by(organisations)
    registered = set(Identifier.objects.filter(organisation__in=organisations).values_list("organisation", flat=True))
    before = _first_awards(organisations)
    asked = []
    for one in found:
        engagement = engaged.get(one.pk)
        earlier = before.get(one.organisation_id)
        new = earlier is None or one.decided_at is None or earlier >= one.decided_at
        off = one.organisation_id not in registered or one.organisation.legal_form == Form.UNREGISTERED
        asked.append(
            _row(
                one,
                declared,
                area=areas.get(one.organisation_id, ""),
                led_by=led.get(one.organisation_id, ""),
                first=new or off,
                delivered_on=engagement.delivered_on if engagement else None,
                rematched_on=again.get(str(engagement.ref)) if engagement else None,
            )
        )
    in_days = declared.award.kind == "days"
    return Rows(tuple(asked), _given(slug) if in_days else (), _compared(slug), in_days=in_days)


def periods_of(slug: str, rows: Rows, today: dt.date | None = None) -> tuple[Period, ...]:
    """The periods of a programme that are over and may be told, the earliest first.

    Where a period has a report it stays as it is; what came later goes on from there.
    """
    ends_by = today or timezone.localdate()
    reported = FunderReport.objects.filter(programme=slug, ends_on__lt=ends_by)
    found = tuple(sorted({Period(*days) for days in reported.values_list("begins_on", "ends_on")}))
    days = [found[-1].ends + DAY] if found else [one.sent_on for one in rows.asked]
    return (*found, *periods(min(days), ends_by, rows.counts)) if days else ()


def kept_figures(slug: str) -> dict[Period, dict[str, Any]]:
    """The figures of every report that is out, as they were sent: of each period, those of its latest issue."""
    out = FunderReport.objects.filter(programme=slug, status__in=OUT).order_by("issue")
    return {Period(one.begins_on, one.ends_on): one.figures for one in out}


def figures_of(rows: Rows, period: Period) -> dict[str, Any]:
    """Everything that the report of a programme says of a period."""
    return figures(rows, period, sizes=BANDS)


def promises_of(one: Programme, rows: Rows, period: Period | None) -> tuple[Promise, ...]:
    """How the eight commitments were kept in a period; None is that none may be told yet."""
    talks = Conversation.objects.filter(programme=one.slug)
    times = [
        (timezone.localdate(asked), timezone.localdate(settled) if settled else None)
        for asked, settled in talks.values_list("asked_at", "settled_at")
    ]
    within = [settled for asked, settled in times if period and period.holds(asked)]
    asking = Asking(
        len(one.questions),
        sum(not question.required for question in one.questions),
        len(one.reports),
        len(within),
        sum(bool(period and settled and settled <= period.ends) for settled in within),
    )
    return promises(rows.decided_in(period) if period else (), asking, period)


def kept_promises(one: Programme) -> tuple[Period | None, tuple[Promise, ...]]:
    """How the eight commitments were kept in the last period that may be told, and which that is."""
    rows = rows_of(one.slug)
    told = periods_of(one.slug, rows)
    period = told[-1] if told else None
    return period, promises_of(one, rows, period)


def areas_of(organisations: list[Any]) -> dict[Any, str]:
    """The region or nation in which each works, the first if several."""
    found: dict[Any, str] = {}
    for organisation, code in Area.objects.filter(organisation__in=organisations).values_list("organisation", "code"):
        found.setdefault(organisation, _region(code))
    return found


def led_by(organisations: list[Any]) -> dict[Any, str]:
    """Who leads each, by the community that is confirmed; in words, and "several" where it is more than one."""
    found: dict[Any, set[str]] = defaultdict(set)
    known = communities()
    for fact in Fact.objects.filter(organisation__in=organisations, kind=Fact.Kind.LED_BY):
        found[fact.organisation_id].add(str(known[fact.community].people) if fact.community in known else "")
    return {of: next(iter(said)) if len(said) == 1 else "Several communities" for of, said in found.items()}


def _row(one: Application, declared: Programme, **known: Any) -> Asked:
    organisation: Organisation = one.organisation
    said = one.answers.get("help", ()) if isinstance(one.answers, dict) else ()
    titles = {rule.slug: rule.title for rule in declared.rules}
    outcome, decided = _decision(one)
    ineligible = outcome == "not-supported" and one.status != "unsuccessful"
    failed = tuple(
        titles.get(each.get("rule", ""), each.get("title", ""))
        for each in one.proposal
        if each.get("verdict") == "not-met"
    )
    return Asked(
        sent_on=timezone.localdate(one.sent_at),
        outcome=outcome,
        decided_on=timezone.localdate(decided) if decided else None,
        due_on=one.due_on,
        ineligible=ineligible,
        size=str(IncomeBand(organisation.income_band).label) if organisation.income_band else "",
        help=tuple(said) if isinstance(said, list | tuple) else (),
        not_met=failed or ("An officer decided, and said why",) if ineligible else (),
        feedback=bool(one.feedback or one.why_ineligible),
        awarded=float((one.days_awarded or 0) * 4 or one.pounds_awarded or 0),
        **known,
    )


def _decision(one: Application) -> tuple[Outcome, dt.datetime | None]:
    """What was decided, and when: it stays so, even where the organisation withdraws later."""
    if one.days_awarded is not None or one.pounds_awarded is not None:
        return "supported", one.decided_at
    if one.status == "unsuccessful":
        return "not-supported", one.decided_at
    if one.status == "ineligible" or one.why_ineligible:
        return "not-supported", one.checked_at
    return "", None


def _given(slug: str) -> tuple[Given, ...]:
    """Days by the day on which they were confirmed, and those that were taken back by the day of that."""
    of = {"entry__engagement__application__round__programme": slug}
    agreed = Agreement.objects.filter(**of).values_list("entry__engagement", "entry__quarters", "at")
    back = DayEntry.objects.filter(
        engagement__application__round__programme=slug, corrects__agreement__isnull=False
    ).values_list("engagement", "quarters", "at")
    return tuple(Given(str(whose), quarters, timezone.localdate(at)) for whose, quarters, at in (*agreed, *back))


def _compared(slug: str) -> tuple[Compared, ...]:
    """Who answered before and after, whenever they had asked for support."""
    given: dict[Any, dict[str, CapacityCheck]] = defaultdict(dict)
    for one in CapacityCheck.objects.filter(engagement__application__round__programme=slug):
        given[one.engagement_id][one.moment] = one
    return tuple(
        Compared(one["before"].answers, one["after"].answers, timezone.localdate(one["after"].at))
        for one in given.values()
        if {"before", "after"} <= set(one)
    )


def _rematched(engagements: Iterable[Engagement]) -> dict[str, dt.date]:
    """On which day an engagement was first matched anew, by its reference."""
    refs = [str(one.ref) for one in engagements]
    lines = Line.objects.filter(tag="support.engagement.rematch", about__in=refs)
    return {str(about): timezone.localdate(at) for about, at in lines.values_list("about").annotate(Min("at"))}


def _first_awards(organisations: list[Any]) -> dict[Any, dt.datetime]:
    """When each was first offered support, by any programme."""
    given = Application.objects.filter(organisation__in=organisations, status="accepted", decided_at__isnull=False)
    return dict(given.values_list("organisation").annotate(Min("decided_at")))


def _region(code: str) -> str:
    try:
        here = place(code)
        around = [here, *(place(one) for one in here.parents)]
    except UnknownPlace:
        return ""
    return next((one.name for kind in WIDE for one in around if one.kind == kind), here.name)
