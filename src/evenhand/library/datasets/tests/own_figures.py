"""Tables of one's own with their declarations, made for tests; the numbers are nobody's."""

import csv
import io
from datetime import date

from evenhand.library.datasets.own.declaration import read_declaration

TODAY = date(2026, 11, 1)
EDITOR, APPROVER = "statistics editor", "statistics approver"
COUNCILS = ("Leeds", "Bradford", "Wakefield")
CODES = {"Leeds": "E08000035", "Bradford": "E08000032", "Wakefield": "E08000036"}
GROUPS = ("Asian", "Black", "Mixed", "White", "Other")
COUNTS = {
    "Leeds": (64, 58, 41, 402, 12),
    "Bradford": (131, 19, 23, 208, 9),
    "Wakefield": (15, 17, 12, 214, 3),
}
DECLARATION = """
name = "try-referrals"
title = "Referrals to a scheme that does not exist"
publisher = "Nobody"
landing_page = "https://example.org/"
licence = "CC0 1.0"
basis = "self-defined"
counts = "people"
one_row = "people of one group, referred in one year"
small_counts = "as-published"
checked = "not yet checked by a person"
look_again = 2027-12-01
"""
COLUMNS = """
[columns]
figures = [{ column = "referrals", series = "referrals" }]
period = "year"
place = { column = "council", kinds = ["council"] }
group = { column = "ethnicity", classification = "five" }
"""
MEASURE = """
[measure]
stage = "out-of-court"
event = "referral"
events = "referrals"
verb = "referred"
population = "residents"
denominator = "population"
harm = "lower"
why = "It is a test."
unit = "referrals per 1,000 residents"
rate_per = 1000
caveats = ["describes", "residents"]
not_published = "Three councils, one year."

[[measure.answers]]
groups = 5
classification = "five"
reference = "White"
events = "try-referrals"
series = "referrals"
populations = { council = "census-2021-councils" }
"""
GOOD = DECLARATION + COLUMNS
WITH_MEASURE = GOOD + MEASURE
HEADER = ("year", "council", "ethnicity", "referrals")


def rows(counts=COUNTS, year="2024/25"):
    """The lines of the table, header and all."""
    found = [
        (year, council, group, str(value))
        for council, of in counts.items()
        for group, value in zip(GROUPS, of, strict=True)
    ]
    return [HEADER, *found]


def as_csv(lines):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()


def table(counts=COUNTS, year="2024/25"):
    return as_csv(rows(counts, year))


def own(text=WITH_MEASURE, *, file="try-referrals.csv", **changes):
    """A declaration, with some of its lines changed: `name="x"` puts another value for a key."""
    return read_declaration(declared(text, **changes), file=file)


def declared(text=WITH_MEASURE, **changes):
    for key, value in changes.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(line, f"{key} = {value}", 1)
    return text.encode()


def hidden(**changes):
    """The same, with small counts hidden."""
    return own(**{"small_counts": '"suppress"', **changes})
