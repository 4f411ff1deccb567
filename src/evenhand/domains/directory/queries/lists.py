"""Several services together: a list that somebody made, a booklet for a place, and either as a table to take away."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Field
from evenhand.core.exports import About, Licence, Sheet
from evenhand.domains.directory.models import Location, Service
from evenhand.domains.directory.queries.listed import RELATED, listed_services
from evenhand.domains.directory.queries.provision import latest, serving, serving_around
from evenhand.domains.directory.queries.shown import Shown, shown_all
from evenhand.library.places import Place

MOST: Final = 30  # in a list that somebody makes
OPEN: Final = Licence("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True)
class Booklet:
    """Everybody who helps in a place, in parts, to be printed."""

    place: Place
    parts: tuple[tuple[str, tuple[Shown, ...]], ...]
    made_on: dt.date

    @property
    def total(self) -> int:
        """How many services."""
        return sum(len(shown) for _heading, shown in self.parts)


def booklet(place: Place) -> Booklet:
    """The services that cover a place, and then those that cover the area around it."""
    today = timezone.localdate()
    said = {"place": place.name}
    parts = (
        (_("Services for %(place)s") % said, serving(place, today)),
        (_("Services for a wider area"), serving_around(place, today)),
    )
    shown = [(heading, tuple(shown_all(latest(services), today))) for heading, services in parts]
    return Booklet(place, tuple(part for part in shown if part[1]), today)


def chosen(slugs: Iterable[str]) -> list[Shown]:
    """The services of these addresses that are listed today, in that order; each once, and no more than 30."""
    wanted = list(dict.fromkeys(slugs))[:MOST]
    found = listed_services(timezone.localdate()).filter(slug__in=wanted).prefetch_related(*RELATED)
    by_slug = {one.slug: one for one in found}
    return shown_all(by_slug[slug] for slug in wanted if slug in by_slug)


def sheet(title: str, shown: Iterable[Shown], address: str) -> Sheet:
    """Services as a table to take away: what their pages say, and no more."""
    about = About(
        title=title,
        description=_("Services as their pages show them. A confidential address is not among them."),
        publisher=_("Evenhand"),
        licence=OPEN,
        permalink=settings.SITE_URL + address,
    )
    fields = (
        Field("name", _("Name")),
        Field("organisation", _("Organisation")),
        Field("summary", _("What it does")),
        Field("for_whom", _("For whom")),
        Field("needs", _("Helps with")),
        Field("phone", _("Telephone")),
        Field("email", _("E-mail")),
        Field("website", _("Website")),
        Field("where", _("Where")),
        Field("covers", _("Covers")),
        *(Field(name, heading) for name, heading in _told()),
        Field("checked", _("Last checked")),
        Field("address", _("Page")),
    )
    return Sheet("services", fields, tuple(_row(one) for one in shown), about, ("address",))


def linked_data(service: Service, shown: Shown) -> str:
    """A service in the words of Schema.org, fit to stand in a page."""
    own = service.organisation
    provider: dict[str, Any] = {"@type": "NGO", "name": own.title, "url": settings.SITE_URL + shown.organisation_url}
    full = [one for one in service.locations.all() if one.visibility == Location.Visibility.FULL]
    areas = [link.name for _kind, links in shown.covers for link in links]
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": settings.SITE_URL + shown.url,
        "name": shown.title,
        "description": shown.summary,
        "url": settings.SITE_URL + shown.url,
        "provider": provider,
        "serviceType": [link.name for link in shown.needs],
        "areaServed": areas,
        "audience": {"@type": "Audience", "audienceType": " ".join(shown.whom)} if shown.whom else None,
        "availableChannel": {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "telephone": shown.phone} if shown.phone else None,
            "serviceUrl": shown.website,
            "serviceLocation": [_place_of(one) for one in full],
        },
    }
    # Nothing in it can end the element that it stands in.
    return json.dumps(_said(said), ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def _place_of(one: Location) -> dict[str, Any]:
    lines = ", ".join(filter(None, (one.line_1, one.line_2)))
    address = {
        "@type": "PostalAddress",
        "streetAddress": lines,
        "addressLocality": one.town,
        "postalCode": one.postcode,
    }
    return {"@type": "Place", "name": one.name, "address": address}


def _said(value: Any) -> Any:
    """Only what is said: nothing empty."""
    if isinstance(value, dict):
        kept = {key: _said(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, "", [], {})}
    return [_said(one) for one in value] if isinstance(value, list) else value


def _told() -> tuple[tuple[str, str], ...]:
    return (
        ("ways", _("How help is given")),
        ("referral", _("How to get in")),
        ("referrers", _("Who may bring you")),
        ("cost", _("Cost")),
        ("capacity", _("Room for more")),
        ("hours", _("Open")),
        ("languages", _("Languages")),
        ("access", _("Access")),
    )


def _row(one: Shown) -> tuple[str, ...]:
    facts = dict(one.facts)
    return (
        one.title,
        one.organisation,
        one.summary,
        " ".join(one.whom),
        ", ".join(link.name for link in one.needs),
        one.phone,
        one.email,
        one.website,
        "; ".join(", ".join(lines) for lines in one.where),
        ", ".join(link.name for _kind, links in one.covers for link in links),
        *(facts.get(heading, "") for _name, heading in _told()),
        f"{one.checked.tag}: {one.checked.words}",
        settings.SITE_URL + one.url,
    )
