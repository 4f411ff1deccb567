"""Eligibility, rule by rule: what a register says and what an applicant says, and what follows. It only proposes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from evenhand.domains.support.rules.programmes import Rule

Verdict = Literal["met", "not-met", "cannot-tell"]
Proposal = Literal["eligible", "not-eligible", "cannot-tell"]
Basis = Literal["register", "answer", "both", ""]
WELCOME: Final = frozenset({"works", "interested"})


@dataclass(frozen=True)
class Facts:
    """What one source says of an organisation; None, or nothing, where it does not say."""

    form: str = ""
    standing: str = ""  # in the register's words
    stands: bool | None = None  # whether those words mean that it is registered, and free to act
    nations: frozenset[str] | None = None
    income: int | None = None
    led: bool | None = None
    specialist: bool | None = None
    interest: str = ""


@dataclass(frozen=True)
class Outcome:
    """What follows for one rule, on what basis, and the facts that its words are filled in with."""

    rule: Rule
    verdict: Verdict
    basis: Basis = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def disputed(self) -> bool:
        """Whether nothing follows because the register and the applicant say different things."""
        return self.verdict == "cannot-tell" and self.basis == "both"


def check(rules: Iterable[Rule], register: Facts, answers: Facts) -> tuple[Outcome, ...]:
    """What follows for each rule. Where both sources speak and do not agree, nothing does: a person looks at both."""
    return tuple(_outcome(rule, register, answers) for rule in rules)


def proposes(outcomes: Iterable[Outcome]) -> Proposal:
    """What the rules propose to the officer who decides."""
    verdicts = {one.verdict for one in outcomes}
    if "not-met" in verdicts:
        return "not-eligible"
    return "cannot-tell" if "cannot-tell" in verdicts else "eligible"


def judge(rule: Rule, facts: Facts) -> bool | None:
    """Whether a rule is met by what one source says; None where that source does not say."""
    return _JUDGES[rule.kind](rule, facts)


def _outcome(rule: Rule, register: Facts, answers: Facts) -> Outcome:
    by_register, by_answer = judge(rule, register), judge(rule, answers)
    if by_register is None and by_answer is None:
        return Outcome(rule, "cannot-tell")
    if by_register is not None and by_answer is not None and by_register != by_answer:
        return Outcome(rule, "cannot-tell", "both", {"register": _said(register), "answer": _said(answers)})
    # The register's word is the firmer of two that agree.
    basis: Basis = "register" if by_register is not None else "answer"
    met = by_register if by_register is not None else by_answer
    return Outcome(rule, "met" if met else "not-met", basis, _said(register if basis == "register" else answers))


def _said(facts: Facts) -> dict[str, Any]:
    return {
        name: getattr(facts, name)
        for name in ("form", "standing", "nations", "income", "led", "specialist", "interest")
    }


def _form(rule: Rule, facts: Facts) -> bool | None:
    return facts.form in rule.forms if facts.form else None


def _standing(rule: Rule, facts: Facts) -> bool | None:
    del rule
    return facts.stands


def _place(rule: Rule, facts: Facts) -> bool | None:
    return None if facts.nations is None else bool(facts.nations & set(rule.nations))


def _income(rule: Rule, facts: Facts) -> bool | None:
    return None if facts.income is None else facts.income <= rule.most


def _led(rule: Rule, facts: Facts) -> bool | None:
    """Either is enough; only who says no to both is neither."""
    del rule
    if facts.led or facts.specialist:
        return True
    return None if facts.led is None or facts.specialist is None else False


def _interest(rule: Rule, facts: Facts) -> bool | None:
    del rule
    return facts.interest in WELCOME if facts.interest else None


_JUDGES: Final[Mapping[str, Callable[[Rule, Facts], bool | None]]] = {
    "form": _form,
    "standing": _standing,
    "place": _place,
    "income": _income,
    "led": _led,
    "interest": _interest,
}
