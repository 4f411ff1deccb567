"""The postcode directory is loaded whole or not at all, from the headers of both generations."""

import csv
import io
import re
import zipfile

import pytest

from evenhand.library.places.postcode_directory import (
    BadPostcodeDirectory,
    load_postcode_directory,
    postcode,
)
from evenhand.library.places.postcodes import UnknownPostcode

# As published: the names used until 2024, and some of those since, which carry the year of the codes.
OLD = re.findall(
    r"\w+",
    """pcd pcd2 pcds dointr doterm oscty ced oslaua osward parish usertype oseast1m osnrth1m osgrdind oshlthau nhser
    ctry rgn streg pcon eer teclec ttwa pct nuts statsward oa01 casward park lsoa01 msoa01 ur01ind oac01 oa11 lsoa11
    msoa11 wz11 ccg bua22 ru11ind oac11 lat long lep1 lep2 pfa imd calncv icb oa21 lsoa21 msoa21 ru21ind""",
)
NEW = re.findall(
    r"\w+",
    """pcd7 pcd8 pcds dointr doterm cty25cd ced25cd lad25cd wd25cd parncp25cd usrtypind east1m north1m gridind hlth19cd
    nhser24cd ctry25cd rgn25cd pcon24cd ttwa15cd lsoa21cd lat long pfa23cd imd20ind""",
)

# Made-up postcodes and points; real codes of places.
ROWS = (
    ("B1 1ZA", "", "52.4", "-1.9", "E08000025", "E23000014", "E12000005", "E92000001"),
    ("CF10 9ZZ", "", "51.4", "-3.1", "W06000015", "W15000003", "W99999999", "W92000004"),
    ("S1 1ZA", "", "53.3", "-1.4", "E08000039", "E23000011", "E12000003", "E92000001"),
    ("PO99 9ZZ", "", "99.999999", "0.000000", "E07000086", "E23000030", "E12000008", "E92000001"),
    ("B1 1ZB", "201907", "52.4", "-1.9", "E08000025", "E23000014", "E12000005", "E92000001"),
    ("G1 1ZA", "", "55.8", "-4.2", "S12000049", "S23000009", "S99999999", "S92000003"),
    ("JE2 9ZZ", "", "99.999999", "0.000000", "L99999999", "L99999999", "L99999999", "L93000001"),
)
NAMED = {
    "pcds": ("pcds", "pcds"),
    "doterm": ("doterm", "doterm"),
    "lat": ("lat", "lat"),
    "long": ("long", "long"),
    "council": ("oslaua", "lad25cd"),
    "force": ("pfa", "pfa23cd"),
    "region": ("rgn", "rgn25cd"),
    "nation": ("ctry", "ctry25cd"),
}


def table(rows=ROWS, header=OLD):
    names = [pair[header is NEW] for pair in NAMED.values()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(header)
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        writer.writerow([cells.get(column, "") for column in header])
    return text.getvalue()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "ONSPD_UK.csv"
    path.write_text(table(), encoding="utf-8")
    return path


@pytest.fixture
def target(tmp_path):
    return tmp_path / "store" / "postcodes.parquet"


@pytest.mark.parametrize("header", [OLD, NEW], ids=["named until 2024", "named since 2025"])
def test_both_generations_of_header_load_alike(tmp_path, target, header):
    source = tmp_path / "ONSPD_UK.csv"
    source.write_text("\ufeff" + table(header=header), encoding="utf-8")
    loaded = load_postcode_directory(source, target, at_least=1)
    assert loaded.rows == 4
    assert loaded.without_point == 1
    assert loaded.refused == {"ended": 1, "outside England and Wales": 2, "no council or police force": 0}
    assert postcode("b11za", directory=target).force == "E23000014"


def test_a_postcode_is_looked_up_with_the_places_it_lies_in(source, target):
    load_postcode_directory(source, target, at_least=1)
    found = postcode("cf109zz", directory=target)
    assert (found.code, found.latitude, found.longitude) == ("CF10 9ZZ", 51.4, -3.1)
    assert found.region is None
    assert [each.name for each in found.places] == ["Cardiff", "South Wales", "Wales"]


def test_a_council_code_younger_than_the_census_still_names_its_council(source, target):
    load_postcode_directory(source, target, at_least=1)
    assert postcode("S1 1ZA", directory=target).places[0].name == "Sheffield"


def test_a_postcode_without_a_grid_reference_has_no_point(source, target):
    load_postcode_directory(source, target, at_least=1)
    found = postcode("PO99 9ZZ", directory=target)
    assert (found.latitude, found.longitude) == (None, None)


@pytest.mark.parametrize("text", ["B1 1ZB", "G1 1ZA", "B9 9ZZ"])
def test_a_postcode_that_has_ended_or_lies_elsewhere_is_unknown(source, target, text):
    load_postcode_directory(source, target, at_least=1)
    with pytest.raises(UnknownPostcode, match="not a postcode in use"):
        postcode(text, directory=target)


def test_half_a_postcode_cannot_be_looked_up_exactly(source, target):
    load_postcode_directory(source, target, at_least=1)
    with pytest.raises(UnknownPostcode, match="half a postcode"):
        postcode("B1", directory=target)


def test_a_directory_that_was_never_loaded_says_so(target):
    with pytest.raises(FileNotFoundError, match="load one first"):
        postcode("B1 1ZA", directory=target)


def test_the_largest_table_of_a_zip_is_the_directory(tmp_path, target):
    source = tmp_path / "ONSPD.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Documents/names.csv", "code,name\r\nE1,x\r\n")
        archive.writestr("Data/ONSPD_UK.csv", table())
    assert load_postcode_directory(source, target, at_least=1).rows == 4


