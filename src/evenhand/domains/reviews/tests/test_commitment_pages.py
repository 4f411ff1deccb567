"""Commitments for everybody: what stands where, what is overdue, what can be asked, taken away and copied."""

import csv
import io

import pytest

from evenhand.domains.reviews.actions import challenges
from evenhand.domains.reviews.models import Challenge
from evenhand.domains.reviews.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
HERE = "/progress/commitments/"


def test_the_page_says_so_where_nothing_was_adopted(client):
    make.proposed(title="Not for you yet")
    page = client.get(HERE).content.decode()
    assert "has adopted no commitment here yet" in page
    assert "Not for you yet" not in page
    assert client.get("/progress/commitments/commitments.csv").status_code == 404


def test_a_proposed_commitment_is_not_there(client):
    made = make.proposed()
    for url in (f"{HERE}{made.slug}/", f"{HERE}{made.slug}/ask/", f"/api/progress/v1/commitments/{made.slug}"):
        assert client.get(url).status_code == 404


def test_the_list_says_where_each_stands_and_which_update_is_overdue(client):
    made, other = make.adopted(ago=100), make.adopted(title="Another promise")
    make.told(other, "missed", words="We did not.", learned="Ask sooner.")
    page = client.get(HERE).content.decode()
    for said in (made.title, "days overdue", "Missed", "Ask sooner.", f"{HERE}{other.slug}/"):
        assert said in page
    missed = client.get(f"{HERE}?status=missed").content.decode()
    assert "Another promise" in missed
    assert f'href="{HERE}{made.slug}/"' not in missed
    assert client.get(f"{HERE}?status=brilliant").status_code == 404


def test_a_commitment_shows_its_updates_its_old_words_and_its_questions(client):
    made = make.adopted()
    make.told(made, "changed", words="The log was not complete.", text="Every second panel.")
    asked = challenges.ask(made, "Why so slow?")
    page = client.get(f"{HERE}{made.slug}/").content.decode()
    for said in ("Every second panel.", "The log was not complete.", "Until ", "Every panel has a member"):
        assert said in page
    assert "Why so slow?" not in page
    challenges.show(asked, by=make.somebody(), words="Why so slow?")
    page = client.get(f"{HERE}{made.slug}/").content.decode()
    assert "Why so slow?" in page
    assert "No answer yet" in page


def test_anybody_asks_and_is_thanked_and_nothing_is_shown_before_it_is_read(client):
    made = make.adopted()
    url = f"{HERE}{made.slug}/ask/"
    wrong = client.post(url, {"words": "", "email": "x"})
    assert wrong.status_code == 400
    assert "Error:" in wrong.content.decode()
    sent = client.post(url, {"words": "Who decides?", "email": ""}, follow=True)
    assert "Thank you" in sent.content.decode()
    assert "Who decides?" not in sent.content.decode()
    assert Challenge.objects.get().status == "asked"


def test_too_many_questions_from_one_address_are_refused(client):
    made = make.adopted()
    for number in range(5):
        client.post(f"{HERE}{made.slug}/ask/", {"words": f"Question {number}?"})
    assert client.post(f"{HERE}{made.slug}/ask/", {"words": "One more?"}).status_code == 429
    assert Challenge.objects.count() == 5


def test_all_are_taken_away_as_a_table_and_as_json(client):
    made = make.adopted(title="=1+1")
    rows = list(csv.DictReader(io.StringIO(client.get(f"{HERE}commitments.csv").content.decode())))
    assert [(row["slug"], row["target"]) for row in rows] == [(made.slug, "9 of 10")]
    assert not rows[0]["title"].startswith("=")
    for form in ("xlsx", "json", "csv-metadata.json"):
        assert client.get(f"{HERE}commitments.{form}").status_code == 200
    said = client.get("/api/progress/v1/commitments").json()["commitments"][0]
    assert (said["slug"], said["status"], said["updates"]) == (made.slug, "adopted", [])
    assert client.get(f"/api/progress/v1/commitments/{made.slug}").json() == said
    assert client.get("/api/progress/v1/commitments/nothing").json()["error"]["near"] == [made.slug]


def test_the_template_is_read_and_taken_away(client):
    assert "A template that any charity can copy" in client.get(f"{HERE}template/").content.decode()
    text = client.get(f"{HERE}template/template.md").content.decode()
    assert "## Where it began" in text
    rows = list(csv.DictReader(io.StringIO(client.get(f"{HERE}template/template.csv").content.decode())))
    assert "owner" in [row["name"] for row in rows]
    assert client.get(f"{HERE}template/template.xlsx").status_code == 200


def test_what_is_overdue_is_read_by_everybody(client):
    assert "Nothing is overdue" in client.get("/progress/overdue/").content.decode()
    made = make.adopted(ago=100)
    page = client.get("/progress/overdue/").content.decode()
    assert made.title in page
    assert "this is us" in page


def test_promises_are_news(client):
    made = make.adopted()
    make.told(made, "missed")
    page = client.get("/news/?kind=commitments").content.decode()
    assert f"Promised: {made.title}" in page
    assert f"Missed: {made.title}" in page
    assert made.title in client.get("/news/latest.atom?kind=commitments").content.decode()
