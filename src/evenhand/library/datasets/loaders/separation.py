"""Children in the separation unit of HMYOI Feltham in 2014, by ethnicity: an answer to Parliament."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import Loader, Observation, Row
from evenhand.library.places import find

PERIODS = {"Jan-Dec 2014": "2014"}


def _children(row: Row) -> Iterable[Observation]:
    value, state = row.count("child_months")
    derived = row.text("basis")
    yield Observation(
        "child-months-in-separation",
        row.one_of("period", PERIODS),
        find(row.text("geography"), kinds=("prison",)).code,
        *row.group("group", "five"),
        value,
        state,
        row.number,
        "child_months",
        row.source,
        age="under-18",
        note=f"{derived}. {row.text('note')}",
    )


FELTHAM_SEPARATION = Loader(
    name="feltham-separation",
    file="feltham_separation_unit.csv",
    title="Children in the care and separation unit of HMYOI Feltham, by ethnicity",
    publisher="Ministry of Justice, answer to the House of Commons 220347",
    landing_page="https://questions-statements.parliament.uk/",
    licence="Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)",
    basis="self-defined",
    counts="events",
    one_row="children of one group held in the unit, added up over twelve months: one child may count in several",
    columns=("period", "geography", "stage", "group", "child_months", "basis", "note"),
    read=_children,
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2015, 1, 15),
)
