"""What groups, places and periods are called."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.library.datasets.compare import NATION, Answered
from evenhand.library.vocabulary.ethnicity import classification

SHORT = 22  # letters of a name that fits above a chart on a phone
PEOPLE = "people"


def people(answered: Answered, group: str) -> str:
    """A group as it stands in a sentence: "Black people", or "Black children" where the measure is of children."""
    detail = answered.measure.answer(answered.groups)
    for slug in (answered.classification, detail.outside.get(group, "five")):
        scheme = classification(slug)
        if group in scheme.names:
            return _(scheme.group(group).people.replace(PEOPLE, answered.measure.people))
    return group


def unit(answered: Answered) -> str:
    """What a rate is of, at the head of a sentence."""
    said = _(answered.measure.unit)
    return _("Percent %(rest)s") % {"rest": said.removeprefix("% ")} if said.startswith("% ") else capfirst(said)


def noun(answered: Answered) -> str:
    """What those counted are called after the name of a group: residents, children, suspects."""
    measure = answered.measure
    return _(measure.population if (measure.people, measure.population) == (PEOPLE, "residents") else measure.people)


def display(answered: Answered, group: str) -> str:
    """A group as it stands alone in a table: "Black Caribbean"."""
    scheme = classification(answered.classification)
    return _(scheme.group(group).display) if group in scheme.names else group


def named(answered: Answered, group: str) -> str:
    """A group in the middle of a sentence: “Other” stands in quotation marks, or it would read as "the rest"."""
    name = display(answered, group)
    return _("“%(name)s”") % {"name": name} if group == "Other" else name


def parity(answered: Answered) -> str:
    """What the line of equal rates is called: the reference by its name, if that is short enough to stand there."""
    names = (people(answered, answered.reference), display(answered, answered.reference))
    short = next((name for name in names if len(name) <= SHORT), "")
    return _("same as %(reference)s") % {"reference": short} if short else _("the same rate")


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: "Black, Asian and Mixed"."""
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def years(period: str) -> str:
    """A period as people say it: "April 2024 to March 2025" of a financial year, or of several; others as they are."""
    ends = [(first, last) for first, slash, last in (part.partition("/") for part in period.split(" to ")) if slash]
    if not ends:
        return period
    return _("April %(first)s to March %(last)s") % {"first": ends[0][0], "last": ends[-1][0][:2] + ends[-1][1]}


def of_years(periods: Iterable[str]) -> str:
    """What a list of periods is called."""
    return _("Year to March") if all("/" in period for period in periods) else _("Period")


def titled(answered: Answered) -> str:
    """The name of the measure in a list of all: with the place, where that is not England and Wales."""
    title = _(answered.measure.title)
    return title if is_nation(answered) else _("%(title)s, %(place)s") % {"title": title, "place": answered.place.name}


def is_nation(answered: Answered) -> bool:
    """Whether the answer is for England and Wales together."""
    return answered.place.code == NATION
