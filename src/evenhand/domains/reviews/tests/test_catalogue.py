"""What ships of reviews, how it is read, and how it comes into the tables."""

from collections import Counter

import pytest

from evenhand.core.journal.models import Line
from evenhand.core.references import Ref, resolve
from evenhand.domains.reviews.actions.loading import load
from evenhand.domains.reviews.lifecycle.assessments import ASSESSMENT, PUBLIC
from evenhand.domains.reviews.models import Assessment, Body, Recommendation, Review, Total
from evenhand.domains.reviews.models.reviews import RESERVED
from evenhand.domains.reviews.people import RELEASE
from evenhand.domains.reviews.queries.catalogue import check_catalogue
from evenhand.domains.reviews.queries.totals import totals_of
from evenhand.domains.reviews.rules import catalogue
from evenhand.domains.reviews.tests.make_reviews import keeper
from evenhand.domains.reviews.urls import urlpatterns
from evenhand.library.discover import Fault

REVIEW = 'title = "A review"\nshort = "A"\nkind = "review"\nnamed = "A"\n'
ASK = """
[[recommendation]]
slug = "1"
summary = "Do it."
addressed_to = "Somebody"
theme = "Data"
seen = "text read"
url = "https://example.org/"
"""


def test_every_row_of_the_research_ships_with_how_far_it_was_seen():
    every = [one for review in catalogue.reviews() for one in review.recommendations]
    assert Counter(one.verification for one in every) == {
        "text-seen": 38,
        "gist-seen": 14,
        "gist-only": 39,
        "memory-consistent": 4,
        "unverified": 5,
    }
    assert sum(len(review.claims) for review in catalogue.reviews()) == 91
    assert sum(len(review.totals) for review in catalogue.reviews()) == 13
    assert all(len(claim.quotation.split()) <= 25 for review in catalogue.reviews() for claim in review.claims)


def test_what_is_declared_can_be_used_and_takes_no_word_of_ours():
    assert check_catalogue() == []
    routes = [str(pattern.pattern).lstrip("^").replace("\\", "") for pattern in urlpatterns]
    fixed = {route.split("/")[0].split(".")[0] for route in routes if route and route[0] not in "<("}
    assert fixed <= RESERVED
    assert not {review.slug for review in catalogue.reviews()} & RESERVED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (REVIEW + ASK, "'verification' is missing"),
        (REVIEW + ASK + 'verification = "seen"\n', "'verification' is 'seen'"),
        (REVIEW + ASK.replace("https://example.org/", "") + 'verification = "gist-only"\n', "has no source"),
        (REVIEW + ASK + 'verification = "gist-only"\nquotation = "Do it now"\n', "is quoted"),
        (REVIEW + ASK + 'verification = "text-seen"\nbodies = ["nobody"]\n', "body that is not known: nobody"),
        (REVIEW + ASK + 'verification = "text-seen"\nmeasures = ["moods"]\n', "measure that is not known: moods"),
        (REVIEW + 'published = "last year"\n', "write 2017, 2017-12 or 2017-12-19"),
        (REVIEW + 'titel = "x"\n', "did you mean 'title'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path, text, said):
    (tmp_path / "a-review.toml").write_text(text)
    with pytest.raises(Fault, match=r"a-review\.toml") as fault:
        catalogue.read_reviews(tmp_path)
    assert said in str(fault.value)


@pytest.mark.django_db
def test_loading_again_writes_nothing_and_leaves_alone_what_a_person_changed():
    done = load(by=RELEASE)
    assert done == {"bodies": 38, "reviews": 19, "recommendations": 100, "assessments": 91, "totals": 13} | {
        "standings": 0
    }
    counts = [model.objects.count() for model in (Body, Review, Recommendation, Assessment, Total)]
    assert counts == [38, 19, 100, 91, 13]
    assert Line.objects.filter(tag="reviews.catalogue.load").count() == 1
    one = Recommendation.objects.get(key="lammy-2017-13")
    one.summary, one.changed_by, one.shipped = "As a person wrote it.", Ref("accounts.person", "1"), "older"
    one.save()
    Recommendation.objects.filter(key="lammy-2017-3").update(summary="As an older release had it.", shipped="older")
    assert {kind: number for kind, number in load(by=RELEASE).items() if number} == {"recommendations": 1}
    assert Recommendation.objects.get(key="lammy-2017-13").summary == "As a person wrote it."
    assert Recommendation.objects.get(key="lammy-2017-3").summary.startswith("Publish all ethnicity datasets")
    assert not any(load(by=RELEASE).values())
    assert Line.objects.filter(tag="reviews.catalogue.load").count() == 2
    # Nor does it take back why a person withdrew what was said.
    claim = Assessment.objects.get(key="lammy-2017-14")
    claim = ASSESSMENT.move(claim, "withdraw", by=keeper("secretariat"), why="The source was misread.")
    Assessment.objects.filter(pk=claim.pk).update(shipped="older")
    assert not any(load(by=RELEASE).values())
    assert "misread" in Assessment.objects.get(pk=claim.pk).note
    # What is held of one stands where others look for it.
    known = resolve([Ref("reviews.recommendation", "lammy-2017-13"), Ref("reviews.body", "home-office")])
    assert [one.url for one in known.values()] == ["/progress/lammy-2017/13/", "/progress/bodies/home-office/"]
    # The totals that others published, found again where the claims allow it: checked, published and dated ones.
    lammy = Review.objects.get(slug="lammy-2017")
    said = list(lammy.assessments.filter(status__in=PUBLIC).prefetch_related("recommendations"))
    verdicts = {f"{one.one.assessor} {one.one.on}": one.found.verdict for one in totals_of(lammy, said)}
    assert verdicts["EQUAL 2020"] == "not-counted"
    assert verdicts["Government (minister, Commons) 2020-06-30"] == "in-part"
    assert verdicts["Prison Reform Trust 2023-03-24"] == "none-named"
    assert Body.objects.get(slug="offender-management-service").successors.get().slug == "prison-and-probation-service"


@pytest.mark.django_db
def test_what_an_earlier_release_took_for_answered_is_put_right_once_and_what_a_person_recorded_stays():
    load(by=RELEASE)
    Recommendation.objects.filter(key__in=("lammy-2017-11", "lammy-2017-34")).update(status="responded")
    person = {"status": "responded", "response": "We will.", "response_on": "2026-01-05"}
    Recommendation.objects.filter(key="lammy-2017-34").update(changed_by=Ref("accounts.person", "1"), **person)
    Recommendation.objects.filter(key="lammy-2017-4").update(status="published")
    assert load(by=RELEASE)["standings"] == 2
    stands = dict(Recommendation.objects.values_list("key", "status"))
    assert [stands[f"lammy-2017-{number}"] for number in (11, 34, 4)] == ["published", "responded", "responded"]
    tags = Line.objects.filter(tag__startswith="reviews.recommendation.").values_list("tag", "by")
    assert set(tags) == {(f"reviews.recommendation.{move}", RELEASE.ref) for move in ("retract", "respond")}
    assert not any(load(by=RELEASE).values())
