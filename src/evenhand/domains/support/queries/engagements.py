"""What each side sees of an engagement: an officer all of it, the organisation and the consultant their own part."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as said

from evenhand.core.access import Caller
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.journal.models import Line
from evenhand.core.journal.queries import lines_about
from evenhand.core.organisations.people import ROLES
from evenhand.core.references import resolve
from evenhand.domains.support.lifecycle import CONSULTANT, ENGAGEMENT, INVOICE
from evenhand.domains.support.lifecycle.engagements import MATCHED, WORKING
from evenhand.domains.support.models import (
    CapacityCheck,
    Consultant,
    DayEntry,
    Engagement,
    Invoice,
    Participant,
    Shortlisted,
)
from evenhand.domains.support.people import engaged, minder, officer, on_a_side, spoken_for, supported
from evenhand.domains.support.queries.ledger import in_words, to_invoice
from evenhand.domains.support.rules import capacity
from evenhand.domains.support.rules.days import written
from evenhand.library.places import UnknownPlace, place

LINES = 40
CHOSEN = "support.engagement.choose"
PARTED = ("support.engagement.rematch", "support.engagement.decline")
AFTER = (*WORKING, "delivered", "follow-up", "closed")
WORDS = {
    "support.engagement.open": said("Days awarded"),
    "support.engagement.raise-award": said("Award raised"),
    "support.engagement.write-brief": said("Brief written"),
    "support.engagement.sign-brief": said("Brief signed"),
    "support.engagement.answer-capacity": said("Short questions answered"),
    "support.engagement.say-what-changed": said("Said what changed"),
    "support.engagement.speak": said("Said on the telephone, and written down by our staff"),
    "support.day.record": said("Days recorded"),
    "support.day.confirm": said("Days confirmed"),
    "support.day.correct": said("Days taken back"),
}


def engagements_seen_by(caller: Caller) -> QuerySet[Engagement]:
    """Those that a caller may open: for an officer all that they are on no side of; one's own for everybody else."""
    all_of_them = Engagement.objects.select_related(
        "application__organisation", "application__round", "consultant__person"
    )
    trusted = caller.effective
    if not trusted.signed_in or trusted.person is None:
        return all_of_them.none()
    mine = Q(pk__in=[])
    if officer.admits(trusted):
        mine = ~on_a_side(trusted.person.pk, application="application__")
    kept = {of for role, of in trusted.organisations if role in ROLES}
    joined = Participant.objects.filter(person=trusted.person, ended_at=None).exclude(joined_at=None)
    mine |= Q(application__organisation__in=kept) | Q(application__in=joined.values("application"))
    if "consultant" in trusted.roles:
        mine |= Q(consultant__person=trusted.person) | Q(
            pk__in=DayEntry.objects.filter(consultant__person=trusted.person).values("engagement")
        )
    return all_of_them.filter(mine)


@dataclass(frozen=True)
class LedgerLine:
    """One line as shown: in words, where it stands, and what the reader may do with it."""

    entry: DayEntry
    days: str
    standing: str
    confirmable: bool
    correctable: bool


@dataclass(frozen=True)
class Candidate:
    """A consultant as an organisation sees one: no rate, no references; of a life only what was consented to."""

    pk: int
    name: str
    about: str
    skills: tuple[str, ...]
    areas: tuple[str, ...]
    remote: bool
    lived_experience: str
    points: tuple[str, ...]
    outcome: str = ""
    choosable: bool = False


