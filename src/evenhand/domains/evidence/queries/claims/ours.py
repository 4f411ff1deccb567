"""What Evenhand itself claims: each sentence worked out from one released answer, never typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse

from evenhand.core.design.numbers import percent, rate, times
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.shown import origin_of
from evenhand.library.datasets.catalogue import Measure, measure, measures
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.statistics import proportion
from evenhand.library.vocabulary.ethnicity import classification

SPEAKER = "evenhand"
FIVE = 5  # groups, which need not be asked for

Kind = Literal["headline", "difference", "not-recorded"]


@dataclass(frozen=True)
class OurClaim:
    """One sentence that the figures bear: what it is of, how sure it is, and where the whole answer stands.

    `short` is the sentence where the place and the period are already said.
    """

    kind: Kind
    answered: Answered
    row: Comparison | None
    figure: str
    doubt: str
    short: str
    sentence: str

    @property
    def slug(self) -> str:
        """The name of the claim in its address, which stays when the figures are revised."""
        return _slug(self.answered.measure, self.answered.classification, self.row.group if self.row else "", self.kind)

    @property
    def page(self) -> str:
        """The address of the claim."""
        return reverse("evidence:claim", args=[self.slug])

    @property
    def source(self) -> str:
        """Who published the figures, and of when they are."""
        publishers = dict.fromkeys(source.publisher for source in self.answered.sources)
        return f"{'; '.join(publishers)}, {self.answered.period}"

    @property
    def url(self) -> str:
        """The page that opens with this figure, as it is now."""
        asked = {"groups": str(self.answered.groups)} if self.answered.groups > FIVE else {}
        if self.row:
            asked["group"] = self.row.group
        path = reverse("evidence:measure", args=[self.answered.measure.slug])
        return (f"{path}?{urlencode(asked)}" if asked else path) + ("" if self.row else "#not-recorded")

    @property
    def origin(self) -> str:
        """The address that tells where the figure comes from."""
        figure = {"difference": "difference", "not-recorded": "unknown-share"}.get(self.kind, "ratio")
        if self.kind == "headline" and self.answered.kind == "shares":
            figure = "rate"
        return origin_of(self.answered, figure, self.row.group if self.row else "")

    @property
    def permalink(self) -> str:
        """The page that goes on showing this figure when it is revised."""
        group = f"&{urlencode({'group': self.row.group})}" if self.row else "#not-recorded"
        return self.answered.permalink + group


def headline(answered: Answered, row: Comparison) -> OurClaim:
    """What a measure says of one group: how it compares, or what share it is where nothing is compared."""
    before, figure, after = words.headline(answered, row)
    sentence = f"{before}{figure}{after}"
    shown, interval = figure, ""
    if answered.kind != "shares":
        # Told from the other side, as the sentence is, where the group met it less often.
        turned = words.is_turned(answered, row)
        value, *ends = (1 / part if turned and part else part for part in (row.ratio, row.lower, row.upper))
        shown = f"{times(value)}×" if figure else ""
        interval = words.interval(*(reversed(ends) if turned else ends))
    return OurClaim("headline", answered, row, shown, words.likely(interval), sentence, words.dated(sentence, answered))


def difference(answered: Answered, row: Comparison) -> OurClaim:
    """How many more of the events there were for every so many of a group."""
    value, lower, upper = (part or 0 for part in (row.difference, row.difference_lower, row.difference_upper))
    if value < 0:
        value, lower, upper = -value, -upper, -lower
    return OurClaim(
        "difference",
        answered,
        row,
        rate(value),
        words.likely(between(rate(lower), rate(upper))),
        words.difference_in_short(answered, row),
        words.dated(words.difference_in_words(answered, row), answered),
    )


def not_recorded(answered: Answered) -> OurClaim | None:
    """The share of the events with no ethnicity recorded, where it is published and is more than next to nothing."""
    if answered.unknown is None or percent(answered.unknown.share) == percent(0):
        return None
    found = proportion(answered.unknown.events, answered.unknown.of)
    return OurClaim(
        "not-recorded",
        answered,
        None,
        percent(answered.unknown.share),
        words.likely(between(percent(float(found.lower)), percent(float(found.upper)))),
        words.not_recorded_in_short(answered),
        words.dated(words.not_recorded_in_words(answered), answered),
    )


def case() -> tuple[OurClaim, ...]:
    """The case in five numbers, as the front page makes it."""
    searched, arrested = ask("stop-and-search").answer(), ask("arrests").answer()
    searched_19 = ask("stop-and-search", groups=19).answer()
    arrested_19 = ask("arrests", groups=19).answer()
    return (
        headline(searched, searched.row("Black")),
        difference(searched, searched.row("Black")),
        headline(arrested, arrested.row("Black")),
        headline(searched_19, searched_19.row("Gypsy or Irish Traveller")),
        headline(arrested_19, arrested_19.row("White and Black Caribbean")),
    )


def claims() -> tuple[OurClaim, ...]:
    """Every claim that the site leads with: the case, and what each measure says of England and Wales."""
    made = list(case())
    for one in measures():
        answered = _answered(one)
        lead = words.lead_of(answered) if answered else None
        if answered and lead:
            made.append(headline(answered, lead))
        if answered and (unknown := not_recorded(answered)):
            made.append(unknown)
    return tuple({one.slug: one for one in made}.values())


def claim(slug: str) -> OurClaim | None:
    """A claim by its slug, about any group of any measure; None if the figures bear no such claim."""
    if slug not in _named():
        return None
    measure_slug, groups, group, kind = _named()[slug]
    answered = _answered(measure(measure_slug), groups)
    if answered is None:
        return None
    if kind == "not-recorded":
        return not_recorded(answered)
    row = answered.row(group)
    if kind == "difference":
        return difference(answered, row) if row.difference_lower is not None else None
    known = row.rate if answered.kind == "shares" else row.ratio
    return headline(answered, row) if known is not None else None


@cache
def _named() -> Mapping[str, tuple[str, int, str, Kind]]:
    """What each slug asks for: measure, number of groups, group and kind of figure."""
    found: dict[str, tuple[str, int, str, Kind]] = {}
    kinds: tuple[Kind, Kind] = ("headline", "difference")
    for one in (each for each in measures() if each.answers):
        found[_slug(one, "", "", "not-recorded")] = (one.slug, one.answers[0].groups, "", "not-recorded")
        for level in one.answers:
            for group in classification(level.classification).names:
                for kind in kinds:
                    found.setdefault(
                        _slug(one, level.classification, group, kind), (one.slug, level.groups, group, kind)
                    )
    return found


def _slug(measure: Measure, scheme: str, group: str, kind: Kind) -> str:
    name = classification(scheme).group(group).slug if group else ""
    end = "" if kind == "headline" else kind
    return "-".join(filter(None, (SPEAKER, measure.slug, name, end)))


def _answered(measure: Measure, groups: int | None = None) -> Answered | None:
    """What a measure says of England and Wales, where it says anything yet."""
    try:
        return ask(measure.slug, groups=groups).answer()
    except Refused:
        return None
