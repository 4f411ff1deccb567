"""The pages on which an organisation applies, alone or with colleagues, and follows what becomes of it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms as base
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import WRITE, allow, caller_of, signed_in
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.files.models import File
from evenhand.core.organisations.queries import entries_of, organisations_kept_by
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import files, participants
from evenhand.domains.support.actions.organisations import Named
from evenhand.domains.support.forms.applications import AnswersForm, ColleagueForm, FileForm, WordsForm
from evenhand.domains.support.forms.eligibility import BeginForm, FactsForm, said_in
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.models import Application, Participant
from evenhand.domains.support.people import telephone
from evenhand.domains.support.queries import eligibility, rounds
from evenhand.domains.support.queries.applications import application_opened_by, applications_written_by
from evenhand.domains.support.queries.assessing import in_words
from evenhand.domains.support.queries.own import own_page
from evenhand.domains.support.rules.answers import marked, missing
from evenhand.domains.support.rules.eligibility import proposes
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.domains.support.views.doing import crumbs, done, here, once_more, typed_in
from evenhand.domains.support.views.programmes import found

POST = ("POST",)
DONE = {
    "send": gettext_lazy("It is sent, and we have it."),
    "withdraw": gettext_lazy("It is withdrawn. Nothing is held against you."),
    "query": gettext_lazy("Thank you. Somebody else looks at it."),
    "reply": gettext_lazy("Thank you. Your answer is with it."),
    "accept": gettext_lazy("Thank you: the offer is accepted."),
    "decline": gettext_lazy("The offer is declined."),
}
WORDS = {"query": "why", "reply": "answer"}
LABELS = {"query": gettext_lazy("Why do you think that we have this wrong?"), "reply": gettext_lazy("Your answer")}


@allow(signed_in, methods=WRITE)
@whole
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an application, with what the check found out already."""
    declared, caller = found(slug), caller_of(request)
    standing = rounds.standing_of(declared)
    if not standing.takes or standing.now is None:
        messages.info(request, _("No round of this programme is open now."))
        return redirect("support:programme", slug=slug)
    own = {one.slug: one for one in organisations_kept_by(caller).order_by("name")}
    facts = FactsForm(declared, request.POST if request.method == "POST" else request.GET)
    first = next(iter(own), "other")
    initial = {"key": uuid4(), "organisation": first, "number": request.GET.get("number", "")[:12]}
    form = BeginForm(own, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = own.get(said["organisation"]) or Named(said["number"], said["name"])
        try:
            made = actions.begin(
                standing.now, chosen, by=caller, key=said["key"], facts=facts.facts if facts.is_valid() else {}
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("support:application", reference=made.reference)
    context = {
        "programme": declared,
        "round": standing.now,
        "form": form,
        "facts": facts.facts if facts.is_valid() else {},
        "crumbs": crumbs(Link(_(declared.title), reverse("support:programme", args=[slug])), here(_("Apply"))),
    }
    return render(request, "support/begin.html", context, status=400 if form.errors else 200)


@allow(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """Every application that one writes."""
    written = applications_written_by(caller_of(request)).order_by("-created_at")
    rows = [(one, APPLICATION.state(one.status).label) for one in written]
    context = {"rows": rows, "crumbs": crumbs(here(_("Your applications")))}
    return render(request, "support/mine.html", context)


@allow(signed_in)
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """One application: what is still to do, or where it stands."""
    return _shown(request, _own(request, reference))


@allow(signed_in, methods=WRITE)
@whole
def facts(request: HttpRequest, reference: str) -> HttpResponse:
    """What eligibility rests on, filled in with what is known."""
    one = _own(request, reference)
    declared, today = programme_of(one.programme), timezone.localdate()
    theirs: list[tuple[str, str]] = []
    known = eligibility.suggested(one.organisation, entries_of(one.organisation), on=today)
    form = FactsForm(declared, request.POST if request.method == "POST" else None, initial={**known, **one.facts})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_facts(one, form.facts, by=caller_of(request), seen=request.POST.get("seen") or None)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            one = Application.objects.select_related("round", "organisation").get(pk=one.pk)
            theirs = said_in(FactsForm(declared, initial=one.facts)) if refusal.code == "changed-meanwhile" else []
        else:
            return redirect("support:section", reference=reference, number=1)
    outcomes = eligibility.outcomes_of(one, on=today) if one.facts else ()
    context = {
        "application": one,
        "programme": declared,
        "form": form,
        "theirs": theirs,
        "seen": marked(one.facts),
        "outcomes": eligibility.shown(outcomes),
        "proposal": proposes(outcomes) if outcomes else "",
        "crumbs": _crumbs(request, one, _("About your organisation")),
    }
    return render(request, "support/facts.html", context, status=400 if form.errors else 200)


@allow(signed_in, methods=WRITE)
@whole
def section(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """One section of questions. It is kept as far as it goes."""
    one, here_at = _own(request, reference), int(number)
    sections = programme_of(one.programme).sections
    if not 1 <= here_at <= len(sections):
        raise Http404
    _name, questions = sections[here_at - 1]
    asked = {each.slug: None for each in questions}
    if request.method == "POST":
        form = AnswersForm(questions, request.POST)
        if form.is_valid():
            try:
                actions.write(one, form.answers, by=caller_of(request), seen=form.cleaned_data["seen"] or None)
            except Refused as refusal:
                return _section(request, one, here_at, form, refusal)
            further = here_at < len(sections) and "next" in request.POST
            if further:
                return redirect("support:section", reference=reference, number=here_at + 1)
            return redirect("support:application", reference=reference)
    else:
        form = AnswersForm(questions, initial={**one.answers, "seen": actions.mark(one, asked)})
    return _section(request, one, here_at, form)


@allow(signed_in)
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Check the answers before it is sent."""
    one = _own(request, reference)
    if one.status != "draft":
        return redirect("support:application", reference=reference)
    outcomes = eligibility.outcomes_of(one, on=timezone.localdate())
    context = {
        **own_page(one, caller_of(request)),
        "outcomes": eligibility.shown(outcomes),
        "proposal": proposes(outcomes),
        "missing": missing(programme_of(one.programme), one.answers),
        "unsaid": eligibility.shown(eligibility.unsaid(one, outcomes)),
        "crumbs": _crumbs(request, one, _("Check your answers")),
    }
    return render(request, "support/review.html", context)


@allow(signed_in, methods=POST)
@whole
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Take a step: send, withdraw, query, answer, accept, decline. Taken twice, it is taken once."""
    one, caller = _own(request, reference), caller_of(request)
    if name not in WORDS:
        where = reverse("support:application", args=[reference])
        return done(request, lambda: actions.move(one, name, by=caller), str(DONE[name]), where)
    form = _words_form(name, request.POST)
    if form.is_valid():
        details = {WORDS[name]: form.cleaned_data["words"]}
        try:
            actions.move(one, name, by=caller, seen=form.cleaned_data["seen"] or None, **details)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, DONE[name])
            return redirect("support:application", reference=reference)
    return _shown(request, Application.objects.select_related("round", "organisation").get(pk=one.pk), **{name: form})


@allow(signed_in, methods=POST)
@whole
def way(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the answers are spoken, or written after all."""
    one, where = _own(request, reference), reverse("support:application", args=[reference])
    return done(
        request, lambda: actions.choose_way(one, request.POST.get("way", ""), by=caller_of(request)), _("Noted."), where
    )


@allow(signed_in, methods=POST)
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand in a file."""
    one, form = _own(request, reference), FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            files.attach(one, form.cleaned_data["file"], by=caller_of(request))
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, _("The file is kept with your application."))
            return redirect("support:application", reference=reference)
    return _shown(request, one, file=form)


@allow(signed_in, methods=POST)
@whole
def detach(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Take a file away."""
    one = _own(request, reference)
    file = get_object_or_404(File, pk=pk, about=one.ref, removed_at=None)
    where = reverse("support:application", args=[reference])
    return done(request, lambda: files.detach(one, file, by=caller_of(request)), _("The file is taken away."), where)


@allow(signed_in, methods=POST)
@whole
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite a colleague."""
    one, form = _own(request, reference), ColleagueForm(request.POST)
    if form.is_valid():
        try:
            participants.invite(one, form.cleaned_data["email"], by=caller_of(request))
        except Refused as refusal:
            form.add_error("email", refusal.message)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("support:application", reference=reference)
    return _shown(request, one, colleague=form)


@allow(signed_in, methods=POST)
@whole
def end_part(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """End somebody's part, or one's own."""
    one = _own(request, reference)
    part = get_object_or_404(Participant, pk=pk, application=one, ended_at=None)
    own = part.person_id is not None and part.person_id == caller_of(request).person.pk
    where = reverse("support:applications") if own else reverse("support:application", args=[reference])
    return done(request, lambda: participants.end(part, by=caller_of(request)), _("That part has ended."), where)


@allow(signed_in, methods=WRITE)
@whole
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Where the link of an invitation leads: it shows, and the button acts."""
    invited, caller = participants.invitation_of(key), caller_of(request)
    if invited is None:
        raise Http404
    if request.method == "POST":
        try:
            joined = participants.join(key, by=caller)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("support:applications")
        messages.success(request, _("You write this application too."))
        return redirect("support:application", reference=joined.reference)
    theirs = caller.person is not None and caller.person.email == invited.email
    context = {"invitation": invited, "theirs": theirs, "crumbs": crumbs(here(_("An invitation")))}
    return render(request, "support/invitation.html", context)


def _own(request: HttpRequest, reference: str) -> Application:
    """One that the caller writes, or writes down on the telephone; to anybody else there is none."""
    if one := application_opened_by(caller_of(request), reference):
        return one
    raise Http404


def _words_form(name: str, *given: Any, **said: Any) -> WordsForm:
    return WordsForm(LABELS[name], *given, auto_id=f"{name}_%s", **said)


def _shown(request: HttpRequest, one: Application, **sent: base.Form) -> HttpResponse:
    """The page of an application, with a form that was sent and could not be taken as it was typed."""
    bad = next(iter(sent.values()), None)
    page = own_page(one, caller_of(request))
    fresh = {name: _words_form(name, initial={"seen": actions.standing(one)}) for name in WORDS}
    gone = [form for name, form in sent.items() if name in WORDS and name not in page["moves"]]
    if isinstance(bad, WordsForm) and not gone:  # what is sent next is for what stands now
        bad.data = once_more(request.POST, seen=actions.standing(one))
    context: dict[str, Any] = {
        **page,
        "form": bad,
        "typed": [words for form in gone for words in typed_in(form)],
        "file_form": sent.get("file") or FileForm(),
        "colleague_form": sent.get("colleague") or ColleagueForm(),
        "query_form": sent.get("query") or fresh["query"],
        "reply_form": sent.get("reply") or fresh["reply"],
        "crumbs": _crumbs(request, one),
    }
    return render(request, "support/application.html", context, status=400 if bad is not None else 200)


def _section(
    request: HttpRequest, one: Application, number: int, form: AnswersForm, refusal: Refused | None = None
) -> HttpResponse:
    declared = programme_of(one.programme)
    name = declared.sections[number - 1][0]
    theirs: list[tuple[str, str]] = []
    if refusal is not None:
        form.add_error(None, refusal.message)
        if refusal.code == "changed-meanwhile":
            theirs = meanwhile(one, form, request.POST)
    context = {
        "application": one,
        "programme": declared,
        "name": name,
        "number": number,
        "last": number == len(declared.sections),
        "count": len(declared.sections),
        "form": form,
        "theirs": theirs,
        "crumbs": _crumbs(request, one, _(name)),
    }
    return render(request, "support/section.html", context, status=400 if form.errors else 200)


def meanwhile(one: Application, form: AnswersForm, typed: QueryDict) -> list[tuple[str, str]]:
    """What somebody else wrote at these questions. The form goes on from there: what is sent next stands."""
    fresh = Application.objects.get(pk=one.pk)
    form.data = once_more(typed, seen=actions.mark(fresh, form.questions))
    return [(_(each.label), in_words(fresh.answers.get(slug))) for slug, each in form.questions.items()]


def _crumbs(request: HttpRequest, one: Application, name: str = "") -> tuple[Link, ...]:
    spoken = telephone.admits(caller_of(request), one)
    above = (
        (Link(_("Staff home"), reverse("wagtailadmin_home")), Link(_("Support"), reverse("staff_support:desk")))
        if spoken
        else crumbs(Link(_("Your applications"), reverse("support:applications")))
    )
    if not name:
        return (*above, here(one.reference))
    return (*above, Link(one.reference, reverse("support:application", args=[one.reference])), here(name))