class Seen:
    """One engagement through the eyes of one caller. What a side may not see, its page is not given."""

    def __init__(self, engagement: Engagement, caller: Caller) -> None:
        """Find out which sides the caller is on."""
        self.engagement, self.caller = engagement, caller
        self.is_officer = minder.admits(caller, engagement)
        self.is_organisation = supported.admits(caller, engagement)
        self.is_consultant = engaged.admits(caller, engagement)
        self.speaks = spoken_for.admits(caller, engagement)

    @property
    def is_former(self) -> bool:
        """Whether the caller helped earlier, and sees no more than their own days."""
        return not (self.is_officer or self.is_organisation or self.is_consultant)

    @property
    def title(self) -> str:
        """Whom it supports."""
        return self.engagement.application.organisation.title

    @property
    def state(self) -> str:
        """Where it stands."""
        return _(ENGAGEMENT.state(self.engagement.status).label)

    @property
    def tally(self) -> dict[str, str]:
        """The award and what is left of it, in words; for a former consultant, nothing."""
        one = self.engagement
        if self.is_former:
            return {}
        return {
            "awarded": written(one.quarters_awarded),
            "used": written(one.quarters_used),
            "left": written(one.quarters_awarded - one.quarters_used),
            "confirmed": written(one.quarters_confirmed),
        }

    @cached_property
    def lines(self) -> list[LedgerLine]:
        """The lines of the ledger, oldest first: for consultants, their own and no one else's."""
        found = self.engagement.entries.select_related("agreement", "correction", "consultant__person")
        if not (self.is_officer or self.is_organisation):
            found = found.filter(consultant__person=self.caller.person)
        return [self._line(one) for one in found]

    @property
    def waiting(self) -> int:
        """How many lines the organisation has still to confirm."""
        return sum(one.confirmable for one in self.lines)

    @property
    def brief(self) -> str:
        """What the days are for."""
        return "" if self.is_former else self.engagement.brief

    @property
    def brief_open(self) -> bool:
        """Whether the brief can be written now by this caller."""
        return not self.is_former and self.engagement.status in {"matching", "shortlisted", "chosen", "briefing"}

    @property
    def signable(self) -> bool:
        """Whether this side's signature is what is missing."""
        one = self.engagement
        if one.status != "briefing" or not one.brief:
            return False
        return (self.is_consultant and not one.consultant_signed_at) or (
            (self.is_organisation or self.speaks) and not one.organisation_signed_at
        )

    @property
    def records(self) -> bool:
        """Whether this caller records days now."""
        return self.is_consultant and self.engagement.status in WORKING

    @property
    def proposes(self) -> bool:
        """Whether this caller can send a shortlist now."""
        return self.is_officer and self.engagement.status in {"matching", "shortlisted"}

    @property
    def books(self) -> bool:
        """Whether this caller can book training, or raise the award, now."""
        over = {"delivered", "follow-up", "closed", "stopped"}
        return self.is_officer and self.engagement.status not in over

    @property
    def says_what_changed(self) -> bool:
        """Whether this caller is asked what changed."""
        return self.is_organisation and self.engagement.status in {"delivered", "follow-up"}

    @property
    def changed(self) -> str:
        """What the organisation said of what changed."""
        return self.engagement.changed if self.is_officer or self.is_organisation else ""

    @cached_property
    def shortlist(self) -> list[Candidate]:
        """Who was proposed: for the organisation and officers alone."""
        if not (self.is_officer or self.is_organisation):
            return []
        choosing = (self.is_organisation or self.speaks) and self.engagement.status == "shortlisted"
        listed = self.engagement.shortlist.exclude(outcome=Shortlisted.Outcome.LEFT).select_related(
            "consultant__person"
        )
        return [
            candidate_of(
                one.consultant,
                one.points,
                outcome="" if one.outcome == Shortlisted.Outcome.OFFERED else one.get_outcome_display(),
                choosable=choosing and one.outcome == Shortlisted.Outcome.OFFERED,
            )
            for one in listed.select_related("consultant__person")
        ]

    @property
    def consultant(self) -> Candidate | None:
        """Who was chosen, as the organisation sees them."""
        one = self.engagement.consultant
        if one is None or self.is_former:
            return None
        return candidate_of(one, [])

    @cached_property
    def checks(self) -> list[tuple[str, list[str]]]:
        """The answers to the short questions, a row a question, a column a moment; consultants see those before."""
        if self.is_former:
            return []
        given = {one.moment: one.answers for one in self.engagement.checks.all()}
        if not (self.is_officer or self.is_organisation):
            given = {moment: answers for moment, answers in given.items() if moment == CapacityCheck.Moment.BEFORE}
        if not given:
            return []
        moments = [moment for moment in CapacityCheck.Moment.values if moment in given]
        return [
            (_(one.name), [str(given[moment].get(one.slug, "")) for moment in moments]) for one in capacity.skills()
        ]

    @property
    def moments(self) -> list[str]:
        """The headings of those columns."""
        shown = CapacityCheck.Moment.values if self.is_officer or self.is_organisation else ["before"]
        given = set(self.engagement.checks.values_list("moment", flat=True))
        return [str(CapacityCheck.Moment(moment).label) for moment in shown if moment in given]

    @cached_property
    def invoices(self) -> list[tuple[Invoice, str, list[Any]]]:
        """Invoices with their state and next steps: a consultant's own; all for officers; none for the organisation."""
        found = self.engagement.invoices.select_related("consultant__person", "engagement")
        if not self.is_officer:
            found = found.filter(consultant__person=self.caller.person)
        return [(one, _(INVOICE.state(one.status).label), list(INVOICE.open_to(one, self.caller))) for one in found]

    @property
    def to_invoice(self) -> str:
        """How many confirmed days this consultant can still put on an invoice; nothing if none."""
        if "consultant" not in self.caller.effective.roles:
            return ""
        me = Consultant.objects.filter(person=self.caller.person).first()
        left = to_invoice(self.engagement, me) if me else 0
        return written(left) if left > 0 else ""

    @property
    def steps(self) -> list[Any]:
        """The steps that are one button, open to the caller now."""
        plain = {"accept", "decline", "deliver", "ask", "rematch", "stop"}
        return [one for one in ENGAGEMENT.open_to(self.engagement, self.caller) if one.name in plain]

    @property
    def reviewing(self) -> bool:
        """Whether it is time to look back, and this caller says how it goes."""
        due = self.engagement.status == "review" or (self.is_officer and self.engagement.status == "in-progress")
        return due and self._may("review")

    @property
    def closing(self) -> bool:
        """Whether this caller can close it now."""
        return self._may("close")

    def _may(self, name: str) -> bool:
        return any(one.name == name for one in ENGAGEMENT.open_to(self.engagement, self.caller))

    @cached_property
    def journal(self) -> list[tuple[Line, str, str]]:
        """What was done, newest first: when, by whom, what; for a former consultant, nothing.

        A consultant reads what they did themselves and what was done since they were chosen, so not who came before.
        """
        if self.is_former:
            return []
        lines = list(lines_about(self.engagement.ref)[:LINES])
        if self.is_officer:
            known = resolve([line.by for line in lines])
            return [(line, known[line.by].title, said_of(line)) for line in lines]
        if not self.is_organisation:
            chosen = next((at for at, line in enumerate(lines) if line.tag == CHOSEN), len(lines) - 1)
            lines = [line for at, line in enumerate(lines) if at <= chosen or line.by == self.caller.ref]
        keeping = set(
            map(
                str,
                RoleHeld.objects.filter(organisation=self.engagement.organisation_id).values_list("person", flat=True),
            )
        )
        applied = self.engagement.application.participants.exclude(person=None).values_list("person", flat=True)
        keeping |= set(map(str, applied))
        return [(line, self._who(line, keeping), said_of(line)) for line in lines]

    def _who(self, line: Line, keeping: set[str]) -> str:
        """By whom, as the two sides may read it: who would not go on with whom is told to neither."""
        if line.tag in PARTED:
            return ""
        if line.by == self.caller.ref:
            return _("You")
        if line.by.kind == "core.machine":
            return _("Evenhand itself")
        if line.by.key in keeping:
            return _("The organisation")
        helping = Consultant.objects.filter(shortlisted__engagement=self.engagement, person=line.by.key)
        return _("The consultant") if helping.exists() else _("Our staff")

    def _line(self, one: DayEntry) -> LedgerLine:
        agreed, back = getattr(one, "agreement", None), getattr(one, "correction", None)
        if one.corrects_id:
            standing = _("Takes a line back")
        elif back:
            standing = _("Taken back")
        elif agreed:
            standing = _("Confirmed")
        else:
            standing = _("Waits to be confirmed")
        live = not (one.corrects_id or back)
        return LedgerLine(
            one,
            in_words(one.quarters),
            standing,
            confirmable=live and not agreed and self.is_organisation and self.caller.ref != one.by,
            correctable=live and (self.is_officer or (not agreed and (self.is_organisation or self.is_consultant))),
        )


def candidate_of(one: Consultant, points: Iterable[str], *, outcome: str = "", choosable: bool = False) -> Candidate:
    """A consultant as an organisation sees one."""
    return Candidate(
        one.pk,
        one.title,
        one.about,
        tuple(_(name) for name in capacity.names(one.skills)),
        tuple(_place(code) for code in one.areas),
        one.remote,
        one.lived_experience if one.lived_experience_shown else "",
        tuple(points),
        outcome,
        choosable and one.status == CONSULTANT.state("available").name,
    )


def said_of(line: Line) -> str:
    """A line of the journal in words."""
    if line.tag in WORDS:
        days = line.details.get("days") or line.details.get("to", "") if isinstance(line.details, dict) else ""
        return f"{_(WORDS[line.tag])}: {days}" if days else _(WORDS[line.tag])
    name = line.tag.rpartition(".")[2]
    return _(next((move.label for move in ENGAGEMENT.moves if move.name == name), name))


def under_way() -> QuerySet[Engagement]:
    """What is matched, and not yet delivered."""
    return Engagement.objects.filter(status__in=MATCHED)


def _place(code: str) -> str:
    try:
        return place(code).name
    except UnknownPlace:
        return code
