"""The page of an engagement, and everything that is done on it: each POST is one verb."""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms as base
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as said

from evenhand.core.access import Caller, allow, caller_of, signed_in
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days, engagements
from evenhand.domains.support.actions.links import ask_to_confirm
from evenhand.domains.support.forms import engagements as forms
from evenhand.domains.support.lifecycle import INVOICE
from evenhand.domains.support.models import CapacityCheck, Consultant, DayEntry, Engagement
from evenhand.domains.support.queries.engagements import Seen, engagements_seen_by
from evenhand.domains.support.queries.matching import candidates
from evenhand.domains.support.rules import capacity
from evenhand.domains.support.views.doing import once_more, typed_in

Verb = Callable[[Engagement, Caller, dict[str, Any]], Any]


def _line(engagement: Engagement, pk: int) -> DayEntry:
    return get_object_or_404(DayEntry.objects.select_related("engagement__application"), pk=pk, engagement=engagement)


def _record(engagement: Engagement, by: Caller, given: dict[str, Any]) -> None:
    entry = days.record_day(engagement, by=by, **given)
    if not entry.links.exists():
        ask_to_confirm(entry)


def _book(engagement: Engagement, by: Caller, given: dict[str, Any]) -> None:
    entry = days.book_training(engagement, by=by, **given)
    if not entry.links.exists():
        ask_to_confirm(entry)


def _sign(engagement: Engagement, by: Caller, given: dict[str, Any]) -> None:
    words = engagement.brief if given["read"] == digest(engagement.brief) else ""
    engagements.sign(engagement, by=by, words=words)


def _shortlist(engagement: Engagement, by: Caller, given: dict[str, Any]) -> None:
    engagements.move(engagement, "shortlist", by=by, consultants=", ".join(f"C-{pk}" for pk in given["consultants"]))


def _choose(engagement: Engagement, by: Caller, given: dict[str, Any]) -> None:
    chosen = get_object_or_404(Consultant, pk=given["consultant"], shortlisted__engagement=engagement)
    engagements.move(engagement, "choose", by=by, consultant=chosen)


def _plain(name: str) -> Verb:
    return lambda engagement, by, given: engagements.move(engagement, name, by=by, **given)


# Each verb: its form, what it does, and what is said once it is done.
VERBS: dict[str, tuple[type[base.Form], Verb, str]] = {
    "record": (forms.DayForm, _record, said("Recorded. We have asked the organisation to confirm it.")),
    "book": (forms.TrainingForm, _book, said("Booked against the award.")),
    "confirm": (
        forms.LineForm,
        lambda one, by, given: days.confirm(_line(one, given["line"]), by=by),
        said("Confirmed. Thank you."),
    ),
    "correct": (
        forms.CorrectForm,
        lambda one, by, given: days.correct(_line(one, given["line"]), by=by, why=given["why"]),
        said("Taken back. The days are free again."),
    ),
    "raise-award": (
        forms.AwardForm,
        lambda one, by, given: days.raise_award(one, by=by, **given),
        said("The award is raised."),
    ),
    "write-brief": (
        forms.BriefForm,
        lambda one, by, given: engagements.write_brief(one, by=by, **given),
        said("The brief is kept. Both sides sign it as it is now."),
    ),
    "sign": (forms.SignForm, _sign, said("Signed.")),
    "say-what-changed": (
        forms.ChangedForm,
        lambda one, by, given: engagements.say_what_changed(one, by=by, **given),
        said("Thank you. That is kept."),
    ),
    "invoice": (
        forms.InvoiceForm,
        lambda one, by, given: pool.submit_invoice(one, by=by, **given),
        said("Your invoice is in. We check it against the confirmed days."),
    ),
    "shortlist": (forms.ShortlistForm, _shortlist, said("The shortlist is sent.")),
    "choose": (forms.PickForm, _choose, said("Chosen. We ask the consultant now.")),
    "review": (forms.WordsForm, _plain("review"), said("Kept. The second half begins.")),
    "close": (forms.OutcomeForm, _plain("close"), said("Closed. Thank you.")),
    **{
        name: (forms.PlainForm, _plain(name), words)
        for name, words in (
            ("accept", said("You have taken it on. Next, agree the brief.")),
            ("decline", said("Declined. The organisation chooses another.")),
            ("deliver", said("Marked as delivered.")),
            ("ask", said("We have asked what changed.")),
            ("rematch", said("We look for another match. Days that were used stay as they are.")),
            ("stop", said("Stopped.")),
        )
    },
}


