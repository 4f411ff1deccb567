"""The page of an application as its writers see it: what is to do, where it stands, what was done."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import Caller
from evenhand.core.accounts.models import Person
from evenhand.core.journal.queries import lines_about
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.models import Application
from evenhand.domains.support.people import telephone
from evenhand.domains.support.queries.applications import files_of
from evenhand.domains.support.queries.assessing import in_words
from evenhand.domains.support.queries.eligibility import outcomes_of, pounds, shown, unsaid
from evenhand.domains.support.rules.clocks import accept_by, answer_by
from evenhand.domains.support.rules.programmes import Question, programme

TODO, PART, FULL = gettext_lazy("Not started"), gettext_lazy("In part"), gettext_lazy("Done")
SAID = {  # what the journal's lines say to those who write it; what is not here is not theirs to read
    "begin": gettext_lazy("Begun"),
    "send": gettext_lazy("Sent"),
    "speak": gettext_lazy("Said on the telephone, and written down by our staff"),
    "find-eligible": gettext_lazy("Found eligible"),
    "find-ineligible": gettext_lazy("Found not eligible"),
    "query": gettext_lazy("You asked us to look again"),
    "allow": gettext_lazy("Found eligible after all"),
    "uphold": gettext_lazy("Looked at again: not eligible"),
    "ask": gettext_lazy("We asked a question"),
    "reply": gettext_lazy("You answered"),
    "resume": gettext_lazy("We went on without an answer"),
    "score": gettext_lazy("Assessors handed in their scores"),
    "rescore": gettext_lazy("Somebody else is asked to score it"),
    "moderate": gettext_lazy("The panel talked it over"),
    "offer": gettext_lazy("Support offered"),
    "hold": gettext_lazy("Put on the reserve list"),
    "refuse": gettext_lazy("Decided: not this time"),
    "accept": gettext_lazy("Offer accepted"),
    "decline": gettext_lazy("Offer declined"),
    "remind-of-offer": gettext_lazy("Reminded of the offer"),
    "lapse": gettext_lazy("The offer lapsed"),
    "withdraw": gettext_lazy("Withdrawn"),
}


@dataclass(frozen=True)
class Task:
    """One part of an application that is still a draft."""

    name: str
    url: str
    state: str
    complete: bool


@dataclass(frozen=True)
class Answered:
    """One section with its answers, and where to change them."""

    name: str
    url: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Happened:
    """One thing that was done, when, and by whom: by name among those who write it, else by what they are."""

    at: Any
    what: str
    who: str


def tasks_of(application: Application) -> tuple[Task, ...]:
    """The parts of an application, each with how far it is."""
    declared = programme(application.programme)
    open_rules = unsaid(application, outcomes_of(application, on=timezone.localdate()))
    state = PART if open_rules and application.facts else TODO if open_rules else FULL
    address = reverse("support:facts", args=[application.reference])
    about = Task(_("About your organisation"), address, str(state), not open_rules)
    sections = []
    for number, (name, questions) in enumerate(declared.sections, 1):
        complete, begun = _complete(questions, application), any(application.answers.get(one.slug) for one in questions)
        url = reverse("support:section", args=[application.reference, number])
        sections.append(Task(_(name), url, str(FULL if complete else PART if begun else TODO), complete))
    return (about, *sections)


def answered(application: Application) -> tuple[Answered, ...]:
    """Every section with its answers."""
    return tuple(
        Answered(
            _(name),
            reverse("support:section", args=[application.reference, number]),
            tuple((_(one.label), in_words(application.answers.get(one.slug))) for one in questions),
        )
        for number, (name, questions) in enumerate(programme(application.programme).sections, 1)
    )


def own_page(application: Application, caller: Caller) -> dict[str, Any]:
    """All that the page of an application shows to those who write it."""
    declared = programme(application.programme)
    moves = {move.name for move in APPLICATION.open_to(application, caller)}
    tasks = tasks_of(application) if application.status == "draft" else ()
    asked, offered = application.asked_at, application.decided_at
    return {
        "application": application,
        "programme": declared,
        "state": APPLICATION.state(application.status).label,
        "moves": moves,
        "tasks": tasks,
        "ready": all(task.complete for task in tasks),
        "sections": answered(application),
        "award": award_of(application),
        "files": files_of(application),
        "parts": application.participants.filter(ended_at=None).select_related("person"),
        "me": caller.person,
        "happened": happened(application),
        "may_change": application.status == "draft",
        "outcomes": shown(outcomes_of(application, on=timezone.localdate())) if application.status == "draft" else (),
        "answer_by": asked and answer_by(declared.clocks, timezone.localdate(asked)),
        "accept_by": offered and accept_by(declared.clocks, timezone.localdate(offered)),
        "spoken": telephone.admits(caller, application),
    }


def award_of(application: Application) -> str:
    """What was awarded, as it is written: 2.5 days, or £1,500; blank where nothing was."""
    if application.days_awarded is not None:
        return f"{application.days_awarded:f}".rstrip("0").rstrip(".")
    return pounds(application.pounds_awarded)


def happened(application: Application) -> list[Happened]:
    """What was done, the latest first. Who assessed it, and who decided, is not told by name."""
    lines = [line for line in lines_about(application.ref) if line.tag.rpartition(".")[2] in SAID]
    lines = [line for line in lines if line.tag.startswith("support.application.")]
    joined = application.participants.exclude(person=None).values_list("person", flat=True)
    names = {str(pk): name for pk, name in Person.objects.filter(pk__in=joined).values_list("pk", "name")}
    return [Happened(line.at, str(SAID[line.tag.rpartition(".")[2]]), _who(line.by, names)) for line in lines]


def _who(ref: Any, names: dict[str, str]) -> str:
    if ref.kind == "core.machine":
        return _("Evenhand itself")
    return names.get(ref.key) or _("Evenhand’s staff, or your organisation")


def _complete(questions: tuple[Question, ...], application: Application) -> bool:
    return all(application.answers.get(one.slug) not in (None, "", []) for one in questions if one.required)
