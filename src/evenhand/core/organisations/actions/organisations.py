"""What is done to an organisation itself: created, renamed, changed, identified, closed, merged into another."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.accounts.actions import end_role, give_role
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.organisations.models import Area, Fact, Identifier, Name, Organisation
from evenhand.core.organisations.people import editor, member
from evenhand.core.plain import without_address
from evenhand.library.places import UnknownPlace, place
from evenhand.library.registers import Identifier as Written
from evenhand.library.registers import primary
from evenhand.library.registers.identifiers import SCHEMES

# Words under /organisations/ and /account/organisations/ that are no organisation.
RESERVED = frozenset({"claim", "claims", "invitations", "new", "search"})
CHANGEABLE = ("legal_form", "description", "income_band", "email", "phone", "website")
LONGEST_SLUG = 100


@transaction.atomic
def create(
    name: str,
    *,
    by: Caller,
    identifiers: Iterable[Written] = (),
    areas: Iterable[str] = (),
    slug: str = "",
    demonstration: bool = False,
    **said: str,
) -> Organisation:
    """A new organisation, with its identifiers and the codes of its areas; NotPossible where a number is taken."""
    _known(said)
    organisation = Organisation(
        name=_one_line(name), slug=slug or _free_slug(name), demonstration=demonstration, **said
    )
    _clean(organisation)
    organisation.save()
    details: dict[str, Any] = {"demonstration": True} if demonstration else {}
    record("organisations.organisation.create", organisation.ref, by=by, details=details)
    for one in identifiers:
        add_identifier(organisation, one, by=by)
    if codes := list(areas):
        set_areas(organisation, codes, by=by)
    return organisation


@transaction.atomic
def rename(organisation: Organisation, name: str, *, by: Caller, keep_former: bool = True) -> Organisation:
    """Call it something else; the name before is kept as such, and the address of its page stays.

    What its own people call it is shown at once, and waits for an editor to look at it.
    """
    locked = _locked(organisation)
    before, locked.name = locked.name, _one_line(name)
    if before == locked.name:
        return locked
    no_address(locked.name)
    _clean(locked)
    locked.to_look_at = member.admits(by, locked) and not editor.admits(by)
    locked.save()
    if keep_former:
        Name.objects.get_or_create(organisation=locked, kind=Name.Kind.FORMER, name=before)
    record("organisations.organisation.rename", locked.ref, by=by, details={"from": before, "to": locked.name})
    return locked


@transaction.atomic
def look_over(organisation: Organisation, *, by: Caller) -> Organisation:
    """An editor has looked at the name that its own people gave it, and it may stay."""
    if not editor.admits(by):
        raise NotAllowed(editor.sentence)
    locked = _locked(organisation)
    if locked.to_look_at:
        locked.to_look_at = False
        locked.save(update_fields=["to_look_at"])
        record("organisations.organisation.look-over", locked.ref, by=by, details={"name": locked.name})
    return locked


def no_address(name: str) -> None:
    """Refuse a name, typed by somebody, that reads as an address. Registers call bodies what they call them."""
    try:
        without_address(name)
    except ValidationError as fault:
        raise Refused(fault.messages[0], near=("name",), code="invalid") from None


def look_again(organisation: Organisation, seen: str) -> None:
    """Refuse, with NotPossible, to write over what somebody else wrote since the entry stood as `seen` says.

    To be called in the transaction that writes: the row is held until its end.
    """
    if seen and seen != stand_of(_locked(organisation)):
        raise NotPossible(_("Somebody changed this entry while you had it open."), code="changed-meanwhile")


def stand_of(organisation: Organisation) -> str:
    """A mark of how an entry stands, which every change of it moves."""
    return organisation.updated_at.isoformat()


@transaction.atomic
def change(organisation: Organisation, *, by: Caller, **said: str) -> Organisation:
    """Say otherwise what it does, what form it has, how the public reaches it: only what is given is changed."""
    _known(said)
    locked = _locked(organisation)
    before = {field: getattr(locked, field) for field in said}
    changed = {field: value for field, value in said.items() if value != before[field]}
    if not changed:
        return locked
    for field, value in changed.items():
        setattr(locked, field, value)
    _clean(locked)
    locked.save()
    record(
        "organisations.organisation.change",
        locked.ref,
        by=by,
        details={"changed": sorted(changed)},
        # An address or a number for the public may yet be one person's.
        personal={locked.ref: {field: {"from": before[field], "to": value} for field, value in changed.items()}},
    )
    return locked


@transaction.atomic
def set_areas(organisation: Organisation, codes: Iterable[str], *, by: Caller) -> Organisation:
    """Say where it works: by the codes of places, and of no other place."""
    locked = _locked(organisation)
    wanted = list(dict.fromkeys(codes))
    for code in wanted:
        try:
            place(code)
        except UnknownPlace as fault:
            raise Refused(str(fault), near=fault.near, code="unknown-place") from None
    before = set(locked.areas.values_list("code", flat=True))
    if before == set(wanted):
        return locked
    locked.areas.exclude(code__in=wanted).delete()
    Area.objects.bulk_create(Area(organisation=locked, code=code) for code in wanted if code not in before)
    locked.save(update_fields=["updated_at"])
    details = {"added": sorted(set(wanted) - before), "removed": sorted(before - set(wanted))}
    record("organisations.organisation.set-areas", locked.ref, by=by, details=details)
    return locked


@transaction.atomic
def add_identifier(organisation: Organisation, identifier: Written, *, by: Caller) -> Identifier:
    """Match it with its entry in a register; NotPossible where that number is another's."""
    locked = _locked(organisation)
    held = Identifier.objects.filter(scheme=identifier.scheme, value=identifier.number).first()
    if held is not None:
        if held.organisation_id == locked.pk:
            return held
        said = {"identifier": str(identifier), "name": held.organisation.title}
        raise NotPossible(_("%(identifier)s belongs to %(name)s already.") % said, code="identifier-taken")
    made = Identifier(organisation=locked, scheme=identifier.scheme, value=identifier.number)
    _clean(made)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # of two who add the same at once
        raise NotPossible(_("That number was just given to another organisation."), code="identifier-taken") from None
    _choose_primary(locked)
    made.refresh_from_db()
    record("organisations.identifier.add", locked.ref, by=by, details={"identifier": str(identifier)})
    return made


