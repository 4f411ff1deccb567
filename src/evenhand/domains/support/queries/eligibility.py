"""What the register and an applicant say of an organisation, what the rules make of it, and that in words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.organisations.models import Entry, Fact, Form, Organisation
from evenhand.core.organisations.queries import entries_of, entry_numbered, prefill
from evenhand.domains.support.models import Application
from evenhand.domains.support.rules.eligibility import Facts, Outcome, check
from evenhand.domains.support.rules.programmes import Programme, programme
from evenhand.library.places import Place, UnknownPlace, place
from evenhand.library.registers import Identifier, UnknownIdentifier, read_identifier

STANDING: Final = {"registered": True, "active": True, "removed": False, "dissolved": False, "liquidation": False}
NATIONS: Final = {
    "england": gettext_lazy("England"),
    "wales": gettext_lazy("Wales"),
    "scotland": gettext_lazy("Scotland"),
    "northern-ireland": gettext_lazy("Northern Ireland"),
}
INTERESTS: Final = {
    "works": gettext_lazy("work in criminal justice"),
    "interested": gettext_lazy("would like to work in criminal justice"),
    "none": gettext_lazy("do not want to work in criminal justice"),
}
VERDICTS: Final = {
    "met": gettext_lazy("Met"),
    "not-met": gettext_lazy("Not met"),
    "cannot-tell": gettext_lazy("Cannot tell yet"),
}
CHARITY_FIGURES: Final = 7
ANSWERS: Final = {"yes": True, "no": False}
ENGLAND, WALES, BOTH = "E92000001", "W92000004", "K04000001"
REFERENCE_GROUPS: Final = frozenset({"communities:five/white", "communities:census-2021-19/white-british"})


@dataclass(frozen=True)
class Shown:
    """One rule as a page shows it: what follows, on what basis, why, what would show it, and what there is instead."""

    slug: str
    title: str
    verdict: str
    label: str
    basis: str
    why: str
    shows: str
    instead: str
    instead_programme: str
    instead_url: str


def outcomes_of(application: Application, *, on: dt.date) -> tuple[Outcome, ...]:
    """What the rules make of an application on a day."""
    declared = programme(application.programme)
    register = register_facts(entries_of(application.organisation), on=on)
    return check(declared.rules, register, answer_facts(application.facts))


def outcomes_for(
    declared: Programme, said: Mapping[str, Any], entries: Sequence[Entry], *, on: dt.date
) -> tuple[Outcome, ...]:
    """What the rules make of answers and entries of registers, before anybody has applied."""
    return check(declared.rules, register_facts(entries, on=on), answer_facts(said))


def answer_facts(said: Mapping[str, Any]) -> Facts:
    """What an applicant said, as facts: what was not said is not known."""
    income = said.get("income")
    nations = said.get("nations") or ()
    return Facts(
        form=str(said.get("form") or ""),
        nations=frozenset(nations) if nations else None,
        income=int(income) if income not in (None, "") else None,
        led=ANSWERS.get(str(said.get("led"))),
        specialist=ANSWERS.get(str(said.get("specialist"))),
        interest=str(said.get("interest") or ""),
    )


def register_facts(entries: Iterable[Entry], *, on: dt.date) -> Facts:
    """What registers say of a body on a day: of several entries, the first that says a thing."""
    form = standing = ""
    stands: bool | None = None
    nations: frozenset[str] | None = None
    income: int | None = None
    for entry in entries:
        filled = prefill(entry, on=on)
        form = form or filled.legal_form
        income = income if income is not None else entry.income
        nations = nations or nations_of(filled.areas, filled.areas_unknown)
        if not standing:
            standing = entry.status or (_("removed") if _gone(entry) else "")
            stands = False if _gone(entry) else STANDING.get(entry.status.strip().lower())
    return Facts(form=form, standing=standing, stands=stands, nations=nations, income=income)


def nations_of(areas: Iterable[Place], others: Iterable[str] = ()) -> frozenset[str] | None:
    """The nations that areas lie in; None where that cannot be told."""
    found = set()
    for area in areas:
        codes = {area.code, *area.parents}
        if area.code == BOTH:
            codes |= {ENGLAND, WALES}
        found |= {nation for nation, code in (("england", ENGLAND), ("wales", WALES)) if code in codes}
        if not codes & {ENGLAND, WALES}:
            found |= {"wales"} if area.code.startswith("W") else {"england"}
    names = {str(name).lower(): slug for slug, name in NATIONS.items()}
    found |= {names[other.strip().lower()] for other in others if other.strip().lower() in names}
    return frozenset(found) or None


def suggested(organisation: Organisation | None, entries: Sequence[Entry], *, on: dt.date) -> dict[str, Any]:
    """What a form about eligibility is filled in with, so that nothing is typed that is known already."""
    register = register_facts(entries, on=on)
    said: dict[str, Any] = {
        "form": register.form,
        "income": register.income,
        "nations": sorted(register.nations or ()),
        "led": "",
        "specialist": "",
    }
    if organisation is not None:
        said["form"] = said["form"] or organisation.legal_form
        if not said["nations"]:
            codes = [one.code for one in organisation.areas.all()]
            said["nations"] = sorted(nations_of(_places(codes)) or ())
        stated = {fact.kind for fact in organisation.facts.all() if _minoritised(fact)}
        said["led"] = "yes" if Fact.Kind.LED_BY in stated else ""
        said["specialist"] = "yes" if Fact.Kind.FOCUSED_ON in stated or Fact.Kind.MISSION in stated else ""
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def unsaid(application: Application, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The rules on which neither the register nor the applicant has said anything, and the applicant was asked."""
    asked = {"form": "form", "place": "nations", "income": "income", "led": "led", "interest": "interest"}
    return tuple(
        one
        for one in outcomes
        if one.verdict == "cannot-tell"
        and not one.basis
        and one.rule.kind in asked
        and application.facts.get(asked[one.rule.kind]) in (None, "", [])
    )


