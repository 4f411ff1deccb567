"""The evidence inbox in the staff home: one clears, another decides."""

import html
import re

import pytest

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.reviews.actions import evidence
from evenhand.domains.reviews.models import Submission
from evenhand.domains.reviews.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles"), pytest.mark.long]
HERE = "/staff/evidence-inbox/"


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_what_was_sent_is_cleared_by_one_and_used_by_another():
    one, other = signed_in(person("coordinator")), signed_in(person("content-editor"))
    made = make.adopted()
    sent = evidence.submit(made.ref, "Jo sat on no panel.")
    here = f"{HERE}{sent.pk}/"
    assert made.title in text(one.get(HERE))
    assert "Jo sat on no panel." in one.get(here).content.decode()
    one.post(f"{here}screen", {"words": "On one panel there was no such member."})
    assert "Nothing is open" not in text(one.get(here))
    one.post(f"{here}accept", {"why": "It shows a gap."})
    assert Submission.objects.get().status == "screened"
    other.post(f"{here}accept", {"why": "It shows a gap."})
    assert Submission.objects.get().status == "accepted"
