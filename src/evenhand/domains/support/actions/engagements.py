"""The steps of an engagement: matching, agreeing the brief, looking back, delivering, and matching anew."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.support.actions.days import locked, may
from evenhand.domains.support.actions.telling import tell_consultant, tell_organisation
from evenhand.domains.support.lifecycle import ENGAGEMENT
from evenhand.domains.support.models import CapacityCheck, Consultant, Engagement, Shortlisted
from evenhand.domains.support.people import engaged, minder, spoken_for, supported
from evenhand.domains.support.queries.matching import explained, from_within
from evenhand.domains.support.rules.answers import marked
from evenhand.domains.support.rules.capacity import is_answered
from evenhand.domains.support.rules.days import FOLLOW_UP
from evenhand.library.calendar import months_after

LONGEST_LIST = 5


def move(engagement: Engagement, name: str, *, by: Caller, **details: Any) -> Engagement:
    """Take a step of the engagement's life."""
    with transaction.atomic():
        moved: Engagement = ENGAGEMENT.move(engagement, name, by=by, **details)
        if name == "choose" and spoken_for.admits(by, moved):
            record("support.engagement.speak", moved.ref, by=by, details={"step": name, "way": "call"})
    return moved


@ENGAGEMENT.on("shortlist")
def _shortlist(engagement: Engagement, *, by: Caller, consultants: str) -> None:
    """Propose a few who are available, each with its reasons: by their references, which the journal keeps."""
    del by
    numbers = [one.rpartition("-")[2] for one in consultants.split(", ")]
    chosen = list(Consultant.objects.filter(pk__in=[int(one) for one in numbers if one.isdecimal()]))
    if len(chosen) != len(numbers):
        raise Refused(_("Somebody on the list is not in the pool. Load the page again."), code="unknown")
    if len(chosen) > LONGEST_LIST:
        raise Refused(_("A shortlist holds at most %(most)s.") % {"most": LONGEST_LIST}, code="too-many")
    if any(one.status != "available" for one in chosen):
        raise NotPossible(_("Somebody on the list is not available now. Load the page again."), code="unavailable")
    _refuse_from_within(engagement, *chosen)
    for one in chosen:
        points = [str(point) for point in explained(engagement, one).points]
        there, fresh = Shortlisted.objects.get_or_create(
            engagement=engagement, consultant=one, defaults={"points": points}
        )
        if not fresh and there.outcome == Shortlisted.Outcome.LEFT:
            there.outcome, there.points = Shortlisted.Outcome.OFFERED, points
            there.save()
    tell_organisation(engagement, "support/engagements/shortlist.txt")


def _refuse_from_within(engagement: Engagement, *chosen: Consultant) -> None:
    if from_within(engagement).filter(pk__in=[one.pk for one in chosen]).exists():
        raise NotPossible(_("Nobody is paid to help an organisation that they have a part in."), code="from-within")


@ENGAGEMENT.on("choose")
def _choose(engagement: Engagement, *, by: Caller, consultant: Consultant) -> None:
    """Ask one of the shortlist."""
    del by
    listed = engagement.shortlist.filter(consultant=consultant, outcome=Shortlisted.Outcome.OFFERED).first()
    if listed is None:
        raise Refused(_("Choose somebody on the shortlist."), code="not-listed")
    if consultant.status != "available":
        raise NotPossible(_("%(name)s is not available any more. Choose another.") % {"name": consultant.title})
    _refuse_from_within(engagement, consultant)
    listed.outcome = Shortlisted.Outcome.CHOSEN
    listed.save()
    engagement.consultant = consultant
    tell_consultant(engagement, "support/engagements/chosen.txt")


@ENGAGEMENT.on("accept")
def _accept(engagement: Engagement, *, by: Caller) -> None:
    """Take it on, at the day rate of today: what the consultant says later of their rate is for later work."""
    del by
    listed = engagement.shortlist.filter(consultant=engagement.consultant)
    listed.update(rate=Subquery(Consultant.objects.filter(engagements=engagement).values("rate")))
    tell_organisation(engagement, "support/engagements/accepted.txt")


@ENGAGEMENT.on("decline")
def _decline(engagement: Engagement, *, by: Caller) -> None:
    """Leave it to another: the organisation chooses again."""
    del by
    engagement.shortlist.filter(consultant=engagement.consultant).update(outcome=Shortlisted.Outcome.DECLINED)
    engagement.consultant = None
    tell_organisation(engagement, "support/engagements/declined.txt")


@ENGAGEMENT.on("begin")
def _begin(engagement: Engagement, *, by: Caller) -> None:
    """Begin, once both have signed the same words."""
    del by
    if not (engagement.organisation_signed_at and engagement.consultant_signed_at):
        raise NotPossible(_("Both sides sign the brief first."), code="not-signed")
    engagement.begun_on = engagement.begun_on or timezone.localdate()


@ENGAGEMENT.on("deliver")
def _deliver(engagement: Engagement, *, by: Caller) -> None:
    """Say that all is delivered, and set the day on which it is asked what changed."""
    del by
    engagement.delivered_on = timezone.localdate()
    engagement.follow_up_on = months_after(engagement.delivered_on, FOLLOW_UP)
    tell_organisation(engagement, "support/engagements/delivered.txt")


