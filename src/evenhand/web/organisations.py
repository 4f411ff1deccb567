"""The pages of organisations: what each says of itself and on what basis, and what each domain knows of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.core.organisations.models import Fact, Organisation
from evenhand.core.organisations.queries import followed
from evenhand.domains.directory.queries import provision
from evenhand.domains.directory.queries.words import place_called
from evenhand.library import openreferral
from evenhand.library.vocabulary import UnknownTerm
from evenhand.web.composition import Part, Subject, Teller, composed

# Bands, never the share itself: on a small board a share would tell who somebody is.
BANDS = (
    (75, gettext_lazy("three quarters or more")),
    (50, gettext_lazy("half or more")),
    (0, gettext_lazy("less than half")),
)
REGISTERS = {"GB-COH": "https://find-and-update.company-information.service.gov.uk/company/"}


@dataclass(frozen=True)
class Stated:
    """One of the three facts: what is stated, by which shares, on what basis, and when."""

    kind: str
    who: str
    shares: str
    words: str
    basis: str


@dataclass(frozen=True)
class Profile:
    """What an organisation is and says of itself."""

    stated: tuple[Stated, ...]
    pairs: tuple[tuple[str, str, Link | None], ...]
    areas: tuple[Link, ...]
    phone: str
    email: str
    website: str
    claim: str  # where whoever speaks for it asks to look after the entry; blank for what has closed


@allow(anyone)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, with everything that is known of it."""
    one = followed(slug)
    if one is None:
        raise Http404
    if one.slug != slug:  # it was merged into another
        return redirect("organisation", slug=one.slug, permanent=True)
    said = {"name": one.title}
    notes = []
    if one.demonstration:
        notes.append(_("This organisation is made up for a demonstration. Please do not write or ring."))
    if one.closed_on:
        day = formats.date_format(one.closed_on, "j F Y")
        notes.append(_("This organisation closed on %(day)s. Its page stays, with what it was.") % {"day": day})
    subject = Subject(
        _("Organisation"),
        one.title,
        getattr(one, "description", "") or _("What it says of itself and on what basis, and the services it gives."),
        _("%(name)s: who leads it, whom it is for, and the services it gives.") % said,
        (Link(_("Home"), "/"), Link(one.title, "", current=True)),
        tuple(notes),
    )
    return composed(request, subject, TELLERS, one)


def _profile(one: Organisation) -> Part:
    about = Profile(
        stated=tuple(_stated(fact) for fact in one.facts.order_by("kind", "community")),
        pairs=tuple(_pairs(one)),
        areas=tuple(Link(place_called(area.code), reverse("place", args=[area.code])) for area in one.areas.all()),
        phone=one.phone,
        email=one.email,
        website=one.website,
        claim="" if one.closed_on else f"{reverse('claim_begin')}?{urlencode({'organisation': one.slug})}",
    )
    return Part("about", _("What it is"), "web/organisation.html", about)


def _services(one: Organisation) -> Part:
    return Part("services", _("Services"), "directory/provision.html", provision.of_organisation(one))


# What each part of the platform says of an organisation, in the order of the page.
TELLERS = (Teller(_profile, timezone.localdate), Teller(_services, provision.state))


def _pairs(one: Organisation) -> Iterator[tuple[str, str, Link | None]]:
    if one.legal_form:
        yield _("Legal form"), one.get_legal_form_display(), None
    if one.income_band:
        yield _("Income in a year"), one.get_income_band_display(), None
    for name in one.names.all():
        yield name.get_kind_display(), name.name, None
    for identifier in one.identifiers.order_by("-primary", "scheme"):
        register = REGISTERS.get(identifier.scheme, "")
        link = Link(_("Look it up in the register"), register + identifier.value) if register else None
        yield _("Number (%(scheme)s)") % {"scheme": identifier.scheme}, identifier.value, link


def _stated(fact: Fact) -> Stated:
    day = formats.date_format(fact.confirmed_on, "j F Y")
    basis = _("%(basis)s, %(day)s") % {"basis": fact.get_basis_display(), "day": day}
    return Stated(fact.get_kind_display(), who(fact.community), "; ".join(_shares(fact)), fact.words, basis)


def _shares(fact: Fact) -> Iterator[str]:
    for share, words in (
        (fact.board_share, _("of the board: %(band)s")),
        (fact.staff_share, _("of the senior staff: %(band)s")),
        (fact.supported_share, _("of those supported: %(band)s")),
    ):
        if share is not None:
            yield words % {"band": next(band for least, band in BANDS if share >= least)}


def who(community: str) -> str:
    """What a term is called that stands as `taxonomy:term`; the text itself, where it is no such term."""
    taxonomy, colon, term = community.partition(":")
    try:
        return _(openreferral.term(taxonomy, term).name) if colon else community
    except UnknownTerm:
        return community
