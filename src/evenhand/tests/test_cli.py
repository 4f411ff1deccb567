"""The command answers as the library does, refuses in one line with status 2, and starts without its heavy parts."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date

import pytest
from scipy.special import betaincinv

from evenhand import env
from evenhand.cli import main
from evenhand.library.datasets.catalogue import loader, loaders, measures
from evenhand.library.datasets.claims.quotations import quotations
from evenhand.library.datasets.compare import compare
from evenhand.library.datasets.corrections import corrections
from evenhand.library.datasets.counterfactuals import counterfactual
from evenhand.library.datasets.store import Store, shipped_content
from evenhand.library.places import places
from evenhand.library.vocabulary.ethnicity import classifications

RATIO = ["ratio", "12", "703", "--against", "122", "89012"]


@pytest.fixture(autouse=True)
def evidence(tmp_path, monkeypatch):
    """An evidence folder that is not there yet: answers come from the shipped figures."""
    folder = tmp_path / "evidence"
    monkeypatch.setenv("EVIDENCE_URL", f"duckdb://{folder}")
    return folder


@pytest.fixture
def run(capsys):
    def run(*words):
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def answered(run):
    """What a command that succeeds writes."""

    def answered(*words):
        status, out, err = run(*words)
        assert (status, err) == (0, "")
        return out

    return answered


@pytest.fixture
def refused(run):
    """The line with which a command is refused, and what machines read of it."""

    def refused(*words):
        status, out, err = run(*words, "--json")
        assert status == 2
        assert err.count("\n") == 1
        assert err.startswith("evenhand: ")
        error = json.loads(out)["error"]
        assert list(error) == ["code", "message", "near"]
        assert " ".join(error["message"].split()) == err.removeprefix("evenhand: ").strip()
        assert run(*words) == (2, "", err)
        return error

    return refused


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--place", "West Midlands", "--period", "2024/25"], {"place": "West Midlands", "period": "2024/25"}),
        ([], {}),
        (["--period", "2020-21", "--reference", "asian"], {"period": "2020/21", "reference": "Asian"}),
        (["--groups", "19", "--reference", "White"], {"groups": 19, "reference": "White"}),
        (["--place", "Dyfed-Powys", "--period", "2021/22"], {"place": "W15000004", "period": "2021/22"}),
        (["--place", "City of London"], {"place": "E23000034"}),
    ],
)
def test_compare_writes_the_json_of_the_library(answered, words, asked):
    written = answered("compare", "stop-and-search", *words, "--json")
    assert json.loads(written) == compare("stop-and-search", **asked).as_json()
    assert "NaN" not in written
    assert "Infinity" not in written


def test_compare_writes_csv_with_a_row_for_each_group_and_blanks_for_what_is_not_there(answered):
    written = answered("compare", "stop-and-search", "--place", "Dyfed-Powys", "--period", "2020/21", "--csv")
    rows = list(csv.DictReader(io.StringIO(written)))
    expected = compare("stop-and-search", place="Dyfed-Powys", period="2020/21").as_json()["rows"]
    assert [list(row) for row in rows] == [list(row) for row in expected]
    for row, whole in zip(rows, expected, strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in whole.items()}


def test_compare_tells_a_person_the_figures_the_unknowns_the_caveats_and_the_source(answered):
    told = answered("compare", "stop-and-search", "--place", "K04000001", "--period", "2024/25")
    for said in (
        "Stop and search, England and Wales, 2024/25",
        "50,647",
        "2,409,283",
        "21.02",
        "3.65",
        "3.62 to 3.69",
        "No ethnicity recorded: 92,225 searches (18.6%).",
        "2.75 (all White) to 10.31 (all Black)",
        "It describes; it does not explain.",
        "Source: Home Office",
        "OGL v3.0",
        compare("stop-and-search").permalink,
    ):
        assert said in told
    assert "None" not in told
    assert "nan" not in told


def test_compare_tells_a_person_why_a_place_is_not_compared_and_what_is_missing(answered):
    told = answered("compare", "stop-and-search", "--place", "City of London", "--period", "2020/21")
    assert "City of London is not compared." in told
    assert "is not published here for this place and period." in told
    assert "not comparable" in told


def test_ratio_writes_exact_values(answered):
    found = json.loads(answered(*RATIO, "--json"))
    a, A, b, B = 12, 703, 122, 89012  # noqa: N806  (the symbols of the formula)
    lower, upper = betaincinv(a, b + 1, 0.025), betaincinv(a + 1, b, 0.975)
    assert list(found) == ["ratio", "lower", "upper", "method", "confidence"]
    assert found["ratio"] == pytest.approx((a / A) / (b / B), rel=1e-14)
    assert found["lower"] == pytest.approx(lower / (1 - lower) * B / A, rel=1e-12)
    assert found["upper"] == pytest.approx(upper / (1 - upper) * B / A, rel=1e-12)
    assert [round(found[name], 6) for name in ("ratio", "lower", "upper")] == [12.454166, 6.262959, 22.555689]
    assert (found["method"], found["confidence"]) == ("exact", 0.95)


def test_ratio_can_be_told_another_method_and_confidence(answered):
    wald = json.loads(answered("ratio", 23, 255, "--against", 218, 3667, "--method", "wald", "--json"))
    assert [round(wald[name], 3) for name in ("lower", "upper")] == [1.006, 2.287]
    wider = json.loads(answered(*RATIO, "--confidence", "0.99", "--json"))
    plain = json.loads(answered(*RATIO, "--json"))
    assert wider["lower"] < plain["lower"] < plain["upper"] < wider["upper"]


def test_ratio_is_told_in_one_line_and_names_its_confidence_as_it_was_asked(answered):
    assert answered(*RATIO) == "12.4542 times (6.2630 to 22.5557, 95%, exact)\n"
    assert "99.9%, exact" in answered(*RATIO, "--confidence", "0.999")


def test_ratio_reads_commas_and_writes_csv(answered):
    written = answered("ratio", "1,200", "70,300", "--against", "12,200", "8,901,200", "--csv")
    (row,) = csv.DictReader(io.StringIO(written))
    assert list(row) == ["ratio", "lower", "upper", "method", "confidence"]
    assert float(row["ratio"]) == pytest.approx(12.454165986521465)


@pytest.mark.parametrize(
    ("words", "reason", "nulls"),
    [
        (["0", "100", "--against", "0", "10"], "not enough data", {"ratio", "lower", "upper"}),
        (["5", "0", "--against", "5", "10"], "not enough data", {"ratio", "lower", "upper"}),
        (["5", "10", "--against", "5", "0"], "not enough data", {"ratio", "lower", "upper"}),
        (["0", "100", "--against", "5", "10", "--method", "wald"], "no interval", {"lower", "upper"}),
    ],
)
def test_a_ratio_that_is_not_defined_is_null_with_its_reason(answered, words, reason, nulls):
    found = json.loads(answered("ratio", *words, "--json"))
    assert {name for name, value in found.items() if value is None} == nulls
    assert found["reason"].startswith(reason)
    assert reason in answered("ratio", *words)
    assert "nan" not in answered("ratio", *words)


def test_no_events_give_a_ratio_of_zero_with_a_finite_upper_limit(answered):
    found = json.loads(answered("ratio", "0", "100", "--against", "5", "1000", "--json"))
    assert (found["ratio"], found["lower"]) == (0, 0)
    assert 0 < found["upper"] < 100


def test_the_widest_numbers_are_written_out(answered):
    assert answered("ratio", "9" * 15, "1", "--against", "1", "9" * 15).startswith("999,999,999,999,998,")


@pytest.mark.parametrize(
    "count", ["x", "", "1.5", "1e3", "12,5", "1,23", "1_000", "nan", "inf", "٣", "1 000", "9" * 16]
)
def test_a_count_that_is_none_is_refused_as_it_was_written(refused, count):
    error = refused("ratio", count, "703", "--against", "122", "89012")
    assert error["code"] == "bad-number"
    assert error["message"].startswith(f"{count!r} is not a count: write a whole number, 0 or more")
    assert refused("ratio", "12", "703", "--against", "122", count)["code"] == "bad-number"


def test_a_negative_count_is_refused(refused):
    assert refused("ratio", "12", "703", "--against", "122", "-89012")["message"].startswith("'-89012' is not a count")
    assert refused("ratio", "-12", "703", "--against", "122", "89012")["message"].startswith("'-12' is not a count")


@pytest.mark.parametrize(
    ("words", "code", "said", "near"),
    [
        (
            ["compare", "stop-and-serch"],
            "unknown-measure",
            "Did you mean stop-and-search or",
            ["stop-and-search", "child-stop-and-search"],
        ),
        (
            ["compare", "stop-and-search", "--place", "West Midlnds"],
            "unknown-place",
            "Did you mean West Midlands?",
            ["West Midlands"],
        ),
        (
            ["compare", "stop-and-search", "--period", "2019/20"],
            "unknown-period",
            "There are figures for: 2020/21",
            None,
        ),
        (["compare", "stop-and-search", "--groups", "18"], "unknown-groups", "Did you mean 19?", ["19"]),
        (["compare", "stop-and-search", "--reference", "Blakc"], "unknown-group", "Did you mean Black", None),
        (["compare", "stop-and-search", "--release", "abc"], "unknown-release", "No release of Stop and search", []),
        (
            ["compare", "arrests", "--place", "Kent"],
            "not-published",
            "Not published here: Arrests, 5 groups, Kent.",
            [],
        ),
        (["compare", "stop-and-search", "--groups", "five"], "bad-command", "invalid int value: 'five'", []),
        (["compare"], "bad-command", "required: measure", []),
        (["compare", "stop-and-search", "--csv"], "bad-command", "not allowed with", []),
        (["show", "setings"], "unknown-kind", "Did you mean settings", ["settings"]),
        (["show", "tables"], "unknown-kind", "There are: measures, datasets, releases, claims,", None),
        ([*RATIO, "--method", "guess"], "unknown-method", "choose exact or wald", ["exact", "wald"]),
        ([*RATIO, "--confidence", "95"], "bad-number", "confidence must lie between 0 and 1; got 95.0", []),
        ([*RATIO, "--confidence", "nan"], "bad-number", "confidence must lie between 0 and 1", []),
        (["ratio", "1", "2"], "bad-command", "--against", []),
        (
            ["comapre", "stop-and-search"],
            "bad-command",
            "choose from 'compare', 'counterfactual', 'trace', 'ratio', 'show'",
            [],
        ),
    ],
)
def test_every_refusal_is_one_line_with_status_2_and_one_shape_for_machines(run, words, code, said, near):
    status, out, err = run(*words, "--json")
    error = json.loads(out)["error"]
    assert status == 2
    assert list(error) == ["code", "message", "near"]
    assert error["code"] == code
    assert said in error["message"]
    assert err == f"evenhand: {error['message']}\n"
    if near is not None:
        assert error["near"][: len(near)] == near
        assert bool(error["near"]) == bool(near)


def test_without_json_a_refusal_writes_nothing_to_standard_output(run):
    status, out, err = run("compare", "stop-and-serch")
    assert (status, out) == (2, "")
    assert (
        err
        == "evenhand: No measure is called 'stop-and-serch'. Did you mean stop-and-search or child-stop-and-search?\n"
    )


@pytest.mark.parametrize("words", [[], ["--nonsense"], ["show"], ["ratio", "--against", "1"]])
def test_a_command_that_is_not_one_is_refused_in_one_line_that_points_to_help(run, words):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "--help" in err


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["prison-population", "--scenario", "swap"], {}),
        (["prison-population", "--scenario", "equal-rate", "--reference", "black"], {"reference": "Black"}),
        (["child-custody", "--scenario", "one-stage", "--period", "2023/24"], {"period": "2023/24"}),
        (["stop-and-search", "--scenario", "one-stage", "--period", "2020-21"], {"period": "2020/21"}),
    ],
)
def test_counterfactual_writes_the_json_and_the_csv_of_the_library(answered, words, asked):
    found = counterfactual(words[0], words[2], **asked).as_json()
    assert json.loads(answered("counterfactual", *words, "--json")) == json.loads(json.dumps(found))
    *rows, total = csv.DictReader(io.StringIO(answered("counterfactual", *words, "--csv")))
    for row, whole in zip(rows, found["rows"], strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in whole.items()}
    assert float(total["difference"]) == found["total"]["difference"]


def test_counterfactual_tells_a_person_the_question_the_inputs_the_signs_and_the_doubt(answered):
    told = answered("counterfactual", "prison-population", "--scenario", "swap")
    for said in (
        "Fixed-total swap: Prison population, England and Wales, 30 June 2025",
        "Held fixed: The total stays as recorded",
        "Arithmetic: The group's people in prison, less all people in prison × the group's residents ÷ all residents.",
        "In all: 86,325 people in prison of known ethnicity; 59,597,578 residents.",
        "No ethnicity recorded, and left out: 1,009 people in prison (1.2%).",
        "Together: Asian, Black, Mixed and Other.",
        "Together, if those were known: 7,663 to 8,672.",
        "It is arithmetic, not a forecast.",
        "of every nationality",
        counterfactual("prison-population", "swap").permalink,
    ):
        assert said in told
    lines = {line.split()[0]: line for line in told.splitlines() if line.startswith(" ") and line.strip()}
    for group, figures, word in (
        ("Black", "6,824     6,639 to 7,012", "fewer"),
        ("Asian", "-1,057     -1,212 to -899", "more"),
        ("White", "-7,847   -8,105 to -7,591", "more"),
    ):
        assert figures in lines[group]
        assert lines[group].strip().endswith(word)
    assert "None" not in told
    assert "nan" not in told


def test_counterfactual_says_what_stays_and_what_is_not_clear(answered):
    told = answered("counterfactual", "prison-population", "--scenario", "equal-rate")
    lines = {line.split()[0]: line.strip() for line in told.splitlines() if line.startswith(" ") and line.strip()}
    assert lines["White"].endswith("as many")
    assert lines["Asian"].endswith("unclear")
    custody = answered("counterfactual", "child-custody", "--scenario", "one-stage")
    assert "under 30" in custody
    assert "How many custodial sentences had no ethnicity recorded is not published here." in custody


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["prison-population"], "unknown-scenario", "Name the question, for each has its own answer: swap"),
        (["prison-population", "--scenario", "excess"], "unknown-scenario", "There are: swap, equal-rate, one-stage."),
        (["prison-population", "--scenario", "one-stage"], "other-question", "Ask: swap"),
        (["custodial-sentences", "--scenario", "one-stage"], "no-counts", "publishes an index without counts"),
        (["prosecutions", "--scenario", "swap"], "not-published", "no open count by ethnicity"),
        (["prison-populaton", "--scenario", "swap"], "unknown-measure", "Did you mean prison-population"),
        (["arrests", "--scenario", "one-stage", "--release", "0123456789"], "unknown-release", "No release of"),
    ],
)
def test_counterfactual_is_refused_with_what_can_be_asked_instead(refused, words, code, said):
    error = refused("counterfactual", *words)
    assert error["code"] == code
    assert said in error["message"]


@pytest.mark.parametrize("words", [["--help"], ["counterfactual", "--help"], ["compare", "--help"], ["show", "--help"]])
def test_help_is_given_with_status_0(capsys, words):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 0
    assert "usage: evenhand" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "first", "expected"),
    [
        ("measures", "slug", lambda: [one.slug for one in measures()]),
        ("datasets", "name", lambda: [one.name for one in loaders()]),
        ("claims", "slug", lambda: [one.slug for one in quotations()]),
        ("corrections", "slug", lambda: [one.slug for one in corrections()]),
        ("classifications", "slug", lambda: [one.slug for one in classifications()]),
        ("settings", "name", lambda: [one.name for one in env.VARIABLES]),
    ],
)
def test_show_lists_everything_there_is_in_all_three_forms(answered, kind, first, expected):
    records = json.loads(answered("show", kind, "--json"))
    assert [record[first] for record in records] == expected()
    rows = list(csv.DictReader(io.StringIO(answered("show", kind, "--csv"))))
    assert [list(row.values()) for row in rows] == [[str(value) for value in record.values()] for record in records]
    told = answered("show", kind)
    assert told.startswith(f"{kind.capitalize()} ({len(records)})")


def test_show_lists_every_place_of_every_kind_once(answered):
    records = json.loads(answered("show", "places", "--json"))
    codes = [record["code"] for record in records]
    assert len(set(codes)) == len(codes)
    for kind in ("nation", "region", "police-force", "council", "probation-region", "prison"):
        assert {record["code"] for record in records if record["kind"] == kind} == {one.code for one in places(kind)}


def test_load_releases_the_shipped_figures_once(answered, evidence):
    count = len(loaders())
    assert answered("load").startswith(f"{count} of {count} datasets released")
    assert set(Store(evidence).current()) == {one.name for one in loaders()}
    assert answered("load").startswith(f"0 of {count} datasets released")


def test_after_a_revision_the_latest_figures_answer_and_a_quoted_release_still_does(answered, refused, evidence):
    names = ("arrests-nineteen-groups", "census-2021-nations")
    store = Store(evidence)
    store.load_all({name: shipped_content(loader(name)) for name in names}, on=date(2026, 11, 1), shipped=True)
    first = json.loads(answered("compare", "arrests", "--json"))
    supposed = ["counterfactual", "arrests", "--scenario", "one-stage"]
    before = json.loads(answered(*supposed, "--json"))
    white = next(row for row in first["rows"] if row["group"] == "White")["events"]
    rows = list(csv.reader(io.StringIO(shipped_content(loader(names[0])).decode())))
    for row in rows:
        if row[1] in {"All", "White", "White British"}:
            row[5] = str(int(row[5]) + 10)
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    store.load(names[0], out.getvalue().encode(), on=date(2026, 12, 1))
    now = json.loads(answered("compare", "arrests", "--json"))
    assert next(row for row in now["rows"] if row["group"] == "White")["events"] == white + 10
    assert json.loads(answered(*supposed, "--release", before["release"], "--json")) == before
    assert json.loads(answered(*supposed, "--json")) != before
    assert json.loads(answered("compare", "arrests", "--release", first["release"], "--json")) == first
    assert refused("compare", "arrests", "--release", "nope")["code"] == "unknown-release"
    assert refused("compare", "arrets", "--release", first["release"])["near"] == ["arrests", "child-arrests"]
    missing = refused("compare", "stop-and-search")
    assert missing["code"] == "not-released"
    assert missing["message"].endswith("Run: evenhand load")


def test_a_folder_that_cannot_be_one_is_refused_in_one_line(refused, run, evidence):
    evidence.write_text("a file stands where the folder should be")
    status, out, err = run("load")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert str(evidence) in err
    assert refused("compare", "arrests")["code"] == "unusable-file"


def test_a_bad_setting_is_refused_with_its_fix(refused, monkeypatch):
    monkeypatch.setenv("EVIDENCE_URL", "/var/evidence")
    error = refused("compare", "stop-and-search")
    assert error == {
        "code": "bad-setting",
        "message": "EVIDENCE_URL is '/var/evidence': write one of duckdb://…",
        "near": [],
    }


def test_the_command_starts_without_its_heavy_parts():
    program = (
        "import sys, evenhand.cli as cli; "
        "heavy = {'duckdb', 'numpy', 'scipy', 'rich', 'django', 'hypothesis'}; "
        "print(sorted(heavy & set(sys.modules))); "
        "cli.main(['show', 'settings', '--csv']); "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    lines = done.stdout.splitlines()
    assert (lines[0], lines[-1]) == ("[]", "[]")


def test_a_reader_that_has_seen_enough_is_no_fault(evidence):
    with subprocess.Popen(
        [sys.executable, "-m", "evenhand.cli", "show", "places", "--csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as asking:
        assert asking.stdout.readline() == b"code,name,kind\n"
        asking.stdout.close()
        assert asking.stderr.read() == b""
    assert asking.returncode == 0
    assert not evidence.exists()


# Postcodes


@pytest.fixture
def postcodes_file(tmp_path, monkeypatch):
    monkeypatch.setattr(env, "POSTCODES", tmp_path / "postcodes.parquet")
    return env.POSTCODES


def test_the_postcode_directory_is_loaded_to_where_the_site_looks(answered, tmp_path, postcodes_file):
    from evenhand.library.places.postcode_directory import postcode

    extract = tmp_path / "extract.csv"
    extract.write_text(
        "pcds,doterm,lat,long,oslaua,pfa,rgn,ctry\n"
        "B1 1ZA,,52.4,-1.9,E08000025,E23000014,E12000005,E92000001\n"
        "B1 1ZB,201907,52.4,-1.9,E08000025,E23000014,E12000005,E92000001\n"
    )
    said = answered("load-postcodes", extract, "--at-least", 1)
    assert "Postcodes loaded: 1; without a point on the map: 0." in said
    assert "Left out: 1 " in said
    assert postcode("b1 1za", directory=postcodes_file).council == "E08000025"


def test_a_file_that_is_no_postcode_directory_is_refused_and_nothing_is_written(run, tmp_path, postcodes_file):
    (tmp_path / "extract.csv").write_text("postcode\nB1 1ZA\n")
    for name, why in (("extract.csv", "column"), ("gone.zip", "no file")):
        status, out, err = run("load-postcodes", tmp_path / name)
        assert (status, out) == (2, "")
        assert why in err
    assert not postcodes_file.exists()


@pytest.mark.parametrize("more", [(), ("--json",), ("--csv",)])
def test_a_terminal_that_knows_few_letters_gets_those_that_it_knows(more):
    command = [sys.executable, "-m", "evenhand.cli", "compare", "stop-and-search", *more]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert not done.stderr
    said = done.stdout.decode("ascii")
    assert "Black" in said
    if more == ("--json",):
        assert "?" not in json.dumps(json.loads(said)["rows"])
