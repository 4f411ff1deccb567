"""A traced number in words: the number as its page shows it, the sentence it belongs to, and what each part is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, times, whole
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.words.headlines import telling
from evenhand.library.datasets.trace import Count, RollUp, Step, Trace
from evenhand.library.places import place
from evenhand.library.vocabulary.ethnicity import classification

Said = dict[str, str]
RATIOS = frozenset({"ratio", "cumulative-ratio", "lower-bound", "upper-bound", "indirect", "mantel-haenszel"})
CHANCE = {"chance-95": "95", "chance-99-8": "99.8"}
FEWER = frozenset({"difference", "excess"})  # told as so many more, or turned round as so many fewer


@dataclass(frozen=True)
class Told:
    """A number in its sentence: what stands before it, the number, and what comes after."""

    before: str
    number: str
    after: str

    def __str__(self) -> str:
        """The sentence in one piece."""
        return f"{self.before}{self.number}{self.after}"


def number(trace: Trace) -> str:
    """The number as every table shows it."""
    if trace.figure == "rank":
        return between(whole(trace.lower), whole(trace.upper)) or whole(trace.value)
    if trace.figure in CHANCE:
        return words.interval(trace.lower, trace.upper) or times(trace.lower)
    return _show(trace)(trace.value)


def likely_range(trace: Trace) -> str:
    """The likely range as every table shows it, or nothing."""
    if trace.figure in RATIOS:
        return words.interval(trace.lower, trace.upper)
    return "" if trace.figure in {"rank", *CHANCE} else between(*map(_show(trace), (trace.lower, trace.upper)))


def doubt(trace: Trace) -> str:
    """What stands beside the large number: its likely range, or that it has none; nothing where none is to be had."""
    if trace.figure == "rank":
        return _("middle %(rank)s") % {"rank": whole(trace.value)}
    if trace.figure in CHANCE:
        return _("around %(times)s") % {"times": times(trace.value)}
    return words.likely(likely_range(trace)) if trace.way.range else ""


def in_full(number: float) -> str:
    """A number with all its digits; nothing for a whole number, which is shown in full."""
    return "" if float(number).is_integer() else repr(float(number))


def sentence(trace: Trace) -> Told:
    """The sentence that the number belongs to."""
    said = _said(trace)
    if trace.figure in {"ratio", "cumulative-ratio"}:
        before, after = telling(trace.answered.measure.pattern)
        if trace.figure == "cumulative-ratio":
            after += _(", counted out of %(residents)s")
        return Told(before % said, _("%(number)s times") % said, after % said)
    if trace.figure == "rank":
        after = _(" of %(areas)s areas, in the order of the ratios of %(group)s to %(reference)s")
        return Told(_("%(place)s likely stands in place ") % said, said["number"], after % said)
    if trace.figure in CHANCE:
        before = _("Were its ratio that of England and Wales, %(share)s in 100 times %(place)s would lie at ") % {
            **said,
            "share": CHANCE[trace.figure],
        }
        return Told(before, said["number"], _(" times the rate of %(reference)s, for %(group)s") % said)
    shown, after = said["number"], _after(trace)
    if trace.figure == "tipping-share" and not 0 <= trace.value <= 1:
        shown = _("No share")
    elif trace.figure in FEWER:
        shown = _show(trace)(abs(trace.value))
    return Told("", shown, after % said)


def of_count(trace: Trace, count: Count) -> str:
    """What one count is a count of."""
    group = words.named(trace.answered, count.group)
    said = {**_said(trace), "group": group, "outcome": trace.outcome}
    if trace.figure == "cumulative-ratio":
        said["population"] = said["residents"]
    if count.role == "population" and trace.answered.kind == "shares":
        return said["population"]
    if trace.figure == "residents-share":
        return (_("residents recorded as %(group)s") if count.role == "part" else _("all residents")) % said
    return {
        "events": _("%(events)s recorded as %(group)s"),
        "reference-events": _("%(events)s recorded as %(group)s"),
        "population": _("%(population)s recorded as %(group)s"),
        "reference-population": _("%(population)s recorded as %(group)s"),
        "nation-events": _("%(events)s recorded as %(group)s"),
        "nation-population": _("%(population)s recorded as %(group)s"),
        "nation-reference-events": _("%(events)s recorded as %(group)s"),
        "nation-reference-population": _("%(population)s recorded as %(group)s"),
        "unknown": _("%(events)s with no ethnicity recorded"),
        "all-events": _("all %(events)s"),
        "part": _("%(events)s recorded as %(group)s that ended in “%(outcome)s”"),
        "whole": _("all %(events)s recorded as %(group)s, whatever they ended in"),
        "rate": _("%(group)s, as published: %(unit)s"),
        "reference-rate": _("%(group)s, as published: %(unit)s"),
        "ratio": _("%(group)s, as published: a ratio to %(reference)s"),
    }[count.role] % said


def of_roll_up(roll_up: RollUp) -> str:
    """How cells were added up, as one sentence."""
    said: dict[str, object] = {"count": roll_up.parts, "into": roll_up.into}
    if roll_up.along == "groups":
        said["scheme"] = _(classification(roll_up.source).name)
        return _("%(count)s groups of “%(scheme)s” make up %(into)s.") % said
    if roll_up.along == "places":
        said |= {"into": place(roll_up.into).name, "blank": roll_up.blank}
        text = _("%(count)s police force areas make up %(into)s.")
        if roll_up.blank:
            text += " " + _("Blank in the source, and so adding nothing: %(blank)s.")
        return text % said
    return {
        "unknown": _("%(count)s kinds of missing record make up all that are not known."),
        "outcomes": _("%(count)s outcomes make up all."),
        "everyone": _("%(count)s counts make up all."),
    }[roll_up.along] % said


def of_step(trace: Trace, step: Step) -> str:
    """What one step gives."""
    said = _said(trace)
    if step.symbol == "r" and trace.answered.kind == "shares":
        return _("the share, in percent")
    if trace.figure == "indirect" and step.symbol == "O":
        return _("%(events)s that there were, of %(group)s") % said
    return {
        "r": _("rate of %(group)s"),
        "r₀": _("rate of %(reference)s"),
        "r₁": _("rate with the missing records added"),
        "A": _("all whose ethnicity is known"),
        "E": _("%(events)s that there would be at the rate of %(reference)s"),
        "ratio": _("the ratio"),
        "difference": _("the difference"),
        "excess": _("the excess"),
        "share": _("the share"),
        "bound": _("the bound"),
        "l": _("lower limit for %(group)s"),
        "u": _("upper limit for %(group)s"),
        "l₀": _("lower limit for %(reference)s"),
        "u₀": _("upper limit for %(reference)s"),
        "d₁": _("lower end of the difference"),
        "d₂": _("upper end of the difference"),
        "lower": _("lower end of the likely range"),
        "upper": _("upper end of the likely range"),
        "θ": _("the ratio of England and Wales"),
        "n": _("%(events)s of both groups together"),
        "p": _("the part of these that would be of %(group)s"),
        "c₁": _("how many of these would be as few as chance brings"),
        "c₂": _("how many of these would be as many as chance brings"),
        "z": _("half width of a normal range of 95%%"),
        "R": _("one side of the ratio, summed over areas"),
        "S": _("the other side, summed over areas"),
        "V": _("its spread, summed over areas"),
    }[step.symbol] % said


def figure_name(trace: Trace, figure: str) -> str:
    """What a figure is called where several can be chosen from."""
    measure = trace.answered.measure
    return {
        "events": _(measure.events).capitalize(),
        "population": _("Out of"),
        "rate": _("Share") if trace.answered.kind == "shares" else _("Rate"),
        "ratio": _("Ratio"),
        "cumulative-ratio": _("Ratio out of residents"),
        "difference": _("Difference"),
        "excess": _("Excess"),
        "unknown": _("Not recorded"),
        "unknown-share": _("Share not recorded"),
        "all-events": _("All %(events)s") % {"events": _(measure.events)},
        "chance-95": _("By chance, 95 in 100"),
        "chance-99-8": _("By chance, 99.8 in 100"),
        "lower-bound": _("Lower bound"),
        "upper-bound": _("Upper bound"),
        "tipping-share": _("Share that would close the gap"),
        "outcome-share": _("Outcome"),
        "residents-share": _("Share of residents"),
        "indirect": _("Adjusted, indirect"),
        "mantel-haenszel": _("Adjusted, Mantel–Haenszel"),
        "rank": _("Rank"),
    }[figure]


def _show(trace: Trace) -> Callable[[float | None], str]:
    answered, figure = trace.answered, trace.figure
    if figure in RATIOS:
        return times
    if figure == "rate" and answered.kind == "shares":
        row = answered.row(trace.group)
        return lambda value: words.share(row) if value is not None else ""
    if figure == "difference" and trace.lower is None:
        return lambda value: "" if value is None else f"{value:.3g}".replace("-", "−")
    shows: Mapping[str, Callable[[float | None], str]] = {
        "rate": lambda value: words.level(answered, value),
        "difference": rate,
        "unknown-share": percent,
        "outcome-share": percent,
        "residents-share": percent,
        "tipping-share": words.tipping,
    }
    return shows.get(figure, whole)


def _said(trace: Trace) -> Said:
    answered, measure = trace.answered, trace.answered.measure
    group = trace.group
    return {
        "number": number(trace),
        "group": words.people(answered, group) if group else "",
        "named": words.named(answered, group) if group else "",
        "reference": words.people(answered, answered.reference),
        "referred": words.named(answered, answered.reference),
        "events": _(measure.events),
        "population": _(measure.population),
        "residents": _(measure.cumulative_population),
        "per": whole(measure.rate_per),
        "unit": _(measure.unit),
        "verb": _(measure.verb),
        "place": answered.place.name,
        "period": trace.period,
        "outcome": trace.outcome,
        "areas": whole(sum(count.role == "events" for count in trace.counts)),
    }


def _after(trace: Trace) -> str:
    fewer, unit = trace.value < 0, trace.answered.measure.unit
    if trace.figure == "difference" and trace.lower is None:
        return (
            _(" fewer for %(group)s than for %(reference)s: %(unit)s")
            if fewer
            else _(" more for %(group)s than for %(reference)s: %(unit)s")
        )
    if trace.figure == "rate" and trace.answered.kind != "counts":
        if trace.answered.kind == "shares":
            return _(" of %(events)s were recorded as %(named)s")
        # A unit that is a percentage begins with its sign.
        return (
            _("%(unit)s: %(group)s, as published") if unit.startswith("%") else _(" %(unit)s: %(group)s, as published")
        )
    return {
        "events": _(" %(events)s recorded as %(named)s"),
        "population": _(" %(population)s recorded as %(named)s"),
        "rate": _(" %(events)s for every %(per)s %(group)s"),
        "difference": _(" fewer %(events)s for every %(per)s %(group)s than for %(reference)s")
        if fewer
        else _(" more %(events)s for every %(per)s %(group)s than for %(reference)s"),
        "excess": _(" fewer %(events)s of %(group)s than the rate of %(reference)s would give")
        if fewer
        else _(" more %(events)s of %(group)s than the rate of %(reference)s would give"),
        "unknown": _(" %(events)s have no ethnicity recorded"),
        "all-events": _(" %(events)s, with an ethnicity recorded or without"),
        "unknown-share": _(" of %(events)s have no ethnicity recorded"),
        "lower-bound": _(
            " times the rate of %(reference)s, were all %(events)s with no ethnicity recorded counted as %(referred)s"
        ),
        "upper-bound": _(
            " times the rate of %(reference)s, were all %(events)s with no ethnicity recorded counted as %(named)s"
        ),
        "tipping-share": _(
            " of the %(events)s with no ethnicity recorded would make the rates of %(group)s and %(reference)s equal, "
            "were it counted as %(named)s"
        ),
        "outcome-share": _(" of %(events)s recorded as %(named)s ended in “%(outcome)s”"),
        "residents-share": _(" of residents are recorded as %(named)s"),
        "indirect": _(" times the rate of %(reference)s, for %(group)s, adjusted for area: %(areas)s areas, indirect"),
        "mantel-haenszel": _(
            " times the rate of %(reference)s, for %(group)s, adjusted for area: %(areas)s areas, Mantel–Haenszel"
        ),
    }[trace.figure]
