"""The declaration of a table of one's own says all that a loader says, and is refused by name where it does not."""

from datetime import date

import pytest

from evenhand.library.datasets.catalogue import shipped_catalogue
from evenhand.library.datasets.loader import ALL, ANY, KNOWN, RefusedFile, Total
from evenhand.library.datasets.own.columns import good_period
from evenhand.library.datasets.own.declaration import newer, read_declaration
from evenhand.library.datasets.tests.own_figures import (
    COLUMNS,
    DECLARATION,
    GOOD,
    MEASURE,
    WITH_MEASURE,
    as_csv,
    declared,
    own,
    rows,
    table,
)
from evenhand.library.datasets.tests.workbooks import ods, xlsx
from evenhand.library.discover import Fault


def read(one, content):
    return one.read(one.table(content)[0])


def reasons(one, content):
    with pytest.raises(RefusedFile) as caught:
        read(one, content)
    return [str(fault) for fault in caught.value.faults]


def only(text, content, **more):
    """The figures of a table of one line under a header."""
    return read(own(DECLARATION + text, **more), content.encode())


def test_a_declaration_is_read_into_a_loader_and_a_measure_over_it():
    one = own()
    assert (one.name, one.loader.basis, one.loader.counts) == ("try-referrals", "self-defined", "people")
    assert set(one.loader.columns) == {"year", "council", "ethnicity", "referrals"}
    assert one.loader.look_again == date(2027, 12, 1)
    assert one.loader.source == (
        "Referrals to a scheme that does not exist",
        "https://example.org/",
        one.loader.file,
        "CC0 1.0",
    )
    assert (one.measure.slug, one.measure.title) == (one.name, one.loader.title)
    assert (one.measure.counts_what, one.measure.checked, one.measure.look_again) == (
        "people",
        one.loader.checked,
        one.loader.look_again,
    )
    assert list(one.clashes(shipped_catalogue())) == []


def test_every_figure_of_the_table_is_read_with_its_place_and_its_source():
    found = read(own(), table())
    assert len(found) == 15
    leeds = found[0]
    assert leeds.key == ("referrals", "2024/25", "E08000035", "five", "Asian", "", "All", "All")
    assert (leeds.value, leeds.row, leeds.column, leeds.source.title) == (64, 2, "referrals", leeds.source.title)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "Referrals to a scheme that does not exist"\n', "", "'title' is missing"),
        ('small_counts = "as-published"\n', "", "'small_counts' is missing"),
        (
            'small_counts = "as-published"',
            'small_counts = "hide"',
            "'small_counts' is 'hide', not one of 'suppress', 'as-published'",
        ),
        ('basis = "self-defined"', 'basis = "self"', "'basis' is 'self', not one of"),
        ('counts = "people"', 'counts = "heads"', "'counts' is 'heads', not one of"),
        ('name = "try-referrals"', 'name = "Try Referrals"', "'name' is 'Try Referrals': write up to 60 small letters"),
        ('licence = "CC0 1.0"', 'licence = " "', "'licence' says nothing"),
        ('"https://example.org/"', '"example.org"', "'landing_page' is 'example.org': give the https:// address"),
        ('licence = "CC0 1.0"', 'licens = "CC0"', "'licens' is not known, did you mean 'licence'?"),
        ("look_again = 2027-12-01", 'look_again = "soon"', "'look_again' is 'soon', not date"),
        ("look_again = 2027-12-01", "look_again = 2027-12-01\nheader = 0", "'header' is 0: rows are counted from 1"),
        (
            "look_again = 2027-12-01",
            'look_again = 2027-12-01\nsigns = { "<5" = "zero" }',
            "'signs' says 'zero' of '<5'",
        ),
        ("look_again = 2027-12-01", 'look_again = 2027-12-01\ntotals = ["All"]', "write each as [[totals]]"),
        ("[columns]", "[colums]", "'columns' is missing"),
        (
            'period = "year"',
            'perod = "year"',
            "columns: 'period' is missing; 'perod' is not known, did you mean 'period'?",
        ),
        ('period = "year"', "period = {}", "columns.period: say either the column"),
        ('period = "year"', 'period = { column = "year", always = "2024" }', "columns.period: say either the column"),
        ('period = "year"', 'period = { always = "2024-25" }', "'2024-25' is not a period as it is written here"),
        (', kinds = ["council"]', "", "columns.place: say of which kind the places are"),
        ('kinds = ["council"]', 'kinds = ["town"]', "columns.place: 'kinds' is ('town',)"),
        ('classification = "five"', 'classification = "fife"', "columns.group: "),
        ('series = "referrals" }', 'series = "Referrals" }', "'series' is 'Referrals': write it in small letters"),
        ('series = "referrals" }', 'series = "referrals", reads = "sum" }', "'reads' is 'sum', not one of"),
        ('figures = [{ column = "referrals", series = "referrals" }]', "figures = []", "name at least one column"),
        (
            'figures = [{ column = "referrals", series = "referrals" }]',
            'figures = ["referrals"]',
            "write a column of figures as",
        ),
        ('period = "year"', 'period = "year"\nleft_out = ["year"]', "left_out names what is read: year"),
        ('period = "year"', 'period = "year"\nsex = { always = "men" }', "columns.sex: 'men' is not one of"),
        ('stage = "out-of-court"', 'stage = "out"', "measure: no stage is called 'out'"),
        ('caveats = ["describes", "residents"]', 'caveats = ["described"]', "no caveat is called described"),
        ("[measure]", '[measure]\nslug = "No Slug"', "'slug' is 'No Slug'"),
        ("rate_per = 1000", 'rate_per = "many"', "measure: 'rate_per' is 'many', not int"),
        ("[columns]", "[columns", "is not good TOML"),
    ],
)
def test_a_faulty_declaration_is_refused_with_its_file_and_its_fault(before, after, said):
    assert WITH_MEASURE.count(before) >= 1
    with pytest.raises(Fault) as caught:
        read_declaration(WITH_MEASURE.replace(before, after, 1).encode(), file="kent.csv")
    assert str(caught.value).startswith("kent.toml")
    assert said in str(caught.value)


