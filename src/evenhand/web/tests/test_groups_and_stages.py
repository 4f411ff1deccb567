"""The pages of groups and stages: every one is there, leads to its neighbours, and refuses what it does not know."""

import html
import re
from itertools import pairwise

import pytest

from evenhand.domains.evidence.queries.of_group import groups
from evenhand.library.vocabulary import stages

pytestmark = [pytest.mark.usefixtures("gathered_styles"), pytest.mark.django_db]
HEAVIEST = 60_000
GROUPS = [group.slug for _, some in groups() for group in some]
STAGES = [stage.slug for stage in stages()]


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("slug", GROUPS)
def test_every_group_has_its_page(slug, visitor):
    response = visitor.get(f"/groups/{slug}/", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert len(response.content) < HEAVIEST


@pytest.mark.parametrize("slug", STAGES)
def test_every_stage_has_its_page_and_leads_on(slug, visitor):
    response = visitor.get(f"/stages/{slug}/", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert len(response.content) < HEAVIEST


def test_stages_lead_from_one_to_the_next(visitor):
    for before, after in pairwise(STAGES):
        assert f'href="/stages/{after}/"' in visitor.get(f"/stages/{before}/").content.decode()
        assert f'href="/stages/{before}/"' in visitor.get(f"/stages/{after}/").content.decode()


def test_the_indexes_lead_to_every_page_once(visitor):
    for kind, slugs in (("groups", GROUPS), ("stages", STAGES)):
        found = re.findall(rf'href="/{kind}/([^"/]+)/"', visitor.get(f"/{kind}/").content.decode())
        assert sorted(found) == sorted(slugs)


@pytest.mark.parametrize(
    ("path", "near", "said"),
    [
        ("/groups/blak/", "/groups/black/", "There is no group 'blak'"),
        ("/stages/prisn/", "/stages/prison/", "no stage"),
    ],
)
def test_a_slip_of_the_pen_leads_to_what_was_meant(path, near, said, visitor):
    response = visitor.get(path)
    assert response.status_code == 404
    assert said in text(response)
    assert f'href="{near}"' in response.content.decode()


def test_a_group_that_must_be_read_with_a_warning_opens_with_it(visitor):
    assert "That is the absence of a label, not of searches." in text(visitor.get("/groups/roma/"))
    assert "officers often choose" in text(visitor.get("/groups/other-black/"))


def test_a_measure_leads_to_its_place_its_group_and_its_stage_and_the_journey_to_its_stages(visitor):
    page = visitor.get("/evidence/stop-and-search/E23000016/").content.decode()
    for address in ("/places/E23000016/", "/groups/black/", "/stages/stop-and-search/"):
        assert f'href="{address}"' in page
    page = visitor.get("/evidence/stop-and-search/?groups=19&group=Arab").content.decode()
    assert 'href="/groups/arab/"' in page
    page = visitor.get("/evidence/").content.decode()
    for slug in STAGES:
        assert f'href="/stages/{slug}/"' in page
