"""Claims as pages and as data: what is ours is worked out, what is theirs is quoted, and both have an address."""

import html
import json
import re
from dataclasses import replace

import pytest

from evenhand.core.design.numbers import rate, times
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.claims import ours, sentences
from evenhand.domains.evidence.queries.claims.filters import FILTERS
from evenhand.domains.evidence.queries.claims.listing import checked, slugs
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, revised
from evenhand.domains.evidence.tests.test_words import FORBIDDEN
from evenhand.library import compare
from evenhand.library.datasets.catalogue import measures
from evenhand.library.datasets.claims.agreement import AGREEMENTS, Check
from evenhand.library.datasets.claims.quotations import quotation, quotations
from evenhand.library.datasets.claims.ties import OurFigure

CLAIMS = "/evidence/claims/"
# What has another meaning here, or is a name.
NAMES = ("young offender institutions", "the address leads to a copy")


def text(response):
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def main(response):
    """The part of a page that is its own."""
    return re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]


def our_voice(said):
    """A text without what stands in quotation marks, and without addresses."""
    return re.sub(r"“[^”]*”|https?://\S+", "", said)


def shown(response):
    return re.findall(r'<li id="([a-z0-9-]+)"><h3>', response.content.decode())


# The list


def test_every_claim_of_ours_and_of_others_stands_in_the_list_with_an_anchor(visitor):
    response = visitor.get(CLAIMS)
    assert response.status_code == 200
    assert shown(response) == slugs()
    assert {one.slug for one in quotations()} < set(shown(response))
    for one in ours.claims():
        assert html.escape(one.sentence, quote=False) in response.content.decode()


def test_every_anchor_of_a_claim_is_the_name_of_its_own_page(visitor):
    for slug in shown(visitor.get(CLAIMS)):
        assert visitor.get(f"{CLAIMS}{slug}/").status_code == 200, slug
        assert visitor.get(f"{CLAIMS}{slug}.json").json()["claim"] == slug


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("stage=stop-and-search", lambda one: one.quotation.stage == "stop-and-search"),
        ("topic=youth-justice", lambda one: "youth-justice" in one.quotation.topics),
        ("source=lammy-2017", lambda one: one.quotation.speaker.slug == "lammy-2017"),
        ("agreement=agrees", lambda one: one.agreement == "agrees"),
        (
            "source=lammy-2017&agreement=none",
            lambda one: one.quotation.slug in {"lammy-2017-cost", "lammy-2017-average-prisons"},
        ),
    ],
)
def test_a_filter_lets_through_what_it_names_and_no_more(query, holds, visitor):
    found = [slug for slug in shown(visitor.get(f"{CLAIMS}?{query}")) if not slug.startswith("evenhand-")]
    assert found == [one.quotation.slug for one in checked() if holds(one)]
    assert [one["claim"] for one in visitor.get(f"/evidence/claims.json?{query}").json()["claims"]] == shown(
        visitor.get(f"{CLAIMS}?{query}")
    )


def test_our_own_claims_are_found_by_stage_and_by_who_says_them_and_have_no_topic(visitor):
    assert set(shown(visitor.get(f"{CLAIMS}?source=evenhand"))) == {one.slug for one in ours.claims()}
    by_stage = [slug for slug in shown(visitor.get(f"{CLAIMS}?stage=arrest")) if slug.startswith("evenhand-")]
    assert by_stage == [one.slug for one in ours.claims() if one.answered.measure.stage == "arrest"]
    assert "evenhand-arrests-black" in by_stage
    assert not [slug for slug in shown(visitor.get(f"{CLAIMS}?topic=policing")) if slug.startswith("evenhand-")]


def test_every_link_of_a_filter_leads_to_claims_and_keeps_the_other_filters(visitor):
    page = main(visitor.get(f"{CLAIMS}?stage=prison&source=lammy-2017"))
    links = [html.unescape(url) for url in re.findall(r'href="(/evidence/claims/\?[^"]+)"', page)]
    assert any("stage=prison" in url and "agreement=none" in url and "source=lammy-2017" in url for url in links)
    assert f"{CLAIMS}?source=lammy-2017" in links
    for url in links:
        assert visitor.get(url).status_code == 200


