"""data.police.uk: searches by the label of self-defined ethnicity, exactly as forces sent it."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import UNRECORDED, BadCell, Loader, Observation, Row
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification

ENGLAND_AND_WALES = "K04000001"
# The file names its twelve months in the title of its source.
PERIOD = "August 2025 to July 2026"
# "Other ethnic group - Not stated" begins like Other and is not Other: nobody knows of which group these people are.
UNKNOWNS = {"": "Blank", "Other ethnic group - Not stated": "Not stated"}
COLUMN = "self_defined_ethnicity_label"


def _labels(row: Row) -> Iterable[Observation]:
    if "Aug 2025-Jul 2026" not in row.source.title:
        raise BadCell("source_title", "these months are not August 2025 to July 2026, as this file always had")
    label = row.text(COLUMN)
    scheme, group = "gss-18", classification("gss-18").read(label)
    if group == UNKNOWN:
        if label not in UNKNOWNS:
            raise BadCell(COLUMN, f"{label!r} is a way to write unknown that this file never had")
        scheme, group = UNRECORDED, UNKNOWNS[label]
    value, state = row.count("events")
    yield Observation(
        "searches", PERIOD, ENGLAND_AND_WALES, scheme, group, value, state, row.number, "events", row.source
    )


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
    read=_labels,
    checked="not yet checked by a person",
    look_again=date(2027, 9, 1),
)
