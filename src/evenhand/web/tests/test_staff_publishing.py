"""In the staff home one person writes and another publishes, by every door; what was public is never deleted."""

import pytest
from wagtail.documents import get_document_model
from wagtail.models import Page

from evenhand.core.access import machine
from evenhand.core.accounts.models import Person
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.files.tests.make import PDF, upload
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import Ref
from evenhand.domains.publishing.actions.planting import plant
from evenhand.domains.publishing.models import Article
from evenhand.domains.publishing.tests.make import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(db):
    plant(by=machine("release"))
    return Page.objects.get(slug="news")


@pytest.fixture
def anna(news):
    return signed_in(person("content-editor", name="anna"))


@pytest.fixture
def ben(news):
    return signed_in(person("content-editor", name="ben"))


def filled(**said):
    """The form of an article, as the editor sends it."""
    figure = {"measure": "stop-and-search", "place": "E23000016", "group": "Black", "period": "", "release": ""}
    counts = {"welsh_body-count": "0", "corrections-count": "0", "comments-TOTAL_FORMS": "0"}
    return {
        "title": "West Mercia",
        "slug": "west-mercia",
        "summary": "BAME people.",
        "issued_on": "2026-11-23",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "figure",
        "body-0-id": "",
        **{f"body-0-value-{name}": value for name, value in figure.items()},
        **counts,
        "comments-INITIAL_FORMS": "0",
        **said,
    }


def test_a_page_is_written_read_and_published_by_two(anna, ben, news, client):
    added = f"/staff/pages/add/publishing/article/{news.pk}/"
    assert anna.post(added, filled(**{"action-publish": "yes"})).status_code == 302
    page = Article.objects.get(slug="west-mercia")
    assert not page.live
    edit = f"/staff/pages/{page.pk}/edit/"
    shown = anna.get(edit).content.decode()
    assert "worth another look" in shown
    assert "action-publish" not in shown
    kept = page.get_latest_revision_as_object().body[0].value
    assert kept["release"]
    assert kept["period"] == "2024/25"

    anna.post(edit, filled(**{"action-submit": "yes", "body-0-value-release": kept["release"]}))
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    held = page.get_latest_revision_as_object().body[0].id
    same = filled(**{"body-0-id": held, "body-0-value-release": kept["release"], "body-0-value-period": kept["period"]})
    assert "Approve" not in anna.get(edit).content.decode()
    anna.post(edit, {**same, **approve})
    page.refresh_from_db()
    assert not page.live
    assert "Approve" in ben.get(edit).content.decode()
    ben.post(edit, {**same, **approve})
    page.refresh_from_db()
    assert page.live
    text = client.get("/news/west-mercia/").content.decode()
    assert kept["release"] in text
    history = anna.get(f"/staff/pages/{page.pk}/history/").content.decode()
    assert "anna" in history
    assert "ben" in history


def test_whoever_changes_what_was_submitted_cannot_be_the_one_who_publishes_it(anna, ben, news):
    anna.post(f"/staff/pages/add/publishing/article/{news.pk}/", filled(**{"action-submit": "yes"}))
    page = Article.objects.get(slug="west-mercia")
    edit = f"/staff/pages/{page.pk}/edit/"
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    ben.post(edit, filled(summary="Other words.", **approve))
    page.refresh_from_db()
    assert not page.live


def test_an_administrator_publishes_nothing_alone_either(news):
    admin = signed_in(person("administrator"))
    admin.post(f"/staff/pages/add/publishing/article/{news.pk}/", filled(**{"action-publish": "yes"}))
    page = Article.objects.get(slug="west-mercia")
    admin.post(f"/staff/pages/{page.pk}/edit/", filled(**{"action-publish": "yes"}))
    admin.post(f"/staff/bulk/wagtailcore/page/publish/?id={page.pk}", {"include_descendants": "on"})
    copied = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": news.pk, "publish_copies": "on"}
    live = article("Live already", slug="live-already")
    admin.post(f"/staff/pages/{live.pk}/copy/", copied)
    assert not Article.objects.filter(slug__in=("west-mercia", "copy"), live=True).exists()


def test_what_was_public_is_not_deleted(anna, news):
    admin = signed_in(person("administrator"))
    page = article("Once public", slug="once-public")
    for url in (f"/staff/pages/{page.pk}/delete/", f"/staff/bulk/wagtailcore/page/delete/?id={page.pk}"):
        admin.post(url)
        assert Article.objects.filter(pk=page.pk).exists()


def test_a_file_beside_a_page_is_what_its_name_says_and_holds_nothing_that_runs(anna):
    for content in (
        b"<html><script>alert(1)</script>",
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Java#53cript>>"),
    ):
        answer = anna.post("/staff/documents/add/", {"title": "Report", "file": upload("report.pdf", content)})
        assert answer.status_code == 200
        assert "called what it is" in answer.content.decode() or "holds a script" in answer.content.decode()
    assert not get_document_model().objects.exists()
    anna.post("/staff/documents/add/", {"title": "Report", "file": upload("report.pdf", PDF)})
    assert get_document_model().objects.get().file_extension == "pdf"


def test_the_preview_is_a_page_without_scripts_that_only_our_own_editor_may_frame(anna, news):
    page = article(slug="framed", live=False)
    anna.post(f"/staff/pages/{page.pk}/edit/preview/", filled(slug="framed"))
    response = anna.get(f"/staff/pages/{page.pk}/edit/preview/")
    assert response.status_code == 200
    assert response.content.count(b"<script") == response.content.count(b'<script type="application/ld+json">') == 1
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_other_roles_write_nothing(news):
    other = signed_in(person("directory-editor"))
    response = other.post(f"/staff/pages/add/publishing/article/{news.pk}/", filled())
    assert response.status_code in {302, 403}
    assert not Article.objects.exists()


def test_a_page_that_was_approved_for_later_is_published_by_the_clock(news, client, monkeypatch):
    import datetime as dt

    from django.utils import timezone

    from evenhand.domains.publishing.tasks import publish_scheduled

    page = article(slug="later", live=False)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled(timezone.now())
    assert client.get("/news/later/").status_code == 404
    later = timezone.now() + dt.timedelta(hours=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    for _twice in range(2):
        publish_scheduled(timezone.now())
    assert client.get("/news/later/").status_code == 200


def test_the_journal_says_who_saved_sent_back_published_and_withdrew(anna, ben, news):
    added = f"/staff/pages/add/publishing/article/{news.pk}/"
    anna.post(added, filled(**{"action-submit": "yes"}))
    page = Article.objects.get(slug="west-mercia")
    edit = f"/staff/pages/{page.pk}/edit/"
    with_release = filled(
        **{
            "body-0-id": page.get_latest_revision_as_object().body[0].id,
            "body-0-value-release": page.get_latest_revision_as_object().body[0].value["release"],
            "body-0-value-period": "2024/25",
        }
    )
    act = {**with_release, "action-workflow-action": "true", "workflow-action-name": "approve"}
    ben.post(edit, act)
    ben.post(f"/staff/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert not page.live
    lines = [(line.tag.rpartition(".")[2], line.by) for line in lines_about(page.ref)][::-1]
    written, read = (Ref("accounts.person", str(Person.objects.get(name=name).pk)) for name in ("anna", "ben"))
    assert lines == [("save", written), ("publish", read), ("approve", read), ("withdraw", read)]
