"""The page of counterfactuals: the figures by their question, what goes in, one stage at a time, and nothing causal."""

import csv
import html
import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as ET

import html5lib
import pytest

from evenhand.domains.evidence.queries.answers import suppose
from evenhand.domains.evidence.queries.counterfactuals import words
from evenhand.domains.evidence.queries.counterfactuals.exhibits import EXHIBITS, exhibits
from evenhand.domains.evidence.queries.counterfactuals.shown import supposed_for
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, revised
from evenhand.domains.evidence.tests.test_words import faults
from evenhand.library.datasets.catalogue import counted
from evenhand.library.datasets.counterfactuals import counterfactual, questions

PAGE = "/evidence/counterfactual/"
API = "/api/evidence/v1/counterfactual"
PRISON = {"measure": "prison-population"}
ASKED = [(one.slug, asked.slug) for one in counted().measures for asked in questions(one)]
GROUPS = ("Asian", "Black", "Mixed", "White", "Other")


def text(response):
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def section(response, name):
    """One exhibit of a page, as text."""
    page = response.content.decode()
    found = re.search(rf'<section class="exhibit" id="{name}".*?</section>', page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def every_page():
    for measure in counted().measures:
        for period in supposed_for(measure.slug).question.periods:
            for reference in GROUPS:
                yield {"measure": measure.slug, "period": period, "reference": reference}


# The figures


def test_the_page_leads_with_both_answers_and_never_with_one(visitor):
    page = visitor.get(PAGE)
    heading = re.search(r"<h1>(.*?)</h1>", page.content.decode())[1]
    assert re.sub(r"<[^>]+>", "", heading) == "It depends on the question: 7,847 fewer or 9,603 fewer people in prison"
    assert "excess" not in text(page).lower().replace("excess_", "")


@pytest.mark.parametrize(
    ("exhibit", "figures"),
    [
        ("swap", ["+7,847", "+6,824", "+1,712", "+368", "−1,057", "−7,847", "6,639 to +7,012", "86,325", "59,597,578"]),
        ("equal-rate", ["+9,603", "+7,212", "+1,988", "+571", "−168", "9,283 to +9,926", "76,722", "stays"]),
        ("inputs", ["86,325", "59,597,578", "10,314", "2,409,283", "62,692", "48,699,231", "27.4%", "18.3%", "1,009"]),
        ("not-recorded", ["+7,663 to +8,672", "+9,377 to +10,612", "−282 to +841", "1,009"]),
        (
            "side-by-side",
            ["85,000", "25%", "14%", "+9,350", "+10,872", "+8,500 to +10,200", "+10,370", "27.38%", "18.29%"],
        ),
        ("stages", ["36,786", "26,664", "50,647", "+75", "2022/23 to 2024/25"]),
    ],
)
def test_every_exhibit_holds_the_figures_that_it_is_for(exhibit, figures, visitor):
    said = section(visitor.get(PAGE), exhibit)
    assert not [figure for figure in figures if figure not in said]


def test_every_question_says_what_it_holds_fixed_and_its_arithmetic_with_numbers_to_check(visitor):
    page = visitor.get(PAGE)
    assert "The total stays as recorded, and each group's share of it becomes its share of all residents." in text(page)
    assert "Black: 10,314 − 86,325 × 2,409,283 ÷ 59,597,578 = +6,824." in section(page, "swap")
    assert "Black: 10,314 − 2,409,283 × 62,692 ÷ 48,699,231 = +7,212." in section(page, "equal-rate")
    for said in ("+6,824: 6,824 fewer Black people.", "−1,057: 1,057 more Asian people."):
        assert said in section(page, "swap")


def test_the_arithmetic_in_words_comes_out_at_what_it_says():
    for slug, scenario in ASKED:
        answer = suppose(slug, scenario)
        for line in answer.lines:
            sum_, _, result = words.worked(answer, line).removesuffix(".").partition(": ")[2].partition(" = ")
            a, b, c, d = (Decimal(part.replace(",", "")) for part in re.split(" [−×÷] ", sum_))
            shown = int(result.replace(",", "").replace("−", "-"))
            assert (a - b * c / d).quantize(Decimal(1), ROUND_HALF_UP) == shown


def test_what_is_counted_and_what_is_left_out_is_said_beside_the_figures(visitor):
    said = section(visitor.get(PAGE), "inputs")
    assert "People on remand and people sentenced, of every nationality, whose ethnicity was recorded." in said
    assert "Residents are those of all ages" in said
    assert "1,009 people in prison with no ethnicity recorded are in none of the figures." in said
    assert "Census 2021" in said
    assert "Ministry of Justice" in said


def test_the_range_is_said_to_be_chance_and_what_it_leaves_out(visitor):
    for exhibit in ("swap", "equal-rate"):
        said = section(visitor.get(PAGE), exhibit)
        assert "full counts, not samples" in said
        assert "move by chance" in said
        assert "Age, nationality and the kinds of offence" in said


def test_a_range_that_holds_nothing_is_no_clear_difference(visitor):
    said = section(visitor.get(PAGE), "equal-rate")
    assert "Asian: 168 more, likely range −340 to +6: no clear difference." in said


def test_what_others_quote_is_set_beside_today_with_what_is_inference_and_what_is_not_worked_out(visitor):
    said = section(visitor.get(PAGE), "side-by-side")
    assert said.startswith(
        "“Over 9,000” and today’s 7,847 are one question at two times; 9,603 answers another question"
    )
    for words_ in (
        "the fit is our inference from the arithmetic",
        "85,000 is a round number that we put in",
        "“Over 9,000” is still printed beside such a share",
        "£309 million a year",
        "is not worked out again here",
        "from 11 points to 9.1",
    ):
        assert words_ in said
    assert "side-by-side" not in {one.id for one in exhibits(supposed_for("prison-population", reference="Asian"))}
    assert "side-by-side" not in {one.id for one in exhibits(supposed_for("arrests"))}


def test_every_stage_with_counts_has_every_group_and_every_other_is_named_as_having_none(visitor):
    page = visitor.get(PAGE)
    found = {(row["stage_and_group"], row["period"]): row for row in rows(visitor.get(f"{PAGE}stages.csv"))}
    for measure in counted().measures:
        if [one.slug for one in questions(measure)] == ["one-stage"]:
            latest = counterfactual(measure.slug, "one-stage")
            for line in latest.lines:
                mine = found.get((f"{measure.title}, {latest.answered.period}: {line.group}", latest.answered.period))
                assert (mine is None) == (line.group == "White")
                if mine:
                    assert float(mine["difference"]) == line.difference
                    assert float(mine["ratio"]) == line.ratio
                    assert (float(mine["events"]), float(mine["population"])) == (line.events, line.population)
    pooled = [row for (_, years), row in found.items() if years == "2022/23 to 2024/25"]
    assert {row["events"] for row in pooled} == {"68", "202", "86", "26"}
    said = section(page, "no-open-count")
    for stage in ("Charge", "Prosecution", "Plea and conviction", "Prison discipline", "Probation", "Reoffending"):
        assert stage in said
    assert "At 11 of 16 stages there is no open count" in said


# Every form says the same


@pytest.mark.parametrize(("slug", "scenario"), ASKED)
def test_json_table_and_page_hold_the_figures_of_the_library(slug, scenario, visitor):
    found = json.loads(visitor.get(API, {"measure": slug, "scenario": scenario}).content)
    assert found == json.loads(json.dumps(counterfactual(slug, scenario).as_json()))
    table = {row["group"]: row for row in rows(visitor.get(f"{PAGE}{scenario}.csv", {"measure": slug}))}
    said = section(visitor.get(PAGE, {"measure": slug}), scenario)
    for row in found["rows"]:
        mine = table[row["group"]]
        assert [float(mine[name]) for name in ("expected", "difference")] == [
            row["expected"],
            row["difference"],
        ]
        ends = (mine["difference_lower"], mine["difference_upper"])
        assert [None if end == "[stays]" else float(end) for end in ends] == [row["lower"], row["upper"]]
        assert mine["flag"] == (row["flag"] or "")
        assert (mine["release"], mine["period"]) == (found["release"], found["period"])
        assert words.change(row["difference"]) in said
    total = found["total"]
    (together,) = [row for name, row in table.items() if name.endswith(" together")]
    assert float(together["difference"]) == total["difference"]


@pytest.mark.parametrize(("slug", "scenario"), ASKED)
def test_the_permalink_of_an_answer_is_a_page_that_shows_it(slug, scenario, visitor):
    found = json.loads(visitor.get(API, {"measure": slug, "scenario": scenario}).content)
    page = visitor.get(found["permalink"])
    assert page.status_code == 200
    assert words.change(found["total"]["difference"]) in section(page, scenario)
    assert found["release"] in text(page)


@pytest.mark.parametrize("name", EXHIBITS)
def test_every_exhibit_has_message_subtitle_receipt_and_downloads_that_answer(name, visitor):
    measure = "arrests" if name == "one-stage" else "prison-population"
    exhibit = next(one for one in exhibits(supposed_for(measure)) if one.id == name)
    assert len(exhibit.heading.split()) >= 4
    assert exhibit.subtitle
    assert {"Unit", "Counts", "Out of", "Period", "Source", "Range"} <= dict(exhibit.receipt.pairs).keys()
    assert [link.name for link in exhibit.receipt.links] == ["Cite", "Link to this release"]
    files = {link.name: link.url for group in exhibit.receipt.files for link in group.links}
    assert {"CSV", "XLSX", "JSON", "CSVW"} <= files.keys()
    assert ({"SVG", "PNG"} <= files.keys()) == (exhibit.chart is not None)
    for form, url in files.items():
        taken = visitor.get(url)
        assert taken.status_code == 200, form
        assert taken.content
    assert len(rows(visitor.get(files["CSV"]))) == len(exhibit.table.rows)
    if exhibit.chart:
        drawing = visitor.get(files["SVG"])
        drawn = " ".join(ET.fromstring(drawing.content).itertext())  # noqa: S314  (our own drawing)
        assert "".join(exhibit.heading.split()) in "".join(drawn.split())
        assert "sandbox" in drawing.headers["Content-Security-Policy"]
        assert visitor.get(files["PNG"]).content.startswith(b"\x89PNG")


def test_every_file_names_the_release_the_sources_and_what_must_be_said(visitor):
    for name in ("swap", "stages", "side-by-side", "no-open-count"):
        said = json.dumps(json.loads(visitor.get(f"{PAGE}{name}.json").content), ensure_ascii=False)
        assert supposed_for("prison-population").release in said
        assert "Give the question with the number." in said
    stages = visitor.get(f"{PAGE}stages.json").content.decode()
    for publisher in ("Home Office", "PRISM-R", "Race Disparity Unit", "Office for National Statistics"):
        assert publisher in stages
    assert "Lammy Review final report" in visitor.get(f"{PAGE}side-by-side.json").content.decode()
    periods = {row["period"] for row in rows(visitor.get(f"{PAGE}side-by-side.csv"))}
    assert periods == {"2016/17", "undated", "30 June 2025"}


def test_the_chart_of_a_question_says_what_its_table_says():
    for slug, scenario in ASKED:
        exhibit = next(one for one in exhibits(supposed_for(slug)) if one.id == scenario)
        drawn = {row.label: (row.shown, row.range_shown) for row in exhibit.chart.plot.rows}
        table = {row.heading.text: (row.cells[3].text, row.cells[4].text) for row in exhibit.table.rows}
        for label, (shown, interval) in drawn.items():
            assert table[label][0] == shown
            assert table[label][1] == ("" if interval == "stays" else interval)


# Sentences


@pytest.mark.long
def test_no_page_of_any_measure_period_and_reference_fails_or_says_what_it_must_not(visitor):
    seen = 0
    for asked in every_page():
        response = visitor.get(PAGE, asked)
        assert response.status_code == 200, asked
        page = response.content.decode()
        html5lib.HTMLParser(strict=True).parse(page)
        lines = html.unescape(re.sub(r"<[^>]+>", "\n", page)).splitlines()
        assert not [word for line in lines for word in faults(line)], asked
        assert not re.search(r"\bNone\b|\bnan\b", text(response))
        seen += 1
    assert seen >= 5 * 12


def test_more_and_fewer_say_on_which_side_of_nothing_a_difference_lies():
    for asked in every_page():
        for answer in supposed_for(asked["measure"], period=asked["period"], reference=asked["reference"]).answers:
            for line in answer.lines:
                said = words.fewer_or_more(line.difference)
                assert said.endswith("more" if line.difference < 0 else "fewer")
                told = words.line_in_words(answer, line)
                assert ("no clear difference" in told) == (line.lower is not None and not line.clear)


def test_a_question_with_no_clear_answer_says_so_in_its_heading(visitor):
    page = visitor.get(PAGE, {"measure": "child-custody", "period": "2024/25"})
    assert "At the rate of White children, no group would clearly have more or fewer custodial sentences" in text(page)
    assert "under 30" in section(page, "one-stage")


def test_another_reference_turns_fewer_into_more(visitor):
    page = visitor.get(PAGE, {**PRISON, "reference": "Black"})
    assert "It depends on the question: 6,824 more or" in text(page)


# Refusals


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"measure": "prison-populaton"}, 404, "Did you mean prison-population"),
        ({"measure": "custodial-sentences"}, 404, "publishes an index without counts"),
        ({"measure": "prosecutions"}, 404, "no open count by ethnicity"),
        ({"measure": "arrests", "period": "2019/20"}, 404, "There are figures for: 2022/23."),
        ({"measure": "arrests", "reference": "Blck"}, 404, "Black"),
        ({"release": "0123456789"}, 404, "No release of Counterfactuals is called"),
        ({"release": "../../x"}, 404, "No release of Counterfactuals is called"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_on_the_page(asked, status, said, visitor):
    response = visitor.get(PAGE, asked)
    assert response.status_code == status
    assert said in text(response)


def test_a_measure_without_counts_leads_on_to_one_that_has_them(visitor):
    page = visitor.get(PAGE, {"measure": "custodial-sentences"}).content.decode()
    assert f'href="{PAGE}?measure=child-custody"' in page


@pytest.mark.parametrize(
    ("asked", "status", "code", "near"),
    [
        ({"measure": "prison-population", "scenario": "swp"}, 404, "unknown-scenario", ["swap"]),
        ({"measure": "prison-population", "scenario": "one-stage"}, 404, "other-question", ["swap", "equal-rate"]),
        ({"measure": "custodial-sentences", "scenario": "one-stage"}, 404, "no-counts", ["child-custody"]),
        ({"measure": "arrests", "scenario": "one-stage", "period": "1999"}, 404, "unknown-period", []),
        ({"measure": "arrests", "scenario": "one-stage", "release": "0123456789"}, 404, "unknown-release", []),
        ({"measure": "prison-population"}, 400, "bad-request", []),
    ],
)
def test_json_refuses_in_the_shape_of_every_refusal(asked, status, code, near, visitor):
    response = visitor.get(API, asked)
    error = json.loads(response.content)["error"]
    assert response.status_code == status
    assert list(error) == ["code", "message", "near"]
    assert (error["code"], error["near"]) == (code, near)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("excess.csv", "No exhibit of this page is called “excess”"),
        ("not-recorded.svg", "This exhibit has no chart."),
        ("one-stage.csv", "No exhibit of this page is called “one-stage”"),
    ],
)
def test_a_download_that_is_not_there_is_refused(path, said, visitor):
    response = visitor.get(PAGE + path)
    assert response.status_code == 404
    assert said in text(response)


