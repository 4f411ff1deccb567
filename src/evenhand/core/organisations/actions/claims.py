"""Claiming an organisation's entry: begun with a number, proven by its own mail or by evidence that an editor saw."""

from datetime import timedelta
from typing import Any

from django.core.files.base import File as Given
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.accounts.actions import give_role
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.files.actions import Looked, keep, look_through
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.organisations.actions.organisations import change, create, no_address, set_areas
from evenhand.core.organisations.keys import digest, fits, new_key
from evenhand.core.organisations.lifecycle import CLAIM, OPEN
from evenhand.core.organisations.mailboxes import is_own
from evenhand.core.organisations.models import Claim, Entry, Evidence, Form, Identifier, Organisation
from evenhand.core.organisations.people import OWNER, claimant
from evenhand.core.organisations.queries.registers import entry_numbered, prefill
from evenhand.library.registers import Identifier as Written
from evenhand.library.registers import UnknownIdentifier, charity_number, company_number

SCHEMES = {"charity": ("GB-CHC", charity_number), "company": ("GB-COH", company_number)}
LINK_HOLDS = timedelta(days=3)
MOST_LINKS, MOST_OPEN, MOST_EVIDENCE = 3, 5, 6


def number_given(register: str, number: str) -> Entry:
    """The entry of the number that somebody gives; Refused, in words, where there is none that can be claimed."""
    scheme, read = SCHEMES[register]
    try:
        plain = read(number)
    except UnknownIdentifier as fault:
        raise Refused(str(fault), code="unknown-number") from None
    entry = entry_numbered(scheme, plain)
    if entry is None and not Entry.objects.filter(scheme=scheme).exists():
        message = _("That register is not loaded here yet, so that no number of it can be looked up. Choose the way")
        message += " " + _("without a number, and tell us the number there: an editor looks it up.")
        raise Refused(message, code="no-register", status=404)
    if entry is None:
        message = _("The copy of the register that is held here has no number %(number)s. Check it, or choose the way")
        message += " " + _("without a number.")
        raise Refused(message % {"number": plain}, code="unknown-number", status=404)
    if entry.removed_on is not None or entry.gone_on is not None:
        said = {"name": entry.name}
        raise NotPossible(_("%(name)s was removed from the register. Ask us to look into it.") % said, code="removed")
    return entry


@transaction.atomic
def begin_claim(
    *,
    by: Caller,
    register: str = "",
    number: str = "",
    name: str = "",
    about: str = "",
    organisation: Organisation | None = None,
) -> Claim:
    """Ask to look after an entry: by the number of a register, of an organisation that is listed, or of a new group."""
    if by.person is None:
        raise NotAllowed(claimant.sentence)
    said: dict[str, Any] = {"name": " ".join(name.split()), "about": about.strip()}
    if register:
        entry = number_given(register, number)
        held = Identifier.objects.filter(scheme=entry.scheme, value=entry.number).select_related("organisation").first()
        organisation = held.organisation if held else None
        said = {"scheme": entry.scheme, "number": entry.number, "name": prefill(entry, on=timezone.localdate()).name}
    elif organisation is not None:
        said = {"name": organisation.name}
    if not register and organisation is None:
        no_address(said["name"])
    if not said["name"]:
        raise Refused(_("Give the organisation's name, or its number."), code="missing")
    mine = Claim.objects.filter(person=by.person, status__in=OPEN)
    if organisation is not None and (OWNER, organisation.pk) in by.organisations:
        raise NotPossible(_("You look after this organisation already."), code="held-already")
    if mine.count() >= MOST_OPEN:
        raise NotPossible(_("You have several claims open. Finish or withdraw one first."), code="many-claims")
    try:
        with transaction.atomic():
            claim = Claim.objects.create(person=by.person, organisation=organisation, **said)
    except IntegrityError:
        raise NotPossible(_("You have begun this claim already. It is on your page."), code="begun-already") from None
    details = {"scheme": claim.scheme, "number": claim.number}
    record("organisations.claim.begin", claim.ref, by=by, details=details)
    return claim


def address_on_register(claim: Claim) -> str:
    """The organisation's own public address for mail, to which a link can be sent; blank where it has none."""
    entry = entry_numbered(claim.scheme, claim.number) if claim.number else None
    return entry.email.strip() if entry is not None and is_own(entry.email.strip()) else ""


def link_holds(claim: Claim, key: str) -> bool:
    """Whether this is the key of the link that was sent last, not used yet and not run out."""
    return claim.key_until is not None and timezone.now() <= claim.key_until and fits(key, claim.key)


def add_evidence(claim: Claim, kind: str, given: Given[bytes], *, by: Caller) -> Evidence:
    """Hand something in for a claim that is still open; it is kept with it, and seen by editors alone."""
    looked = look_through(given)
    with transaction.atomic():
        return _add_evidence(claim, kind, looked, by)


