"""The public pages of progress, their files, feeds and JSON."""

import datetime as dt
import json
from xml.etree import ElementTree as ET

import pytest

from evenhand.domains.reviews.actions.loading import load
from evenhand.domains.reviews.lifecycle import ASSESSMENT, RECOMMENDATION
from evenhand.domains.reviews.models import Assessment, Body, Recommendation, Review
from evenhand.domains.reviews.people import RELEASE
from evenhand.domains.reviews.queries import pages
from evenhand.domains.reviews.queries.shown import counted, recommendations, shown_all
from evenhand.domains.reviews.queries.told import told
from evenhand.domains.reviews.tests.make_reviews import keeper
from evenhand.domains.reviews.tests.make_reviews import recommendation as make_recommendation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]


@pytest.fixture
def client(client):
    load(by=RELEASE)
    return client


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_record_reads_from_all_reviews_down_to_one_recommendation(client):
    page = text(client.get("/progress/"))
    assert "The Lammy Review" in page
    assert "35 recommendations" in page
    assert "52 of them have been checked" in page
    review = text(client.get("/progress/lammy-2017/"))
    assert 'role="img"' in review
    assert review.count("glance__mark") == 35
    assert "16 completed; 2 rejected; 17 in progress" in review
    assert "One blog says that the review made 42" in review
    one = text(client.get("/progress/lammy-2017/13/"))
    assert "Where it stands:" in one
    assert "Government and those asked say" in one
    assert "We say" in one
    assert "Others say" in one
    assert "Opposition, Lords (Lord Keen)" in one
    assert "21 January 2026" in one
    # Everything that was said of it stands there, and what is unchecked says so.
    assert one.count("Judged to the letter") >= 4
    unchecked = text(client.get("/progress/lammy-2017/6/"))
    assert "Recommendation 6 (number not checked)" in unchecked
    assert "Not yet checked" in unchecked
    assert "Number or wording not yet checked against the report" in text(
        client.get("/progress/?theme=gangs-and-violence")
    )
    assert client.get("/progress/lammy-2017/99/").status_code == 404
    # The same asked before and after; and the parts of one that has some.
    assert "Asked again and again: Explain or reform" in text(client.get("/progress/lammy-2017/4/"))
    assert "Its parts" in text(client.get("/progress/young-2014/1/"))
    assert "Part of" in text(client.get("/progress/young-2014/1a/"))
    body = text(client.get("/progress/bodies/offender-management-service/"))
    assert "HM Prison and Probation Service" in body
    assert "It took over from:" in text(client.get("/progress/bodies/prison-and-probation-service/"))
    assert "Home Office" in text(client.get("/progress/bodies/"))
    assert "none is held yet" in page


def test_a_recommendation_shows_whether_its_number_moved_and_claims_no_cause(client):
    page = text(client.get("/progress/hmicfrs-police-powers-2021/1/"))
    assert "Did the number move?" in page
    assert page.count('class="moment"') == 1
    assert "1. 26 February 2021: asked, in HMICFRS police powers" in page
    assert "does not tell why" in page
    # The days of one that was asked before the figures begin are said, and not drawn; with no trend, that is said.
    early = text(client.get("/progress/hmicfrs-stop-and-search-2017/1/"))
    assert 'class="moment"' not in early
    assert "No trend can be drawn" in text(client.get("/progress/lammy-2017/16/"))
    assert "Did the number move?" not in text(client.get("/progress/lammy-2017/13/"))


def test_what_was_said_of_several_together_is_the_verdict_on_none_of_them(client):
    page = text(client.get("/progress/lammy-2017/30/"))
    assert "Of several together: not met" in page
    assert "Six of the recommendations are rated red" in page
    assert '<p class="voices__what">Not met</p>' not in page
    # Nor does a label follow from it: what was said of this one alone decides, and its day is the newest.
    assert "Newest claim held: October 2017." in page
    assert "No claim about this recommendation alone is held." in text(client.get("/progress/lammy-2017/19/"))


def test_of_what_was_not_checked_the_page_says_what_others_claim_and_gives_no_verdict_of_ours(client):
    page = text(client.get("/progress/lammy-2017/23/"))
    assert "What others claim of it" in page
    assert "Where it stands" not in page
    assert "Its number or wording has not been checked against the report" in page
    assert "Done, but no change seen" not in page
    assert "review author" in page.lower() or "author of the review" in page.lower()
    line = text(client.get("/progress/lammy-2017/"))
    assert "Not yet checked" in line
    assert "Number or wording not yet checked against the report" in line
    assert "wording" in json.loads(client.get("/api/progress/v1/recommendations/lammy-2017-23").content)["reason"]
    assert "Not yet checked" in text(client.get("/progress/lammy-2017/23/embed/"))