# Releases


def test_a_quoted_page_differs_after_a_revision_in_its_notice_alone(visitor, store):
    quoted = json.loads(visitor.get(API, {**PRISON, "scenario": "swap"}).content)["permalink"]
    downloads = [f"{PAGE}{name}.csv?{quoted.partition('?')[2]}" for name in EXHIBITS if name != "one-stage"]
    before, taken = visitor.get(quoted).content.decode(), [visitor.get(path).content for path in downloads]
    assert "An earlier release" not in before
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    after = visitor.get(quoted).content.decode()
    notice = re.compile(r'<div class="notice notice--care">.*?</div>\n?', re.DOTALL)
    assert len(notice.findall(after)) == 1
    assert "".join(notice.sub("", after).split()) == "".join(before.split())
    assert taken == [visitor.get(path).content for path in downloads]
    today = visitor.get(PAGE)
    assert "An earlier release" not in text(today)
    assert section(today, "stages") != section(visitor.get(quoted), "stages")


def test_every_citation_is_an_address_that_answers(visitor):
    for measure in counted().measures:
        page = visitor.get(PAGE, {"measure": measure.slug})
        cited = html.unescape(re.search(r'class="cite">([^<]+)', page.content.decode())[1])
        url = re.search(r"http://[^/ ]+(/\S+?)\. Figures:", cited)[1]
        assert section(visitor.get(url), "inputs") == section(page, "inputs")


