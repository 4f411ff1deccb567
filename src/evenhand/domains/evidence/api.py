"""The evidence as JSON: what can be asked, and the one answer."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from evenhand.domains.evidence.queries.answers import answer, ask, catalogue, suppose
from evenhand.domains.evidence.queries.traces.trace import Wanted, trace_of
from evenhand.library.datasets.trace import FIGURES

router = Router(tags=["Evidence"])


class AnswerLevel(Schema):
    """One level of detail of a measure."""

    groups: int
    classification: str
    reference: str
    place_kinds: list[str]


class MeasureEntry(Schema):
    """What is counted, over what, and at which levels of detail it can be asked for."""

    measure: str
    title: str
    stage: str
    counts_what: Literal["people", "events", "outcomes"]
    unit: str
    denominator: str
    direction_of_harm: str
    why: str
    caveats: list[str]
    answers: list[AnswerLevel]
    checked: str
    look_again: str


class MeasureList(Schema):
    """Every measure, in the order of the journey."""

    measures: list[MeasureEntry]


class PlaceEntry(Schema):
    """A place by its official code."""

    code: str
    name: str
    kind: str


class ComparisonRow(Schema):
    """One group: counts, rate, and how it compares with the reference. What a flag forbids is null."""

    group: str
    events: int | None
    population: int | None
    rate: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    difference: float | None
    difference_lower: float | None
    difference_upper: float | None
    excess: float | None
    excess_lower: float | None
    excess_upper: float | None
    flag: (
        Literal[
            "reference",
            "small-base",
            "no-row",
            "suppressed",
            "no-denominator",
            "rates-only",
            "not-comparable",
        ]
        | None
    )


class UnknownShare(Schema):
    """Events with no ethnicity recorded."""

    events: int
    share: float


class BoundsRow(Schema):
    """How far the events with no ethnicity could move one group's ratio."""

    group: str
    lower: float | None
    upper: float | None
    tipping_share: float | None


class SourceEntry(Schema):
    """A published table that the answer was read from."""

    dataset: str
    version: str
    publisher: str
    title: str
    url: str
    table: str
    licence: str


class Comparison(Schema):
    """The one answer, in the shape that the library, the terminal and the page share."""

    measure: str
    period: str
    place: PlaceEntry
    reference: str
    ethnicity_basis: Literal["self-defined", "officer-observed", "mixed", "unknown"]
    classification: str
    counts_what: Literal["people", "events", "outcomes"]
    rate_per: int
    unit: str
    rows: list[ComparisonRow]
    unknown: UnknownShare | None
    bounds: list[BoundsRow]
    caveats: list[str]
    sources: list[SourceEntry]
    release: str
    permalink: str


class CounterfactualRow(Schema):
    """One group: what was recorded, what the question gives, and the difference. Above 0 fewer would be counted."""

    group: str
    events: int | None
    population: int | None
    expected: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    ratio: float | None
    flag: Literal["reference", "small-base", "no-row", "suppressed", "no-denominator"] | None


class CounterfactualTotal(Schema):
    """All groups but the reference together."""

    groups: list[str]
    events: int | None
    population: int | None
    expected: float | None
    difference: float | None
    lower: float | None
    upper: float | None


class CounterfactualBounds(Schema):
    """How far the events with no ethnicity could move one group's difference."""

    group: str
    lower: float
    upper: float


class CounterfactualTotalBounds(Schema):
    """How far the events with no ethnicity could move the total."""

    lower: float
    upper: float


class Counterfactual(Schema):
    """The answer to one named question, in the shape that the library, the terminal and the page share."""

    measure: str
    scenario: Literal["swap", "equal-rate", "one-stage"]
    held_fixed: str
    formula: str
    period: str
    place: PlaceEntry
    reference: str
    ethnicity_basis: Literal["self-defined", "officer-observed", "mixed", "unknown"]
    classification: str
    counts_what: Literal["people", "events", "outcomes"]
    events: int | None
    population: int | None
    rows: list[CounterfactualRow]
    total: CounterfactualTotal
    unknown: UnknownShare | None
    bounds: list[CounterfactualBounds]
    total_bounds: CounterfactualTotalBounds | None
    caveats: list[str]
    sources: list[SourceEntry]
    release: str
    permalink: str


class Question(Schema):
    """What is asked."""

    measure: str = Field(..., description="Such as stop-and-search; see /measures")
    place: str = Field(
        "", description="An official code or a name; England and Wales if left out, or else the first that has figures"
    )
    period: str | None = Field(None, description="Such as 2024/25; the latest if left out")
    groups: int | None = Field(None, description="5 or 19; the broadest that there is if left out")
    reference: str | None = Field(None, description="The group to compare with: White, or White British among 19")
    release: str | None = Field(None, description="A release quoted earlier; today's if left out")