def test_what_was_not_checked_is_counted_apart_and_never_as_done(client):
    # Three are called done by what is said of them; the number of one of these was not checked.
    page = text(client.get("/progress/lammy-2017/"))
    assert "Done as written: 2." in page
    assert "Not checked: 21." in page
    assert "Done as written: 2," in text(client.get("/progress/"))
    every = shown_all(recommendations(), dt.date(2026, 11, 23))
    counts = counted(every)
    assert (counts.done, counts.unchecked) == (3, 48)
    assert sum(number for _name, number in counts.lines) == len(every) == 100
    told_ = told("topics", "prisons", dt.date(2026, 11, 23))
    assert "of those that were checked" in told_.said
    assert "not checked" in text(client.get("/progress/bodies/ministry-of-justice/"))


def test_only_an_answer_that_is_held_to_what_was_checked_counts_as_one(client):
    answered = Recommendation.objects.filter(status="responded")
    assert all(one.was_answered for one in answered)
    assert not answered.filter(key__in=[f"lammy-2017-{number}" for number in (11, 15, 16, 34)]).exists()
    assert not answered.filter(key="hmicfrs-stop-and-search-2017-1").exists()
    assert answered.filter(key="lammy-2017-4").exists()
    assert not Recommendation.objects.filter(response="").exclude(response_on="").exists()
    assert not Recommendation.objects.filter(response__contains="not seen").exists()
    page = text(client.get("/progress/lammy-2017/34/"))
    assert "No answer to this recommendation is held. Transform Justice described it" in page
    assert "answered, 28 November 2022" not in text(client.get("/progress/lammy-2017/15/"))
    assert ". answered" not in text(client.get("/progress/lammy-2017/16/"))


def test_what_was_withdrawn_is_on_its_own_page_and_in_no_list_count_or_file(client):
    one = Recommendation.objects.get(key="lammy-2017-4")
    RECOMMENDATION.move(one, "withdraw", by=keeper("secretariat"), why="It was read wrongly.")
    assert "was withdrawn from the record" in text(client.get("/progress/lammy-2017/4/"))
    entry = json.loads(client.get("/api/progress/v1/recommendations/lammy-2017-4").content)
    assert entry["status"] == "withdrawn"
    assert "/progress/lammy-2017/4/" not in text(client.get("/progress/bodies/ministry-of-justice/"))
    assert 'href="/progress/lammy-2017/4/"' not in text(client.get("/progress/lammy-2017/"))
    csv = text(client.get("/progress/recommendations.csv?review=lammy-2017"))
    assert "lammy-2017-4," not in csv
    assert ",status," in csv
    review = json.loads(client.get("/api/progress/v1/reviews/lammy-2017").content)
    assert (review["held"], len(review["recommendations"])) == (34, 34)
    said = Assessment.objects.get(key="lammy-2017-19")
    ASSESSMENT.move(said, "withdraw", by=keeper("secretariat"), why="The source was misread.")
    feed = json.loads(client.get("/progress/lammy-2017/latest.json").content)
    assert [one["title"] for one in feed["items"] if one["title"].endswith("(Withdrawn)")]
    assert "Minister, Commons: done" not in "".join(
        moment.said for moment in pages._moments(said.recommendations.get(), [Assessment.objects.get(pk=said.pk)])
    )


def test_programs_are_told_nothing_of_what_is_captured_and_not_published(client, django_assert_max_num_queries):
    def counts():
        bodies = json.loads(client.get("/api/progress/v1/bodies").content)["bodies"]
        reviews = json.loads(client.get("/api/progress/v1/reviews").content)["reviews"]
        return {one["body"]: one["asked"] for one in bodies}, {one["review"]: one["held"] for one in reviews}

    before = counts()
    asked = Body.objects.get(slug="home-office")
    captured = make_recommendation(at="captured", review=Review.objects.get(slug="lammy-2017"), slug="36", number="36")
    captured.bodies.set([asked])
    after = counts()
    assert after[0]["a-body"] == 0
    assert all(now | was == now for was, now in zip(before, after, strict=True))
    assert before[1]["lammy-2017"] == 35
    with django_assert_max_num_queries(6):
        client.get("/api/progress/v1/reviews")


