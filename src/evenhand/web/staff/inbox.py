"""The evidence inbox in the staff home: what was sent in, cleared by one person and used by another, or not."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.files.models import File
from evenhand.core.references import resolve
from evenhand.domains.reviews.actions import evidence as actions
from evenhand.domains.reviews.forms.commitments import ReasonForm
from evenhand.domains.reviews.forms.evidence import ClearedForm, RemovalForm
from evenhand.domains.reviews.lifecycle import SUBMISSION
from evenhand.domains.reviews.models import Submission
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries.evidence import shown, used, waiting
from evenhand.web.staff.cases import Case, Step, page, take
from evenhand.web.staff.home import at_home

MOST = 50


@allow(keeper)
@at_home
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, and what is used."""
    context = {"waiting": shown(waiting()), "used": shown(used()[:MOST])}
    return render(request, "web/staff/inbox.html", context)


@allow(keeper)
@at_home
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was sent in and the steps that are open."""
    return page(request, _case(get_object_or_404(Submission, pk=pk), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def submission_step(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with what was sent in."""
    return take(request, _case(get_object_or_404(Submission, pk=pk), caller_of(request)), name)


def _case(made: Submission, by: Caller) -> Case:
    about = resolve([made.about])[made.about]
    files = File.objects.filter(about=made.ref, removed_at=None)
    takes: dict[str, tuple[Any, Any]] = {
        "screen": (partial(ClearedForm, initial={"words": made.words}), actions.screen),
        "accept": (ReasonForm, actions.accept),
        "drop": (ReasonForm, actions.drop),
        "remove": (RemovalForm, actions.take_down),
    }
    parts = ((_("What was sent"), made.words), (_("As it is shown"), made.cleared))
    return Case(
        title=_("Evidence about “%(title)s”") % {"title": about.title},
        state=SUBMISSION.state(made.status).label,
        back=Link(_("The whole inbox"), reverse("staff_inbox")),
        url=reverse("staff_submission", args=[made.pk]),
        pairs=[
            (_("About"), about.title, Link(_("Its page"), about.url) if about.url else None),
            (_("Sent on"), date_format(timezone.localtime(made.made_at), "j F Y"), None),
            *([(_("Where it can be read"), made.url, None)] if made.url else []),
            *((_("A file"), "", Link(file.name, reverse("file", args=[file.pk]))) for file in files),
            *([(_("Reason"), made.reason, None)] if made.reason else []),
            *([(_("Taken down"), made.get_removed_for_display(), None)] if made.removed_on else []),
        ],
        parts=tuple((heading, said) for heading, said in parts if said),
        steps=tuple(
            Step(
                move.name,
                move.label,
                lambda form, act=takes[move.name][1]: act(made, by=by, **form.cleaned_data),
                takes[move.name][0],
                quiet=move.name in {"drop", "remove"},
            )
            for move in SUBMISSION.open_to(made, by)
        ),
        refs=(made.ref,),
        none=_("Nothing is open to you now. Whoever cleared it cannot be the one who decides that it is used."),
    )