class Supposition(Schema):
    """What is asked, by the name of the question."""

    measure: str = Field(..., description="Such as prison-population; one with counts")
    scenario: str = Field(..., description="swap, equal-rate or one-stage")
    period: str | None = Field(None, description="Such as 2024/25; the latest if left out")
    reference: str | None = Field(None, description="The group to compare with; White if left out")
    release: str | None = Field(None, description="A release of counterfactuals quoted earlier; today's if left out")


class StepEntry(Schema):
    """One line of the working: what is worked out, by which formula, with which numbers."""

    symbol: str
    formula: str
    numbers: str
    value: float


class CellEntry(Schema):
    """One cell of a source file as it was loaded: the text that stands in it, and what was read from it."""

    dataset: str
    version: str
    file: str
    row: int = Field(..., description="The line of the file, 1 being its header")
    column: str
    text: str
    value: float | None
    state: str
    period: str
    place: str
    classification: str
    group: str
    detail: str
    sex: str
    age: str
    note: str
    title: str
    url: str
    table: str
    licence: str


class CountEntry(Schema):
    """A number that was read and not worked out, with every cell that it was read from or added up from."""

    symbol: str
    role: str
    place: str
    period: str
    group: str
    detail: str
    value: float | None
    roll_ups: list[str]
    cells: list[CellEntry]


class Derivation(Schema):
    """Where one number comes from: its counts with their cells, and the steps from these to it."""

    measure: str
    place: PlaceEntry
    period: str
    classification: str
    reference: str
    figure: str
    group: str | None
    outcome: str | None
    value: float
    lower: float | None
    upper: float | None
    rate_per: int
    words: str
    range: str | None
    steps: list[StepEntry]
    counts: list[CountEntry]
    release: str
    current: bool
    permalink: str


class NumberAsked(Question):
    """Which number is meant."""

    figure: str = Field("ratio", description=f"One of: {', '.join(FIGURES)}")
    group: str = Field("", description="Such as Black; left out for a figure that is of no group")
    outcome: str = Field("", description="Such as Arrest, for a share of outcomes")


class Fault(Schema):
    """What is wrong, and the nearest things that exist."""

    code: str
    message: str
    near: list[str]


class Error(Schema):
    """Every error has this shape."""

    error: Fault


@router.get("/measures", response=MeasureList, summary="What can be asked")
def list_measures(request: HttpRequest) -> Any:
    """Every measure, with its levels of detail and what must be said beside it."""
    del request
    return {
        "measures": [
            {
                "measure": one.slug,
                "title": one.title,
                "stage": one.stage,
                "counts_what": one.counts_what,
                "unit": one.unit,
                "denominator": one.denominator,
                "direction_of_harm": one.harm,
                "why": one.why,
                "caveats": [f"{caveat.heading} {caveat.text}" for caveat in one.caveats],
                "answers": [
                    {
                        "groups": level.groups,
                        "classification": level.classification,
                        "reference": level.reference,
                        "place_kinds": list(level.place_kinds),
                    }
                    for level in one.answers
                ],
                "checked": one.checked,
                "look_again": one.look_again.isoformat(),
            }
            for one in catalogue().measures
        ]
    }


@router.get("/compare", response={200: Comparison, 400: Error, 404: Error}, summary="Compare groups")
def compare(request: HttpRequest, asked: Query[Question]) -> Any:
    """How often each group meets a measure in one place and period, compared with a reference group."""
    del request
    return answer(**asked.dict()).as_json()


@router.get(
    "/counterfactual", response={200: Counterfactual, 400: Error, 404: Error}, summary="Answer a named counterfactual"
)
def counterfactual(request: HttpRequest, asked: Query[Supposition]) -> Any:
    """How many fewer or more of each group would be counted by a fixed-total swap, an equal rate or one stage only."""
    del request
    given = asked.dict()
    return suppose(given.pop("measure"), given.pop("scenario"), **given).as_json()


@router.get("/trace", response={200: Derivation, 400: Error, 404: Error}, summary="Trace a number")
def trace(request: HttpRequest, asked: Query[NumberAsked]) -> Any:
    """Where one number comes from, down to the cells of the files that it was read from."""
    del request
    values = asked.dict()
    wanted = Wanted(figure=values.pop("figure"), group=values.pop("group"), outcome=values.pop("outcome"))
    return trace_of(ask(values.pop("measure"), **values), wanted).as_json()
