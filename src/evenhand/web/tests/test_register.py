"""The register where evidence and promises meet: what figures bear is put forward, opened, and led to from them."""

import html
import re

import pytest

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.reviews.models import Disparity
from evenhand.domains.reviews.tests import make
from evenhand.web.proposals import proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
HERE = "/staff/explain-or-reform/"
CAUSAL = re.compile(
    r"because|due to|caus|owing to|as a result|led to|lead to|driven by|explained by|bias|racis|discriminat|prejudice|"
    r"unfair|\bwhy\b",
    re.IGNORECASE,
)


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_what_is_put_forward_is_clear_to_a_groups_harm_and_says_whether_it_lasts():
    every = proposals()
    assert every[0].key == "stop-and-search.black"
    assert every[0].lasting
    for one in every:
        row = ask(one.figure.key).answer().row(one.row.group)
        assert row.clear, one.key
        harm = one.answered.measure.harm
        assert (row.ratio > 1) == (harm == "higher"), one.key
    lasting = [one.lasting for one in every]
    assert lasting == sorted(lasting, reverse=True)
    # Of one period alone nobody knows whether it persists.
    assert all(one.periods > 1 for one in every)
    assert all("left out parity in" in one.finding for one in every)


def test_no_generated_sentence_says_why():
    for one in proposals():
        assert not CAUSAL.search(f"{one.title} {one.finding}"), one.finding


def test_a_difference_is_put_forward_opened_asked_and_led_to_from_the_page_of_its_measure(client):
    one, other = signed_in(person("coordinator")), signed_in(person("secretariat"))
    measure = "/evidence/stop-and-search/"
    assert "on the register" not in text(client.get(measure))
    assert "What the released figures bear" in text(one.get(HERE))
    one.post(f"{HERE}propose", {"key": "stop-and-search.black"})
    made = Disparity.objects.get()
    here = f"{HERE}{made.slug}/"
    assert "on the register" not in text(client.get(measure))
    assert client.get(f"/progress/explain-or-reform/{made.slug}/").status_code == 404
    one.post(f"{here}open", {"body": make.body().pk})
    assert Disparity.objects.get().status == "proposed"
    other.post(f"{here}open", {"body": make.body().pk})
    said = text(client.get(measure))
    assert "One difference in these figures is on the register" in said
    assert f'href="/progress/explain-or-reform/{made.slug}/"' in client.get(measure).content.decode()
    assert "on the register" not in text(client.get("/evidence/arrests/"))
    wrong = other.post(f"{here}turn", {"kind": "promise", "on": "2026-01-05", "words": "They say that they will."})
    assert wrong.status_code == 400
    assert "They say that they will." in wrong.content.decode()
    other.post(f"{here}turn", {"kind": "ask", "on": "2026-01-05", "words": "We asked."})
    assert "We asked." not in text(client.get(f"/progress/explain-or-reform/{made.slug}/"))
    one.post(f"{here}publish-turn")
    page = text(client.get(f"/progress/explain-or-reform/{made.slug}/"))
    for words in ("We asked.", "Explanation awaited", "Due by", "None that is published here.", made.finding):
        assert words in page
    assert "An authority" in text(client.get("/progress/overdue/"))
    assert made.slug in client.get("/progress/explain-or-reform/register.csv").content.decode()
    assert client.get(f"/api/progress/v1/disparities/{made.slug}").json()["turns"][0]["kind"] == "ask"


def test_the_register_is_narrowed_by_links_and_an_unknown_filter_is_not_there(client):
    assert "Nothing is on the register yet" in text(client.get("/progress/explain-or-reform/"))
    made = make.opened()
    other = make.opened()
    make.turn(other, "explain")
    page = client.get("/progress/explain-or-reform/?status=explained").content.decode()
    assert other.slug in page
    assert made.slug not in page
    assert client.get("/progress/explain-or-reform/?status=brilliant").status_code == 404
    assert client.get("/api/progress/v1/disparities/nothing").status_code == 404


def test_what_is_not_borne_out_is_not_put_forward():
    browser = signed_in(person("coordinator"))
    page = browser.post(f"{HERE}propose", {"key": "stop-and-search.white"}, follow=True)
    assert "do not bear that" in text(page)
    assert not Disparity.objects.exists()
