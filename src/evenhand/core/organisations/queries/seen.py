"""Which organisations somebody sees, and how each stands: on a register, with evidence seen, or with neither."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.core.access import Caller, staff
from evenhand.core.organisations.models import Entry, Evidence, Identifier, Load, Organisation
from evenhand.core.organisations.models.registers import Register

SCHEMES = {"GB-CHC": Register.CHARITIES, "GB-COH": Register.COMPANIES}


@dataclass(frozen=True)
class Standing:
    """What an organisation's existence rests on, since when, and what the register calls its status."""

    basis: Literal["register", "evidence", "none"]
    on: date | None = None
    identifier: str = ""
    status: str = ""

    @property
    def verified(self) -> bool:
        """Whether it rests on anything that somebody can look at."""
        return self.basis != "none"


def organisations_seen_by(caller: Caller) -> QuerySet[Organisation]:
    """Those that a caller may see: staff see all, everyone else all that were not merged into another."""
    every = Organisation.objects.all()
    return every if staff.admits(caller) else every.filter(merged_into=None)


def followed(slug: str) -> Organisation | None:
    """The organisation at an address, through every merger; None where there was never one."""
    found = Organisation.objects.filter(slug=slug).select_related("merged_into").first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    return found


def standings(organisations: Iterable[UUID]) -> dict[UUID, Standing]:
    """How each stands, three questions for however many: a register's entry counts for more than evidence."""
    wanted = list(organisations)
    found = dict.fromkeys(wanted, Standing("none"))
    evidence = Evidence.objects.filter(organisation__in=wanted, seen_on__isnull=False).order_by("seen_on")
    for pk, on in evidence.values_list("organisation", "seen_on"):
        if pk is not None:
            found[pk] = Standing("evidence", on)
    held = Identifier.objects.filter(organisation__in=wanted, scheme__in=SCHEMES).order_by("-primary", "scheme")
    numbers = {(one.scheme, one.value): one for one in held}
    entries: dict[tuple[str, str], Entry] = {}
    for scheme in SCHEMES:
        listed = Entry.objects.filter(scheme=scheme, number__in=[number for one, number in numbers if one == scheme])
        entries |= {(scheme, entry.number): entry for entry in listed.filter(gone_on=None, removed_on=None)}
    taken = _extracts()
    for key, one in reversed(numbers.items()):
        if entry := entries.get(key):
            found[one.organisation_id] = Standing("register", taken.get(entry.scheme), str(one), entry.status)
    return found


def _extracts() -> dict[str, date]:
    """The day of the latest extract of each register that was read to its end."""
    taken: dict[str, date] = {}
    for scheme, register in SCHEMES.items():
        last = Load.objects.filter(register=register, ended_at__isnull=False, given_up=False).first()
        if last is not None:
            taken[scheme] = last.extracted or timezone.localdate(last.begun_at)
    return taken
