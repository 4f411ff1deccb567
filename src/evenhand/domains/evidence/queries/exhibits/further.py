"""Published tables set beside a measure as they stand: by sex, age, faith, kind of offence, or earlier years."""

from collections.abc import Sequence
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Cell, Exhibit, Note, Receipt, Row, Table, machine_name
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import figures, heads
from evenhand.domains.evidence.queries.exhibits.receipts import basis, quoted, released, take_away
from evenhand.domains.evidence.queries.shown import Shown, row_url
from evenhand.library.datasets.catalogue import Axis, Further
from evenhand.library.datasets.engine import Observed
from evenhand.library.datasets.loader import ALL, KNOWN, UNSAFE
from evenhand.library.datasets.periods import in_order
from evenhand.library.vocabulary import UNKNOWN, age_bands, faiths, sexes
from evenhand.library.vocabulary.ethnicity import classification

LONG = 12  # rows of a table that opens folded


def further_tables(shown: Shown) -> tuple[Exhibit, ...]:
    """Every further table of the measure that has rows for this place."""
    made = (further(shown, one) for one in shown.answered.measure.further)
    return tuple(exhibit for exhibit in made if exhibit)


def further(shown: Shown, one: Further) -> Exhibit | None:
    """One further table; none where it has no row for this place."""
    found = [
        observed
        for observed in shown.question.engine.observed(
            one.dataset, one.series, one.schemes, shown.answered.place.code, versions=shown.question.versions
        )
        if all(getattr(observed, axis) == value for axis, value in one.where.items())
    ]
    if not found:
        return None
    dataset = shown.question.catalogue.loader(one.dataset)
    periods = in_order({observed.period for observed in found})
    span = periods[0] if len(periods) == 1 else _("%(from)s to %(to)s") % {"from": periods[0], "to": periods[-1]}
    unsafe = dict.fromkeys(observed.note.removeprefix(UNSAFE) for observed in found if observed.note.startswith(UNSAFE))
    return Exhibit(
        one.id,
        _(one.heading),
        f"{_(dataset.title)}. {shown.answered.place.name}, {span}.",
        None,
        _table(shown, one, found),
        Receipt(
            (
                (_("Counts"), _(dataset.one_row)),
                (_("Ethnicity"), basis(dataset.basis)),
                (_("Period"), words.years(span)),
                (_("Source"), f"{dataset.publisher}, {_(dataset.title)}"),
                (_("Range"), _("none: shown as published")),
                *released(dataset.name, shown.question.versions[dataset.name]),
                (_("Checked"), _(dataset.checked)),
            ),
            quoted(shown),
            take_away(shown, one.id, with_chart=False),
        ),
        (
            Note(_("Read it with care"), _(one.note)),
            *(Note(_("A figure that its source makes unsafe"), note) for note in unsafe),
        ),
        folded=len({getattr(seen, one.down) for seen in found}) > LONG,
        period=span,
    )


def _table(shown: Shown, one: Further, found: Sequence[Observed]) -> Table:
    name = partial(_named, schemes=one.schemes)
    down = _values(one.down, found, one.schemes)
    across = _values(one.across, found, one.schemes)
    by = {(getattr(observed, one.down), getattr(observed, one.across)): observed for observed in found}
    version = shown.question.versions[one.dataset]

    def made(observed: Observed | None) -> Cell:
        return _cell(observed, one.dataset, version, percent=one.percent)

    rows = tuple(Row(name(one.down, line), tuple(made(by.get((line, column))) for column in across)) for line in down)
    first = {
        "period": _("Period"),
        "group": _("Group"),
        "detail": _("Kind"),
        "sex": _("Sex"),
        "age": _("Age"),
    }[one.down]
    return Table(
        _(one.caption),
        (
            heads(first, one.down),
            *(
                figures(name(one.across, column), machine_name(f"{one.across} {column or ALL}"), about=_(one.caption))
                for column in across
            ),
        ),
        rows,
        name=one.id,
    )


def _values(axis: Axis, found: Sequence[Observed], schemes: Sequence[str]) -> tuple[str, ...]:
    """The values along one axis: periods in time, groups as classified, all together last, others as the file goes."""
    values = tuple(dict.fromkeys(getattr(observed, axis) for observed in found))
    if axis == "period":
        return in_order(values)
    if axis == "group":
        known = [group for scheme in schemes for group in _groups(scheme)]
        order = {group: place for place, group in enumerate([*known, KNOWN, UNKNOWN, ALL])}
        return tuple(sorted(values, key=lambda value: order.get(value, len(order))))
    return tuple(sorted(values, key=lambda value: value in ("", ALL)))


def _groups(scheme: str) -> tuple[str, ...]:
    if scheme == "faith":
        return tuple(faith.name for faith in faiths())
    return classification(scheme).names if scheme != "any" else ()


def _named(axis: Axis, value: str, *, schemes: Sequence[str]) -> str:
    names = {"": _("All"), ALL: _("All"), UNKNOWN: _("Not recorded"), KNOWN: _("All whose group is known")}
    if axis == "sex":
        names |= {one.slug: capfirst(_(one.people)) for one in sexes()}
    elif axis == "age":
        names |= {one.slug: _(one.name) for bands in age_bands() for one in bands.bands}
    elif axis == "group":
        kinds = [classification(scheme) for scheme in schemes if scheme not in ("faith", "any")]
        names |= {ALL: _("Everyone")} | {one.name: _(one.display) for kind in kinds for one in kind.groups}
    return names.get(value) or _(value)


def _cell(observed: Observed | None, dataset: str, version: str, *, percent: bool) -> Cell:
    if observed is None:
        return Cell("", None, _("not published"))
    if observed.value is None:
        whys = {"suppressed": words.reason("suppressed"), "small": words.reason("few")}
        return Cell("", None, whys.get(observed.state, _("no figure")))
    text = f"{observed.value:,.10g}"
    marks = [_("unsafe")] if observed.note.startswith(UNSAFE) else []
    marks += [_("provisional")] if observed.state == "provisional" else []
    # What is shown as published has nothing between it and its cell.
    url = row_url(dataset, version, observed.row, observed.column)
    return Cell(f"{text}%" if percent else text, observed.value, url=url, tag=", ".join(marks))