def test_every_fault_of_the_words_is_told_at_once():
    with pytest.raises(Fault) as caught:
        own(name='"X Y"', licence='""', landing_page='"http://x"')
    assert len(caught.value.faults) == 3


# What columns may be


def test_words_stand_for_periods_and_for_places():
    text = """
[columns]
figures = [{ column = "n", series = "people" }]
period = { column = "when", words = { "Year 5" = "2024/25" } }
place = { column = "where", kinds = ["police-force"], words = { "K" = "Kent" } }
group = { column = "who", classification = "five" }
"""
    (one,) = only(text, "when,where,who,n\nYear 5,K,Black,7\n")
    assert one.key[:5] == ("people", "2024/25", "E23000032", "five", "Black")
    assert reasons(own(DECLARATION + text), b"when,where,who,n\nYear 6,K,Black,7\n") == [
        "row 2, when: 'Year 6' is not one of Year 5"
    ]


def test_what_is_the_same_in_every_row_is_said_once():
    text = """
[columns]
figures = [{ column = "n", series = "people" }]
period = { always = "30 June 2025" }
place = { always = "Kent", kinds = ["police-force"] }
detail = { always = "cannabis" }
sex = { always = "female" }
age = { always = "10-17" }
note = "why"
"""
    (one,) = only(text, "n,why\n7,estimated\n")
    assert one.key == ("people", "30 June 2025", "E23000032", ANY, ALL, "cannabis", "female", "10-17")
    assert one.note == "estimated"


def test_a_year_may_be_named_by_the_march_in_which_it_ends():
    text = """
[columns]
figures = [{ column = "n", series = "people" }]
period = { column = "year", year_ending_march = true }
place = { always = "Kent", kinds = ["police-force"] }
"""
    assert only(text, "year,n\n2025,7\n")[0].period == "2024/25"


def test_a_wide_table_has_a_column_for_each_group_and_for_everyone():
    text = """
[columns]
period = "year"
place = { always = "Kent", kinds = ["police-force"] }
group = { classification = "five" }
figures = [
    { column = "Black or Black British", series = "people", group = "Black" },
    { column = "White", series = "people", group = "White" },
    { column = "NS", series = "people", group = "unknown" },
    { column = "Total", series = "people", group = "All" },
]
"""
    found = only(text, "year,Black or Black British,White,NS,Total\n2024,7,20,3,30\n")
    assert [(one.classification, one.group, one.value) for one in found] == [
        ("five", "Black", 7),
        ("five", "White", 20),
        (ANY, "Unknown", 3),
        (ANY, ALL, 30),
    ]


def test_a_column_of_words_says_what_the_figure_beside_it_is():
    text = """
[columns]
period = "year"
place = { always = "Kent", kinds = ["police-force"] }
group = { column = "who", classification = { column = "level", words = { b = "five", d = "gss-18" } } }
[columns.figures]
column = "measure"
words = { number = { column = "v", series = "people" }, share = { column = "v", series = "share", reads = "percent" } }
"""
    found = only(text, "year,who,level,measure,v\n2024,White Irish,d,number,7\n2024,White,b,share,12.5%\n")
    assert [(one.series, one.classification, one.group, one.value) for one in found] == [
        ("people", "gss-18", "Irish", 7),
        ("share", "five", "White", 12.5),
    ]


