"""What is said of a dataset: its series, classifications, places, periods and the states of its cells."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from evenhand.library.datasets.loader import ANY, FAITH, SMALL_COUNT, UNRECORDED, adds_up
from evenhand.library.datasets.periods import in_order
from evenhand.library.vocabulary.ethnicity import classification

FEW = 3  # periods that are named one by one


def series(name: str) -> str:
    """A series by its name in words."""
    return name.replace("-", " ").capitalize()


def unit(name: str) -> str:
    """What the figures of a series are."""
    return _("counts, which may be added up") if adds_up(name) else _("rates, shares or averages: never added up")


def span(periods: Sequence[str]) -> str:
    """The periods of a dataset, each if they are few, else the first and the last."""
    ordered = in_order(periods)
    if len(ordered) <= FEW:
        return ", ".join(ordered)
    return _("%(count)s periods, %(first)s to %(last)s") % {
        "count": len(ordered),
        "first": ordered[0],
        "last": ordered[-1],
    }


def places_held(kinds: Mapping[str, int]) -> str:
    """How many places of each kind a dataset has figures for."""
    one = {
        "nation": _("nation"),
        "region": _("region"),
        "police-force": _("police force area"),
        "council": _("council"),
        "probation-region": _("probation region"),
        "prison": _("prison"),
    }
    more = {
        "nation": _("nations"),
        "region": _("regions"),
        "police-force": _("police force areas"),
        "council": _("councils"),
        "probation-region": _("probation regions"),
        "prison": _("prisons"),
    }
    return ", ".join(f"{count} {(one if count == 1 else more)[kind]}" for kind, count in sorted(kinds.items()))


def classifications(slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each classification of a dataset by its slug, and what it is."""
    ours = {
        ANY: _("Rows that count everyone, or those of whom no group was recorded."),
        UNRECORDED: _("Those of whom no group was recorded, parted by the reason why."),
        FAITH: _("Religion, as people answered."),
        "denomination": _("Denominations, of one religion."),
    }
    for slug in slugs:
        if slug in ours:
            yield slug, ours[slug]
        else:
            scheme = classification(slug)
            yield slug, f"{_(scheme.name)}. {_(scheme.definition)}"


def states(found: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Each state that cells of a dataset are in, what it means, and how many are in it."""
    meanings = {
        "present": _("There is a figure, as it was published."),
        "provisional": _("There is a figure, and the publisher may still change it."),
        "revised": _("There is a figure, which the publisher has changed since it was first published."),
        "small": _("There is a count of fewer than %(few)s, which is not shown, to protect people. It is not zero.")
        % {"few": SMALL_COUNT + 1},
        "suppressed": _("The publisher withholds the figure, to protect people. It is not zero."),
        "not-available": _("The publisher has no figure. It is not zero."),
        "not-applicable": _("There can be no figure."),
        "no-row": _("The source leaves the cell blank. It is not zero."),
    }
    for state, meaning in meanings.items():
        if state in found:
            yield state, meaning, found[state]
