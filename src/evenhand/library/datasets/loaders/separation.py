"""Children in the separation unit of HMYOI Feltham in 2014, by ethnicity: an answer to Parliament."""

from datetime import date

from evenhand.library.datasets.loader import Column, Loader, Reading, group, place, word
from evenhand.library.datasets.loaders.licences import OPEN_PARLIAMENT

FELTHAM_SEPARATION = Loader(
    name="feltham-separation",
    file="feltham_separation_unit.csv",
    title="Children in the care and separation unit of HMYOI Feltham, by ethnicity",
    publisher="Ministry of Justice, answer to the House of Commons 220347",
    landing_page="https://questions-statements.parliament.uk/",
    licence=OPEN_PARLIAMENT,
    basis="self-defined",
    counts="events",
    one_row="children of one group held in the unit, added up over twelve months: one child may count in several",
    columns=("period", "geography", "stage", "group", "child_months", "basis", "note"),
    read=Reading(
        figures=(Column("child_months", "child-months-in-separation"),),
        period=word("period", {"Jan-Dec 2014": "2014"}),
        place=place("geography", "prison"),
        group=group("group", "five"),
        age="under-18",
        # How the figures were derived stands in a column of its own.
        note=lambda row: f"{row.text('basis')}. {row.text('note')}",
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2015, 1, 15),
)