@ENGAGEMENT.on("ask")
def _ask(engagement: Engagement, *, by: Caller, on: dt.date | None = None) -> None:
    """Ask the organisation what changed, and keep on which day."""
    del by
    engagement.asked_on = on or timezone.localdate()
    tell_organisation(engagement, "support/engagements/follow_up.txt")


@ENGAGEMENT.on("rematch")
def _rematch(engagement: Engagement, *, by: Caller) -> None:
    """Match anew, by either side and without a reason; days that were used stay used."""
    del by
    left = engagement.shortlist.exclude(outcome=Shortlisted.Outcome.DECLINED)
    left.filter(consultant=engagement.consultant).update(outcome=Shortlisted.Outcome.DECLINED)
    left.exclude(consultant=engagement.consultant).update(outcome=Shortlisted.Outcome.LEFT)
    tell_consultant(engagement, "support/engagements/rematched.txt")
    tell_organisation(engagement, "support/engagements/rematched.txt")
    engagement.consultant = None
    engagement.organisation_signed_at = engagement.consultant_signed_at = None


@transaction.atomic
def write_brief(engagement: Engagement, *, by: Caller, words: str, seen: str | None = None) -> Engagement:
    """Write what is to be done; whoever had signed other words signs again. `seen` is the mark of what was read."""
    engagement = locked(engagement)
    may(engaged | supported | minder, by, engagement)
    if engagement.status not in {"matching", "shortlisted", "chosen", "briefing"}:
        raise NotPossible(_("The brief is signed. Match anew, or agree a change with each other and write to us."))
    if not words.strip():
        raise Refused(_("Write what the days are for."), code="no-words")
    _refuse_if_changed(engagement.brief, words, seen)
    if words.strip() != engagement.brief:
        engagement.brief = words.strip()
        engagement.organisation_signed_at = engagement.consultant_signed_at = None
        engagement.save(update_fields=["brief", "organisation_signed_at", "consultant_signed_at"])
        record("support.engagement.write-brief", engagement.ref, by=by)
    return engagement


@transaction.atomic
def sign(engagement: Engagement, *, by: Caller, words: str) -> Engagement:
    """Sign the brief for one's own side, as it was read; with the second signature the work begins."""
    engagement = locked(engagement)
    may(engaged | supported | spoken_for, by, engagement)
    if engagement.status != "briefing":
        raise NotPossible(_("There is no brief to sign now."), code="no-brief")
    if not engagement.brief or words != engagement.brief:
        raise NotPossible(_("The brief has changed since you read it. Read it again, then sign."), code="changed")
    side = "consultant" if engaged.admits(by, engagement) else "organisation"
    spoken = {"way": "call"} if spoken_for.admits(by, engagement) else {}
    if getattr(engagement, f"{side}_signed_at") is None:
        setattr(engagement, f"{side}_signed_at", timezone.now())
        engagement.save(update_fields=[f"{side}_signed_at"])
        record("support.engagement.sign-brief", engagement.ref, by=by, details={"side": side} | spoken)
    if engagement.organisation_signed_at and engagement.consultant_signed_at:
        return move(engagement, "begin", by=by)
    return engagement


@transaction.atomic
def answer_capacity(engagement: Engagement, moment: str, *, by: Caller, answers: Mapping[str, int]) -> CapacityCheck:
    """Answer the short questions, once at each moment; until the next moment they can be answered anew."""
    engagement = locked(engagement)
    may(supported, by, engagement)
    order = CapacityCheck.Moment.values
    later = order[order.index(moment) + 1 :] if moment in order else []
    if moment not in moments_open(engagement) or engagement.checks.filter(moment__in=later).exists():
        raise NotPossible(_("These questions are not open now."), code="not-open")
    if not is_answered(answers):
        raise Refused(_("Answer every question."), code="unanswered")
    kept, _fresh = CapacityCheck.objects.update_or_create(
        engagement=engagement, moment=moment, defaults={"answers": dict(answers), "at": timezone.now()}
    )
    # What was answered before stays in the journal: the row holds what stands.
    details = {"moment": moment, "answers": dict(answers)}
    record("support.engagement.answer-capacity", engagement.ref, by=by, details=details)
    return kept


@transaction.atomic
def say_what_changed(engagement: Engagement, *, by: Caller, words: str, seen: str | None = None) -> Engagement:
    """Say, after the end, what changed: in the organisation's words, which the officer closes with."""
    engagement = locked(engagement)
    may(supported, by, engagement)
    if engagement.status not in {"delivered", "follow-up"}:
        raise NotPossible(_("We ask once all is delivered."), code="not-yet")
    _refuse_if_changed(engagement.changed, words, seen)
    engagement.changed = words.strip()
    engagement.save(update_fields=["changed"])
    record("support.engagement.say-what-changed", engagement.ref, by=by)
    return engagement


def _refuse_if_changed(stands: str, words: str, seen: str | None) -> None:
    if seen is not None and seen != marked(stands) and words.strip() != stands:
        raise NotPossible(
            _("Somebody else has changed this since you opened it. It now says: “%(words)s”") % {"words": stands},
            code="changed-meanwhile",
        )


def moments_open(engagement: Engagement) -> tuple[str, ...]:
    """Which of the short checks can be answered now."""
    if engagement.status in {"closed", "stopped"}:
        return ()
    if engagement.status == "follow-up":
        return (CapacityCheck.Moment.LATER,)
    if engagement.status == "delivered":
        return (CapacityCheck.Moment.AFTER,)
    return (CapacityCheck.Moment.BEFORE,)
