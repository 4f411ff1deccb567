"""Claims as others made them: who said what and when, how well it is evidenced, and where a figure of ours stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from evenhand.library.datasets.catalogue import Unknown, loader
from evenhand.library.datasets.claims.ties import Tie
from evenhand.library.datasets.loader import BadCell, RefusedFile, Row, Source, rows
from evenhand.library.datasets.loader import Fault as RowFault
from evenhand.library.discover import Fault, made, read_tables
from evenhand.library.places import UnknownPlace, place
from evenhand.library.vocabulary import UnknownTerm, stage, topic

FILE = "headline_claims.csv"
COLUMNS = ("slug", "claim", "group", "value", "unit", "period", "evidence_quality", "arithmetic_note")
SAID = ("slug", "claim", "group", "value", "unit", "evidence_quality")  # never blank

Quality = Literal["verbatim", "mirror", "secondary", "secondary-copy"]
# As the file writes it, in two: how the claim reached us, and what else is said of that.
QUALITIES: Mapping[str, tuple[Quality, str]] = {
    "verbatim": ("verbatim", ""),
    "verbatim introduction": ("verbatim", "introduction"),
    "verbatim figure row": ("verbatim", ""),
    "verbatim (mirror)": ("mirror", ""),
    "secondary": ("secondary", ""),
    "secondary copy": ("secondary-copy", ""),
}


@dataclass(frozen=True)
class Speaker:
    """Who made some claims, and when, as far as the sources say; `copy` where the address leads to somebody's copy."""

    slug: str
    who: str
    titles: tuple[str, ...]
    checked: str
    look_again: date
    said: str = ""
    copy: bool = False


@dataclass(frozen=True)
class Quotation:
    """One claim in its own words and figures, and the figure of ours that it is set beside, or why there is none.

    `remark` is what the record of evidence says beyond its quality; `inference` is arithmetic of ours, never the
    speaker's.
    """

    slug: str
    claim: str
    group: str
    value: str
    unit: str
    period: str
    quality: Quality
    remark: str
    inference: str
    source: Source
    row: int
    speaker: Speaker
    stage: str = ""
    topics: tuple[str, ...] = ()
    ours: Tie | None = None
    none: str = ""

    def as_record(self) -> dict[str, str]:
        """The claim in one line, for a list."""
        return {
            "slug": self.slug,
            "said_by": self.speaker.who,
            "quoted": f"“{self.claim}, {self.group}: {self.value} {self.unit}”",
            "beside": self.ours.dataset if self.ours else "",
            "period": self.period,
            "source": self.source.title,
            "evidence": self.quality,
            "checked": self.speaker.checked,
            "look_again": self.speaker.look_again.isoformat(),
        }


@dataclass(frozen=True)
class _Declared:
    """What we say of one claim."""

    slug: str
    stage: str = ""
    topics: tuple[str, ...] = ()
    ours: Tie | None = None
    none: str = ""


@cache
def quotations() -> tuple[Quotation, ...]:
    """Every claim that is quoted, in the order of the file; refused whole if a row or a declaration is wrong."""
    content = (resources.files("evenhand.library") / "reference" / FILE).read_bytes()
    return read_quotations(content, Path(__file__).parent)


def quotation(slug: str) -> Quotation:
    """One claim by its slug; Unknown with the near matches."""
    known = {one.slug: one for one in quotations()}
    if slug not in known:
        raise Unknown("claim", slug, list(known))
    return known[slug]


def read_quotations(content: bytes, folder: Path) -> tuple[Quotation, ...]:
    """The claims of one file with what a folder declares of them.

    RefusedFile names every row that is incomplete, has no source or is said twice; Fault names a declaration that is
    wrong, or that has no row, and every row that nobody declared.
    """
    quoted = _read_rows(content)
    declared = dict(_declarations(folder))
    lost = sorted(declared.keys() - quoted.keys())
    bare = sorted(quoted.keys() - declared.keys())
    if lost or bare:
        said = [f"{FILE} has no claim called {slug!r}" for slug in lost]
        raise Fault(folder, *said, *(f"nothing declares the claim {slug!r}" for slug in bare))
    found = []
    for slug, values in quoted.items():
        speaker, about = declared[slug]
        if values["source"].title not in speaker.titles:
            raise Fault(f"{speaker.slug}.toml", f"{slug!r} is quoted from {values['source'].title!r}, not listed there")
        values |= {"speaker": speaker, "stage": about.stage, "topics": about.topics}
        found.append(Quotation(**values, ours=about.ours, none=about.none))
    return tuple(found)


def _read_rows(content: bytes) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    faults = []
    for row in rows(content, COLUMNS, file=FILE):
        try:
            values = _quoted(row)
        except BadCell as fault:
            faults.append(RowFault(row.number, fault.column, str(fault)))
            continue
        if first := found.get(values["slug"]):
            faults.append(RowFault(row.number, "slug", f"{values['slug']!r} stands in row {first['row']} already"))
        found.setdefault(values["slug"], values)
    if faults or not found:
        raise RefusedFile(FILE, faults or [RowFault(0, "", "there are no claims in it")])
    return found


def _quoted(row: Row) -> dict[str, Any]:
    for column in SAID:
        if not row.text(column):
            raise BadCell(column, "is blank")
    written, _, rest = (part.strip() for part in row.text("evidence_quality").partition(";"))
    if written not in QUALITIES:
        raise BadCell("evidence_quality", f"{written!r} is not one of {', '.join(QUALITIES)}")
    quality, remark = QUALITIES[written]
    # What others say is not always a table: only the name of a table may be blank.
    source = Source(*(row.text(column) for column in ("source_title", "source_url", "table", "licence")))
    for column, value in (("source_title", source.title), ("source_url", source.url), ("licence", source.licence)):
        if not value:
            raise BadCell(column, "the row does not say where it comes from")
    return {
        **{column: row.text(column) for column in ("slug", "claim", "group", "value", "unit", "period")},
        "quality": quality,
        "remark": rest or remark,
        "inference": row.text("arithmetic_note"),
        "source": source,
        "row": row.number,
    }


def _declarations(folder: Path) -> Iterator[tuple[str, tuple[Speaker, _Declared]]]:
    seen: set[str] = set()
    for stem, table in read_tables(folder).items():
        where = f"{stem}.toml"
        claims = table.pop("claims", [])
        speaker = made(Speaker, {**table, "slug": stem}, where=where)
        for claim in claims:
            about = _declared(claim, where)
            if about.slug in seen:
                raise Fault(where, f"{about.slug!r} is declared twice")
            seen.add(about.slug)
            yield about.slug, (speaker, about)


def _declared(claim: Mapping[str, Any], where: str) -> _Declared:
    where = f"{where}, {claim.get('slug', 'a claim without a slug')}"
    ours = {"ours": made(Tie, claim["ours"], where=where)} if "ours" in claim else {}
    about = made(_Declared, {**claim, **ours}, where=where)
    if (about.ours is None) == (not about.none):
        raise Fault(where, "says neither which figure of ours it is set beside ('ours') nor why none is ('none')")
    try:
        if about.stage:
            stage(about.stage)
        for one in about.topics:
            topic(one)
        if about.ours:
            loader(about.ours.dataset)
            place(about.ours.place)
    except (UnknownTerm, Unknown, UnknownPlace) as fault:
        raise Fault(where, str(fault)) from None
    if about.ours and (faults := about.ours.faults()):
        raise Fault(where, *faults)
    return about
