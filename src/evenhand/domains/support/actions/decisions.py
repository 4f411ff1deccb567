"""What officers and the panel decide on an application, and what applicants answer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible, Refused
from evenhand.domains.support.actions.letters import tell
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.models import Application, Round
from evenhand.domains.support.queries.ledger import COLUMNS, left_to_give
from evenhand.domains.support.queries.scores import moderation_due, scores_in
from evenhand.domains.support.rules.programmes import programme
from evenhand.domains.support.rules.scoring import BadScores, total

WRITTEN = {  # where the words of a step stand
    "find-ineligible": {"why": "why_ineligible"},
    "query": {"why": "query"},
    "uphold": {"why": "why_ineligible"},
    "ask": {"question": "question"},
    "reply": {"answer": "reply"},
    "moderate": {"scores": "agreed_scores", "why": "moderation"},
    "offer": {"feedback": "feedback"},
    "hold": {"feedback": "feedback"},
    "refuse": {"feedback": "feedback"},
}


@APPLICATION.on("find-eligible")
@APPLICATION.on("allow")
def found_eligible(application: Application, *, by: Caller) -> None:
    """A person confirmed it, whatever the rules proposed."""
    application.checked_by, application.checked_at, application.why_ineligible = by.ref, timezone.now(), ""
    tell(application, "eligible")


@APPLICATION.on("find-ineligible")
def found_ineligible(application: Application, *, by: Caller, why: str) -> None:
    """They are told why, what there is instead, and that they may ask us to look again."""
    application.checked_by, application.checked_at, application.why_ineligible = by.ref, timezone.now(), why
    tell(application, "ineligible")


@APPLICATION.on("query")
def queried(application: Application, *, by: Caller, why: str) -> None:
    """Once, and as long as the clock of the programme runs."""
    del by
    if application.queried_at is not None:
        raise NotPossible(_("We have looked at this twice already. Talk to us if something has changed."), code="twice")
    days = programme(application.programme).clocks.query
    found = application.checked_at
    if found is None or (timezone.localdate() - timezone.localdate(found)).days > days:
        said = {"days": days}
        raise NotPossible(_("A query has to come within %(days)s days of our answer. Talk to us.") % said, code="late")
    application.queried_at, application.query = timezone.now(), why


@APPLICATION.on("uphold")
def upheld(application: Application, *, by: Caller, why: str) -> None:
    """A second person looked, and sees it as the first one did."""
    application.checked_by, application.checked_at, application.why_ineligible = by.ref, timezone.now(), why
    tell(application, "upheld")


@APPLICATION.on("ask")
def more_was_asked(application: Application, *, by: Caller, question: str) -> None:
    """What is missing is asked for; the clock goes on."""
    del by
    application.asked_at, application.question, application.reply = timezone.now(), question, ""
    tell(application, "asked")


@APPLICATION.on("reply")
def replied(application: Application, *, by: Caller, answer: str) -> None:
    """Assessors see it from now on."""
    del by
    application.reply = answer


@APPLICATION.on("score")
def scored(application: Application, *, by: Caller) -> None:
    """As many have handed in their scores as the programme asks for."""
    del by
    if len(scores_in(application)) < programme(application.programme).assessment.assessors:
        raise NotPossible(_("Not all scores are in yet."), code="scores-missing")


@APPLICATION.on("moderate")
def moderated(application: Application, *, by: Caller, scores: Mapping[str, int], why: str) -> None:
    """What the panel agreed stands in the place of what assessors scored; theirs stay to be read."""
    del by
    try:
        total(programme(application.programme), scores)
    except BadScores as fault:
        raise Refused(_("Score every criterion from 0 to 4."), near=fault.criteria, code="bad-scores") from None
    application.agreed_scores, application.moderation = dict(scores), why


@APPLICATION.on("offer")
def offered(application: Application, *, by: Caller, amount: Decimal, feedback: str) -> None:
    """What is offered is within what the programme gives to one, and the round has left for all."""
    _refuse_without_panel(application)
    award = programme(application.programme).award
    if not award.takes(amount):
        said = {"most": f"{award.most:g}", "step": f"{award.step:g}", "kind": award.kind}
        raise Refused(_("Offer up to %(most)s %(kind)s, in steps of %(step)s.") % said, code="bad-amount")
    # Of two offers from one round at once, the second waits and counts the first.
    one = Round.objects.select_for_update().get(pk=application.round_id)
    left = left_to_give(one)
    if left is not None and amount > left:
        said = {"left": f"{left.normalize():f}", "kind": award.kind}
        raise NotPossible(_("This round has %(left)s %(kind)s left.") % said, code="nothing-left")
    setattr(application, COLUMNS[award.kind], amount)
    _decided(application, by, feedback)
    tell(application, "offered")


@APPLICATION.on("hold")
def held(application: Application, *, by: Caller, feedback: str) -> None:
    """They are told that they are next, and what we thought."""
    _refuse_without_panel(application)
    _decided(application, by, feedback)
    tell(application, "reserve")


@APPLICATION.on("refuse")
def refused(application: Application, *, by: Caller, feedback: str) -> None:
    """They are told why, and what there is instead."""
    _refuse_without_panel(application)
    _decided(application, by, feedback)
    tell(application, "unsuccessful")


@APPLICATION.on("accept")
def accepted(application: Application, *, by: Caller) -> None:
    """The support is theirs."""
    del by
    application.answered_at = timezone.now()
    tell(application, "accepted")


@APPLICATION.on("decline")
def declined(application: Application, *, by: Caller) -> None:
    """It goes back to the round."""
    del by
    application.answered_at = timezone.now()


def _decided(application: Application, by: Caller, feedback: str) -> None:
    application.feedback, application.decided_by, application.decided_at = feedback, by.ref, timezone.now()


def _refuse_without_panel(application: Application) -> None:
    if application.status == "scored" and moderation_due(application):
        gap = programme(application.programme).assessment.gap
        raise NotPossible(
            _("The assessors are more than %(gap)s points apart: write down first what the panel agreed.")
            % {"gap": gap},
            code="moderate-first",
        )


def stands_otherwise(application: Application, name: str, details: Mapping[str, Any]) -> bool:
    """Whether a step that was taken already wrote something else than these details."""
    columns = WRITTEN.get(name, {})
    stands = {need: getattr(application, column) for need, column in columns.items()}
    if name == "offer":
        stands["amount"] = getattr(application, COLUMNS[programme(application.programme).award.kind])
    return any(need in details and details[need] != value for need, value in stands.items())


def details_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a form gave for a step, without what was left blank."""
    return {name: value for name, value in said.items() if value not in (None, "", {})}
