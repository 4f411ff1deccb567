"""Asking of a commitment, screening what was asked, and answering in public."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.domains.reviews.actions.clocks import end, keep, reply_due, start
from evenhand.domains.reviews.actions.evidence import forget_words
from evenhand.domains.reviews.lifecycle import CHALLENGE
from evenhand.domains.reviews.lifecycle.commitments import ADOPTED
from evenhand.domains.reviews.models import Challenge, Clock, Commitment
from evenhand.domains.reviews.people import READER
from evenhand.domains.reviews.rules.clocks import REPLY


@transaction.atomic
def ask(made: Commitment, words: str, *, email: str = "", by: Caller = READER) -> Challenge:
    """Take in a question; the same words about the same commitment, not yet read, are kept once."""
    if made.status not in ADOPTED:
        raise NotPossible(_("There is no such commitment yet."), code="not-adopted")
    same = made.challenges.filter(words=words, status=CHALLENGE.first).first()
    if same:
        return same
    challenge = Challenge(commitment=made, words=words, email=email)
    challenge.full_clean()
    challenge.save()
    record("reviews.challenge.ask", challenge.ref, by=by, details={"about": str(made.ref)})
    return challenge


def show(challenge: Challenge, *, by: Caller, words: str) -> Challenge:
    """Show it, in words that are cleared of what is personal; from now on an answer is due."""
    shown: Challenge = CHALLENGE.move(challenge, "show", by=by, words=words)
    return shown


def refuse(challenge: Challenge, *, by: Caller, why: str) -> Challenge:
    """Do not show it; who asked is told why, and what they wrote is forgotten."""
    refused: Challenge = CHALLENGE.move(challenge, "refuse", by=by, why=why)
    return refused


def answer(challenge: Challenge, *, by: Caller, answer: str) -> Challenge:
    """Answer it in public; who asked is told, and their address is forgotten."""
    answered: Challenge = CHALLENGE.move(challenge, "answer", by=by, answer=answer)
    return answered


def take_down(challenge: Challenge, *, by: Caller, kind: str, why: str) -> Challenge:
    """Take down a question that is shown, with its answer: that and when it was, and the kind of reason, stay."""
    removed: Challenge = CHALLENGE.move(challenge, "remove", by=by, kind=kind, why=why)
    return removed


@CHALLENGE.on("show")
def _shown(challenge: Challenge, *, by: Caller, words: str) -> None:
    today = timezone.localdate()
    challenge.asked, challenge.words = words, ""
    challenge.screened_by, challenge.screened_on = by.ref, today
    start(challenge.ref, Clock.Kind.REPLY, due_on=reply_due(today, REPLY), on=today, by=by)


@CHALLENGE.on("refuse")
def _refused(challenge: Challenge, *, by: Caller, why: str) -> None:
    challenge.why, challenge.screened_by, challenge.screened_on = why, by.ref, timezone.localdate()
    _tell(challenge)
    challenge.words = ""


@CHALLENGE.on("answer")
def _answered(challenge: Challenge, *, by: Caller, answer: str) -> None:
    challenge.answer, challenge.answered_on = answer, timezone.localdate()
    keep(challenge.ref, Clock.Kind.REPLY, by=by)
    _tell(challenge)


@CHALLENGE.on("remove")
def _removed(challenge: Challenge, *, by: Caller, kind: str, why: str) -> None:
    del why  # the journal keeps it
    challenge.removed_on, challenge.removed_for = timezone.localdate(), kind
    challenge.words = challenge.asked = challenge.answer = challenge.email = ""
    end(challenge.ref, Clock.Kind.REPLY, by=by)
    forget_words(challenge.ref, kind, by=by)


def _tell(challenge: Challenge) -> None:
    """Tell who asked, if they gave an address, and forget it."""
    if challenge.email:
        post("reviews/challenge.txt", to=challenge.email, about=challenge.ref, stranger=True, challenge=challenge)
    challenge.email = ""
