"""Companies House's file is read for the companies of some categories, and the rest is passed over."""

import datetime as dt
from pathlib import Path

import pytest

from evenhand.library.registers import RefusedFile
from evenhand.library.registers import files as file_rules
from evenhand.library.registers.companies_house import COMPANY, VOLUNTARY, read, warnings
from evenhand.library.registers.tests import make

SAMPLE = Path(__file__).parent / "samples" / "BasicCompanyData-2026-11-01-part1_7.csv"
ON = dt.date(2026, 11, 20)


def rows_of(path, **more):
    return [row for batch in read(path, **more) for row in batch.rows]


def test_the_sample_is_the_one_that_is_made():
    assert SAMPLE.read_bytes().decode() == make.companies(make.COMPANIES)


def test_the_header_is_the_published_one():
    header = [column.strip() for column in make.COMPANY_HEADER.split(",")]
    assert len(header) == 55
    assert sorted(header) == sorted(COMPANY.header)
    assert len(COMPANY.columns) == len(COMPANY.fields)


def test_only_community_interest_companies_are_kept():
    (batch,) = read(SAMPLE)
    assert [row.company_number for row in batch.rows] == ["99999902", "SC999904"]
    assert batch.rejected == ()
    assert (batch.position.records, batch.position.kept) == (3, 2)
    assert batch.extracted == dt.date(2026, 11, 1)


def test_other_categories_are_kept_when_they_are_named():
    assert len(rows_of(SAMPLE, categories=("Private Limited Company",))) == 1
    assert len(rows_of(SAMPLE, categories=())) == 3
    assert len(rows_of(SAMPLE, categories=VOLUNTARY)) == 2


def test_a_company_is_read_into_types():
    company = rows_of(SAMPLE)[0]
    assert company.company_name == "EXAMPLE CROSSINGS C.I.C. (MADE UP)"
    assert company.incorporation_date == dt.date(2019, 9, 7)
    assert company.dissolution_date is None
    assert str(company.identifier) == "GB-COH-99999902"
    assert company.sic_codes == ("88990",)
    assert company.previous_names == ("EXAMPLE FERRIES C.I.C. (MADE UP)",)
    assert company.address == ("2 EXAMPLE STREET", "EXAMPLETON")


def test_quotes_inside_a_name_are_kept():
    assert rows_of(SAMPLE)[1].company_name == 'THE "EXAMPLE" GARDEN C.I.C. (MADE UP)'
    assert rows_of(SAMPLE)[1].sic_codes == ()


def test_care_of_is_not_kept():
    assert not [value for company in rows_of(SAMPLE, categories=()) for value in company if "NO NAME" in str(value)]


def test_a_number_that_lost_its_noughts_is_rejected_not_mended(tmp_path):
    rows = (make.COMPANY, make.COMPANY | {"CompanyNumber": "1234567"})
    path = make.write(tmp_path / "companies.csv", make.companies(rows))
    (batch,) = read(path)
    assert len(batch.rows) == 1
    assert "CompanyNumber: '1234567' has not the eight characters" in batch.rejected[0].why
    assert batch.extracted is None


def test_a_line_whose_quotes_do_not_pair_is_rejected_alone(tmp_path):
    whole = make.companies([make.COMPANY, make.COMPANY, make.COMPANY])
    lines = whole.split("\r\n")
    lines[2] = lines[2].replace('","', '",x"', 1)
    path = make.write(tmp_path / "companies.csv", "\r\n".join(lines))
    (batch,) = read(path)
    assert len(batch.rows) == 2
    assert [each.number for each in batch.rejected] == [2]


def test_a_date_the_other_way_round_is_rejected(tmp_path):
    path = make.write(tmp_path / "companies.csv", make.companies([make.COMPANY | {"IncorporationDate": "2019-09-07"}]))
    (batch,) = read(path)
    assert "IncorporationDate: '2019-09-07' is not a day" in batch.rejected[0].why


def test_a_changed_header_is_refused_with_what_changed(tmp_path):
    header = make.COMPANY_HEADER.replace("CompanyStatus", "Company_Status")
    path = make.write(tmp_path / "companies.csv", make.companies([make.COMPANY], header=header))
    with pytest.raises(RefusedFile, match="CompanyStatus is now Company_Status"):
        read(path)


def test_reading_goes_on_where_it_was_left(tmp_path, monkeypatch):
    monkeypatch.setattr(file_rules, "CHUNK", 2_000)
    rows = [
        make.COMPANY | {"CompanyNumber": f"9999{number:04}", "CompanyCategory": category}
        for number, category in enumerate(["Community Interest Company", "Private Limited Company"] * 15)
    ]
    path = make.zipped(tmp_path / "companies.zip", make.companies(rows), member="BasicCompanyData-2026-11-01.csv")
    batches = list(read(path))
    assert len(batches) > 3
    assert sum(len(batch.rows) for batch in batches) == 15
    for at, batch in enumerate(batches):
        rest = rows_of(path, after=batch.position)
        assert rest == [row for later in batches[at + 1 :] for row in later.rows]


def test_a_company_that_is_going_or_late_is_warned_of():
    good, going = rows_of(SAMPLE)
    assert warnings(good, on=ON) == ()
    assert [(each.danger, each.said) for each in warnings(going, on=ON)] == [
        ("dissolved", "Active - Proposal to Strike off")
    ]
    late = good._replace(accounts_next_due=dt.date(2026, 11, 19), company_status="Liquidation")
    assert [(each.danger, each.on) for each in warnings(late, on=ON)] == [
        ("insolvent", None),
        ("overdue", dt.date(2026, 11, 19)),
    ]
    assert [each.danger for each in warnings(good._replace(dissolution_date=ON), on=ON)] == ["dissolved"]