def test_filters_that_no_claim_meets_at_once_say_so_and_lead_back(visitor):
    response = visitor.get(f"{CLAIMS}?stage=remand&agreement=alike")
    assert response.status_code == 200
    assert "No claim is of all these at once." in text(response)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_that_names_nothing_is_refused_with_what_there_is(name, visitor):
    response = visitor.get(CLAIMS, {name: "nothing-like-it"})
    assert response.status_code == 404
    assert "There are:" in text(response)
    data = visitor.get("/evidence/claims.json", {name: "nothing-like-it"})
    assert data.status_code == 404
    assert data.json()["error"]["code"] == f"unknown-{name}"


def test_a_near_miss_leads_to_the_filter_and_the_claim_that_were_meant(visitor):
    page = visitor.get(CLAIMS, {"stage": "prisons", "source": "lammy-2017"}).content.decode()
    assert 'href="/evidence/claims/?stage=prison&amp;source=lammy-2017"' in page
    response = visitor.get(f"{CLAIMS}lammy-2017-costs/")
    assert response.status_code == 404
    assert f'href="{CLAIMS}lammy-2017-cost/"' in response.content.decode()
    assert visitor.get(f"{CLAIMS}lammy-2017-costs.json").json()["error"]["code"] == "unknown-claim"


# Ours


def test_our_claims_are_the_librarys_own_figures():
    found = {one.slug: one for one in ours.claims()}
    black = compare("stop-and-search").row("Black")
    ratio, difference = found["evenhand-stop-and-search-black"], found["evenhand-stop-and-search-black-difference"]
    assert ratio.figure == times(black.ratio) + "×"
    assert f"searched {times(black.ratio)} times as often as White people" in ratio.sentence
    assert difference.figure == rate(black.difference)
    assert f"there were {rate(black.difference)} more searches for every 1,000 Black residents" in difference.sentence
    assert "arrested" in found["evenhand-arrests-black"].sentence


def test_every_claim_of_ours_says_its_place_its_time_its_figure_and_its_doubt():
    """Whatever is counted, for every measure that has an answer."""
    made = ours.claims()
    assert {claim.answered.measure.slug for claim in made} == {each.slug for each in measures() if each.answers}
    for claim in made:
        assert claim.sentence.startswith("In England and Wales")
        assert claim.sentence.endswith(words.years(claim.answered.period))
        assert claim.figure.removesuffix("×") in claim.sentence
        assert bool(claim.figure) or "no clear difference" in claim.sentence or "slightly" in claim.sentence
        assert claim.doubt == "no likely range" or claim.doubt.startswith("likely range")
        assert FORBIDDEN.findall(claim.sentence) == []
        if claim.row and claim.row.lower is not None:
            assert claim.doubt != "no likely range"


def test_a_rate_that_is_lower_is_told_from_the_other_side_with_its_range(visitor):
    answered = compare("stop-and-search", reference="Black")
    claim = ours.headline(answered, answered.row("White"))
    ratio = compare("stop-and-search").row("Black")
    assert claim.sentence.startswith("In England and Wales, Black people were searched 3.7 times as often as White")
    assert (claim.figure, claim.doubt) == ("3.7×", f"likely range {words.interval(ratio.lower, ratio.upper)}")


def test_a_lower_rate_is_told_as_fewer_and_not_with_a_minus():
    answered = compare("stop-and-search", reference="Black")
    claim = ours.difference(answered, answered.row("White"))
    assert claim.figure == "15.3"
    assert "15.3 fewer searches for every 1,000 White residents than for as many Black residents" in claim.sentence
    assert claim.short.startswith("fewer searches")


def test_a_claim_can_be_asked_of_any_group_and_of_none_that_cannot_be_compared(visitor):
    assert "Asian people were searched" in text(visitor.get(f"{CLAIMS}evenhand-stop-and-search-asian/"))
    assert "Pakistani people were searched" in text(visitor.get(f"{CLAIMS}evenhand-stop-and-search-pakistani/"))
    for slug in (
        "evenhand-stop-and-search-white",
        "evenhand-stop-and-search-roma",
        "evenhand-arrests-blue",
        "evenhand-",
    ):
        assert visitor.get(f"{CLAIMS}{slug}/").status_code == 404, slug


def test_a_claim_of_ours_names_what_it_rests_on_and_cites_an_address_that_answers(visitor):
    response = visitor.get(f"{CLAIMS}evenhand-stop-and-search-black/")
    said = text(response)
    for part in ("Stop and search", "Black", "White", "England and Wales", "Home Office", "not yet checked", "Release"):
        assert part in said
    cited = html.unescape(re.search(r'class="cite">([^<]+)', response.content.decode())[1])
    url = re.search(r"http://[^/ ]+(/\S+?)\. Figures:", cited)[1]
    again = visitor.get(url)
    assert again.status_code == 200
    assert 'big__n">3.7×' in again.content.decode()


