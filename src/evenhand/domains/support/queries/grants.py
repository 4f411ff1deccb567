"""Awards as 360Giving has them, with its extension on diversity, equity and inclusion.

Days are given in kind: the amount is 0, and the description says how many days. An award that was stopped stands at
what was used of it. What is said of who leads an organisation comes from its entry in the directory, and only where it
has said so.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from evenhand.core.organisations.models import Area, Fact, Identifier
from evenhand.domains.support.models import Application, Engagement
from evenhand.domains.support.rules.days import written
from evenhand.domains.support.rules.programmes import Programme

VERSION = "1.4"
EXTENSION = "https://github.com/ThreeSixtyGiving/360-dei"
GIVEN = Q(status="accepted") | Q(status="withdrawn", engagement__quarters_used__gt=0)
NOT_ASKED, BEFORE, AFTER = "AS100", "AS200", "AS201"  # whether it was said before the decision to award, or after
OURS = "evenhand"
# The closed list of the extension, as near as the facts that are confirmed here come to it.
CODES = {
    "communities:five/black": "DEI010100",
    "communities:census-2021-19/black-african": "DEI010110",
    "communities:census-2021-19/black-caribbean": "DEI010120",
    "communities:census-2021-19/other-black": "DEI010199",
    "communities:five/mixed": "DEI010200",
    "communities:five/asian": "DEI010300",
    "communities:census-2021-19/indian": "DEI010310",
    "communities:census-2021-19/pakistani": "DEI010320",
    "communities:census-2021-19/bangladeshi": "DEI010330",
    "communities:census-2021-19/chinese": "DEI010340",
    "communities:census-2021-19/other-asian": "DEI010399",
    "communities:five/other": "DEI019900",
    "communities:census-2021-19/arab": "DEI019910",
    "communities:census-2021-19/gypsy-or-irish-traveller": "DEI019930",
    "communities:census-2021-19/roma": "DEI019930",
    "faiths:buddhist": "DEI030400",
    "faiths:hindu": "DEI030500",
    "faiths:jewish": "DEI030600",
    "faiths:muslim": "DEI030700",
    "faiths:sikh": "DEI030800",
    "sexes:female": "DEI090000",
}
FROM_THE_DIRECTORY = "Said for the organisation’s entry in the directory, and not in its application."
AREAS = {"leadership": Fact.Kind.LED_BY, "mission": Fact.Kind.MISSION, "project": Fact.Kind.FOCUSED_ON}


def has_awards(programme: Programme) -> bool:
    """Whether there is a file to offer."""
    return Application.objects.filter(GIVEN, round__programme=programme.slug).exists()


def package_of(programme: Programme) -> dict[str, Any] | None:
    """The whole file of one programme; None as long as nothing was awarded, since a file of no grants is none."""
    accepted = Application.objects.filter(GIVEN, round__programme=programme.slug)
    found = list(accepted.select_related("organisation", "round").order_by("number"))
    if not found:
        return None
    organisations = [one.organisation_id for one in found]
    numbers: dict[Any, list[Identifier]] = defaultdict(list)
    for held in Identifier.objects.filter(organisation__in=organisations).order_by("-primary", "scheme"):
        numbers[held.organisation_id].append(held)
    facts: dict[Any, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(organisation__in=organisations):
        facts[fact.organisation_id].append(fact)
    places: dict[Any, list[str]] = defaultdict(list)
    for area in Area.objects.filter(organisation__in=organisations).order_by("code"):
        places[area.organisation_id].append(area.code)
    engaged = {one.application_id: one for one in Engagement.objects.filter(application__in=found)}
    return {
        "version": VERSION,
        "extensions": [EXTENSION],
        "title": programme.title,
        "publisher": {"name": settings.BODY or "Evenhand", "website": settings.SITE_URL},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "grants": [
            _grant(programme, one, engaged.get(one.pk), numbers[of], facts[of], places[of])
            for one in found
            for of in (one.organisation_id,)
        ],
    }


def _grant(
    programme: Programme,
    one: Application,
    engagement: Engagement | None,
    numbers: list[Identifier],
    facts: list[Fact],
    places: list[str],
) -> dict[str, Any]:
    awarded = timezone.localdate(one.decided_at or one.created_at)
    amount, said = float(one.pounds_awarded or 0), ""
    if programme.award.kind == "days":
        amount, said = 0, _in_kind(one, engagement)
    website = settings.SITE_URL + reverse("organisation", args=[one.organisation.slug])
    recipient: dict[str, Any] = {
        "id": str(numbers[0]) if numbers else f"{OURS}-{one.organisation.slug}",
        "name": one.organisation.title,
        "url": one.organisation.website or website,
    }
    for held in numbers:
        if held.scheme == "GB-CHC":
            recipient["charityNumber"] = held.value
        if held.scheme == "GB-COH":
            recipient["companyNumber"] = held.value
    grant: dict[str, Any] = {
        "id": f"{OURS}-{programme.slug}-{one.reference}",
        "title": f"{programme.title}: {one.reference}",
        "description": said + programme.summary,
        "currency": "GBP",
        "amountAwarded": amount,
        "awardDate": awarded.isoformat(),
        "recipientOrganization": [recipient],
        "fundingOrganization": [{"id": programme.funder_id, "name": programme.funder}],
        "grantProgramme": [{"code": programme.slug, "title": programme.title}],
        "dataSource": settings.SITE_URL + reverse("support:grants", args=[programme.slug]),
        "dateModified": timezone.localtime(one.touched_at).isoformat(timespec="seconds"),
    }
    if any(fact.kind in AREAS.values() for fact in facts):
        grant["deiDetails"] = {name: _answered(facts, kind, awarded) for name, kind in AREAS.items()}
    if places:
        grant["beneficiaryLocation"] = [{"geoCode": code} for code in places]
    return grant


def _in_kind(one: Application, engagement: Engagement | None) -> str:
    """How many days were given in the place of money; of what was stopped, how many were used."""
    awarded = engagement.quarters_awarded if engagement else int((one.days_awarded or 0) * 4)
    said = f"{written(awarded)} days of a consultant, given in kind. "
    if engagement and (engagement.status == "stopped" or one.status == "withdrawn"):
        of = {"used": written(engagement.quarters_used), "awarded": written(awarded)}
        said = "{used} days of a consultant, given in kind: stopped, of {awarded} awarded. ".format(**of)
    return said + "No value in pounds is stated for them: the amount of 0 stands for none. "


def _answered(facts: list[Fact], kind: str, awarded: dt.date) -> dict[str, Any]:
    """What the organisation said of itself, as far as the extension has a code for it."""
    about = [fact for fact in facts if fact.kind == kind]
    if not about:
        return {"askedStatus": NOT_ASKED}
    asked: dict[str, Any] = {
        "askedStatus": BEFORE if min(fact.confirmed_on for fact in about) <= awarded else AFTER,
        "availableOptions": ["AO100", "AO101", "AO102"],
        "replyStatus": "RS200",
    }
    codes = sorted({CODES[fact.community] for fact in about if fact.community in CODES})
    if not codes:
        return {**asked, "additionalDetails": f"{FROM_THE_DIRECTORY} It is not among the codes of the extension."}
    return {**asked, "response": {"taxonomyCodes": codes}, "additionalDetails": FROM_THE_DIRECTORY}
