"""The desk of commitments: what waits is seen, steps that are not open are not taken, and what was typed stays."""

import html
import re

import pytest

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.reviews.actions import challenges
from evenhand.domains.reviews.models import Commitment
from evenhand.domains.reviews.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
HERE = "/staff/commitments/"


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.long
def test_two_people_take_a_commitment_from_proposal_to_its_first_update():
    one, other = signed_in(person("secretariat")), signed_in(person("administrator"))
    facts = {
        "title": "Panels",
        "slug": "panels",
        "text": "Every panel.",
        "owner": "The head of people",
        "sponsor": "The chair",
        "measure": "Panels",
        "baseline": "1 of 9",
        "target": "9 of 10",
        "due_on": "2030-01-01",
    }
    wrong = one.post(f"{HERE}propose", {**facts, "due_on": ""})
    assert wrong.status_code == 400
    assert "Every panel." in wrong.content.decode()
    one.post(f"{HERE}propose", facts)
    assert "Panels" in text(one.get(HERE))
    assert f"{HERE}panels/adopt" not in one.get(f"{HERE}panels/").content.decode()
    one.post(f"{HERE}panels/adopt", {"decided_on": "2026-01-05"})
    assert Commitment.objects.get().status == "proposed"
    late = other.post(f"{HERE}panels/adopt", {"decided_on": "2999-01-05"})
    assert (late.status_code, "has not come yet" in text(late)) == (400, True)
    other.post(f"{HERE}panels/adopt", {"decided_on": "2026-01-05"})
    assert "days overdue" in text(other.get(HERE))
    empty = other.post(f"{HERE}panels/update", {"standing": "changed", "words": "The board said so."})
    assert empty.status_code == 400
    assert "The board said so." in empty.content.decode()
    other.post(f"{HERE}panels/update", {"standing": "missed", "words": "We did not.", "learned": "Ask sooner."})
    page = text(other.get(f"{HERE}panels/"))
    assert "We did not." in page
    assert "Publish it" not in page
    other.post(f"{HERE}panels/publish-update")
    assert Commitment.objects.get().status == "adopted"
    one.post(f"{HERE}panels/publish-update")
    assert Commitment.objects.get().status == "missed"


def test_a_question_is_screened_by_one_and_answered_by_another():
    one, other = signed_in(person("coordinator")), signed_in(person("secretariat"))
    asked = challenges.ask(make.adopted(), "Why does Jo say no?")
    here = f"{HERE}challenges/{asked.pk}/"
    assert "to be read" in text(one.get(HERE))
    assert "Why does Jo say no?" in one.get(here).content.decode()
    one.post(f"{here}show", {"words": "Why does somebody say no?"})
    one.post(f"{here}answer", {"answer": "Because."})
    asked.refresh_from_db()
    assert asked.status == "shown"
    other.post(f"{here}answer", {"answer": "Because of the log."})
    asked.refresh_from_db()
    assert (asked.status, asked.answer) == ("answered", "Because of the log.")
