"""What a programme did in a period: rows without names, the figures made of them, and how its promises were kept."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.utils import timezone

from evenhand.core.journal.models import Line
from evenhand.core.organisations.communities import communities
from evenhand.core.organisations.models import Area, Fact, Form, Identifier, IncomeBand, Organisation
from evenhand.domains.support.models import Application, CapacityCheck, Conversation, Engagement
from evenhand.domains.support.rules.capacity import Change, changes
from evenhand.domains.support.rules.programmes import Programme, programme
from evenhand.domains.support.rules.promises import Asking, Promise, promises
from evenhand.domains.support.rules.reporting import Asked, figures
from evenhand.library.places import UnknownPlace, place

WIDE = ("region", "nation")
BANDS = tuple(str(label) for label in IncomeBand.labels)
UNSENT = ("draft",)


def figures_of(slug: str, begins: dt.date, ends: dt.date) -> dict[str, Any]:
    """Everything that the report of a programme says of a period."""
    return figures(rows_of(slug, begins, ends), changes_of(slug, begins, ends), sizes=BANDS)


def promises_of(one: Programme) -> tuple[Promise, ...]:
    """How the eight commitments were kept, since the programme began."""
    today = timezone.localdate()
    talks = Conversation.objects.filter(programme=one.slug)
    asking = Asking(
        len(one.questions),
        sum(not question.required for question in one.questions),
        len(one.reports),
        talks.count(),
        talks.exclude(settled_at=None).count(),
    )
    return promises(rows_of(one.slug, dt.date(2000, 1, 1), today), asking)


def rows_of(slug: str, begins: dt.date, ends: dt.date) -> list[Asked]:
    """Every application that was sent in a period, as a report may know it."""
    sent = Application.objects.filter(round__programme=slug, sent_at__date__gte=begins, sent_at__date__lte=ends)
    found = list(sent.exclude(status__in=UNSENT).select_related("organisation"))
    engaged = {one.application_id: one for one in Engagement.objects.filter(application__in=found)}
    anew = set(
        Line.objects.filter(
            tag="support.engagement.rematch", about__in=[str(one.ref) for one in engaged.values()]
        ).values_list("about", flat=True)
    )
    organisations = [one.organisation_id for one in found]
    areas = areas_of(organisations)
    led = led_by(organisations)
    registered = set(Identifier.objects.filter(organisation__in=organisations).values_list("organisation", flat=True))
    declared = programme(slug)
    return [
        _row(one, engaged.get(one.pk), anew, areas, led, one.organisation_id in registered, declared) for one in found
    ]


def changes_of(slug: str, begins: dt.date, ends: dt.date) -> tuple[Change, ...]:
    """How sure organisations were before and after, over those who answered both times."""
    given: dict[Any, dict[str, Any]] = defaultdict(dict)
    asked = CapacityCheck.objects.filter(
        engagement__application__round__programme=slug,
        engagement__application__sent_at__date__gte=begins,
        engagement__application__sent_at__date__lte=ends,
    )
    for one in asked:
        given[one.engagement_id][one.moment] = one.answers
    return changes((one["before"], one["after"]) for one in given.values() if {"before", "after"} <= set(one))


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


def _row(
    one: Application,
    engagement: Engagement | None,
    anew: set[Any],
    areas: dict[Any, str],
    led: dict[Any, str],
    registered: bool,  # noqa: FBT001  (called here alone)
    declared: Programme,
) -> Asked:
    organisation: Organisation = one.organisation
    said = one.answers.get("help", ()) if isinstance(one.answers, dict) else ()
    decided = one.decided_at or (one.checked_at if one.status == "ineligible" else None)
    titles = {rule.slug: rule.title for rule in declared.rules}
    return Asked(
        status=one.status,
        sent_on=timezone.localdate(one.sent_at) if one.sent_at else timezone.localdate(one.created_at),
        due_on=one.due_on,
        decided_on=timezone.localdate(decided) if decided else None,
        area=areas.get(organisation.pk, ""),
        size=str(IncomeBand(organisation.income_band).label) if organisation.income_band else "",
        led_by=led.get(organisation.pk, ""),
        help=tuple(said) if isinstance(said, list | tuple) else (),
        not_met=tuple(
            titles.get(outcome.get("rule", ""), outcome.get("title", ""))
            for outcome in one.proposal
            if outcome.get("verdict") == "not-met"
        )
        or (("An officer decided, and said why",) if one.status == "ineligible" else ()),
        feedback=bool(one.feedback or one.why_ineligible),
        unregistered=not registered or organisation.legal_form == Form.UNREGISTERED,
        awarded=engagement.quarters_awarded if engagement else 0,
        used=engagement.quarters_used if engagement else 0,
        confirmed=engagement.quarters_confirmed if engagement else 0,
        delivered=bool(engagement and engagement.delivered_on),
        closed=bool(engagement and engagement.status == "closed"),
        rematched=bool(engagement and engagement.ref in anew),
    )


def _region(code: str) -> str:
    try:
        here = place(code)
        around = [here, *(place(one) for one in here.parents)]
    except UnknownPlace:
        return ""
    return next((one.name for kind in WIDE for one in around if one.kind == kind), here.name)
