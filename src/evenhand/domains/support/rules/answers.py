"""Answers to a programme's questions: read from what was typed, and what is still missing."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from evenhand.domains.support.rules.programmes import Programme, Question

LONGEST: Final = 12  # characters that a word may have on average, before a text counts as too long


class BadAnswer(ValueError):
    """An answer that cannot be kept: what is wrong, and the numbers that the words are filled in with."""

    def __init__(self, fault: str, **said: Any) -> None:
        """Keep both."""
        self.fault, self.said = fault, said
        super().__init__(fault)


def marked(held: Any) -> str:
    """A mark of something that was read: another one as soon as anything of it is changed."""
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]


def read(question: Question, typed: Any) -> Any:
    """An answer as it is kept: text, a list of options, or a number as text; empty if nothing was typed."""
    if question.kind == "many":
        chosen = list(dict.fromkeys(typed or ()))
        if unknown := [one for one in chosen if one not in question.options]:
            raise BadAnswer("unknown-option", option=unknown[0])
        return chosen
    text = " ".join(str(typed or "").split()) if question.kind != "words" else str(typed or "").strip()
    if not text:
        return ""
    if question.kind == "one" and text not in question.options:
        raise BadAnswer("unknown-option", option=text)
    if question.kind == "number":
        return _number(question, text)
    if question.kind == "words" and (words := len(text.split())) > question.words:
        raise BadAnswer("too-many-words", words=words, most=question.words)
    if len(text) > max(question.words, 30) * LONGEST:
        raise BadAnswer("too-long")
    return text


def missing(programme: Programme, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions that have to be answered before it is sent, and are not."""
    return tuple(one for one in programme.questions if one.required and answers.get(one.slug) in (None, "", []))


def shown_blind(programme: Programme, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that an assessor sees: without those that say who it is, where the programme is scored blind."""
    hidden = {one.slug for one in programme.questions if one.identifying and programme.assessment.blind}
    known = {one.slug for one in programme.questions}
    return {slug: answer for slug, answer in answers.items() if slug in known - hidden}


def _number(question: Question, text: str) -> str:
    try:
        number = Decimal(text.replace(",", "").replace("£", ""))
    except InvalidOperation:
        raise BadAnswer("no-number") from None
    least, most, step = (Decimal(str(one)) for one in (question.least, question.most, question.step))
    if not number.is_finite() or not least <= number <= most:
        raise BadAnswer("out-of-range", least=least, most=most)
    if number % step:
        raise BadAnswer("not-in-steps", step=step)
    return format(number.normalize(), "f")