def test_a_claim_of_ours_changes_with_the_figures_and_its_permanent_address_does_not(visitor, store):
    data = f"{CLAIMS}evenhand-stop-and-search-black.json"
    before = visitor.get(data).json()
    quoted = before["permalink"].split("/", 3)[3]
    page = visitor.get(f"/{quoted}")
    store.load(SEARCHES, revised(add=100_000), on=NEXT_DAY)
    after = visitor.get(data).json()
    assert after["sentence"] != before["sentence"]
    assert after["release"] != before["release"]
    assert re.findall(r'big__n">([^<]+)', visitor.get(f"/{quoted}").content.decode()) == re.findall(
        r'big__n">([^<]+)', page.content.decode()
    )


@pytest.mark.django_db
def test_the_front_page_leads_to_each_of_its_claims(visitor):
    page = visitor.get("/").content.decode()
    for one in ours.case():
        assert f'href="{one.page}"' in page
        assert one.figure in text(visitor.get(one.page))


# Theirs


@pytest.fixture(scope="module")
def pages(gathered_styles):
    """The page of every claim that is quoted."""
    from django.test import Client

    client = Client()
    return {one.slug: client.get(f"{CLAIMS}{one.slug}/") for one in quotations()}


def test_words_that_are_not_ours_stand_in_quotation_marks_and_nowhere_else(pages, visitor):
    for response in (*pages.values(), visitor.get(CLAIMS), visitor.get("/evidence/corrections/")):
        said = our_voice(text(response))
        for name in NAMES:
            said = re.sub(name, "", said, flags=re.IGNORECASE)
        found = FORBIDDEN.findall(said)
        assert [word for word in found if word.casefold() != "ethnic minorities"] == [], said[:200]


def test_a_collective_word_is_marked_as_the_sources_and_the_groups_are_shown_alone(pages):
    for one in quotations():
        said = text(pages[one.slug])
        if one.group == "BAME":
            assert "“BAME” is the source’s word" in said
        if one.ours and len(one.ours.groups) > 1 and one.ours.kind != "rest":
            assert "Each group alone" in said


def test_every_quotation_says_who_where_when_and_how_it_reached_us(pages):
    for one in quotations():
        said = text(pages[one.slug])
        for part in (sentences.quote(one), one.speaker.who, one.source.title, one.source.url, one.source.licence):
            assert " ".join(part.split()) in said, (one.slug, part)
        assert sentences.evidence(one) in said
        assert one.speaker.said in said
        if one.inference:
            assert "Our inference, not the source’s workings:" in said


def test_what_is_quoted_is_the_figure_of_the_file():
    quotes = {one.slug: sentences.quote(one) for one in quotations()}
    assert quotes["lammy-2017-share-of-prisoners"] == "“share of prisoners, BAME: 25%”"
    assert quotes["lammy-2017-fewer-people-in-prison"].endswith("BAME: over 9,000 people”")
    assert quotes["lammy-2017-cost"].endswith("BAME: £309 million a year”")
    assert quotes["hmicfrs-2021-searches-black"].endswith("than White, Black: almost 9”")
    assert quotes["uhrig-2016-all-offences-black-men"].endswith("Black men: 112 for every 100”")
    assert quotes["moj-foi-2018-black-share-at-belmarsh"] == "“Black share of prisoners at Belmarsh: 36.4%”"
    assert quotes["stopwatch-2023-searches"] == "“stop and searches, England and Wales: 547,003 searches”"
    for one in quotations():
        digits = re.sub(r"\D", "", one.value)
        assert digits in re.sub(r"[^\d]", "", quotes[one.slug])


def test_a_page_says_whether_our_figure_agrees_with_its_time_its_source_and_what_differs(pages):
    said = text(pages["hmicfrs-2021-searches-black"])
    assert "Our figure differs Ours is 5.5 times, likely range 5.4 to 5.5 (2020/21; Home Office)." in said
    assert "Not the same: the time, the population and who is left out." in said
    assert "The claim is of April 2019 to March 2020; the nearest that we hold is of April 2020 to March 2021." in said
    assert "The claim is older than the 2021 Census’s figures by ethnicity" in said
    assert "Our figure agrees Ours is 14.0% (2011; Office for National Statistics)" in text(
        pages["lammy-2017-share-of-residents"]
    )


