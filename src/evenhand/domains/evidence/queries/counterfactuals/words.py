"""Sentences about counterfactuals: which question, how many fewer or more, and never why."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import change, rate, whole
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.counterfactuals import ONE_STAGE, SWAP, Counterfactual, Line

NOTHING = "0"  # as a difference of less than one half is shown


def held_fixed(answer: Counterfactual) -> str:
    """What the question holds fixed, in a sentence."""
    return _(answer.scenario.held_fixed) % _measured(answer.answered)


def formula(answer: Counterfactual) -> str:
    """The arithmetic in words."""
    return _(answer.scenario.formula) % _measured(answer.answered)


def worked(answer: Counterfactual, line: Line) -> str:
    """The arithmetic with the numbers of one group, to be checked with a calculator."""
    base = answer.line(answer.answered.reference)
    said = {
        "group": words.display(answer.answered, line.group),
        "events": whole(line.events),
        "population": whole(line.population),
        "difference": change(line.difference),
    }
    if answer.scenario is SWAP:
        said |= {"all_events": whole(answer.events), "all_population": whole(answer.population)}
        text = _("%(group)s: %(events)s − %(all_events)s × %(population)s ÷ %(all_population)s = %(difference)s.")
        return text % said
    said |= {"base_events": whole(base.events), "base_population": whole(base.population)}
    text = _("%(group)s: %(events)s − %(population)s × %(base_events)s ÷ %(base_population)s = %(difference)s.")
    return text % said


def message(answer: Counterfactual, leader: Line) -> str:
    """The answer as a heading: of a swap and an equal rate for the total, of one stage for the group that leads."""
    if answer.scenario is ONE_STAGE:
        return _one_stage(answer, leader)
    answered, total = answer.answered, answer.total
    fewer = (total.difference or 0) >= 0
    said = {
        "count": counted(total.difference),
        "others": others(answer),
        "verb": _(answered.measure.verb),
        "reference": words.people(answered, answered.reference),
    }
    if answer.scenario is SWAP and fewer:
        text = _("If the total stayed, %(count)s fewer %(others)s would be %(verb)s, and %(count)s more %(reference)s")
    elif answer.scenario is SWAP:
        text = _("If the total stayed, %(count)s more %(others)s would be %(verb)s, and %(count)s fewer %(reference)s")
    elif fewer:
        text = _("At the rate of %(reference)s for everyone, %(count)s fewer people would be %(verb)s")
    else:
        text = _("At the rate of %(reference)s for everyone, %(count)s more people would be %(verb)s")
    return text % said


def _one_stage(answer: Counterfactual, leader: Line) -> str:
    answered = answer.answered
    said = {
        "count": counted(leader.difference),
        "events": _(answered.measure.events),
        "group": words.people(answered, leader.group),
        "reference": words.people(answered, answered.reference),
    }
    if not leader.clear:
        text = _("At the rate of %(reference)s, no group would clearly have more or fewer %(events)s")
    elif (leader.difference or 0) > 0:
        text = _("At the rate of %(reference)s, there would be %(count)s fewer %(events)s of %(group)s")
    else:
        text = _("At the rate of %(reference)s, there would be %(count)s more %(events)s of %(group)s")
    return text % said


def others(answer: Counterfactual) -> str:
    """The groups that the total is of, each by its name: "Asian, Black, Mixed and “Other” people"."""
    names = words.listed(words.named(answer.answered, group) for group in answer.others)
    return _("%(names)s %(people)s") % {"names": names, "people": _(answer.answered.measure.people)}


def together(answer: Counterfactual) -> str:
    """The groups that the total is of, as the head of a row."""
    return _("%(names)s together") % {
        "names": words.listed(words.display(answer.answered, one) for one in answer.others)
    }


def counted(difference: float | None) -> str:
    """How many, without the sign that the word beside it carries."""
    return whole(abs(difference)) if difference is not None else ""


def fewer_or_more(difference: float | None) -> str:
    """A difference in words: "7,847 fewer"."""
    if difference is None:
        return _("no figure")
    text = _("%(count)s more") if difference < 0 else _("%(count)s fewer")
    return text % {"count": counted(difference)}


def interval(line: Line) -> str:
    """The range of a difference; to a decimal where one would not show that it leaves out nothing at all."""
    if line.lower is None or line.upper is None:
        return ""
    ends = (change(line.lower), change(line.upper))
    if NOTHING in ends and line.clear:
        ends = (rate(line.lower), rate(line.upper))
    return between(*ends)


def likely(line: Line) -> str:
    """The range of a figure that is told as "fewer" or "more", without signs."""
    if line.lower is None or line.upper is None:
        return words.likely("")
    if not line.clear:
        return words.likely(interval(line))
    return words.likely(between(*(counted(end) for end in sorted((line.lower, line.upper), key=abs))))


def line_in_words(answer: Counterfactual, line: Line) -> str:
    """One line as a sentence, for whoever cannot see the chart."""
    name = words.display(answer.answered, line.group)
    if line.difference is None:
        return _("%(group)s: %(reason)s.") % {"group": name, "reason": words.reason(line.flag)}
    said = {"group": name, "change": fewer_or_more(line.difference), "range": interval(line)}
    if line.lower is None:
        return _("%(group)s: the rate that the others are given.") % said
    if not line.clear:
        return _("%(group)s: %(change)s, likely range %(range)s: no clear difference.") % said
    return _("%(group)s: %(change)s, likely range %(range)s.") % said


def sign() -> str:
    """What a plus and a minus mean."""
    return _("A plus means that more were recorded than the question gives, so there would be fewer; a minus, more.")


def signs(answer: Counterfactual) -> str:
    """What a plus and a minus mean, told of the groups with the most and the least."""
    answered = answer.answered
    known = [line for line in answer.lines if line.difference is not None and line.group != answered.reference]
    each = _("%(change)s: %(count)s %(group)s.")
    if answered.counts_what != "people":
        each = _("%(change)s: %(count)s %(events)s of %(group)s.")
    told = [
        each
        % {
            "change": change(line.difference),
            "count": fewer_or_more(line.difference),
            "events": _(answered.measure.events),
            "group": words.people(answered, line.group),
        }
        for line in dict.fromkeys(chosen(known, key=lambda line: line.difference or 0) for chosen in (max, min))
        if counted(line.difference) != NOTHING
    ]
    return " ".join((sign(), *told))


def _measured(answered: Answered) -> Mapping[str, str]:
    measure = answered.measure
    return {
        "events": _(measure.events),
        "population": _(measure.population),
        "reference": words.display(answered, answered.reference),
    }
