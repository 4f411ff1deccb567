"""Who helps in a place, people of a group, or at a stage; and that nobody is listed, where nobody is."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.design.parts import Link
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.models import Audience, Coverage, Service
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.listed import RELATED, listed_services
from evenhand.domains.directory.queries.shown import Shown, shown_all
from evenhand.domains.directory.rules import CLOCK
from evenhand.library.places import Place, within
from evenhand.library.vocabulary import Stage
from evenhand.library.vocabulary.ethnicity import Group

LAST: Final = """
    SELECT (SELECT max(touched_at) FROM directory_service), (SELECT max(updated_at) FROM organisations_organisation),
        (SELECT max(id) FROM directory_entry), (SELECT max(id) FROM directory_stale)
"""
FEW: Final = 5  # as many as stand on the page of something else


@dataclass(frozen=True)
class Provision:
    """What the directory says of a place, a group or a stage."""

    sentence: str
    checked: str
    cards: tuple[Shown, ...]
    links: tuple[Link, ...]
    wider: str = ""


def state() -> tuple[object, ...]:
    """What every page that shows the directory depends on: the last changes, and the day, by which checks grow old.

    Each of the four is the end of an index; together they change with whatever a page says of a service.
    """
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        return timezone.localdate(), *cursor.fetchone()


def serving(place: Place, today: dt.date) -> QuerySet[Service]:
    """The services that say they cover this place or one within it."""
    inside = [one.code for kind in ("council", "prison") for one in within(place, kind)]
    return _covering(listed_services(today), [place.code, *inside])


def serving_around(place: Place, today: dt.date) -> QuerySet[Service]:
    """The services that cover an area in which this place lies, and do not name the place itself or one within it."""
    return _covering(listed_services(today), list(place.parents)).exclude(pk__in=serving(place, today).values("pk"))


def made_for(group: Group, today: dt.date) -> QuerySet[Service]:
    """The services that are made for people of a group, by its own name or the broad one that holds it."""
    terms = words.community_of(group.slug)
    named = Audience.objects.filter(kind="community", term__in=terms).values("service")
    return listed_services(today).filter(pk__in=named)


def helping_at(stage: Stage, today: dt.date) -> QuerySet[Service]:
    """The services that help at a stage."""
    return listed_services(today).filter(terms__kind="stage", terms__term=stage.slug)


def of_place(place: Place) -> Provision:
    """Who helps in a place."""
    today = timezone.localdate()
    here, around = serving(place, today), serving_around(place, today)
    said = {"place": place.name}
    nobody = _("No service that covers %(place)s is listed. It is a gap here, or in what there is.") % said
    count = around.count()
    wider = ngettext(
        "%(count)s more service covers a wider area in which it lies.",
        "%(count)s more services cover a wider area in which it lies.",
        count,
    )
    booklet = Link(_("All of them as a booklet to print"), reverse("directory:booklet", args=[place.code]))
    links = (booklet,) if count or here.exists() else ()
    return _provision(here, today, nobody, links, wider % {"count": count} if count else "")


def of_group(group: Group) -> Provision:
    """Who helps people of a group, as such."""
    nobody = _("No service made for %(people)s is listed. Services open to everyone are not counted here.")
    return _provision(made_for(group, timezone.localdate()), timezone.localdate(), nobody % {"people": _(group.people)})


def of_stage(stage: Stage) -> Provision:
    """Who helps at a stage."""
    nobody = _("No service that helps at this stage is listed.")
    return _provision(helping_at(stage, timezone.localdate()), timezone.localdate(), nobody)


def of_organisation(organisation: Organisation) -> Provision:
    """What an organisation does for people: all of it."""
    today = timezone.localdate()
    services = listed_services(today).filter(organisation=organisation)
    return _provision(services, today, _("No service of this organisation is listed."), most=None)


def latest(services: QuerySet[Service], most: int | None = None) -> list[Service]:
    """Services with everything that is said of them, the most recently checked first."""
    return list(services.order_by("-assured_on", "name").prefetch_related(*RELATED)[:most])


def _provision(
    services: QuerySet[Service],
    today: dt.date,
    nobody: str,
    links: tuple[Link, ...] = (),
    wider: str = "",
    most: int | None = FEW,
) -> Provision:
    total = services.count()
    if not total:
        return Provision(nobody, "", (), links, wider)
    current = services.filter(assured_on__gt=today - dt.timedelta(days=CLOCK.current)).count()
    sentence = ngettext("%(total)s service is listed.", "%(total)s services are listed.", total) % {"total": total}
    said = {"current": current, "total": total}
    checked = _("%(current)s of %(total)s were checked in the last three months.") % said
    return Provision(sentence, checked, tuple(shown_all(latest(services, most), today)), links, wider)


def _covering(services: QuerySet[Service], codes: list[str]) -> QuerySet[Service]:
    return services.filter(pk__in=Coverage.objects.filter(Q(code__in=codes)).values("service"))