def test_over_nine_thousand_names_both_methods(pages):
    said = text(pages["lammy-2017-fewer-people-in-prison"])
    for part in ("Fixed-total swap", "7,847 fewer", "Equal rate", "9,603 fewer", "9,350", "10,872"):
        assert part in said
    assert 'href="/evidence/counterfactual/">Both, worked out step by step' in main(
        pages["lammy-2017-fewer-people-in-prison"]
    )
    assert "Two methods, two numbers" not in text(pages["lammy-2017-share-of-prisoners"])


def test_the_page_of_the_counterfactuals_and_the_claim_give_the_same_two_numbers(visitor):
    said = text(visitor.get("/evidence/counterfactual/"))
    for number in ("7,847", "9,603"):
        assert number in said


def test_the_cost_is_quoted_with_its_source_and_set_beside_nothing(pages):
    said = text(pages["lammy-2017-cost"])
    assert "£309 million a year" in said
    assert "No figure of ours" in said
    assert "never worked out again here" in said
    assert "Worked out" not in re.sub("never worked out", "", said)


def test_where_a_measure_shows_such_figures_the_claim_leads_there(pages, visitor):
    known = {one.slug for one in measures()}
    found = 0
    for one in quotations():
        if one.ours and one.ours.measure in known:
            url = f"/evidence/{one.ours.measure}/"
            assert f'href="{url}"' in main(pages[one.slug])
            found += visitor.get(url).status_code == 200
    assert found > 30


def test_a_claim_that_differs_for_no_reason_that_we_know_says_that(settings):
    one = quotation("express-and-star-2022-west-midlands-black")
    bare = replace(one, ours=replace(one.ours, differs=(), why=""))
    found = Check(bare, "differs", OurFigure(3_537, None, None, (), one.ours.dataset, "x"))
    assert sentences.verdict(found).endswith("Not the same: we do not know what.")


def test_every_tag_has_words_and_a_meaning_of_its_own():
    assert len({sentences.tag(one) for one in AGREEMENTS}) == len(AGREEMENTS)
    assert len({sentences.meaning(one) for one in AGREEMENTS}) == len(AGREEMENTS)


def test_a_comparison_follows_a_new_release(visitor, store):
    url = f"{CLAIMS}express-and-star-2022-west-midlands-black/"
    assert "Ours is 3,537 (2021/22; Home Office)." in text(visitor.get(url))
    meant = {"financial_year": "2021/22", "police_force_area": "West Midlands", "ethnicity_self_defined_5": "Black"}
    store.load(SEARCHES, revised(where=meant, add=436), on=NEXT_DAY)
    assert "Our figure agrees" not in text(visitor.get(url))  # the same number, though others are left out
    assert "Same number, not same thing Ours is 3,973" in text(visitor.get(url))


def test_data_of_a_claim_is_open_to_other_sites_and_at_full_precision(visitor):
    response = visitor.get(f"{CLAIMS}lammy-2017-share-of-prisoners.json")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert found["quoted"] == {
        "claim": "share of prisoners",
        "group": "BAME",
        "value": "25",
        "unit": "percent",
        "period": "2016/17",
    }
    assert found["our_figure"]["value"] == pytest.approx(27.2805844934, abs=1e-9)
    assert sum(found["our_figure"]["each_alone"].values()) == pytest.approx(found["our_figure"]["value"])
    assert (found["agreement"], found["differs_in"]) == ("differs", ["period"])
    assert found["source"]["url"].startswith("https://")
    assert found["citation"].startswith("The Lammy Review: “share of prisoners, BAME: 25%”.")
    json.dumps(found, allow_nan=False)


def test_a_page_of_a_claim_carries_no_script_not_even_data(pages):
    assert not [slug for slug, page in pages.items() if b"<script" in page.content]


def test_with_nothing_released_yet_pages_still_stand(settings, tmp_path, visitor):
    settings.EVIDENCE_FOLDER = tmp_path / "none"
    for path in (CLAIMS, f"{CLAIMS}lammy-2017-share-of-prisoners/", "/evidence/corrections/", "/evidence/claims.json"):
        assert visitor.get(path).status_code == 200
    assert visitor.get("/evidence/corrections/conviction-ratio-2009/").status_code == 200
