"""The ONS Postcode Directory: loaded from the official file, then asked for one postcode at a time.

It stands apart from `postcodes` because it alone needs DuckDB.
"""

import csv
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import duckdb

from evenhand.library.places.lookup import UnknownPlace, place
from evenhand.library.places.place import Place
from evenhand.library.places.postcodes import UnknownPostcode, read_postcode

# About 1.5 million postcodes are live in England and Wales; a file cut at the end of a line is told by this alone.
WHOLE_DIRECTORY: Final = 1_000_000
# Releases of May 2022 and May 2023 left out areas of tens of thousands of postcodes.
MOST_WITHOUT_PLACE: Final = 0.01
# The whole UK directory is about 1.5 GB when unpacked.
LARGEST_UNPACKED: Final = 8 * 1024**3

# Until 2024 each column had one name; since then the year of the codes is part of it (lad25cd, pfa23cd).
COLUMNS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "postcode (pcds)": re.compile(r"pcds"),
        "day it ended (doterm)": re.compile(r"doterm"),
        "latitude (lat)": re.compile(r"lat"),
        "longitude (long)": re.compile(r"long"),
        "council (oslaua, lad25cd)": re.compile(r"oslaua|laua|lad\d\dcd"),
        "police force area (pfa, pfa23cd)": re.compile(r"pfa|pfa\d\dcd"),
        "region (rgn, rgn25cd)": re.compile(r"rgn|rgn\d\dcd"),
        "country (ctry, ctry25cd)": re.compile(r"ctry|ctry\d\dcd"),
    }
)

STAGE: Final = """
CREATE TABLE staged AS
SELECT upper(trim("{pcds}")) AS code,
       coalesce(trim("{doterm}"), '') = '' AS live,
       CASE WHEN try_cast("{lat}" AS DOUBLE) BETWEEN 49 AND 61 THEN try_cast("{lat}" AS DOUBLE) END AS latitude,
       CASE WHEN try_cast("{lat}" AS DOUBLE) BETWEEN 49 AND 61 THEN try_cast("{long}" AS DOUBLE) END AS longitude,
       CASE WHEN regexp_full_match(trim("{council}"), '[EW]0[6-9]\\d{{6}}') THEN trim("{council}") END AS council,
       CASE WHEN regexp_full_match(trim("{force}"), '(E23|W15)\\d{{6}}') THEN trim("{force}") END AS force,
       CASE WHEN regexp_full_match(trim("{region}"), 'E12\\d{{6}}') THEN trim("{region}") END AS region,
       trim("{nation}") AS nation
FROM read_csv($source, columns=$columns, auto_detect=false, header=true, delim=',', quote='"', escape='"',
              null_padding=false, ignore_errors=false, strict_mode=true)
"""
ENGLAND_AND_WALES: Final = "nation IN ('E92000001', 'W92000004')"
COUNTS: Final = f"""
SELECT count(*) AS read,
       count(*) FILTER (NOT live) AS ended,
       count(*) FILTER (live AND NOT coalesce({ENGLAND_AND_WALES}, false)) AS elsewhere,
       count(*) FILTER (live AND {ENGLAND_AND_WALES} AND (council IS NULL OR force IS NULL)) AS without_place,
       count(*) FILTER (live AND {ENGLAND_AND_WALES} AND council IS NOT NULL AND force IS NOT NULL) AS kept,
       count(*) FILTER (live AND {ENGLAND_AND_WALES} AND council IS NOT NULL AND force IS NOT NULL
                        AND (latitude IS NULL OR longitude IS NULL)) AS without_point,
       count(*) FILTER (live AND {ENGLAND_AND_WALES}) - count(DISTINCT code) FILTER (live AND {ENGLAND_AND_WALES})
           AS twice
FROM staged
"""  # noqa: S608 - the one name put in is written above
WRITE: Final = f"""
COPY (SELECT code, latitude, longitude, council, force, region, nation FROM staged
      WHERE live AND {ENGLAND_AND_WALES} AND council IS NOT NULL AND force IS NOT NULL ORDER BY code)
TO $target (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)
"""  # noqa: S608 - as above
LOOK_UP: Final = (
    "SELECT code, latitude, longitude, council, force, region, nation FROM read_parquet($directory) WHERE code = $code"
)


class BadPostcodeDirectory(ValueError):
    """The file is not a whole postcode directory: what is wrong and what to do, in words fit to print."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load kept and what it left out, by reason; `without_point` are kept but have no latitude."""

    rows: int
    refused: Mapping[str, int]
    without_point: int


class Postcode(NamedTuple):
    """One live postcode, the point it stands at and the codes of the places it lies in."""

    code: str
    latitude: float | None
    longitude: float | None
    council: str
    force: str
    region: str | None
    nation: str

    @property
    def places(self) -> tuple[Place, ...]:
        """The places it lies in, nearest first; a code younger than our tables is left out."""
        held = (_known(code) for code in (self.council, self.force, self.region, self.nation) if code)
        return tuple(each for each in held if each is not None)


