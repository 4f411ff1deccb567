"""The pages of the stages of the justice journey: what each domain says of one, and all of them in order."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Chooser, Link
from evenhand.core.errors import Refused
from evenhand.core.pages import kept
from evenhand.domains.directory.queries import provision
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.of_stage import of_stage
from evenhand.library.vocabulary import Stage, UnknownTerm
from evenhand.library.vocabulary import stage as stage_of
from evenhand.library.vocabulary import stages as stages_of
from evenhand.web.composition import Part, Subject, Teller, composed, state_of
from evenhand.web.promised import promised
from evenhand.web.published import published


def _evidence(stage: Stage) -> Part:
    return Part("evidence", _("What published figures say"), "evidence/of_stage.html", of_stage(stage.slug))


def _directory(stage: Stage) -> Part:
    return Part("help", _("Who helps at this stage"), "directory/provision.html", provision.of_stage(stage))


# What each domain says of a stage, in the order of the page.
TELLERS = (
    Teller(_evidence, released),
    Teller(_directory, provision.state),
    promised("stages", lambda one: one.slug),
    published("stages", lambda one: one.slug),
)


@allow(anyone)
@kept(state_of(TELLERS))
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    """One stage, with everything that is known of it."""
    try:
        one = stage_of(slug)
    except UnknownTerm as fault:
        raise Refused(str(fault), near=fault.near, code="no-such-stage", status=404) from None
    on_the_way = [each for each in stages_of() if not each.beside]
    said = {"number": one.order, "all": len(on_the_way), "stage": _(one.name)}
    subject = Subject(
        _("Beside the justice journey")
        if one.beside
        else _("Stage %(number)s of %(all)s of the justice journey") % said,
        _(one.name),
        _(one.description),
        _("%(stage)s: published figures by ethnic group, England and Wales, with ranges, sources and gaps.") % said,
        (Link(_("Home"), "/"), Link(_("Stages"), reverse("stages")), Link(_(one.name), "", current=True)),
        (),
        tuple(_around(one)),
    )
    return composed(request, subject, TELLERS, one)


@allow(anyone)
@kept(state_of(()))
def stages(request: HttpRequest) -> HttpResponse:
    """Every stage in order, and what stands beside the journey."""
    context: dict[str, Any] = {
        "journey": [one for one in stages_of() if not one.beside],
        "beside": [one for one in stages_of() if one.beside],
        "crumbs": [Link(_("Home"), "/"), Link(_("Stages"), "", current=True)],
        "canonical": settings.SITE_URL + reverse("stages"),
        "alternates": [],
    }
    return render(request, "web/stages.html", context)


def _around(one: Stage) -> list[Chooser]:
    """The stages before and after."""
    every = stages_of()
    at = every.index(one)
    near = [(_("Before"), every[at - 1 : at] if at else ()), (_("After"), every[at + 1 : at + 2])]
    return [Chooser(name, tuple(map(_link, some))) for name, some in near if some]


def _link(one: Stage) -> Link:
    return Link(_(one.name), reverse("stage", args=[one.slug]))
