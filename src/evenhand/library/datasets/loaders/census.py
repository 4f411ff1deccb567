"""The census of England and Wales: usual residents by ethnic group, for nations, police force areas and councils."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import Column, Loader, Part, Reading, group, place, text


def _residents(where: Part, label: str, groups: str) -> Reading:
    return Reading(
        figures=(Column("count", "residents"),),
        period=text("year"),
        place=where,
        group=group(label, groups, wholes={}),
    )


_census = partial(
    Loader,
    publisher="Office for National Statistics",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    checked="not yet checked by a person",
    look_again=date(2027, 11, 1),
)
_census_2021 = partial(
    _census,
    landing_page="https://www.ons.gov.uk/datasets/TS021",
    one_row="usual residents of one area in one of 19 ethnic groups on 21 March 2021",
    published=date(2022, 11, 29),
)

NATIONS = _census_2021(
    name="census-2021-nations",
    file="census_2021_nations.csv",
    title="Census 2021: usual residents by ethnic group, England, Wales, and both together",
    columns=(
        "ethnicity_5",
        "ethnicity_19",
        "ons_code",
        "count",
        "geography",
        "year",
        "reference_date",
        "percent",
        "note",
    ),
    read=_residents(place("geography", "nation"), "ethnicity_19", "census-2021-19"),
    covers=("nation",),
)

POLICE_FORCES = _census_2021(
    name="census-2021-police-forces",
    file="census_2021_police_forces.csv",
    title="Census 2021: usual residents by ethnic group, police force areas",
    columns=(
        "pfa_code",
        "pfa_name",
        "ethnicity_5",
        "ethnicity_19",
        "ons_code",
        "count",
        "year",
        "reference_date",
        "note",
    ),
    read=_residents(place("pfa_code", "police-force"), "ethnicity_19", "census-2021-19"),
    covers=("police-force",),
)

COUNCILS = _census_2021(
    name="census-2021-councils",
    file="census_2021_councils.csv",
    title="Census 2021: usual residents by ethnic group, councils of 2022",
    columns=(
        "lad_code",
        "lad_name",
        "nation",
        "pfa_code",
        "pfa_name",
        "ethnicity_5",
        "ethnicity_19",
        "ons_code",
        "count",
        "year",
        "reference_date",
    ),
    read=_residents(place("lad_code", "council"), "ethnicity_19", "census-2021-19"),
    covers=("council",),
)

CENSUS_2011 = _census(
    name="census-2011",
    file="census_2011_ethnicity.csv",
    title="Census 2011: usual residents by ethnic group, police force areas and nations",
    landing_page="https://www.nomisweb.co.uk/census/2011/qs201ew",
    one_row="usual residents of one area in one of 18 ethnic groups on 27 March 2011",
    columns=("place_code", "place_name", "group", "count", "year", "reference_date", "note"),
    read=_residents(place("place_code"), "group", "gss-18"),
    covers=("nation", "police-force"),
)
