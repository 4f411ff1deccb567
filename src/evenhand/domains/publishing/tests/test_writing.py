"""Pages that editors write: what they show, what they are about, and the figure that keeps its release."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from evenhand.core.quoting import quote
from evenhand.core.terms import TermsField
from evenhand.domains.publishing.blocks import ActionBlock, FigureBlock
from evenhand.domains.publishing.blocks.figure import asked
from evenhand.domains.publishing.models import Article, Publication, SupportSource, Writing
from evenhand.domains.publishing.models.writing import TAKEN
from evenhand.domains.publishing.queries import lists
from evenhand.domains.publishing.tests.make import FIGURE, article

pytestmark = pytest.mark.django_db


def said(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_a_draft_is_nowhere_and_a_published_page_everywhere(planted, client):
    draft = article("A draft of ours", live=False, slug="draft")
    said(client, "/news/draft/", status=404)
    for url in ("/", "/news/", "/news/latest.atom", "/news/latest.json"):
        assert "draft" not in said(client, url).lower(), url
    draft.get_latest_revision().publish()
    assert "A draft of ours" in said(client, "/news/draft/")
    for url in ("/", "/news/", "/news/latest.atom", "/news/latest.json"):
        assert "A draft of ours" in said(client, url), url
    assert "/news/draft/" in [page.get_url() for page in lists.public()]
    Article.objects.get().unpublish()
    said(client, "/news/draft/", status=404)
    assert "A draft of ours" not in said(client, "/news/")


def test_a_page_that_moves_leads_on_from_its_old_address(planted, client, django_capture_on_commit_callbacks):
    page = article(slug="first-name")
    page.slug = "second-name"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get("/news/first-name/")
    assert (response.status_code, response.headers["Location"]) == (301, "/news/second-name/")


def test_what_is_kept_in_memory_goes_when_a_page_is_moved_or_a_link_was_looked_at(planted):
    page = article(slug="moved")
    states = {lists.state()}
    page.move(page.get_parent(), "last-child")
    states.add(lists.state())
    SupportSource.objects.update(looked_at=timezone.now())
    assert len(states | {lists.state()}) == 3


def test_a_correction_stands_over_the_text_with_its_day(planted, client):
    page = article(slug="wrong")
    page.corrections = page.corrections.stream_block.to_python(
        [{"type": "correction", "value": {"on": "2026-11-20", "what": "It said 3.8. It is 3.7."}}]
    )
    page.save_revision().publish()
    text = said(client, "/news/wrong/")
    assert "Corrected on 20 November 2026" in text
    assert "It said 3.8. It is 3.7." in text


def test_every_block_is_shown_and_nothing_in_it_runs(planted, client):
    page = article(
        slug="all",
        blocks=[
            ("heading", "A <b>heading"),
            ("text", '<p>Words <a href="https://example.org/">there</a></p>'),
            ("quotation", {"words": "BAME <i>", "speaker": "A report", "source": "Page 3", "url": ""}),
            ("figure", FIGURE),
            ("action", {"label": "Read on", "address": "/evidence/", "why": ""}),
            ("video", {"title": "Talk", "url": "https://example.org/v", "length": "", "transcript": "<p>Hello</p>"}),
            ("timeline", {"title": "Since", "moments": [{"when": "1999", "what": "A report <", "url": ""}]}),
            ("contact", {"subject": "Us", "role": "Editors", "email": "us@example.org", "note": ""}),
        ],
    )
    text = said(client, page.get_url())
    for shown in ("A &lt;b&gt;heading", "BAME &lt;i&gt;", "3.7×", "Read on", "Hello", "1999", "mailto:us@example.org"):
        assert shown in text
    assert re.findall(r"<script[^>]*>", text) == ['<script type="application/ld+json">']  # data, which nothing runs
    assert "<iframe" not in text


def test_a_figure_keeps_its_period_and_release_when_it_is_saved(planted):
    block = FigureBlock()
    kept = block.clean(block.to_python(FIGURE))
    assert kept["period"] == "2024/25"
    assert kept["release"]
    quoted = quote(asked(kept))
    assert quoted.figure == "3.7×"
    assert quoted.since == ""
    assert kept["release"] in quoted.url


@pytest.mark.parametrize(
    ("wrong", "field"), [({"group": "Blck"}, "group"), ({"period": "1066"}, "period"), ({"release": "zzz"}, "release")]
)
def test_a_figure_that_is_none_is_refused_at_its_field(planted, wrong, field):
    block = FigureBlock()
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({**FIGURE, **wrong}))
    assert list(refusal.value.block_errors) == [field]


def test_a_figure_says_when_it_was_revised_after_it_was_quoted(planted, client, settings, tmp_path):
    from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised, store_at
    from evenhand.library.datasets.catalogue import loader
    from evenhand.library.datasets.store import shipped_content

    store = store_at(tmp_path / "evidence")
    settings.EVIDENCE_FOLDER = store.folder
    store.load(SEARCHES, revised(add=40_000), on=NEXT_DAY)
    kept = {**FIGURE, "place": "E23000016", "period": "2024/25", "release": release(store)}
    page = article(slug="revised", blocks=[("figure", kept)])
    before = said(client, page.get_url())
    assert "revised after it was quoted" not in before
    store.load(SEARCHES, shipped_content(loader(SEARCHES)), on=NEXT_DAY)
    after = said(client, page.get_url())
    assert "revised after it was quoted here" in after
    figure = quote(asked(FigureBlock().to_python(kept))).figure
    assert figure in before
    assert figure in after


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "evidence"])
def test_a_call_to_action_leads_to_a_page_and_runs_nothing(address):
    block = ActionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"label": "Go", "address": address, "why": ""}))


def test_a_word_of_ours_is_nobodys_address(planted):
    page = Article(title="Alerts", slug="alerts", summary="x")
    with pytest.raises(ValidationError, match="taken by a page of the site"):
        page.clean()


def test_every_first_word_of_another_part_is_kept_from_editors():
    from django.urls import get_resolver

    words = {re.sub(r"[\^$]", "", str(one.pattern)).split("/")[0] for one in get_resolver().url_patterns}
    words -= {"", "news", "robots.txt", "sitemap.xml"} | {word for word in words if word.startswith("(")}
    assert words <= set(TAKEN)


def test_pages_are_found_by_every_word_that_they_carry(planted, client):
    both = article("Both", slug="both", topics=("prisons", "faith"), stages=("prison",))
    article("One", slug="one", topics=("prisons",))
    found = lists.about(lists.issued(), {"topics": "prisons", "stages": "prison"})
    assert [page.pk for page in found] == [both.pk]
    assert lists.about(lists.issued(), {"topics": "prison"}).count() == 0  # no word is found within another
    assert [page.title for page in lists.related(both)][:1] == ["The Young Review"]
    text = said(client, "/news/?topic=prisons&stage=prison")
    assert "Both" in text
    assert ">One<" not in text
    said(client, "/news/?topic=zebra", status=404)


def test_what_is_published_stands_on_the_pages_of_what_it_is_about(planted, client):
    article(
        "About all four",
        slug="all-four",
        topics=("faith",),
        stages=("remand",),
        groups=("roma",),
        places=("E23000016",),
    )
    for url in ("/topics/faith/", "/stages/remand/", "/groups/roma/", "/places/E23000016/"):
        assert "About all four" in said(client, url), url
    assert "About all four" not in said(client, "/stages/prison/")
    for url in ("/news/latest.atom?group=roma", "/news/latest.json?group=roma"):
        assert "About all four" in said(client, url)


def test_a_publication_says_how_it_is_cited(planted, client):
    page = Publication(
        title="A report",
        slug="a-report",
        summary="s",
        authors="Smith, A",
        series="Briefing",
        issued_on=dt.date(2026, 5, 1),
    )
    Writing.objects.get(slug="publications").add_child(instance=page)
    page.save_revision().publish()
    assert "Smith, A (2026). A report. Briefing." in said(client, "/publications/a-report/")


def test_a_file_is_for_everyone_only_while_a_public_page_holds_it(planted, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = get_document_model().objects.create(title="Report", file=ContentFile(b"%PDF-1.4", name="report.pdf"))
    assert client.get(made.url).status_code == 404
    page = article(slug="with-file", blocks=[("file", {"file": made.pk, "title": "All of it", "accessible": False})])
    ReferenceIndex.create_or_update_for_object(page)  # which the worker does
    response = client.get(made.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "not made for screen readers" in said(client, page.get_url())
    page.unpublish()
    assert client.get(made.url).status_code == 404


def test_welsh_is_shown_once_a_person_has_checked_it_and_its_absence_said_plainly(planted, client):
    page = article(slug="dwyieithog")
    assert "not yet in Welsh" in said(client, "/cy/news/dwyieithog/")
    page.welsh_title, page.welsh_body = (
        "Teitl",
        page.body.stream_block.to_python([{"type": "text", "value": "<p>Testun</p>"}]),
    )
    page.save_revision().publish()
    assert "not yet in Welsh" in said(client, "/cy/news/dwyieithog/")
    page.welsh_checked = True
    page.save_revision().publish()
    text = said(client, "/cy/news/dwyieithog/")
    assert '<html lang="cy">' in text
    assert "Testun" in text
    missing = said(client, "/cy/evidence/")
    assert "not yet in Welsh" in missing
    assert '<html lang="en-GB">' in missing
    assert '<span lang="cy">Nid yw’r dudalen hon' in missing
    assert "Chwil" not in missing  # no Welsh of the framework's, which nobody here has checked
    for nothing in ("/cy/nothing-here/", "/cy/staff/", "/cy/cy/about/", "/cy/account/"):
        said(client, nothing, status=404)


def test_words_of_a_list_survive_the_table_and_the_form():
    field = TermsField("topics")
    assert field.get_prep_value(("prisons", "faith")) == " prisons faith "
    assert field.from_db_value(" prisons faith ") == ("prisons", "faith")
    assert field.formfield().clean(["prisons"]) == ("prisons",)
    with pytest.raises(ValidationError):
        field.formfield().clean(["zebra"])
