"""data.police.uk: searches by the label of self-defined ethnicity, exactly as forces sent it."""

from datetime import date

from evenhand.library.datasets.loader import ENGLAND_AND_WALES, BadCell, Column, Loader, Reading, Row, group

# "Other ethnic group - Not stated" begins like Other and is not Other: nobody knows of which group these people are.
UNKNOWNS = {"": "Blank", "Other ethnic group - Not stated": "Not stated"}
COLUMN = "self_defined_ethnicity_label"


def _period(row: Row) -> str:
    """The file names its twelve months in the title of its source."""
    if "Aug 2025-Jul 2026" not in row.source.title:
        raise BadCell("source_title", "these months are not August 2025 to July 2026, as this file always had")
    return "August 2025 to July 2026"


RAW_LABELS = Loader(
    name="stop-search-raw-labels",
    file="stop_search_raw_labels.csv",
    title="Stop and search in the police archive: searches by self-defined ethnicity, as forces wrote it",
    publisher="data.police.uk",
    landing_page="https://data.police.uk/data/archive/",
    licence="OGL v3.0",
    basis="self-defined",
    counts="events",
    one_row=(
        "searches in twelve months, by every force that sent figures, under one label of self-defined ethnicity; not "
        "every force sent every month, and Roma has no label"
    ),
    columns=(COLUMN, "events"),
    read=Reading(
        figures=(Column("events", "searches"),),
        period=_period,
        place=ENGLAND_AND_WALES,
        group=group(COLUMN, "gss-18", wholes={}, unrecorded=UNKNOWNS),
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 9, 1),
)