def test_a_zip_cut_short_is_refused(tmp_path, target):
    source = tmp_path / "ONSPD.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("Data/ONSPD_UK.csv", table())
    source.write_bytes(source.read_bytes()[:-60])
    with pytest.raises(BadPostcodeDirectory, match="cannot be unpacked"):
        load_postcode_directory(source, target, at_least=1)


def test_a_zip_whose_contents_are_damaged_is_refused(tmp_path, target):
    source = tmp_path / "ONSPD.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("Data/ONSPD_UK.csv", table())
    source.write_bytes(source.read_bytes().replace(b"B1 1ZA", b"B1 1ZC"))
    with pytest.raises(BadPostcodeDirectory, match="cannot be unpacked"):
        load_postcode_directory(source, target, at_least=1)


def test_a_zip_without_a_table_is_refused(tmp_path, target):
    source = tmp_path / "ONSPD.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(BadPostcodeDirectory, match="no CSV"):
        load_postcode_directory(source, target, at_least=1)


def test_missing_columns_are_all_named_together(tmp_path, target):
    source = tmp_path / "ONSPD_UK.csv"
    source.write_text(table(header=[name for name in OLD if name not in {"pfa", "oslaua"}]), encoding="utf-8")
    with pytest.raises(BadPostcodeDirectory) as refused:
        load_postcode_directory(source, target, at_least=1)
    assert "council (oslaua, lad25cd)" in str(refused.value)
    assert "police force area (pfa, pfa23cd)" in str(refused.value)
    assert "region" not in str(refused.value)


def test_a_column_named_twice_over_is_refused(tmp_path, target):
    source = tmp_path / "ONSPD_UK.csv"
    source.write_text(table(header=[*OLD, "lad25cd"]), encoding="utf-8")
    with pytest.raises(BadPostcodeDirectory, match="found oslaua and lad25cd"):
        load_postcode_directory(source, target, at_least=1)


@pytest.mark.parametrize("cut", [1, 2, 3, 10, 60])
def test_a_table_cut_short_is_refused(source, target, cut):
    whole = source.read_bytes().rstrip(b"\r\n")
    source.write_bytes(whole[:-cut])
    with pytest.raises(BadPostcodeDirectory, match="cut short"):
        load_postcode_directory(source, target, at_least=1)


def test_a_row_with_too_few_cells_is_refused(source, target):
    source.write_bytes(source.read_bytes() + b"B1 1ZD,B1 1ZD\r\n")
    with pytest.raises(BadPostcodeDirectory, match="damaged"):
        load_postcode_directory(source, target, at_least=1)


def test_a_table_cut_at_the_end_of_a_line_is_told_by_its_size(source, target):
    with pytest.raises(BadPostcodeDirectory, match="at least 1,000,000"):
        load_postcode_directory(source, target)


def test_an_empty_file_is_refused(source, target):
    source.write_bytes(b"")
    with pytest.raises(BadPostcodeDirectory, match="with nothing"):
        load_postcode_directory(source, target, at_least=1)


def test_a_file_that_is_not_text_is_refused(source, target):
    source.write_bytes(bytes(range(128, 256)) * 40)
    with pytest.raises(BadPostcodeDirectory, match="not a table of text"):
        load_postcode_directory(source, target, at_least=1)


def test_a_release_with_gaps_is_refused(tmp_path, target):
    source = tmp_path / "ONSPD_UK.csv"
    gap = ("L1 1ZA", "", "53.4", "-2.9", "E08000012", "", "E12000002", "E92000001")
    source.write_text(table((*ROWS, gap)), encoding="utf-8")
    with pytest.raises(BadPostcodeDirectory, match="the release is faulty"):
        load_postcode_directory(source, target, at_least=1)


def test_a_postcode_listed_twice_is_refused(tmp_path, target):
    source = tmp_path / "ONSPD_UK.csv"
    source.write_text(table((*ROWS, ROWS[0])), encoding="utf-8")
    with pytest.raises(BadPostcodeDirectory, match="more than once"):
        load_postcode_directory(source, target, at_least=1)


def test_a_refused_file_leaves_the_old_directory_and_nothing_beside_it(source, target):
    load_postcode_directory(source, target, at_least=1)
    before = target.read_bytes()
    source.write_text(table(ROWS[:1]), encoding="utf-8")
    with pytest.raises(BadPostcodeDirectory):
        load_postcode_directory(source, target, at_least=2)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_a_new_release_takes_the_place_of_the_old(source, target):
    load_postcode_directory(source, target, at_least=1)
    assert postcode("B1 1ZA", directory=target).latitude == 52.4
    source.write_text(table((("B1 1ZA", "", "52.5", *ROWS[0][3:]),)), encoding="utf-8")
    load_postcode_directory(source, target, at_least=1)
    assert postcode("B1 1ZA", directory=target).latitude == 52.5
    with pytest.raises(UnknownPostcode):
        postcode("CF10 9ZZ", directory=target)
    assert list(target.parent.iterdir()) == [target]


def test_a_missing_source_says_so(tmp_path, target):
    with pytest.raises(FileNotFoundError, match="no file"):
        load_postcode_directory(tmp_path / "absent.csv", target)
