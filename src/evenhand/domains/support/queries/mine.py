"""Everything of the support programme that is one's own, and what of it waits: for the page of one's account."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.access import Caller
from evenhand.domains.support.models import Consultant, DayEntry, Engagement
from evenhand.domains.support.people import assessor, funder, officer
from evenhand.domains.support.queries.applications import applications_written_by
from evenhand.domains.support.queries.assessing import assessments_of, undeclared
from evenhand.domains.support.queries.engagements import engagements_seen_by
from evenhand.domains.support.queries.ledger import in_words, to_invoice


@dataclass(frozen=True)
class Own:
    """One place of one's own, and in words what waits there; blank if nothing does."""

    name: str
    url: str
    waits: str = ""


def own_of(caller: Caller) -> list[Own]:
    """What a caller applies for, receives, gives, scores or looks after, each with what waits for them."""
    if caller.person is None or not caller.effective.signed_in:
        return []
    return [*_applying(caller), *_receiving(caller), *_helping(caller), *_scoring(caller), *_overseeing(caller)]


def _applying(caller: Caller) -> Iterator[Own]:
    found = list(applications_written_by(caller).values_list("status", flat=True))
    if found:
        drafts, asked = found.count("draft"), found.count("more-information")
        offers = found.count("offered")
        yield Own(
            _("Your applications for support"),
            reverse("support:applications"),
            _listed(
                (drafts, ngettext("%(n)s is not sent yet", "%(n)s are not sent yet", drafts)),
                (asked, ngettext("%(n)s has a question for you", "%(n)s have a question for you", asked)),
                (offers, ngettext("%(n)s offer to answer", "%(n)s offers to answer", offers)),
            ),
        )


def _receiving(caller: Caller) -> Iterator[Own]:
    mine = Engagement.objects.filter(application__in=applications_written_by(caller).values("pk"))
    found = list(mine.values_list("status", "brief", "organisation_signed_at"))
    if not found:
        return
    lines = DayEntry.objects.filter(engagement__in=mine, agreement=None, corrects=None, correction=None)
    confirm = lines.exclude(by=caller.ref).count()
    choose = sum(status == "shortlisted" for status, _brief, _signed in found)
    sign = sum(status == "briefing" and bool(brief) and signed is None for status, brief, signed in found)
    yield Own(
        _("Support that you receive: days to confirm, briefs, consultants"),
        reverse("support:engagements"),
        _listed(
            (confirm, ngettext("%(n)s line of days to confirm", "%(n)s lines of days to confirm", confirm)),
            (choose, ngettext("%(n)s consultant to choose", "%(n)s consultants to choose", choose)),
            (sign, ngettext("%(n)s brief to sign", "%(n)s briefs to sign", sign)),
        ),
    )


def _helping(caller: Caller) -> Iterator[Own]:
    entry = Consultant.objects.filter(person=caller.person).first()
    if entry is None and "consultant" not in caller.effective.roles:
        return
    yield Own(_("Your entry as a consultant"), reverse("support:consultant-mine"))
    given = engagements_seen_by(caller).filter(Q(consultant=entry) | Q(entries__consultant=entry)).distinct()
    if entry is not None and (found := list(given)):
        asked = sum(one.status == "chosen" and one.consultant_id == entry.pk for one in found)
        left = sum(max(to_invoice(one, entry), 0) for one in found)
        yield Own(
            _("Support that you give: days to record, invoices"),
            reverse("support:engagements"),
            _listed(
                (asked, ngettext("%(n)s organisation asks for you", "%(n)s organisations ask for you", asked)),
                (left, _("%(days)s confirmed, and on no invoice yet") % {"days": in_words(left)}),
            ),
        )


def _scoring(caller: Caller) -> Iterator[Own]:
    if assessor.admits(caller):
        score = assessments_of(caller).filter(status="asked").count()
        declare = sum(len(organisations) for _round, organisations in undeclared(caller))
        yield Own(
            _("Applications to assess"),
            reverse("support:assessing"),
            _listed(
                (declare, ngettext("%(n)s organisation to declare on", "%(n)s organisations to declare on", declare)),
                (score, ngettext("%(n)s application to score", "%(n)s applications to score", score)),
            ),
        )


def _overseeing(caller: Caller) -> Iterator[Own]:
    if officer.admits(caller):
        yield Own(_("The support desk"), reverse("staff_support:desk"))
    if funder.admits(caller):
        yield Own(_("Rounds to agree"), reverse("staff_support:rounds"))
        yield Own(_("Reports to you as a funder"), reverse("support:reports"))


def _listed(*found: tuple[int, str]) -> str:
    return "; ".join(words % {"n": number} if "%(n)s" in words else words for number, words in found if number)