@transaction.atomic
def close(organisation: Organisation, *, by: Caller, on: date, why: str) -> Organisation:
    """Say that it is no more, from a day and for a reason. It keeps its name, its address and its references."""
    locked = _locked(organisation)
    if locked.closed_on is not None:
        raise NotPossible(_("%(name)s is closed already.") % {"name": locked.title}, code="closed-already")
    if not why.strip():
        raise Refused(_("Say why it is closed."), code="missing")
    locked.closed_on = on
    locked.save(update_fields=["closed_on", "updated_at"])
    record(
        "organisations.organisation.close",
        locked.ref,
        by=by,
        details={"on": on.isoformat()},
        personal={by.ref: {"why": why.strip()}},
    )
    return locked


@transaction.atomic
def reopen(organisation: Organisation, *, by: Caller, why: str) -> Organisation:
    """Say that it was closed in error; one that was merged stays merged."""
    locked = _locked(organisation)
    if locked.closed_on is None or locked.merged_into_id is not None:
        raise NotPossible(_("Only an organisation that is closed, and not merged, can be opened again."))
    locked.closed_on = None
    locked.save(update_fields=["closed_on", "updated_at"])
    record("organisations.organisation.reopen", locked.ref, by=by, personal={by.ref: {"why": why.strip()}})
    return locked


