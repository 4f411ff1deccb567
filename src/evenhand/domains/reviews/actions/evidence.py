"""Taking in evidence, clearing it of what is personal, using it or not, and forgetting who sent it."""

import datetime as dt

from django.core.files.base import File as Given
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, machine
from evenhand.core.errors import Refused
from evenhand.core.files.actions import keep as keep_file
from evenhand.core.files.actions import look_through, remove
from evenhand.core.files.models import File
from evenhand.core.journal.actions import erase, record
from evenhand.core.notices.actions import post
from evenhand.core.references import Ref, resolve
from evenhand.domains.reviews.lifecycle import SUBMISSION
from evenhand.domains.reviews.models import Challenge, Removal, Submission
from evenhand.domains.reviews.people import READER
from evenhand.domains.reviews.rules.clocks import FORGOTTEN

ERASED = (Removal.PERSONAL, Removal.ACCUSATION, Removal.SENDER)
FORGETTING = machine("progress-forgetting")


def submit(
    about: Ref, words: str, *, url: str = "", email: str = "", file: Given[bytes] | None = None, by: Caller = READER
) -> Submission:
    """Take in evidence, with its file if there is one; the same words about the same thing, not yet read, once."""
    if not resolve([about])[about].url:
        raise Refused(_("Choose what it is about."), code="unknown-subject")
    looked = look_through(file) if file is not None else None
    with transaction.atomic():
        same = Submission.objects.filter(about=about, words=words, url=url, status=SUBMISSION.first).first()
        if same and looked is None:
            return same
        made = Submission(about=about, words=words, url=url, email=email)
        made.full_clean()
        made.save()
        details = {"about": str(about), "file": looked is not None}
        record("reviews.submission.submit", made.ref, by=by, details=details)
        if looked is not None:
            keep_file(looked, about=made.ref, by=by)
    return made


def screen(made: Submission, *, by: Caller, words: str) -> Submission:
    """Clear it: nothing personal and nothing that accuses somebody is in the words that are kept."""
    screened: Submission = SUBMISSION.move(made, "screen", by=by, words=words)
    return screened


def accept(made: Submission, *, by: Caller, why: str) -> Submission:
    """Use it, as a second person: it is shown, with what it is used for."""
    accepted: Submission = SUBMISSION.move(made, "accept", by=by, why=why)
    return accepted


def drop(made: Submission, *, by: Caller, why: str) -> Submission:
    """Do not use it; who sent it is told why, and nothing of it is kept but that it came."""
    dropped: Submission = SUBMISSION.move(made, "drop", by=by, why=why)
    return dropped


def take_down(made: Submission, *, by: Caller, kind: str, why: str) -> Submission:
    """Take down what is shown: that and when it was, and the kind of reason, stay; its words do not."""
    removed: Submission = SUBMISSION.move(made, "remove", by=by, kind=kind, why=why)
    return removed


@transaction.atomic
def forget_addresses(now: dt.datetime) -> int:
    """Forget the addresses of those who sent or asked something long ago that nobody has dealt with; how many."""
    long_ago = now - dt.timedelta(days=FORGOTTEN)
    forgotten = 0
    for model in (Submission, Challenge):
        old = model.objects.filter(~Q(email=""), made_at__lt=long_ago).select_for_update()
        for one in old:
            one.email = ""
            one.save(update_fields=["email"])
            record("reviews.address.forget", one.ref, by=FORGETTING)
            forgotten += 1
    return forgotten


@SUBMISSION.on("screen")
def _screened(made: Submission, *, by: Caller, words: str) -> None:
    made.cleared, made.words = words, ""
    made.screened_by, made.screened_on = by.ref, timezone.localdate()


@SUBMISSION.on("accept")
def _accepted(made: Submission, *, by: Caller, why: str) -> None:
    del by
    made.reason, made.decided_on = why, timezone.localdate()
    _tell(made, used=True)


@SUBMISSION.on("drop")
def _dropped(made: Submission, *, by: Caller, why: str) -> None:
    made.reason, made.decided_on = why, timezone.localdate()
    _tell(made, used=False)
    made.words = made.cleared = made.url = ""
    for file in File.objects.filter(about=made.ref, removed_at=None):
        remove(file, by=by, why="the evidence is not used")


@SUBMISSION.on("remove")
def _removed(made: Submission, *, by: Caller, kind: str, why: str) -> None:
    del why  # the journal keeps it
    made.removed_on, made.removed_for = timezone.localdate(), kind
    made.words = made.cleared = made.url = made.reason = made.email = ""
    for file in File.objects.filter(about=made.ref, removed_at=None):
        remove(file, by=by, why="the evidence was taken down")
    forget_words(made.ref, kind, by=by)


def forget_words(of: Ref, kind: str, *, by: Caller) -> None:
    """Let the journal forget the words of what was taken down, where they are about somebody or were asked back."""
    if kind in ERASED:
        erase(of, by=by)


def _tell(made: Submission, *, used: bool) -> None:
    """Tell who sent it, if they gave an address, and forget it."""
    if made.email:
        known = resolve([made.about])[made.about]
        post("reviews/submission.txt", to=made.email, about=made.ref, stranger=True, made=made, known=known, used=used)
    made.email = ""