def test_a_total_says_whose_claims_it_was_looked_for_in_and_never_more_than_was_counted(client):
    page = text(client.get("/progress/lammy-2017/"))
    assert "claims of all who were asked, taken together" in page
    assert "In progress: 3 of 4 named" in page
    assert "Found again" not in page
    totals = json.loads(client.get("/api/progress/v1/reviews/lammy-2017").content)["totals"]
    assert [one["pooled"] for one in totals if one["verdict"] == "in-part"] == [True, True, True]


def test_filters_work_as_links_and_files_hold_the_same(client):
    page = text(client.get("/progress/?status=under-way"))
    assert "1 recommendation: Under way" in page
    assert "/progress/lammy-2017/13/" in page
    assert "status=under-way&amp;body=ministry-of-justice" in page
    csv = text(client.get("/progress/recommendations.csv?status=under-way"))
    assert csv.count("lammy-2017-13") >= 1
    assert "lammy-2017-4" not in csv
    assert client.get("/progress/recommendations.csv?status=planned").status_code == 404
    wrong = client.get("/progress/?status=stalld")
    assert wrong.status_code == 404
    assert "stalled" in wrong.content.decode()
    for address, values in (
        ("/progress/?status=zzz", ("done-as-written", "cannot-tell")),
        ("/progress/?theme=zzz", ("prisons", "courts")),
        ("/progress/commitments/?status=zzz", ("on-track", "missed")),
        ("/progress/explain-or-reform/?status=zzz", ("opened", "awaited")),
        ("/progress/assessments.csv?review=zzz", ("lammy-2017", "young-2014")),
        ("/progress/recommendations.csv?body=zzz", ("home-office", "judiciary")),
        ("/news/?kind=zzz", ("register", "commitments")),
        ("/api/progress/v1/recommendations?stage=zzz", ("stop-and-search", "probation")),
    ):
        wrong = client.get(address)
        assert wrong.status_code == 404, address
        assert all(value in wrong.content.decode() for value in values), address
    assert "No recommendation is of all these" in text(client.get("/progress/?status=planned"))
    every = json.loads(client.get("/progress/assessments.json?review=lammy-2017").content)
    assert "EQUAL" in json.dumps(every)
    listed = json.loads(client.get("/api/progress/v1/recommendations?body=home-office").content)["recommendations"]
    assert listed
    assert all("home-office" in one["bodies"] for one in listed)


def test_a_recommendation_can_be_cited_followed_shown_elsewhere_and_read_by_programs(client):
    page = text(client.get("/progress/lammy-2017/13/"))
    assert "/news/alerts/?of=reviews.recommendation%3Alammy-2017-13" in page
    assert "The Lammy Review: Recommendation 13" in text(
        client.get("/news/alerts/?of=reviews.recommendation%3Alammy-2017-13")
    )
    assert "of=reviews.review%3Alammy-2017" in text(client.get("/progress/lammy-2017/"))
    bib = client.get("/progress/lammy-2017/13/cite.bib").content.decode()
    assert bib.startswith("@misc{evenhand-lammy-2017-13,")
    assert "/progress/lammy-2017/13/" in bib
    assert "The Lammy Review: record of progress" in client.get("/progress/lammy-2017/cite.txt").content.decode()
    small = client.get("/progress/lammy-2017/13/embed/")
    assert "frame-ancestors *" in small.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in small.headers
    root = ET.fromstring(client.get("/progress/lammy-2017/latest.atom").content)  # noqa: S314  (our own)
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 50
    feed = json.loads(client.get("/progress/lammy-2017/latest.json").content)
    assert feed["items"][0]["url"].endswith("/progress/lammy-2017/13/")
    one = json.loads(client.get("/api/progress/v1/recommendations/lammy-2017-6").content)
    assert one["counts_as_published"] is False
    assert one["said"][0]["position"] == "in-progress"
    missing = client.get("/api/progress/v1/recommendations/lammy-2017-133")
    assert missing.status_code == 404
    assert "lammy-2017-13" in missing.json()["error"]["near"]
    review = json.loads(client.get("/api/progress/v1/reviews/lammy-2017").content)
    assert (review["in_all"], review["held"], len(review["totals"])) == (35, 35, 8)


def test_pages_of_stages_groups_places_and_topics_say_what_was_promised(client):
    for address in ("/stages/stop-and-search/", "/topics/prisons/", "/groups/black/", "/places/E23000001/"):
        assert "What was promised" in text(client.get(address)), address
    assert "/progress/lammy-2017/13/" in text(client.get("/sitemap.xml"))