def test_the_words_for_everyone_for_those_known_and_for_why_nothing_was_recorded_are_those_of_the_table():
    text = """
[columns]
figures = [{ column = "n", series = "people" }]
period = "year"
place = { always = "Kent", kinds = ["police-force"] }
[columns.group]
column = "who"
classification = "five"
wholes = { "Grand total" = "All", "Of whom known" = "Known" }
unrecorded = { "Refused" = "Not stated", "" = "Blank" }
"""
    lines = "year,who,n\n2024,Grand total,9\n2024,Of whom known,7\n2024,Refused,1\n2024,,1\n2024,White,7\n"
    found = {(one.classification, one.group): one.value for one in only(text, lines)}
    assert found == {
        (ANY, ALL): 9,
        (ANY, KNOWN): 7,
        ("unrecorded", "Not stated"): 1,
        ("unrecorded", "Blank"): 1,
        ("five", "White"): 7,
    }
    assert "'Total'" in reasons(own(DECLARATION + text), lines.replace("Grand total", "Total").encode())[0]


@pytest.mark.parametrize(
    "text",
    [
        "2024/25",
        "2099/00",
        "2024",
        "30 June 2025",
        "June 2025",
        "April 2024 to June 2024",
        "2020/21 to 2024/25",
        "2015 to 2021",
    ],
)
def test_a_period_is_written_so_that_its_place_in_time_is_known(text):
    assert good_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-25",
        "2024/26",
        "24/25",
        "31 June 2025",
        "Q1 2024",
        "2024/25 p",
        "",
        "last year",
        "2025 to 2024",
        "Jun 2025",
    ],
)
def test_any_other_period_is_refused_with_what_to_write(text):
    assert not good_period(text)
    (fault,) = reasons(own(), table(year=text))[:1]
    assert fault.startswith(f"row 2, year: {text!r} is not a period as it is written here (2024/25 for April 2024")


# What is held against a table of one's own


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("referrals", "<5", "row 3, referrals: '<5' is not a number: a small count that was withheld is written [c]"),
        ("referrals", "12.5%", "row 3, referrals: '12.5%' is not a number: a percentage belongs in a column"),
        ("referrals", "1E+05", "row 3, referrals: '1E+05' is not a number: a spreadsheet has shortened this number"),
        ("referrals", "1.5", "row 3, referrals: '1.5' is not a count: it must be a whole number, 0 or more"),
        (
            "referrals",
            "9" * 40,
            "row 3, referrals: '99999999999999999999…' is more than a thousand million",
        ),
        ("ethnicity", "Blakc", "row 3: There is no group written as 'Blakc'. Did you mean 'Black'"),
        ("council", "Leedz", 'row 3: No place is called "Leedz". Did you mean Leeds?'),
        ("council", "Kent", 'row 3: No place is called "Kent"'),
    ],
)
def test_a_bad_cell_is_refused_by_row_column_and_reason(column, text, said):
    lines = [list(line) for line in rows()]
    lines[2][lines[0].index(column)] = text
    assert any(fault.startswith(said) for fault in reasons(own(), as_csv(lines)))


@pytest.mark.parametrize(("text", "value"), [("1,234", 1234), (" 7 ", 7), ("8.0", 8)])
def test_a_number_may_have_its_commas(text, value):
    lines = [list(line) for line in rows()]
    lines[2][3] = text
    assert read(own(), as_csv(lines))[1].value == value


def test_the_signs_of_the_file_are_typed_where_the_declaration_says_what_they_mean():
    signs = 'signs = { "<5" = "suppressed", "n.a." = "not-available" }\n'
    one = own(DECLARATION + signs + COLUMNS)
    lines = [list(line) for line in rows()]
    lines[2][3], lines[3][3], lines[4][3] = "<5", "N.A.", "[c]"
    found = read(one, as_csv(lines))
    assert [each.state for each in found[1:4]] == ["suppressed", "not-available", "suppressed"]
    assert {each.value for each in found[1:4]} == {None}


def test_a_column_that_is_neither_read_nor_left_out_is_refused_and_a_missing_one_too():
    more = [[*line, "x"] for line in rows()]
    assert "not expected: x" in reasons(own(), as_csv(more))[0]
    assert len(read(own(GOOD + 'left_out = ["x"]\n'), as_csv(more))) == 15
    assert "missing: referrals" in reasons(own(), as_csv([line[:3] for line in rows()]))[0]


