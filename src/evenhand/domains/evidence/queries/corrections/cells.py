"""One published figure in words: what it is of, and what it says or why it says nothing."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import rate, whole
from evenhand.domains.evidence.queries.words import reason
from evenhand.library.datasets.loader import ALL, Observation
from evenhand.library.places import UnknownPlace, place
from evenhand.library.vocabulary.ethnicity import classification


def place_name(one: Observation) -> str:
    """The place of a figure."""
    try:
        return place(one.place).name
    except UnknownPlace:
        return one.place


def group_name(one: Observation) -> str:
    """The group of a figure, as it stands alone."""
    if one.group == ALL:
        return _("Everyone")
    try:
        scheme = classification(one.classification)
    except LookupError:
        return one.group
    return _(scheme.group(one.group).display) if one.group in scheme.names else one.group


def of_what(one: Observation) -> str:
    """What is counted, and of which detail, sex and age."""
    series = one.series.replace("-", " ")
    rest = [part for part in (one.detail, one.sex, one.age) if part and part != ALL]
    return ", ".join((series, *rest))


def in_words(one: Observation) -> str:
    """The figure as a phrase: "searches, Black, West Mercia, 2024/25"."""
    return ", ".join((of_what(one), group_name(one), place_name(one), one.period))


def value(one: Observation | None) -> str:
    """The figure, or nothing."""
    if one is None or one.value is None:
        return ""
    return whole(one.value) if one.value.is_integer() else f"{one.value:,.10g}"


def why(one: Observation | None) -> str:
    """Why there is no figure, in words; nothing where there is one."""
    if one is None:
        return _("not there")
    if one.value is not None:
        return ""
    return {
        "small": reason("few"),
        "suppressed": reason("suppressed"),
        "no-row": _("no row in the source"),
        "not-applicable": _("does not apply"),
    }.get(one.state, _("not available"))


def change_of(difference: float | None) -> str:
    """The size of a change, with its sign."""
    if difference is None:
        return ""
    shown = whole(difference) if difference.is_integer() else rate(difference, 2)
    return f"+{shown}" if difference > 0 else shown