@transaction.atomic
def merge(duplicate: Organisation, *, into: Organisation, by: Caller, on: date) -> Organisation:
    """Make two entries of one body one: names, numbers, areas, facts and people go over, references stay and lead on.

    What domains hold of it goes over by actions of theirs, called beside this one. What the other entry says already
    is kept as it is there.
    """
    if duplicate.pk == into.pk:
        raise Refused(_("An organisation cannot be merged into itself."), code="same")
    first, second = sorted(
        (duplicate, into), key=lambda one: one.pk
    )  # always in one order, so that none waits for ever
    locked = {one.pk: one for one in (_locked(first), _locked(second))}
    gone, kept = locked[duplicate.pk], locked[into.pk]
    if gone.merged_into_id or kept.merged_into_id:
        raise NotPossible(_("One of the two was merged already. Look at where it leads."), code="merged-already")
    if gone.demonstration != kept.demonstration:
        raise NotPossible(_("A demonstration and a real organisation are never one."), code="demonstration")
    _move_names(gone, kept)
    gone.identifiers.update(organisation=kept, primary=False)
    _choose_primary(kept)
    known = set(kept.areas.values_list("code", flat=True))
    gone.areas.exclude(code__in=known).update(organisation=kept)
    gone.areas.all().delete()
    for fact in gone.facts.all():
        if not Fact.objects.filter(organisation=kept, kind=fact.kind, community=fact.community).exists():
            fact.organisation = kept
            fact.save(update_fields=["organisation"])
    _move_people(gone, kept, by)
    gone.evidence.update(organisation=kept)
    gone.claims.update(organisation=kept)
    gone.invitations.update(organisation=kept)
    gone.alerts.filter(ended_at=None).delete()
    gone.merged.update(merged_into=kept)
    gone.merged_into, gone.closed_on = kept, gone.closed_on or on
    gone.save()
    record("organisations.organisation.merge", gone.ref, by=by, details={"into": str(kept.ref)})
    record("organisations.organisation.take-in", kept.ref, by=by, details={"from": str(gone.ref)})
    return kept


def _move_names(gone: Organisation, kept: Organisation) -> None:
    names = [(Name.Kind.ALSO, gone.name), *gone.names.values_list("kind", "name")]
    for kind, name in names:
        if name != kept.name:
            Name.objects.get_or_create(organisation=kept, kind=kind, name=name)
    gone.names.all().delete()


def _move_people(gone: Organisation, kept: Organisation, by: Caller) -> None:
    for held in RoleHeld.objects.filter(organisation=gone).holding().select_related("person"):
        end_role(held, by=by)
        same = RoleHeld.objects.filter(person=held.person, role=held.role, organisation=kept).holding()
        if not same.exists():
            give_role(held.person, held.role, by=by, organisation=kept)


def _choose_primary(organisation: Organisation) -> None:
    """Of several numbers, the one of the register that says first when a body closes."""
    held = {Written(one.scheme, one.value): one for one in organisation.identifiers.all()}
    known = [one for one in held if one.scheme in SCHEMES]
    chosen = primary(known) or min(held, default=None)
    organisation.identifiers.filter(primary=True).update(primary=False)
    if chosen is not None:
        Identifier.objects.filter(pk=held[chosen].pk).update(primary=True)


def _free_slug(name: str) -> str:
    base = slugify(name)[:LONGEST_SLUG] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    return base if base not in taken else next(one for n in count(2) if (one := f"{base}-{n}") not in taken)


def _known(said: Mapping[str, str]) -> None:
    if unknown := sorted(set(said) - set(CHANGEABLE)):
        raise ValueError(f"an organisation has no {', '.join(unknown)} that is changed so")


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _clean(row: Organisation | Identifier) -> None:
    """Refuse what the table would not take, in words; what is unique, the database itself sees to."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        said = "; ".join(f"{field}: {' '.join(words)}" for field, words in fault.message_dict.items())
        raise Refused(said, near=tuple(fault.message_dict), code="invalid") from None


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)
