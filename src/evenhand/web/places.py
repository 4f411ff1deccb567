"""The pages of places: what each domain says of one, and all of them by name."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
from evenhand.domains.evidence.queries.of_place import kind_in_words, of_place
from evenhand.library.places import KINDS, Kind, Place, UnknownPlace, UnknownPostcode, find, parents, within
from evenhand.library.places import place as place_of
from evenhand.library.places import places as places_of
from evenhand.library.places.postcode_directory import postcode
from evenhand.library.places.postcodes import read_postcode
from evenhand.library.places.whereabouts import places_of_outward
from evenhand.web.composition import Part, Subject, Teller, composed, state_of
from evenhand.web.promised import promised
from evenhand.web.published import published

LONGEST = 60  # of what was asked for, so much is said back
WITHIN: dict[Kind, tuple[Kind, ...]] = {
    "nation": ("nation", "region", "police-force"),
    "region": ("police-force",),
    "police-force": ("council", "prison"),
    "council": ("prison",),
    "probation-region": (),
    "prison": (),
}


def _evidence(one: Place) -> Part:
    return Part("evidence", _("What published figures say"), "evidence/of_place.html", of_place(one))


def _directory(one: Place) -> Part:
    return Part("help", _("Who helps here"), "directory/provision.html", provision.of_place(one))


# What each domain says of a place, in the order of the page.
TELLERS = (
    Teller(_evidence, released),
    Teller(_directory, provision.state),
    promised("places", lambda one: one.code),
    published("places", lambda one: one.code),
)


@allow(anyone)
@kept(state_of(TELLERS), "about")
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place, with everything that is known of it; with `about`, the half of a postcode that led here."""
    try:
        one = place_of(code)
    except UnknownPlace as fault:
        raise Refused(str(fault), near=fault.near, code="unknown-place", status=404) from None
    if one.code != code:  # another publisher's code, or an earlier one
        return HttpResponseRedirect(address(one))
    said = {"place": one.name}
    subject = Subject(
        capfirst(kind_in_words(one)),
        one.name,
        _("What published figures say of race and criminal justice in %(place)s, and what nobody publishes for it.")
        % said,
        _("%(place)s: published figures on race and criminal justice, with ranges, sources and gaps.") % said,
        (Link(_("Home"), "/"), Link(_("Places"), reverse("places")), Link(one.name, "", current=True)),
        tuple(_notes(one, request.GET.get("about", ""))),
        tuple(_around(one)),
    )
    return composed(request, subject, TELLERS, one)


@allow(anyone)
@kept(state_of(()), "name")
def places(request: HttpRequest) -> HttpResponse:
    """Every place by name; with `name` in the address, on to that place."""
    if name := request.GET.get("name", "").strip():
        return HttpResponseRedirect(_address_of(name))
    context: dict[str, Any] = {
        "forces": [_link(one) for one in within(place_of("K04000001"), "police-force")],
        "wide": [_link(one) for kind in ("nation", "region") for one in places_of(kind)],
        "folded": [
            (_("Councils"), [_link(one) for one in places_of("council")]),
            (_("Prisons"), [_link(one) for one in places_of("prison")]),
            (_("Probation regions"), [_link(one) for one in places_of("probation-region")]),
        ],
        "crumbs": [Link(_("Home"), "/"), Link(_("Places"), "", current=True)],
        "canonical": settings.SITE_URL + reverse("places"),
        "alternates": [],
    }
    return render(request, "web/places.html", context)


def address(one: Place, about: str = "") -> str:
    """The page of a place; one that says which postcodes it was found about."""
    return reverse("place", args=[one.code]) + (f"?{urlencode({'about': about})}" if about else "")


def every_place() -> Iterator[Place]:
    """Every place that the index lists, kind by kind."""
    for kind in KINDS:
        yield from places_of(kind)


def _address_of(name: str) -> str:
    """The page of a name, code or postcode; Refused with the near matches, or with what to type instead."""
    try:
        return address(find(name))
    except UnknownPlace as fault:
        with suppress(UnknownPostcode):
            read_postcode(name)
            return _address_of_postcode(name)
        said = UnknownPlace(name[:LONGEST], fault.near, fault.near[:1])
        raise Refused(str(said), near=fault.near, code="unknown-place", status=404) from None


def _address_of_postcode(text: str) -> str:
    """The council of a postcode, or else its police force area; without the directory, the place that it is about."""
    half = read_postcode(text)
    try:
        located = postcode(text, directory=settings.POSTCODES_FILE).places if half.inward else ()
    except UnknownPostcode as fault:
        raise Refused(str(fault), code="unknown-postcode", status=404) from None
    except FileNotFoundError:
        located = ()
    if located:
        return address(located[0])
    if around := places_of_outward(half.outward):
        return address(around[0], about=half.outward)
    message = _("The postcode “%(postcode)s” lies in places that are not held here. Type the name of the council.")
    raise Refused(message % {"postcode": text[:LONGEST]}, code="postcode-not-placed", status=404)


def _notes(one: Place, about: str) -> Iterator[str]:
    """What must be known before the rest: that a postcode led here by its first half; what is odd about the place."""
    if about and one in places_of_outward(about)[:1]:
        said = {"code": about, "place": one.name}
        yield _("Postcodes that begin with %(code)s lie mostly in %(place)s. Yours may lie beyond its edge.") % said
    if one.note and one.kind != "police-force":  # a force's is of its probation region
        yield _(one.note)


def _around(one: Place) -> Iterator[Chooser]:
    """The places that it lies in, those within it, and others of its name."""
    above = [other for other in parents(one) if other.kind != "probation-region"]
    names = [one.name, *(other.name for other in above)]
    if around := [_link(other, said=names.count(other.name) > 1) for other in above]:
        yield Chooser(_("Lies in"), tuple(around))
    for kind in WITHIN[one.kind]:
        if inside := [_link(other) for other in within(one, kind)]:
            yield Chooser(_kinds(kind), tuple(inside))
            if kind == "region":  # the forces of a nation stand under its regions
                break
    if namesakes := [_link(other, said=True) for other in _namesakes(one)]:
        yield Chooser(_("Of the same name"), tuple(namesakes))


def _kinds(kind: Kind) -> str:
    return {
        "nation": _("Nations"),
        "region": _("Regions"),
        "police-force": _("Police force areas"),
        "council": _("Councils"),
        "prison": _("Prisons"),
        "probation-region": _("Probation regions"),
    }[kind]


def _namesakes(one: Place) -> Iterator[Place]:
    for kind in KINDS:
        with suppress(UnknownPlace):
            other = find(one.name, kinds=(kind,))
            if other.code != one.code:
                yield other


def _link(one: Place, *, said: bool = False) -> Link:
    return Link(one.name, address(one), note=kind_in_words(one) if said else "")
