"""One whole assessment in the staff home: captured, verified, published, assessed and answered by two people."""

import html
import re

import pytest
from django.utils import timezone

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.reviews.models import Assessment, Recommendation, Review
from evenhand.domains.reviews.tests import make_reviews as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_two_people_take_a_recommendation_from_the_report_to_a_published_assessment(client):
    first, second = signed_in(person("coordinator")), signed_in(person("secretariat"))
    said = {"title": "A made-up review", "short": "Made up", "slug": "made-up-2026", "kind": "review"}
    refused = first.post("/staff/progress/review", {**said, "slug": "bodies"})
    assert refused.status_code == 400
    assert "taken by an address" in text(refused)
    assert first.post("/staff/progress/review", said).status_code == 302
    # Nobody sees the review before the second person publishes it.
    assert client.get("/progress/made-up-2026/").status_code == 404
    assert "made-up-2026/publish" not in first.get("/staff/progress/reviews/made-up-2026/").content.decode()
    assert "a review, to be published" in text(second.get("/staff/progress/"))
    second.post("/staff/progress/reviews/made-up-2026/publish")
    assert "A made-up review" in text(client.get("/progress/made-up-2026/"))
    asked = {"review": Review.objects.get().pk, "slug": "1", "number": "1", "summary": "Count everybody."}
    asked |= {"addressed_to": "A body", "topics": ["data-and-research"], "url": "https://example.org/report"}
    assert "Fill" in text(first.post("/staff/progress/capture", {**asked, "summary": ""}))
    first.post("/staff/progress/capture", asked)
    one = Recommendation.objects.get()
    here = f"/staff/progress/recommendations/{one.pk}/"
    # Whoever wrote it finds no button; a second person sees it in the report and publishes it.
    assert "Verify against the source" not in text(first.get(here))
    assert client.get("/progress/made-up-2026/1/").status_code == 404
    assert "to be verified" in text(second.get("/staff/progress/"))
    assert second.post(f"{here}verify", {"verification": "text-seen"}).status_code == 400
    second.post(f"{here}verify", {"verification": "text-seen", "seen": "the report itself", "page": "7"})
    second.post(f"{here}publish")
    assert "Count everybody." in text(client.get("/progress/made-up-2026/1/"))
    # An assessment of ours: drafted by one, reviewed by the other, sent to the body, answered, published.
    ours = {"capacity": "us", "position": "under-way", "basis": "letter", "rationale": "We read the plan."}
    ours |= {"url": "https://example.org/plan"}
    assert second.post(f"{here}assess", {**ours, "position": "completed"}).status_code == 400
    second.post(f"{here}assess", ours)
    made = Assessment.objects.get()
    there = f"/staff/progress/assessments/{made.pk}/"
    assert "I have reviewed it" not in text(second.get(there))
    today = timezone.localdate().isoformat()
    for step, given in (
        ("review", {}),
        ("ask", {"on": today}),
        ("reply", {"reply": "We count already.", "on": today}),
        ("publish", {}),
    ):
        assert first.post(f"{there}{step}", given).status_code == 302, step
    made.refresh_from_db()
    assert made.status == "published"
    page = text(client.get("/progress/made-up-2026/1/"))
    assert "Where it stands: Under way" in page
    assert "We count already." in page
    assert "We read the plan." in page
    assert "Made up, Recommendation 1. We: Under way" in text(client.get("/news/?kind=progress"))
    # Everything that was done stands on the page of the case.
    assert "reviews.assessment.publish" in text(second.get(there))


def test_what_shipped_unchecked_is_checked_from_the_desk():
    one = make.recommendation()
    Recommendation.objects.filter(pk=one.pk).update(verification="gist-only", numbered="inferred")
    browser = signed_in(person("content-editor"))
    assert "1 recommendation not yet checked" in text(browser.get("/staff/progress/"))
    assert "Count everybody." in text(browser.get("/staff/progress/?q=count"))
    here = f"/staff/progress/recommendations/{one.pk}/"
    browser.post(f"{here}check", {"verification": "text-seen", "seen": "the report itself"})
    one.refresh_from_db()
    assert (one.verification, one.numbered) == ("text-seen", "source")


def test_nobody_else_finds_the_desk(client):
    assert client.get("/staff/progress/").status_code == 302
    assert signed_in(person("statistics-editor")).get("/staff/progress/").status_code == 403


def test_two_people_ask_for_an_answer_and_publish_it(client):
    one = make.recommendation()
    first, second = signed_in(person("coordinator")), signed_in(person("secretariat"))
    here, public = f"/staff/progress/recommendations/{one.pk}/", f"/progress/{one.review.slug}/1/"
    today = timezone.localdate().isoformat()
    assert first.get(here).content.decode().count(f'name="on" value="{today}"') == 2  # today, unless it is said
    assert first.post(f"{here}asking", {"on": "2999-01-01", "words": "What was done?"}).status_code == 400
    first.post(f"{here}asking", {"on": today, "words": "What was done?"})
    assert "that an answer was asked for, to be published" in text(second.get("/staff/progress/"))
    assert "Asked for an answer" not in text(client.get(public))
    assert f"{here}publish-asking" not in first.get(here).content.decode()
    second.post(f"{here}publish-asking")
    page = text(client.get(public))
    assert "What was done?" in page
    assert "A body: Due by" in page
    answer = {"body": one.bodies.get().pk, "on": today, "position": "accepted", "basis": "intent"}
    answer |= {"rationale": "They will count.", "url": "https://example.org/answer"}
    assert "Which body answers" in text(first.post(f"{here}answer", {**answer, "body": ""}))
    first.post(f"{here}answer", answer)
    made = Assessment.objects.get()
    there = f"/staff/progress/assessments/{made.pk}/"
    assert there in second.get(here).content.decode()
    # Whoever wrote it changes it until it is looked at; of two windows, the later says what the earlier did.
    seen = re.search(r'name="seen" value="(\d+)"', first.get(there).content.decode())[1]
    first.post(f"{there}rewrite", {**answer, "rationale": "They will count all.", "seen": seen})
    late = first.post(f"{there}rewrite", {**answer, "rationale": "They will count some.", "seen": seen})
    assert late.status_code == 400
    assert "changed while you had it open" in text(late)
    assert "They will count all." in text(late)
    again = re.search(r'name="seen" value="(\d+)"', late.content.decode())[1]
    assert again != seen
    assert f"{there}rewrite" not in second.get(there).content.decode()
    second.post(f"{there}rewrite", {**answer, "rationale": "They will not.", "seen": again})
    assert "They will count." not in text(client.get(public))
    for step in ("review", "quote"):
        assert second.post(f"{there}{step}").status_code == 302
    page = text(client.get(public))
    assert "They will count all." in page
    assert "A body: Done on" in page
    assert "They will not." not in page
