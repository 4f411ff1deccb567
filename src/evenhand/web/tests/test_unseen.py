"""What is not public is seen by nobody who does not write: drafts, what is in review, scheduled, and withdrawn."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.core.access import ROLES, machine
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.search.actions import index
from evenhand.domains.publishing.actions.planting import plant
from evenhand.domains.publishing.tests.make import article
from evenhand.web.search import SOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MARK = "Quagga"  # stands in every page that is not public, and nowhere else
WRITERS = {"content-editor", "administrator"}


@pytest.fixture
def unseen(db):
    """One page in each state that is not public."""
    plant(by=machine("release"))
    pages = [article(f"{MARK} {name}", slug=name, summary=MARK, live=False) for name in ("draft", "review", "later")]
    pages[1].get_latest_revision()
    pages[1].get_workflow().start(pages[1], person("content-editor", name="author"))
    pages[2].go_live_at = timezone.now() + dt.timedelta(days=1)
    pages[2].save_revision(approved_go_live_at=pages[2].go_live_at)
    withdrawn = article(f"{MARK} withdrawn", slug="withdrawn", summary=MARK, topics=("prisons",))
    index(SOURCES)
    withdrawn.unpublish()
    index(SOURCES)
    return [*pages, withdrawn]


def addresses(pages):
    """Every way that could lead to one of them."""
    for page in pages:
        yield f"/news/{page.slug}/"
        yield f"/cy/news/{page.slug}/"
        yield f"/news/{page.slug}/?preview=true"
        yield f"/cards/{page.pk}.png"
        for what in (
            "edit",
            "edit/preview",
            "view_draft",
            "history",
            "usage",
            "copy",
            "move",
            "unpublish",
            "workflow/status",
        ):
            yield f"/staff/pages/{page.pk}/{what}/"
        for revision in page.revisions.all():
            yield f"/staff/pages/{page.pk}/revisions/{revision.pk}/view/"
            yield f"/staff/pages/{page.pk}/revisions/{revision.pk}/revert/"
        yield f"/staff/api/main/pages/{page.pk}/"
    yield from ("/", "/news/", "/news/?topic=prisons", "/topics/prisons/", "/news/latest.atom", "/news/latest.json")
    yield from (f"/search/?q={MARK}", "/sitemap.xml", "/about/race-and-justice/", "/staff/", "/staff/pages/")
    yield from (f"/staff/pages/search/?q={MARK}", "/staff/api/main/pages/", f"/staff/api/main/pages/?search={MARK}")
    yield from (
        "/staff/reports/workflow/",
        "/staff/reports/site-history/",
        "/staff/reports/locked/",
        "/staff/choose-page/",
    )
    yield from (
        f"/staff/choose-page/search/?q={MARK}",
        "/staff/reports/aging-pages/",
        "/staff/reports/workflow_tasks/",
    )


def seen_by(browser, pages):
    found = []
    for url in addresses(pages):
        answer = browser.get(url)
        if answer.status_code >= 500:
            found.append(f"{url}: {answer.status_code}")
        elif answer.status_code == 200 and not answer.streaming and MARK in answer.content.decode(errors="ignore"):
            found.append(url)
    # What was typed is shown again, and is no answer.
    return [url for url in found if not url.endswith(f"={MARK}")] + [
        url for url in found if url.endswith(f"={MARK}") and f"{MARK} " in browser.get(url).content.decode()
    ]


@pytest.mark.parametrize("role", ["", "person", *(role.slug for role in ROLES if role.slug not in WRITERS)])
def test_nobody_who_does_not_write_sees_what_is_not_public(unseen, role):
    browser = Client() if not role else signed_in(person() if role == "person" else person(role))
    assert seen_by(browser, unseen) == []


@pytest.mark.parametrize(("name", "options"), [("suspended", {"suspended": True}), ("expired", {"expired": True})])
def test_whoever_wrote_once_sees_it_no_more(unseen, name, options):
    who = person("content-editor", expired=options.get("expired", False))
    if options.get("suspended"):
        from evenhand.core.accounts.actions import suspend

        browser = signed_in(who)
        suspend(who, by=machine("test"), why="A test.")
    else:
        browser = signed_in(who)
    assert seen_by(browser, unseen) == []


def test_a_writer_without_the_second_factor_sees_nothing_and_with_it_all(unseen):
    writer = person("content-editor")
    assert seen_by(signed_in(writer, second_factor=False), unseen) == []
    seen = seen_by(signed_in(writer), unseen)
    assert [url for url in seen if not url.startswith("/staff/")] == []
    assert f"/staff/pages/{unseen[0].pk}/view_draft/" in seen
