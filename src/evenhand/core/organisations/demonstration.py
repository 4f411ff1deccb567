"""The organisations of a demonstration: none of them exists, each says so wherever it is shown."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from evenhand.core.access import machine
from evenhand.core.accounts.actions import end_role
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.files.actions import remove as remove_file
from evenhand.core.files.models import File
from evenhand.core.journal.actions import record
from evenhand.core.organisations.models import Area, Claim, Fact, Form, Identifier, Name, Organisation
from evenhand.core.organisations.people import ROLES
from evenhand.core.references import Ref

DECLARED: Final = Path(__file__).with_name("demonstration.csv")
BY: Final = machine("demonstration")
PREFIX: Final = "demo-"  # of every slug here, and of no other
# A scheme that no register can have, so that no number here is ever somebody's.
SCHEME: Final = "ZZ-DEMO"
ALL: Final = Ref("organisations.demonstration", "all")
CONFIRMED: Final = date(2026, 10, 1)


@dataclass(frozen=True)
class Declared:
    """One invented organisation, as its row says; `needs` are slugs of the vocabulary, the first what it mostly does.

    The slug is `demo-` and the name, and never changes: whatever else a demonstration is made of can hang on it.
    """

    slug: str
    name: str
    welsh: str
    form: str
    income: str
    areas: tuple[str, ...]
    needs: tuple[str, ...]
    led_by: str
    board: int | None
    staff: int | None
    basis: str
    focused_on: str
    supported: int | None
    mission: str
    email: str
    phone: str
    website: str
    description: str


@cache
def declared() -> tuple[Declared, ...]:
    """Every organisation of the demonstration, by slug."""
    with DECLARED.open(encoding="utf-8", newline="") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


@transaction.atomic
def load() -> int:
    """Make the organisations that are missing, all at once; how many."""
    there = set(Organisation.objects.filter(slug__startswith=PREFIX).values_list("slug", flat=True))
    made = {
        one.slug: (number, one, _organisation(one))
        for number, one in enumerate(declared(), start=1)
        if one.slug not in there
    }
    Organisation.objects.bulk_create(organisation for _number, _one, organisation in made.values())
    rows: list[Identifier | Area | Name | Fact] = [row for each in made.values() for row in _rows(*each)]
    tables: tuple[Any, ...] = (Identifier, Area, Name, Fact)
    for model in tables:
        model.objects.bulk_create(row for row in rows if isinstance(row, model))
    _give_keepers()
    if made:
        record("organisations.demonstration.load", ALL, by=BY, details={"made": len(made)})
    return len(made)


@transaction.atomic
def remove() -> int:
    """Take them away, with the roles and claims that hang on them; how many. The journal keeps what was done.

    What other parts of a demonstration hang on them is taken away before, by those parts.
    """
    made = Organisation.objects.filter(demonstration=True)
    for held in RoleHeld.objects.filter(organisation__in=made).holding():
        end_role(held, by=BY)
    RoleHeld.objects.filter(organisation__in=made).delete()
    claims = Claim.objects.filter(Q(organisation__in=made) | Q(person__demonstration=True))
    people = Person.objects.filter(demonstration=True)
    _remove_files([*(one.ref for one in claims), *(one.ref for one in people)])
    claims.delete()
    made.update(merged_into=None)
    _all, by_kind = made.delete()
    removed = int(by_kind.get("organisations.Organisation", 0))
    if removed:
        record("organisations.demonstration.remove", ALL, by=BY, details={"removed": removed})
    return removed


def _remove_files(of: list[Ref]) -> None:
    """What was handed in for these things, or by these people."""
    for file in File.objects.filter(Q(about__in=of) | Q(added_by__in=of), removed_at=None):
        remove_file(file, by=BY, why="demonstration")


def _give_keepers() -> None:
    """The sign-ins of a demonstration that look after an organisation look after the first one here."""
    waiting = RoleHeld.objects.filter(person__demonstration=True, role__in=ROLES, organisation=None)
    waiting.update(organisation=Organisation.objects.get(slug=declared()[0].slug))


def _organisation(one: Declared) -> Organisation:
    return Organisation(
        slug=one.slug,
        name=one.name,
        demonstration=True,
        legal_form=one.form,
        income_band=one.income,
        email=one.email,
        phone=one.phone,
        website=one.website,
        description=one.description,
    )


def _rows(number: int, one: Declared, organisation: Organisation) -> Iterator[Identifier | Area | Name | Fact]:
    """What hangs on one organisation."""
    if one.form != Form.UNREGISTERED:
        yield Identifier(organisation=organisation, scheme=SCHEME, value=f"{number:04}", primary=True)
    yield from (Area(organisation=organisation, code=code) for code in one.areas)
    if one.welsh:
        yield Name(organisation=organisation, kind=Name.Kind.WELSH, name=one.welsh)
    said: list[tuple[Fact.Kind, str, dict[str, Any]]] = [
        (Fact.Kind.LED_BY, one.led_by, {"board_share": one.board, "staff_share": one.staff, "basis": one.basis}),
        (Fact.Kind.FOCUSED_ON, one.focused_on, {"supported_share": one.supported}),
        (Fact.Kind.MISSION, one.mission, {}),
    ]
    for kind, about, more in said:
        if about:
            common = {"basis": Fact.Basis.SAID, "confirmed_by": str(BY.ref), "confirmed_on": CONFIRMED}
            yield Fact(organisation=organisation, kind=kind, community=about, **{**common, **more})


def _read(row: dict[str, str]) -> Declared:
    values: dict[str, Any] = dict(row)
    for column in ("areas", "needs"):
        values[column] = tuple(row[column].split())
    for column in ("board", "staff", "supported"):
        values[column] = int(row[column]) if row[column] else None
    return Declared(**values)