@allow(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """The engagements that the caller is part of."""
    caller = caller_of(request)
    rows = [Seen(one, caller) for one in engagements_seen_by(caller)[:200]]
    return render(request, "support/engagements/engagements.html", {"rows": rows})


@allow(signed_in)
def engagement(request: HttpRequest, reference: str) -> HttpResponse:
    """One engagement, as the caller may see it."""
    return _shown(request, _seen(request, reference))


@allow(signed_in, methods=("POST",))
@whole
def act(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Do one thing to an engagement."""
    seen = _seen(request, reference)
    if verb not in VERBS:
        raise Http404
    form_of, do, done = VERBS[verb]
    form = _form(form_of, verb, seen, request.POST)
    refusal: Refused | None = None
    if form.is_valid():
        try:
            do(seen.engagement, caller_of(request), form.cleaned_data)
        except Refused as fault:
            refusal = fault
        else:
            messages.success(request, _(done))
            return redirect("support:engagement", reference=reference)
    fresh = Seen(engagements_seen_by(caller_of(request)).get(pk=seen.engagement.pk), caller_of(request))
    if refusal is not None:
        if refusal.code in {"changed-meanwhile", "sent-already"}:
            form = _of_now(form_of, verb, fresh, request.POST)
        form.full_clean()
        form.add_error(None, refusal.message)
    return _shown(request, fresh, verb, form)


@allow(signed_in, methods=("POST",))
@whole
def move_invoice(request: HttpRequest, reference: str, pk: str, name: str) -> HttpResponse:
    """Take a step with an invoice."""
    seen = _seen(request, reference)
    invoice = next((one for one, _state, _moves in seen.invoices if one.pk == int(pk)), None)
    step = next((one for one in INVOICE.moves if one.name == name), None)
    if invoice is None or step is None:
        raise Http404
    given = {"why": request.POST.get("why", "").strip()[:500]} if "why" in step.needs else {}
    try:
        pool.move_invoice(invoice, name, by=caller_of(request), **given)
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return redirect("support:engagement", reference=reference)


@allow(signed_in, methods=("GET", "HEAD", "POST"))
@whole
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """The eight short questions, of the moment that is open."""
    seen = _seen(request, reference)
    if not seen.is_organisation:
        raise Http404
    moment = next(iter(engagements.moments_open(seen.engagement)), "")
    before = seen.engagement.checks.filter(moment=moment).first()
    form = forms.CapacityForm(request.POST or None, initial=before.answers if before else {})
    if request.method == "POST" and form.is_valid():
        try:
            engagements.answer_capacity(seen.engagement, moment, by=caller_of(request), answers=form.cleaned_data)
        except Refused as fault:
            form.add_error(None, fault.message)
        else:
            messages.success(request, _("Thank you. Your answers are kept."))
            return redirect("support:engagement", reference=reference)
    heading = CapacityCheck.Moment(moment).label if moment else ""
    return render(request, "support/engagements/questions.html", {"seen": seen, "form": form, "moment": heading})


def digest(words: str) -> str:
    """What stands in a form for a long text that was read."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _seen(request: HttpRequest, reference: str) -> Seen:
    caller = caller_of(request)
    return Seen(get_object_or_404(engagements_seen_by(caller), reference=reference), caller)


def _form(form_of: type[base.Form], verb: str, seen: Seen, given: Any = None) -> base.Form:
    more: dict[str, Any] = {"auto_id": f"{verb}-%s"}
    if form_of is forms.ShortlistForm:
        more["choices"] = [(one.pk, one.title) for one, _match in candidates(seen.engagement)]
    if form_of is forms.BriefForm:
        more["stands"] = seen.brief
    if form_of is forms.ChangedForm:
        more["stands"] = seen.changed
    return form_of(given, **more)


def _of_now(form_of: type[base.Form], verb: str, seen: Seen, typed: QueryDict) -> base.Form:
    """A form as it was typed, for what stands now."""
    fresh = _form(form_of, verb, seen)
    again = {name: str(fresh[name].value()) for name in ("seen", "key") if name in fresh.fields}
    return _form(form_of, verb, seen, once_more(typed, **again))


def _shown(request: HttpRequest, seen: Seen, verb: str = "", wrong: base.Form | None = None) -> HttpResponse:
    places = {
        "write-brief": seen.brief_open,
        "record": seen.records,
        "review": seen.reviewing,
        "say-what-changed": seen.says_what_changed,
        "invoice": bool(seen.to_invoice),
        "book": seen.books,
        "raise-award": seen.books,
        "close": seen.closing,
    }
    stand = [name for name, stands in places.items() if stands]
    context = {
        "seen": seen,
        "one": seen.engagement,
        "form": wrong,
        "wrong": verb,
        "forms": {
            name.replace("-", "_"): wrong if name == verb and wrong else _form(VERBS[name][0], name, seen)
            for name in stand
        },
        "typed": typed_in(wrong) if wrong is not None and verb not in stand else [],
        "candidates": candidates(seen.engagement) if seen.proposes else [],
        "open_moments": engagements.moments_open(seen.engagement) if seen.is_organisation else (),
        "names": dict.fromkeys(capacity.names(seen.engagement.skills)),
        "read": digest(seen.engagement.brief),
    }
    status = 400 if wrong is not None else 200
    return render(request, "support/engagements/engagement.html", context, status=status)