def test_totals_are_held_to_their_sums_and_holes_and_doubles_are_refused():
    totals = '[[totals]]\nwhole = "All"\nparts = ["Asian", "Black", "Mixed", "White", "Other"]\n'
    one = own(GOOD + totals)
    assert one.loader.totals == (Total("All", ("Asian", "Black", "Mixed", "White", "Other")),)
    whole = [
        *rows(),
        ("2024/25", "Leeds", "All", "577"),
        ("2024/25", "Bradford", "All", "390"),
        ("2024/25", "Wakefield", "All", "261"),
    ]
    assert len(read(one, as_csv(whole))) == 18
    whole[-1] = (*whole[-1][:3], "262")
    assert reasons(one, as_csv(whole)) == ["row 19, referrals: All is 262, but its parts add to 261"]
    assert "there is no row for 2024/25, E08000036, Other" in reasons(own(), as_csv(rows()[:-1]))[0]
    assert "stands in row 2 already" in reasons(own(), as_csv([*rows(), rows()[1]]))[0]


def test_proportions_in_a_column_of_percentages_are_refused():
    text = COLUMNS.replace('series = "referrals"', 'series = "share", reads = "percent"')
    small = {"Leeds": (0.1, 0.2, 0.05, 0.6, 0.05)}
    (fault,) = reasons(own(DECLARATION + text), table(small))
    assert fault == (
        "the whole file, referrals: no figure is above 1: are these proportions? Multiply them by 100, so that they "
        "are percentages"
    )


def test_rates_cannot_stand_beside_counts_that_are_hidden():
    text = GOOD.replace(
        'series = "referrals" }',
        'series = "referrals" }, { column = "rate", series = "rate-per-1000", reads = "rate" }',
    )
    wide = as_csv([[*line, "rate" if at == 0 else "0.5"] for at, line in enumerate(rows())])
    assert len(read(own(text), wide)) == 30
    (fault,) = reasons(own(text, small_counts='"suppress"'), wide)
    assert fault.startswith("the whole file, rate: a rate or share times its population is the count")


# In a spreadsheet


@pytest.mark.parametrize(("make", "ending"), [(xlsx, "xlsx"), (ods, "ods")])
def test_a_table_in_a_spreadsheet_is_read_as_the_same_table_in_a_file(make, ending):
    one = own(GOOD.replace("[columns]", 'sheet = "Data"\n[columns]', 1), file=f"try.{ending}")
    lines = [rows()[0], *((*line[:3], int(line[3])) for line in rows()[1:])]
    found, remarks = one.table(make(*lines))
    assert one.read(found) == tuple(each._replace(source=one.loader.source) for each in read(own(GOOD), table()))
    assert remarks == ()
    assert one.loader.source.table == "Data"


def test_a_bad_cell_of_a_spreadsheet_is_named_by_its_row_there():
    one = own(GOOD.replace("[columns]", 'sheet = "Data"\nheader = 3\n[columns]', 1), file="try.xlsx")
    lines = [["A title"], [""], rows()[0], ["2024/25", "Leeds", "Asian", "many"]]
    assert reasons(one, xlsx(*lines)) == ["row 4, referrals: 'many' is not a number"]


def test_a_spreadsheet_needs_its_sheet_named_and_another_file_has_none():
    with pytest.raises(RefusedFile, match=r'needs the name of the sheet .* There are: "Data"'):
        own(file="try.xlsx").table(xlsx(*rows()))
    with pytest.raises(RefusedFile, match=r"the declaration names a sheet, and this is no \.xlsx"):
        own(GOOD.replace("[columns]", 'sheet = "Data"\n[columns]', 1)).table(table())


# What it clashes with


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": '"arrests-nineteen-groups"'}, "is the name of a dataset that the product ships: choose another name"),
        ({"slug": '"arrests"'}, "the measure is called 'arrests' like one that the product ships"),
        ({"slug": '"corrections"'}, "the measure cannot be called 'corrections', which is a fixed address"),
        ({"events": '"arrests-nineteen-groups"'}, "the measure reads nothing of try-referrals"),
        ({"populations": '{ council = "census" }'}, "the measure reads 'census', and no dataset is called that"),
    ],
)
def test_what_clashes_with_the_product_is_told_with_what_to_do(changes, said):
    text = WITH_MEASURE.replace("[measure]", '[measure]\nslug = "try-referrals"')
    if "events" in changes:
        text = text.replace('events = "try-referrals"', f"events = {changes.pop('events')}")
    assert any(said in why for why in own(text, **changes).clashes(shipped_catalogue()))


def test_a_newer_file_of_a_shipped_table_is_read_by_its_shipped_loader():
    one = newer("arrests-nineteen-groups")
    assert (one.name, one.declaration, one.measure) == ("arrests-nineteen-groups", b"", None)
    assert list(one.clashes(shipped_catalogue())) == []


def test_a_declaration_may_have_no_measure():
    assert own(GOOD).measure is None
    assert own(GOOD + MEASURE).measure is not None
    assert read_declaration(declared(GOOD), file="a.csv").loader.name == "try-referrals"
