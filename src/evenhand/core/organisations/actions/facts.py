"""The one way to change what is known of who leads an organisation, whom it supports, and what it was founded for."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.organisations.communities import community
from evenhand.core.organisations.models import Fact, Organisation
from evenhand.core.organisations.people import editor, keeper

LEADERS, SUPPORTED = ("board_share", "staff_share"), ("supported_share",)


@transaction.atomic
def confirm_fact(
    organisation: Organisation,
    kind: str,
    about: str,
    *,
    by: Caller,
    on: date,
    basis: str = Fact.Basis.SAID,
    words: str = "",
    **shares: int | None,
) -> Fact:
    """State one fact, or state it anew, with its basis, who confirms it and the day.

    The organisation may say of itself; that evidence was seen, or that a register says so, only an editor may state.
    None of the three facts follows from another, and no share is worked out from another.
    """
    if kind not in Fact.Kind.values or basis not in Fact.Basis.values:
        raise Refused(_("There is no such fact, or no such basis."), near=(*Fact.Kind.values, *Fact.Basis.values))
    if not keeper.admits(by, organisation) and not by.machine:
        raise NotAllowed(keeper.sentence)
    if basis != Fact.Basis.SAID and not editor.admits(by) and not by.machine:
        raise NotAllowed(_("That evidence was seen, or that a register says so, is for an editor to state."))
    term = community(about).term
    # Of two who state the same at once, one waits for the other.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    fact = Fact.objects.filter(organisation=organisation, kind=kind, community=term).first()
    before = _said(fact) if fact else {}
    fact = fact or Fact(organisation=organisation, kind=kind, community=term)
    for name in (*LEADERS, *SUPPORTED):
        setattr(fact, name, shares.pop(name, None))
    if shares:
        raise ValueError(f"a fact has no {', '.join(shares)}")
    fact.basis, fact.words, fact.confirmed_by, fact.confirmed_on = basis, words.strip(), str(by.ref), on
    try:
        fact.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages), code="invalid") from None
    fact.save()
    organisation.save(update_fields=["updated_at"])
    record(
        "organisations.fact.confirm",
        organisation.ref,
        by=by,
        # Shares of a small board are of people: the line keeps that it was said, and they go when asked.
        details={"kind": kind, "community": term, "basis": str(basis), "on": on.isoformat()},
        personal={organisation.ref: {"from": before, "to": _said(fact)}},
    )
    return fact


@transaction.atomic
def withdraw_fact(fact: Fact, *, by: Caller, why: str) -> None:
    """Take a fact back; the journal keeps that it was stated."""
    fact = Fact.objects.select_for_update().select_related("organisation").get(pk=fact.pk)
    if not keeper.admits(by, fact.organisation) and not by.machine:
        raise NotAllowed(keeper.sentence)
    if fact.basis != Fact.Basis.SAID and not editor.admits(by) and not by.machine:
        raise NotPossible(_("An editor confirmed this. Ask them to take it back."), code="confirmed-by-editor")
    record(
        "organisations.fact.withdraw",
        fact.organisation.ref,
        by=by,
        details={"kind": fact.kind, "community": fact.community},
        personal={fact.organisation.ref: {"from": _said(fact)}, by.ref: {"why": why.strip()}},
    )
    fact.organisation.save(update_fields=["updated_at"])
    fact.delete()


def _said(fact: Fact) -> dict[str, int | str | None]:
    return {name: getattr(fact, name) for name in (*LEADERS, *SUPPORTED, "words", "basis")}
