"""The pages of ethnic groups: what each domain says of one, and all of them by classification."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Chooser, Link
from evenhand.core.errors import Refused
from evenhand.core.pages import kept
from evenhand.domains.directory.queries import provision
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.of_group import group_named, of_group
from evenhand.domains.evidence.queries.of_group import groups as groups_of
from evenhand.library.vocabulary import UnknownTerm
from evenhand.library.vocabulary.ethnicity import Classification, Group
from evenhand.web.composition import Part, Subject, Teller, composed, state_of
from evenhand.web.promised import promised
from evenhand.web.published import published


def _evidence(group: Group) -> Part:
    return Part("evidence", _("What published figures say"), "evidence/of_group.html", of_group(group.slug))


def _directory(group: Group) -> Part:
    return Part("help", _("Services made for them"), "directory/provision.html", provision.of_group(group))


# What each domain says of a group, in the order of the page.
TELLERS = (
    Teller(_evidence, released),
    Teller(_directory, provision.state),
    promised("groups", lambda one: one.slug),
    published("groups", lambda one: one.slug),
)


@allow(anyone)
@kept(state_of(TELLERS))
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group, with everything that is known of it."""
    try:
        scheme, one = group_named(slug)
    except UnknownTerm as fault:
        raise Refused(str(fault), near=fault.near, code="no-such-group", status=404) from None
    said = {"people": _(one.people), "scheme": _(scheme.name)}
    subject = Subject(
        _("Ethnic group"),
        capfirst(_(one.people)),
        _("What published figures say of %(people)s at every stage of criminal justice, and what they cannot say.")
        % said,
        _("%(people)s in the criminal justice system of England and Wales: published figures, stage by stage.") % said,
        (Link(_("Home"), "/"), Link(_("Groups"), reverse("groups")), Link(_(one.display), "", current=True)),
        (_(one.warning),) if one.warning else (),
        tuple(_around(scheme, one)),
    )
    return composed(request, subject, TELLERS, one)


@allow(anyone)
@kept(state_of(()))
def groups(request: HttpRequest) -> HttpResponse:
    """Every group that some measure counts."""
    context: dict[str, Any] = {
        "schemes": [(scheme, [_link(one) for one in some]) for scheme, some in groups_of()],
        "crumbs": [Link(_("Home"), "/"), Link(_("Groups"), "", current=True)],
        "canonical": settings.SITE_URL + reverse("groups"),
        "alternates": [],
    }
    return render(request, "web/groups.html", context)


def _around(scheme: Classification, one: Group) -> list[Chooser]:
    """The wider group that holds it, and the groups that it holds."""
    every = [other for _scheme, some in groups_of() for other in some]
    around = [other for other in every if other.name == one.parent]
    parts = [other for other in every if other.parent == one.name and scheme.slug == "five"]
    made = [(_("Within"), around), (_("Holds"), parts)]
    return [Chooser(name, tuple(map(_link, some))) for name, some in made if some]


def _link(one: Group) -> Link:
    return Link(_(one.display), reverse("group", args=[one.slug]))