def _add_evidence(claim: Claim, kind: str, looked: Looked, by: Caller) -> Evidence:
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if not claimant.admits(by, claim):
        raise NotAllowed(claimant.sentence)
    if claim.status not in OPEN:
        raise NotPossible(_("This claim was decided. Begin another if you need to."), code="decided")
    if kind not in Evidence.Kind.values:
        raise Refused(_("Say what the file is."), near=tuple(Evidence.Kind.values), code="missing")
    if claim.evidence.count() >= MOST_EVIDENCE:
        raise NotPossible(_("That is enough evidence. Ask an editor to look at it."), code="many-files")
    file = keep(looked, about=claim.ref, by=by)
    evidence = Evidence.objects.create(
        claim=claim, organisation=claim.organisation, kind=kind, file=file, given_by=by.ref
    )
    record("organisations.evidence.give", claim.ref, by=by, details={"kind": kind, "file": str(file.ref)})
    return evidence


@CLAIM.on("send")
def _send(claim: Claim, *, by: Caller) -> None:
    """A link that holds once and for three days, to the address that the register shows to everyone."""
    del by
    to = address_on_register(claim)
    if not to:
        raise NotPossible(_("The register shows no address of the organisation's own. Hand in evidence instead."))
    if claim.links_sent >= MOST_LINKS:
        raise NotPossible(_("Three links were sent. Hand in evidence instead."), code="many-links")
    key = new_key()
    claim.key, claim.key_until = digest(key), timezone.now() + LINK_HOLDS
    claim.links_sent += 1
    if post("organisations/claim.txt", to=to, about=claim.ref, stranger=True, claim=claim, key=key) is None:
        raise NotPossible(_("Too many messages went to that address today. Try again tomorrow."), code="many-links")


@CLAIM.on("prove")
def _prove(claim: Claim, *, by: Caller, key: str) -> None:
    """The link was followed by who began the claim: they can read the organisation's mail."""
    if not link_holds(claim, key):
        raise NotPossible(_("This link no longer holds. Ask for another."), code="stale-link")
    _give(claim, by, _("They followed a link that was sent to the organisation's address on the register."))


@CLAIM.on("hand-in")
def _hand_in(claim: Claim, *, by: Caller) -> None:
    """Editors see it from now on."""
    del by
    if not claim.evidence.exists():
        raise Refused(_("Add at least one file first."), code="missing")
    editors = RoleHeld.objects.filter(role="directory-editor", person__is_active=True).holding()
    for email in sorted(set(editors.values_list("person__email", flat=True))):
        post("organisations/waiting.txt", to=email, about=claim.ref, claim=claim)


@CLAIM.on("grant")
def _grant(claim: Claim, *, by: Caller, why: str) -> None:
    """An editor has seen the evidence: another person than who made the claim."""
    _other_person(claim, by)
    _give(claim, by, why)
    claim.evidence.update(seen_by=by.ref, seen_on=timezone.localdate(), organisation=claim.organisation)


@CLAIM.on("refuse")
def _refuse(claim: Claim, *, by: Caller, why: str) -> None:
    """What was handed in says too little; the reason goes to who asked."""
    _other_person(claim, by)
    _decide(claim, why)
    post("organisations/refused.txt", to=claim.person.email, about=claim.ref, claim=claim)


@CLAIM.on("withdraw")
def _withdraw(claim: Claim, *, by: Caller) -> None:
    """They no longer want it; no link of it holds."""
    del by
    _decide(claim, "")


def _other_person(claim: Claim, by: Caller) -> None:
    if by.person is not None and by.person.pk == claim.person_id:
        raise NotAllowed(_("Somebody else has to decide on your claim."))


def _give(claim: Claim, by: Caller, why: str) -> None:
    """Make the organisation where it is not listed yet, and the claimant its owner; tell who owned it before."""
    organisation = claim.organisation or _organisation(claim, by)
    claim.organisation = organisation
    before = RoleHeld.objects.filter(organisation=organisation, role=OWNER).holding().select_related("person")
    for held in before:
        post("organisations/joined.txt", to=held.person.email, about=organisation.ref, organisation=organisation)
    if not before.filter(person=claim.person).exists():
        give_role(claim.person, OWNER, by=by, organisation=organisation)
    _decide(claim, why)
    post("organisations/granted.txt", to=claim.person.email, about=claim.ref, claim=claim)


def _organisation(claim: Claim, by: Caller) -> Organisation:
    if not claim.number:
        return create(claim.name, by=by, description=claim.about, legal_form=Form.UNREGISTERED)
    held = Identifier.objects.filter(scheme=claim.scheme, value=claim.number).select_related("organisation").first()
    if held is not None:  # somebody else's claim was granted meanwhile
        return held.organisation
    entry = entry_numbered(claim.scheme, claim.number)
    if entry is None:
        return create(claim.name, by=by, identifiers=[Written(claim.scheme, claim.number)])
    said = prefill(entry, on=timezone.localdate())
    free = [one for one in said.identifiers if not Identifier.objects.filter(scheme=one.scheme, value=one.number)]
    organisation = create(said.name, by=by, identifiers=free)
    set_areas(organisation, [place.code for place in said.areas], by=by)
    # What the register says is a beginning; whatever of it does not fit is left for its owner to say.
    for field in ("legal_form", "income_band", "email", "phone", "website", "description"):
        try:
            with transaction.atomic():
                organisation = change(organisation, by=by, **{field: getattr(said, field)})
        except Refused:
            continue
    return organisation


def _decide(claim: Claim, why: str) -> None:
    claim.key, claim.key_until, claim.decided_at, claim.why = "", None, timezone.now(), why.strip()[:500]
