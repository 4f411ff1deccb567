"""Sentences about the claims of others: what is theirs in quotation marks, everything else in our own voice."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import rate, whole
from evenhand.domains.evidence.queries import words
from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.claims.agreement import Agreement, Check, places
from evenhand.library.datasets.claims.quotations import Quotation, Speaker
from evenhand.library.datasets.claims.ties import Difference, OurFigure, Tie
from evenhand.library.vocabulary.ethnicity import classification

EVERYONE = "All"  # how the file begins a group that is everyone
# Words for many groups at once, which stand here only as somebody else's.
COLLECTIVE = ("BAME", "Ethnic minority children")
NUMBER = re.compile(r"\d{4,}")
MINUS = re.compile(r"(?<=\d)-(?=\d)|(?<= )-(?= )")
MONTH = re.compile(r"\b(Mar|Dec)\b")
YEAR_ENDING = re.compile(r"y/e Mar (\d{4})")


def quote(quotation: Quotation) -> str:
    """The claim in its own words and figures, in short, between quotation marks."""
    said = {"claim": quotation.claim, "group": quotation.group, "value": value(quotation)}
    if _names_group(quotation):
        return _("“%(claim)s: %(value)s”") % said
    return _("“%(claim)s, %(group)s: %(value)s”") % said


def value(quotation: Quotation) -> str:
    """The number of a claim as it was given, with its unit."""
    number = NUMBER.sub(lambda digits: whole(int(digits[0])), quotation.value)
    shapes: Mapping[str, str] = {
        "percent": _("%(number)s%%"),
        "ratio": _("%(number)s"),
        "RRI x100": _("%(number)s for every 100"),
        "GBP million per year": _("£%(number)s million a year"),
    }
    shape = shapes.get(quotation.unit, _("%(number)s %(unit)s"))
    return shape % {"number": number, "unit": quotation.unit}


def speaker(one: Speaker) -> str:
    """Who said it, and when, as far as the source says."""
    return _("%(who)s, %(said)s") % {"who": _(one.who), "said": _(one.said)} if one.said else _(one.who)


def collective(quotation: Quotation) -> str:
    """What a reader must know of a word that puts many groups together; nothing where there is none."""
    if quotation.group not in COLLECTIVE:
        return ""
    text = _(
        "“%(word)s” is the source’s word, for people of many groups together. It is not ours: the groups differ, some "
        "in opposite directions."
    )
    if (tie := quotation.ours) and len(tie.groups) > 1:
        check = _("Only to check the claim do we add up %(groups)s; each is shown alone beside it.")
        text = f"{text} {check}"
    return text % {"word": quotation.group, "groups": group_names(tie) if tie else ""}


def evidence(quotation: Quotation) -> str:
    """How the claim reached us, in words."""
    text = {
        "verbatim": _("Read in the source’s own text."),
        "mirror": _("Read in the source’s own text, on a page that mirrors it."),
        "secondary": _("Quoted by somebody else: the source itself was not read."),
        "secondary-copy": _("Quoted by somebody else, and read in a copy of that."),
    }[quotation.quality]
    remark = remarks().get(quotation.remark, "")
    copy = _("The address leads to a copy: set it beside the original before you rely on it.")
    return " ".join(filter(None, (text, remark, copy if quotation.speaker.copy else "")))


def remarks() -> Mapping[str, str]:
    """What else the record of evidence may say, in words."""
    return {
        "": "",
        "introduction": _("It stands in the introduction."),
        "group order assumed White,Black,Asian,Mixed,Other": _(
            "The row of the figure does not name its groups: that they are White, Black, Asian, Mixed and Other, in "
            "this order, is assumed."
        ),
        "pre-Census-2021 population": _("Its rates divide by a population older than the 2021 Census."),
    }


def inference(quotation: Quotation) -> str:
    """Arithmetic of ours about a claim, marked as such."""
    if not quotation.inference:
        return ""
    note = quotation.inference.removeprefix("inferred: ").replace("*", " × ").replace(" x ", " × ")
    note = MINUS.sub("−", note)
    return _("Our inference, not the source’s workings: %(note)s") % {"note": note}


def tag(agreement: Agreement) -> str:
    """Whether our figure agrees, in a word or two."""
    return {
        "agrees": _("Our figure agrees"),
        "alike": _("Same number, not same thing"),
        "differs": _("Our figure differs"),
        "none": _("No figure of ours"),
    }[agreement]


def meaning(agreement: Agreement) -> str:
    """What one of the tags means."""
    return {
        "agrees": _("our figure of the same thing is the same number, rounded as the claim rounds it."),
        "alike": _(
            "the rounded number is the same, but ours is of another time, or counts otherwise. It neither confirms the "
            "claim nor contradicts it."
        ),
        "differs": _("the number is not the same. That alone does not make the claim wrong: what differs is said."),
        "none": _("we hold nothing to set beside the claim, and say what is missing."),
    }[agreement]


def verdict(check: Check) -> str:
    """Our figure beside the claim, with its time and source; or why there is none."""
    tie = check.quotation.ours
    if check.figure is None or tie is None:
        return _(check.reason)
    text = {
        "agrees": _("Ours is %(figure)s (%(period)s; %(publisher)s): the same, rounded as the claim is."),
        "alike": _("Ours is %(figure)s (%(period)s; %(publisher)s): the same number. Not the same: %(differs)s."),
    }.get(check.agreement, _("Ours is %(figure)s (%(period)s; %(publisher)s). Not the same: %(differs)s."))
    said = {
        "figure": figure(tie, check.figure, tie.number or check.quotation.value),
        "period": tie.period,
        "publisher": _(loader(tie.dataset).publisher),
        "differs": words.listed(differences()[one] for one in tie.differs) if tie.differs else _("we do not know what"),
    }
    return text % said


def differences() -> Mapping[Difference, str]:
    """In what a figure of ours may differ from a claim, each as it stands in a list."""
    return {
        "period": _("the time"),
        "ages": _("the ages"),
        "base": _("who is left out"),
        "definition": _("what is counted"),
        "place": _("the area"),
        "population": _("the population"),
    }


def figure(tie: Tie, found: OurFigure, beside: str) -> str:
    """A figure of ours, to one place more than the claim beside it is given to."""
    shown = amount(tie, found.value, beside)
    if found.lower is None or found.upper is None:
        return shown
    return f"{shown}, {words.likely(words.interval(found.lower, found.upper))}"


def amount(tie: Tie, number: float, beside: str) -> str:
    """One number in the unit of a figure of ours."""
    more = places(beside) + 1
    shapes = {
        "percent": f"{rate(number, more)}%",
        "count": whole(number),
        "ratio": _("%(number)s times") % {"number": rate(number, more)},
        "per-100": _("%(number)s for every 100") % {"number": rate(number, more)},
        "nights": _("%(number)s nights") % {"number": rate(number, places(beside))},
    }
    return shapes[tie.shown_in]


def method(tie: Tie) -> str:
    """How a figure of ours was worked out."""
    said = {"groups": group_names(tie), "against": tie.against}
    text = {
        "share": _("%(groups)s, as a share of everyone whose group is known."),
        "rest": _("What is left of 100%% without %(groups)s."),
        "count": _("%(groups)s, added up."),
        "figure": _("%(groups)s, as published."),
        "ratio": _("The rate of %(groups)s people, over the rate of %(against)s people."),
        "fixed-total-swap": _(
            "How many more of %(groups)s there are than if the same total were shared out as the population is."
        ),
    }[tie.kind]
    if tie.kind == "share" and tie.of == "everyone":
        text = _("%(groups)s, as a share of everyone, also of those whose group is not known.")
    return text % said


def group_names(tie: Tie) -> str:
    """The groups of a figure of ours, as a sentence has them."""
    if tie.groups == (EVERYONE,):
        return _("Everyone")
    return words.listed(group_name(tie, group) for group in tie.groups)


def group_name(tie: Tie, group: str) -> str:
    """One group of a figure of ours, as it stands alone."""
    if tie.classification in {"any", "faith"}:
        return group
    return _(classification(tie.classification).group(group).display)


def reasons(quotation: Quotation) -> tuple[str, ...]:
    """In what our figure is not of the same thing as the claim, a sentence for each."""
    tie = quotation.ours
    if tie is None:
        return ()
    found = []
    if "period" in tie.differs:
        text = _("The claim is of %(theirs)s; the nearest that we hold is of %(ours)s.")
        if tie.latest:
            text = _("The claim is of %(theirs)s; ours is the latest that we hold, of %(ours)s.")
        if not when(quotation):
            text = _("The claim does not say of which time it is; ours is of %(ours)s.")
        found.append(text % {"theirs": when(quotation), "ours": words.years(tie.period)})
    if tie.why:
        found.append(_(tie.why))
    if tie.same_source:
        found.append(_("Both go back to one source, so that this is no independent check."))
    return tuple(found)


def when(quotation: Quotation) -> str:
    """Of which time a claim is, in words; nothing where it does not say."""
    if "undated" in quotation.period:
        return ""
    text = YEAR_ENDING.sub(lambda found: _("the year to March %(year)s") % {"year": found[1]}, quotation.period)
    text = MONTH.sub(lambda found: {"Mar": _("March"), "Dec": _("December")}[found[0]], text)
    return words.years(text.removesuffix(" based"))


def citation(quotation: Quotation, url: str) -> str:
    """One line to copy: who said it, where, and where it is set beside our figure."""
    text = _("%(who)s: %(quote)s. In “%(title)s”. Quoted, and set beside published figures, by Evenhand, %(url)s.")
    said = {"who": _(quotation.speaker.who), "quote": quote(quotation), "title": quotation.source.title, "url": url}
    return text % said


def _names_group(quotation: Quotation) -> bool:
    """Whether the claim itself says whom it is about."""
    first = quotation.group.split()[0]
    return first == EVERYONE or first.casefold() in quotation.claim.casefold().split()
