"""The evidence inbox: anybody sends, one clears, another decides, and nothing personal is kept after."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.files.models import File
from evenhand.core.files.queries import file_seen_by
from evenhand.core.jobs.actions import tick
from evenhand.core.journal.models import Line, Personal
from evenhand.core.notices.models import Notice
from evenhand.core.references import Ref
from evenhand.domains.reviews.actions import challenges, evidence
from evenhand.domains.reviews.lifecycle import SUBMISSION
from evenhand.domains.reviews.models import Challenge, Clock, Submission
from evenhand.domains.reviews.queries.evidence import used_of
from evenhand.domains.reviews.tasks import forget_who_wrote
from evenhand.domains.reviews.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
HERE = "/progress/evidence/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def table(name="panels.csv"):
    return SimpleUploadedFile(name, b"panel,member\n1,yes\n2,no\n")


def test_one_clears_it_another_uses_it_and_the_sender_is_told_and_forgotten(client):
    made, screener = make.adopted(), make.somebody("coordinator")
    sent = evidence.submit(made.ref, "Jo Smith sat on no panel.", email="sender@example.org", file=table())
    assert evidence.submit(made.ref, "Jo Smith sat on no panel.") == sent
    sent = evidence.screen(sent, by=screener, words="On one panel there was no such member.")
    assert sent.words == ""
    assert used_of(made.ref) == []
    with pytest.raises(NotAllowed, match="you who screened it"):
        evidence.accept(sent, by=screener, why="It shows a panel that the log leaves out.")
    evidence.accept(sent, by=make.somebody(), why="It shows a panel that the log leaves out.")
    letter = Notice.objects.get()
    assert (letter.to, "We use what you sent us" in letter.text) == ("sender@example.org", True)
    assert Submission.objects.get().email == ""
    said = str(list(Line.objects.values_list("details", flat=True)))
    assert "sender" not in said
    assert "Jo Smith" not in said
    for url in (HERE, f"/progress/commitments/{made.slug}/"):
        page = client.get(url).content.decode()
        assert "On one panel there was no such member." in page
        assert "Jo Smith" not in page
        assert "panels.csv" not in page


def test_what_is_not_used_leaves_nothing_but_that_it_came():
    sent = evidence.submit(make.adopted().ref, "Jo Smith is a thief.", email="sender@example.org", file=table())
    sent = evidence.drop(sent, by=make.somebody(), why="It accuses somebody.")
    assert (sent.words, sent.cleared, sent.email, sent.url) == ("", "", "", "")
    assert "It accuses somebody." in Notice.objects.get().text
    assert File.objects.get().removed_at is not None


def test_a_file_is_seen_by_those_who_keep_the_record_and_by_nobody_else():
    evidence.submit(make.adopted().ref, "See the file.", file=table())
    file = File.objects.get()
    assert file_seen_by(make.somebody("secretariat"), file.pk) == file
    assert file_seen_by(make.somebody("statistics-editor"), file.pk) is None


def test_evidence_is_about_something_that_is_public():
    for about in (Ref("reviews.commitment", "nothing"), Ref("nobody.knows", "it")):
        with pytest.raises(Refused, match="Choose what it is about"):
            evidence.submit(about, "It was so.")


def test_addresses_go_after_half_a_year_whatever_became_of_it():
    made = make.adopted()
    sent = evidence.submit(made.ref, "It was so.", email="sender@example.org")
    asked = challenges.ask(made, "Was it so?", email="asker@example.org")
    for model in (Submission, Challenge):
        model.objects.update(made_at=timezone.now() - dt.timedelta(days=100))
    tick(timezone.now() + dt.timedelta(days=70), among=(forget_who_wrote,))
    assert Submission.objects.get().email
    tick(timezone.now() + dt.timedelta(days=90), among=(forget_who_wrote,))
    assert (Submission.objects.get().email, Challenge.objects.get().email) == ("", "")
    assert Line.objects.filter(tag="reviews.address.forget").count() == 2
    assert {line.about for line in Line.objects.filter(tag="reviews.address.forget")} == {sent.ref, asked.ref}


def test_anybody_sends_it_by_the_form_and_what_is_wrong_is_said_there(client):
    made = make.adopted()
    make.proposed(title="Not for you yet")
    page = client.get(f"{HERE}?about={made.ref}").content.decode()
    assert f'<option value="{made.ref}" selected>' in page
    assert "Not for you yet" not in page
    wrong = client.post(HERE, {"about": "reviews.commitment:nothing", "words": "It was so."})
    assert wrong.status_code == 400
    assert "It was so." in wrong.content.decode()
    bad = {"about": str(made.ref), "words": "It was so.", "file": SimpleUploadedFile("a.pdf", b"<script>")}
    assert client.post(HERE, bad).status_code == 400
    assert not Submission.objects.exists()
    sent = client.post(HERE, {"about": str(made.ref), "words": "It was so.", "file": table()}, follow=True)
    assert "Thank you" in sent.content.decode()
    assert "It was so." not in sent.content.decode()
    assert client.post(HERE, {"about": str(made.ref), "words": "More."}).status_code == 429
    assert Submission.objects.get().status == "submitted"


def test_its_life_is_without_fault():
    assert SUBMISSION.faults() == ()


def test_what_is_used_can_be_taken_down_and_then_only_that_it_was_stays(client):
    made, screener, second = make.adopted(), make.somebody("coordinator"), make.somebody()
    sent = evidence.submit(made.ref, "Jo Smith sat on no panel.", file=table())
    with pytest.raises(NotPossible):
        evidence.take_down(sent, by=second, kind="personal", why="Too early.")
    sent = evidence.screen(sent, by=screener, words="Jo of Leeds sat on no panel.")
    sent = evidence.accept(sent, by=second, why="It shows what Jo did.")
    assert "Jo of Leeds" in client.get(f"/progress/commitments/{made.slug}/").content.decode()
    with pytest.raises(Refused, match="was not done"):
        evidence.take_down(sent, by=screener, kind="personal", why="")
    sent = evidence.take_down(sent, by=screener, kind="personal", why="A name was left in.")
    assert (sent.status, sent.cleared, sent.reason, sent.url) == ("removed", "", "", "")
    assert File.objects.get().removed_at is not None
    for url in (HERE, f"/progress/commitments/{made.slug}/"):
        page = client.get(url).content.decode()
        assert "was used here. It was taken down on" in page
        assert "it held personal data" in page
        assert "Jo" not in page
    # Nor does the journal hold the words any more; it holds who took it down, when and why.
    kept = [*Line.objects.values_list("details", flat=True), *Personal.objects.values_list("details", flat=True)]
    assert "Jo" not in str(kept)
    line = Line.objects.get(tag="reviews.submission.remove")
    own = line.personal.get()
    assert (line.by, own.of, own.details["why"]) == (screener.ref, screener.ref, "A name was left in.")


def test_what_was_not_so_is_taken_down_and_the_journal_keeps_its_words():
    sent = evidence.submit(make.adopted().ref, "It was so.")
    sent = evidence.screen(sent, by=make.somebody(), words="It was so in May.")
    sent = evidence.accept(sent, by=make.somebody(), why="It tells when.")
    evidence.take_down(sent, by=make.somebody(), kind="wrong", why="It was in June.")
    assert "It was so in May." in str(list(Personal.objects.filter(of=sent.ref).values_list("details", flat=True)))


def test_a_question_that_is_shown_can_be_taken_down_with_its_answer(client):
    made, screener = make.adopted(), make.somebody()
    asked = challenges.ask(made, "Did Jo forget it?", email="asker@example.org")
    asked = challenges.show(asked, by=screener, words="Did Jo of Leeds forget it?")
    other = challenges.show(challenges.ask(made, "And Ann?"), by=screener, words="And Ann of York?")
    asked = challenges.answer(asked, by=make.somebody(), answer="Jo did not.")
    for one in (asked, other):
        removed = challenges.take_down(one, by=screener, kind="accusation", why="It says who.")
        assert (removed.asked, removed.answer, removed.email) == ("", "", "")
    here = f"/progress/commitments/{made.slug}/"
    page = client.get(here).content.decode()
    assert page.count("This question was taken down on") == 2
    for url in (here, "/news/?kind=commitments", "/api/progress/v1/commitments", "/progress/overdue/"):
        said = client.get(url).content.decode()
        assert "Jo" not in said, url
        assert "Ann" not in said, url
    assert not Clock.objects.filter(of=other.ref, met_on=None, ended_on=None).exists()
    kept = [*Line.objects.values_list("details", flat=True), *Personal.objects.values_list("details", flat=True)]
    assert not {"Jo", "Ann"} & set(str(kept).replace("'", " ").split())
