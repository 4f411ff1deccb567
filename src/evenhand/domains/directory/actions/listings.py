"""Writing what is said of a service, keeping each version, taking an edit back, and moving a listing along."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.organisations.models import Organisation
from evenhand.core.plain import NAME
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.models import Service, Version
from evenhand.domains.directory.people import LINK, clockwork, editor, keeper
from evenhand.domains.directory.queries.facts import (
    COLUMNS,
    MOVING,
    REACH,
    ROWS,
    Facts,
    changed,
    facts_of,
    latest_version,
    read,
)
from evenhand.domains.directory.queries.words import known
from evenhand.domains.directory.rules import VISIBILITY, narrowed, narrowest
from evenhand.library.places import UnknownPlace, UnknownPostcode, outward, place
from evenhand.library.places.postcode_directory import postcode
from evenhand.library.places.postcodes import Located, read_postcode

writer = keeper | editor | clockwork
LOCKED = ("closed", "suspended")


@transaction.atomic
def draft(organisation: Organisation, facts: Facts, *, by: Caller, slug: str = "") -> Service:
    """Begin a listing: nobody sees it until it was submitted and a second person has checked it."""
    service = Service(organisation=organisation, slug=slug or _free_slug(facts["name"], organisation))
    if not writer.admits(by, service):
        raise NotAllowed(writer.sentence)
    _say(service, facts)
    service.full_clean()
    service.save()
    _say_rows(service, facts)
    _keep(service, by=by)
    record("directory.service.draft", service.ref, by=by, details={"organisation": str(organisation.ref)})
    return service


@transaction.atomic
def edit(service: Service, facts: Facts, *, by: Caller, undoes: int | None = None, seen: int | None = None) -> Service:
    """Say of a service what `facts` hold, whole or not at all; what they do not name stays. A new version is kept.

    An edit is not a check: the day of the last check stays as it was. Who says which version they had before them
    undoes nothing that somebody else wrote meanwhile: NotPossible.
    """
    service = Service.objects.select_for_update().select_related("organisation").get(pk=service.pk)
    if not writer.admits(by, service):
        raise NotAllowed(writer.sentence)
    if service.status in LOCKED:
        raise NotPossible(_("This listing is closed or taken off. Open it again first."), code="locked")
    if seen is not None and seen != latest_version(service):
        raise NotPossible(_("Somebody changed this listing while you had it open."), code="changed-meanwhile")
    before = facts_of(service)
    _say(service, facts)
    _say_rows(service, facts)
    after = facts_of(service)
    different = changed(before, after)
    if not different:
        return service
    service.edited_at = timezone.now()
    _mark(service, different, by)
    service.full_clean()
    service.save()
    version = _keep(service, by=by, undoes=undoes)
    details: dict[str, Any] = {"version": version.number, "changed": list(different)}
    if undoes:
        details["undoes"] = undoes
    record(
        "directory.service.edit" if undoes is None else "directory.service.undo", service.ref, by=by, details=details
    )
    return service


@transaction.atomic
def take_over(organisation: Organisation, *, of: Organisation, by: Caller) -> int:
    """Make the services of one organisation those of another, into which it was merged; how many."""
    if not editor.admits(by):
        raise NotAllowed(editor.sentence)
    services = list(Service.objects.select_for_update().filter(organisation=of))
    for service in services:
        service.organisation = organisation
        service.save(update_fields=["organisation", "touched_at"])
        details = {"from": str(of.ref), "to": str(organisation.ref)}
        record("directory.service.take-over", service.ref, by=by, details=details)
    return len(services)


def undo(service: Service, version: int, *, by: Caller) -> Service:
    """Take back everything since one version: what it said is said again, as a new version."""
    kept = Version.objects.filter(service=service, number=version).first()
    if kept is None:
        raise Refused(_("There is no such version of this listing."), code="unknown-version", status=404)
    latest = latest_version(service)
    if latest == version:
        raise NotPossible(
            _("This is how the listing stands now: there is nothing to take back."), code="nothing-to-undo"
        )
    return edit(service, kept.facts, by=by, undoes=latest)


def move(service: Service, name: str, *, by: Caller, **details: Any) -> Service:
    """Take a step in the life of a listing."""
    moved: Service = LISTING.move(service, name, by=by, **details)
    return moved


@LISTING.on("submit")
@LISTING.on("restore")
@LISTING.on("reopen")
def submitted(service: Service, *, by: Caller, **_details: Any) -> None:
    """Whoever submits a listing cannot be the second person who checks it."""
    service.submitted_by = by.ref


@LISTING.on("list")
def listed(service: Service, *, by: Caller, on: dt.date | None = None) -> None:
    """A second person has checked it, today or on the day given; who keeps it is told."""
    _assure(service, by, on)
    _tell(service, "directory/listed.txt")


@LISTING.on("confirm")
def confirmed(service: Service, *, by: Caller, on: dt.date | None = None) -> None:
    """It was checked today, or on the day given."""
    _assure(service, by, on)


@LISTING.on("return")
def returned(service: Service, *, by: Caller, why: str) -> None:
    """Who keeps it is told what is missing."""
    del by
    _tell(service, "directory/returned.txt", why=why)


@LISTING.on("hide")
def hidden(service: Service, *, by: Caller) -> None:
    """Who keeps it is told how to bring it back."""
    del by
    _tell(service, "directory/hidden.txt")


@transaction.atomic
def look_over(service: Service, *, by: Caller) -> Service:
    """An editor has looked at what its own people changed, and it may stay. The day of the check stays as it was."""
    if not editor.admits(by):
        raise NotAllowed(editor.sentence)
    service = Service.objects.select_for_update().get(pk=service.pk)
    if service.to_look_at:
        service.to_look_at = False
        service.save(update_fields=["to_look_at", "touched_at"])
        record("directory.service.look-over", service.ref, by=by, details={"version": latest_version(service)})
    return service


def keeper_of(service: Service) -> str:
    """Where we write to about a listing; blank if there is nowhere."""
    return service.keeper_email or service.email or service.organisation.email


def _assure(service: Service, by: Caller, on: dt.date | None) -> None:
    """By the organisation itself, whoever of it did it: who that was, the journal says."""
    own = by == LINK or keeper.admits(by, service)
    service.assured_on = on or timezone.localdate()
    service.assured_by = service.organisation.ref if own else by.ref
    service.changed_since = False
    service.to_look_at &= not editor.admits(by)


def _mark(service: Service, different: Iterable[str], by: Caller) -> None:
    """Say to readers that it was changed since its check, and to editors that its own people changed its contacts."""
    if service.assured_on is None:
        return
    service.changed_since |= bool(set(different) - MOVING)
    if keeper.admits(by, service) and not editor.admits(by):
        service.to_look_at |= bool(set(different) & REACH)


def _tell(service: Service, letter: str, **said: Any) -> None:
    if to := keeper_of(service):
        post(letter, to=to, about=service.ref, service=service, **said)


def _say(service: Service, facts: Facts) -> None:
    for name in COLUMNS:
        if name in facts:
            setattr(service, name, read(name, facts[name]))


def _say_rows(service: Service, facts: Facts) -> None:
    """Replace the rows of each kind that is given: what is not in the vocabulary or in no place is refused."""
    for name, (table, columns) in ROWS.items():
        if name not in facts:
            continue
        getattr(service, name).all().delete()
        rows = [_placed(row) for row in facts[name]] if name == "locations" else facts[name]
        made = [
            table(service=service, **{column: read(column, row[column]) for column in columns if column in row})
            for row in rows
        ]
        for row in made:
            _check(name, row)
            row.clean_fields()
            row.validate_constraints()
        table._default_manager.bulk_create(made)  # noqa: SLF001  (Django's name)


def _placed(location: Mapping[str, Any]) -> dict[str, Any]:
    """A location with what may be held of it, and with its point: of its postcode, or only of the first half."""
    kept = narrowed(location, VISIBILITY[0]) | {"latitude": None, "longitude": None}
    if not kept.get("postcode"):
        return kept
    try:
        halves = read_postcode(kept["postcode"])
        point: Located = outward(halves.outward)
        if halves.inward and settings.POSTCODES_FILE.is_file():
            point = postcode(str(halves), directory=settings.POSTCODES_FILE)
    except UnknownPostcode as fault:
        raise Refused(str(fault), code="unknown-postcode") from None
    return kept | {"postcode": str(halves), "latitude": point.latitude, "longitude": point.longitude}


def _forget_addresses(service: Service) -> None:
    """Take out of earlier versions what a service no longer shows of where it is."""
    allowed = narrowest(service.locations.values_list("visibility", flat=True))
    if allowed == VISIBILITY[0]:
        return
    for version in service.versions.all():
        version.facts["locations"] = [narrowed(one, allowed) for one in version.facts["locations"]]
        version.save(update_fields=["facts"])


def _check(name: str, row: Any) -> None:
    if name in {"terms", "audiences"} and row.term not in known(row.kind):
        raise Refused(_("There is no such term: %(term)s.") % {"term": row.term}, code="unknown-term")
    if name == "coverage" and row.court:
        for check in NAME:
            check(row.court)
    if name == "coverage" and row.code:
        try:
            row.code = place(row.code).code
        except UnknownPlace as fault:
            raise Refused(str(fault), near=fault.near, code="unknown-place") from None


def _keep(service: Service, *, by: Caller, undoes: int | None = None) -> Version:
    fresh = Service.objects.get(pk=service.pk)
    _forget_addresses(fresh)
    return Version.objects.create(
        service=service, number=latest_version(service) + 1, facts=facts_of(fresh), by=by.ref, undoes=undoes
    )


def _free_slug(name: str, organisation: Organisation) -> str:
    """The name as an address; where another service has it, with the organisation's, and then with a number."""
    plain = slugify(name)[:90] or "service"
    tried = [plain, f"{plain}-{organisation.slug}"[:110]]
    for slug in (*tried, *(f"{tried[1]}-{number}" for number in range(2, 1000))):
        if not Service.objects.filter(slug=slug).exists():
            return slug
    raise NotPossible(_("There are too many services of this name. Give it another."))
