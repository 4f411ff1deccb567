"""Words come into the language check, and out of it, by two people; then every page is looked at for them."""

import pytest

from evenhand.core.accounts.tests.make import caller, person, signed_in
from evenhand.core.errors import NotAllowed, Refused
from evenhand.core.journal.queries import lines_about
from evenhand.domains.publishing.actions.terms import put_forward
from evenhand.domains.publishing.lifecycle import TERM
from evenhand.domains.publishing.models import HouseTerm
from evenhand.domains.publishing.queries.language import agreed
from evenhand.domains.publishing.rules.language import Passage, check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
URL = "/staff/terms/"
SAID = {
    "words": "Hard to  reach",
    "instead": "“people whom services do not reach”",
    "why": "It blames who is left out.",
}


def found(text):
    return [one.words for one in check([Passage("Text", text)], also=agreed())]


def test_one_puts_words_forward_and_another_takes_them_in_and_out_again():
    anna, ben = (signed_in(person("content-editor", name=name)) for name in ("anna", "ben"))
    assert anna.post(URL, SAID).status_code == 302
    term = HouseTerm.objects.get()
    assert found("Hard to reach groups.") == []
    step = f"{URL}{term.pk}/"
    assert "Wait for somebody else" not in ben.get(URL).content.decode()
    anna.post(f"{step}adopt")
    assert found("Hard to reach groups.") == []
    ben.post(f"{step}adopt")
    assert found("Hard to reach groups, and “hard to reach” in quotation marks.") == ["Hard to reach"]
    ben.post(f"{step}put-to-end")
    ben.post(f"{step}end")
    assert found("Hard to reach groups.") == ["Hard to reach"]
    anna.post(f"{step}end")
    assert found("Hard to reach groups.") == []
    tags = [line.tag.rpartition(".")[2] for line in lines_about(term.ref)][::-1]
    assert tags == ["put-forward", "adopt", "put-to-end", "end"]


@pytest.mark.parametrize("words", ["(a+)+$", "*", "a", "<b>x</b>", "  ", "[[:alpha:]]", "x" * 81])
def test_what_is_no_plain_word_is_refused_and_nothing_is_kept(words):
    browser = signed_in(person("content-editor"))
    assert browser.post(URL, {**SAID, "words": words}).status_code == 400
    assert not HouseTerm.objects.exists()


def test_the_same_words_are_not_put_forward_twice_and_nobody_else_puts_any():
    editor = caller("content-editor")
    put_forward("Ex-cons*", by=editor, instead="people with convictions", why="It names people by one act.")
    with pytest.raises(Refused, match="already"):
        put_forward("ex-cons*", by=caller("administrator"), instead="x", why="x")
    with pytest.raises(NotAllowed):
        put_forward("other words", by=caller("directory-editor"), instead="x", why="x")
    TERM.move(HouseTerm.objects.get(), "adopt", by=caller("administrator"))
    assert found("Ex-consider") == ["Ex-consider"]  # any ending
    assert signed_in(person("directory-editor")).get(URL).status_code == 403