def load_postcode_directory(source: Path, target: Path, *, at_least: int = WHOLE_DIRECTORY) -> Loaded:
    """Write the live postcodes of England and Wales to one Parquet file, from the official CSV or its zip.

    The file is written beside the target and renamed into place: readers see the old directory or the new one, and a
    refused file changes nothing. Raises BadPostcodeDirectory for a missing column, a file cut short, a postcode
    listed twice, fewer than `at_least` postcodes, or too many without a council or police force.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _workroom(target) as room:
        unpacked = _unpacked(source, room)
        header = _header(unpacked)
        columns = _columns(header)
        _refuse_cut_short(unpacked)
        written = room / "postcodes.parquet"
        with closing(duckdb.connect(str(room / "staged.duckdb"))) as engine:
            try:
                engine.execute(
                    STAGE.format(**columns), {"source": str(unpacked), "columns": dict.fromkeys(header, "VARCHAR")}
                )
            except duckdb.Error as error:
                first_line = str(error).splitlines()[0]
                raise BadPostcodeDirectory(f"{source.name} is damaged: {first_line} Fetch it again.") from error
            loaded = _checked(source, engine.execute(COUNTS).fetchone() or (), at_least)
            engine.execute(WRITE, {"target": str(written)})
        written.replace(target)
    return loaded


def postcode(text: str, *, directory: Path) -> Postcode:
    """One postcode exactly, from a directory that was loaded; UnknownPostcode where it holds no such live postcode."""
    halves = read_postcode(text)
    if not halves.inward:
        raise UnknownPostcode(f"{halves} is half a postcode. Write all of it, like B1 2JP.")
    if not directory.is_file():
        raise FileNotFoundError(f"There is no postcode directory at {directory}: load one first.")
    with closing(_engine().cursor()) as cursor:
        row = cursor.execute(LOOK_UP, {"directory": str(directory), "code": str(halves)}).fetchone()
    if row is None:
        raise UnknownPostcode(f"{halves} is not a postcode in use in England and Wales.")
    return Postcode(*row)


def _known(code: str) -> Place | None:
    try:
        return place(code)
    except UnknownPlace:
        return None


@contextmanager
def _workroom(target: Path) -> Iterator[Path]:
    """A folder on the target's own disc, so that the last step is a rename; gone afterwards."""
    room = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _unpacked(source: Path, room: Path) -> Path:
    """The directory's CSV, taken out of its zip if it is in one."""
    if not source.is_file():
        raise FileNotFoundError(f"There is no file at {source}.")
    with source.open("rb") as file:
        if file.read(2) != b"PK":
            return source
    unpacked = room / "directory.csv"
    try:
        with zipfile.ZipFile(source) as archive:
            tables = [each for each in archive.infolist() if each.filename.lower().endswith(".csv")]
            if not tables:
                raise BadPostcodeDirectory(f"{source.name} holds no CSV file.")
            # The whole directory is the largest table; beside it stand its parts and lists of names.
            largest = max(tables, key=lambda each: each.file_size)
            if largest.file_size > LARGEST_UNPACKED:
                raise BadPostcodeDirectory(
                    f"{largest.filename} would unpack to {largest.file_size:,} bytes: too large."
                )
            with archive.open(largest) as packed, unpacked.open("wb") as file:
                shutil.copyfileobj(packed, file, 1024 * 1024)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise BadPostcodeDirectory(f"{source.name} cannot be unpacked: {error}. Fetch it again.") from error
    return unpacked


def _header(table: Path) -> list[str]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadPostcodeDirectory(f"{table.name} is not a table of text: {error}") from error


def _columns(header: list[str]) -> dict[str, str]:
    """The file's own name for each column that is read; every missing or doubtful one is named together."""
    keys = ("pcds", "doterm", "lat", "long", "council", "force", "region", "nation")
    found: dict[str, str] = {}
    faults: list[str] = []
    for key, (meaning, pattern) in zip(keys, COLUMNS.items(), strict=True):
        named = [column for column in header if pattern.fullmatch(column.strip().lower())]
        if len(named) == 1:
            found[key] = named[0].replace('"', '""')
        else:
            faults.append(f"{meaning}, found {' and '.join(named)}" if named else meaning)
    if faults:
        raise BadPostcodeDirectory(
            f"This is not a postcode directory that is known here. Each of these columns must be there once: "
            f"{'; '.join(faults)}. The file begins: {', '.join(header[:12]) or 'with nothing'}."
        )
    return found


def _refuse_cut_short(table: Path) -> None:
    with table.open("rb") as file:
        file.seek(-1, 2)
        if file.read(1) not in b"\r\n":
            raise BadPostcodeDirectory("The last line of the file is cut short. Fetch it again.")


def _checked(source: Path, counts: tuple[int, ...], at_least: int) -> Loaded:
    _read, ended, elsewhere, without_place, kept, without_point, twice = counts
    if twice:
        raise BadPostcodeDirectory(f"{source.name} lists {twice:,} live postcodes more than once.")
    if kept < at_least:
        raise BadPostcodeDirectory(
            f"{source.name} holds {kept:,} live postcodes of England and Wales, and at least {at_least:,} were "
            f"expected: it may be cut short. Fetch it again."
        )
    if without_place > MOST_WITHOUT_PLACE * (kept + without_place):
        raise BadPostcodeDirectory(
            f"{without_place:,} live postcodes in {source.name} have no council or no police force, beside {kept:,} "
            f"that have both: the release is faulty. Wait for its correction, or load the one before."
        )
    refused = {"ended": ended, "outside England and Wales": elsewhere, "no council or police force": without_place}
    return Loaded(rows=kept, refused=MappingProxyType(refused), without_point=without_point)


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()