def test_a_page_that_is_kept_is_not_crowded_out_by_parameters_that_it_does_not_look_at(visitor, store):
    from evenhand.core.pages import KEPT

    visitor.get(PAGE)
    before = len(KEPT._pages)
    for number in range(5):
        visitor.get(PAGE, {"group": number, "utm_source": number})
    assert len(KEPT._pages) == before


# Ways there


def test_measures_with_counts_lead_to_their_counterfactuals_and_others_do_not(visitor):
    for measure in counted().measures:
        page = visitor.get(f"/evidence/{measure.slug}/").content.decode()
        assert f'href="{PAGE}?measure={measure.slug}"' in page
    assert f"{PAGE}?measure=" not in visitor.get("/evidence/custodial-sentences/").content.decode()
    assert f"{PAGE}?measure=" not in visitor.get("/evidence/stop-and-search/E23000016/").content.decode()


def test_the_method_works_both_questions_through(visitor):
    said = text(visitor.get("/evidence/method/"))
    assert "23,633 less 86,325 times 10,898,347 divided by 59,597,578 is 7,847." in said
    assert "by 9,603 (likely range 9,283 to 9,926)" in said


@pytest.mark.long
def test_every_figure_that_is_a_link_leads_to_a_page_that_shows_that_figure(visitor):
    page = visitor.get(PAGE)
    for exhibit in ("inputs", "swap", "equal-rate", "stages"):
        part = re.search(rf'<section class="exhibit" id="{exhibit}".*?</section>', page.content.decode(), re.DOTALL)[0]
        links = re.findall(r'<a href="([^"]*/trace/[^"]*)"[^>]*>([^<]*)</a>', part)
        assert len(links) >= len(GROUPS) - 1
        for address, figure in links:
            there = visitor.get(html.unescape(address))
            assert there.status_code == 200
            assert figure.lstrip("+−") in text(there), address


def test_the_page_is_cited_as_its_file_says_and_names_the_release_of_the_address(visitor):
    page = visitor.get(PAGE)
    filed = visitor.get(f"{PAGE}answer.txt").content.decode().strip()
    assert filed in text(page)
    release = supposed_for("prison-population").release
    assert f"release {release}, " in filed
    assert filed.partition(", http")[2].count(f"release={release}") == 1
    stages = visitor.get(f"{PAGE}stages.bib").content.decode()
    assert f"release={release}#stages" in html.unescape(stages)
