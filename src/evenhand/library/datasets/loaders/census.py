"""The census of England and Wales: usual residents by ethnic group, for nations, police force areas and councils."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import Loader, Observation, Row
from evenhand.library.places import Kind, find, place
from evenhand.library.vocabulary.ethnicity import classification


def _residents(code: Callable[[Row], str], label: str, groups: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        value, state = row.count("count")
        scheme = classification(groups)
        group = scheme.read(row.text(label))
        place = code(row)
        yield Observation(
            "residents", row.text("year"), place, groups, group, value, state, row.number, "count", row.source
        )

    return read


def _census_2021(
    name: str, file: str, what: str, kind: Kind, columns: tuple[str, ...], code: Callable[[Row], str]
) -> Loader:
    return Loader(
        name=name,
        file=file,
        title=f"Census 2021: usual residents by ethnic group, {what}",
        publisher="Office for National Statistics",
        landing_page="https://www.ons.gov.uk/datasets/TS021",
        licence="OGL v3.0",
        basis="self-defined",
        counts="people",
        one_row="usual residents of one area in one of 19 ethnic groups on 21 March 2021",
        columns=columns,
        read=_residents(code, "ethnicity_19", "census-2021-19"),
        checked="not yet checked by a person",
        look_again=date(2027, 11, 1),
        published=date(2022, 11, 29),
        covers=(kind,),
    )


NATIONS = _census_2021(
    "census-2021-nations",
    "census_2021_nations.csv",
    "England, Wales, and both together",
    "nation",
    (
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
    lambda row: find(row.text("geography"), kinds=("nation",)).code,
)

POLICE_FORCES = _census_2021(
    "census-2021-police-forces",
    "census_2021_police_forces.csv",
    "police force areas",
    "police-force",
    ("pfa_code", "pfa_name", "ethnicity_5", "ethnicity_19", "ons_code", "count", "year", "reference_date", "note"),
    lambda row: find(row.text("pfa_code"), kinds=("police-force",)).code,
)

COUNCILS = _census_2021(
    "census-2021-councils",
    "census_2021_councils.csv",
    "councils of 2022",
    "council",
    (
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
    lambda row: find(row.text("lad_code"), kinds=("council",)).code,
)

CENSUS_2011 = Loader(
    name="census-2011",
    file="census_2011_ethnicity.csv",
    title="Census 2011: usual residents by ethnic group, police force areas and nations",
    publisher="Office for National Statistics",
    landing_page="https://www.nomisweb.co.uk/census/2011/qs201ew",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="usual residents of one area in one of 18 ethnic groups on 27 March 2011",
    columns=("place_code", "place_name", "group", "count", "year", "reference_date", "note"),
    read=_residents(lambda row: place(row.text("place_code")).code, "group", "gss-18"),
    checked="not yet checked by a person",
    look_again=date(2027, 11, 1),
    covers=("nation", "police-force"),
)