def shown(outcomes: Iterable[Outcome]) -> tuple[Shown, ...]:
    """What follows, in words."""
    return tuple(_shown(one) for one in outcomes)


def snapshot(outcomes: Iterable[Outcome]) -> list[dict[str, str]]:
    """What follows, as it is kept with an application: whatever becomes of the rules, this is what they said."""
    return [
        {"rule": one.slug, "title": str(one.title), "verdict": one.verdict, "basis": one.basis, "why": one.why}
        for one in shown(outcomes)
    ]


def _shown(outcome: Outcome) -> Shown:
    rule = outcome.rule
    if outcome.disputed:
        told = _(
            "The register and your answer do not agree, so an officer looks at both. By the register: %(register)s"
        )
        said = told % {"register": _plain(rule, outcome.said["register"])}
    else:
        told = {"met": rule.met, "not-met": rule.not_met, "cannot-tell": rule.cannot_tell}[outcome.verdict]
        said = _words(told, rule, outcome.said)
    basis = {"register": _("By the register"), "answer": _("By your answer")}.get(outcome.basis, "")
    return Shown(
        slug=rule.slug,
        title=_(rule.title),
        verdict=outcome.verdict,
        label=str(VERDICTS[outcome.verdict]),
        basis=basis,
        why=said,
        shows=_(rule.shows),
        instead=_(rule.instead),
        instead_programme=rule.instead_programme,
        instead_url=rule.instead_url,
    )


def _plain(rule: Any, said: Mapping[str, Any]) -> str:
    """One fact of a source, alone."""
    name = {"form": "form", "standing": "standing", "place": "nations", "income": "income"}.get(rule.kind, "led")
    return _words(f"{{{name}}}.", rule, said)


def _words(told: str, rule: Any, said: Mapping[str, Any]) -> str:
    """A sentence of a programme, filled in."""
    form = said.get("form") or ""
    led = [
        words
        for name, words in (
            ("led", _("led by racially minoritised people")),
            ("specialist", _("specialists in work with racially minoritised people")),
        )
        if said.get(name)
    ]
    filled = {
        "income": pounds(said.get("income")),
        "most": pounds(rule.most),
        "form": dict(Form.choices).get(form, form).lower() if form else "",
        "standing": str(said.get("standing") or "").lower(),
        "nations": get_text_list(
            [str(NATIONS[one]) for one in NATIONS if one in (said.get("nations") or ())], _("and")
        ),
        "led": get_text_list(led, _("and")),
        "interest": str(INTERESTS.get(str(said.get("interest")), "")),
    }
    return _(told).format(**filled)


def pounds(amount: int | None) -> str:
    """An amount as it is written: £250,000."""
    return "" if amount is None else f"£{formats.number_format(amount, 0, force_grouping=True)}"


def _gone(entry: Entry) -> bool:
    return entry.gone_on is not None or entry.removed_on is not None


def _minoritised(fact: Fact) -> bool:
    return fact.community.startswith("communities:") and fact.community not in REFERENCE_GROUPS


def _places(codes: Iterable[str]) -> list[Place]:
    found = []
    for code in codes:
        try:
            found.append(place(code))
        except UnknownPlace:
            continue
    return found


def number_read(text: str) -> Identifier:
    """A number as it is typed: up to seven figures of a charity, else of a company; UnknownIdentifier if neither."""
    plain = "".join(text.split()).upper()
    if plain.startswith("GB-"):
        return read_identifier(plain)
    return read_identifier(f"{'GB-CHC' if plain.isdecimal() and len(plain) <= CHARITY_FIGURES else 'GB-COH'}-{plain}")


def organisation_numbered(text: str) -> Organisation | None:
    """The organisation here that has a number; of a demonstration too, whose numbers no register has."""
    plain = "".join(text.split()).upper()
    found = Organisation.objects.filter(closed_on=None, merged_into=None)
    if made_up := found.filter(demonstration=True, identifiers__value=plain).first():
        return made_up
    try:
        identifier = number_read(text)
    except UnknownIdentifier:
        return None
    return found.filter(identifiers__scheme=identifier.scheme, identifiers__value=identifier.number).first()


def entries_numbered(text: str) -> list[Entry]:
    """What the registers have under a number that somebody typed."""
    try:
        identifier = number_read(text)
    except UnknownIdentifier:
        return []
    entry = entry_numbered(identifier.scheme, identifier.number)
    return [] if entry is None else [entry]
