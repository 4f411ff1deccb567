"""The sentences to be translated: that they are gathered, and that no Welsh stands there which nobody has read."""

import shutil

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.template.loader import render_to_string
from django.utils.translation import override, trans_real

from evenhand.core.access import ROLES
from evenhand.core.lifecycle import lifecycles
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.people import approver, editor
from evenhand.domains.support.rules.programmes import programmes
from evenhand.library.datasets.catalogue import measures
from evenhand.library.vocabulary import needs, stages, topics
from evenhand.web.management.commands import write_strings
from evenhand.web.sentences import declared

HEAD = 'msgid ""\nmsgstr ""\n"Language: cy\\n"\n'


@pytest.mark.long
def test_the_file_that_ships_is_whole_and_every_translation_in_it_was_read_by_somebody():
    with write_strings.STRINGS.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    assert len(catalogue) > 1000
    assert not [message.id for message in catalogue if message.fuzzy and message.id]
    assert write_strings.unread(write_strings.STRINGS.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('msgid "One"\nmsgstr ""\n', []),
        ('msgid "One"\nmsgstr "Un"\n', ['"One"']),
        ('# Checked by a reader of Welsh, 21 March 2027\nmsgid "One"\nmsgstr "Un"\n', []),
        ('msgid "A long"\nmsgstr ""\n"Testun hir"\n', ['"A long"']),
        ('msgid "One"\nmsgid_plural "Many"\nmsgstr[0] ""\nmsgstr[1] "Llawer"\n', ['"One"']),
    ],
)
def test_a_translation_that_nobody_says_they_have_read_is_found(entry, found):
    assert write_strings.unread(f"{HEAD}\n{entry}") == found


@pytest.mark.long
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no xgettext on this machine: install the package gettext")
def test_a_sentence_that_came_or_went_is_told_of_and_nothing_is_left_written():
    from django.core.management import CommandError, call_command

    before = write_strings.STRINGS.read_text(encoding="utf-8")
    try:
        write_strings.STRINGS.write_text(before.rpartition("\n\nmsgid ")[0] + "\n", encoding="utf-8")
        cut = write_strings.STRINGS.read_bytes()
        with pytest.raises(CommandError, match="make strings"):
            call_command("write_strings", "--check")
        assert write_strings.STRINGS.read_bytes() == cut
    finally:
        write_strings.STRINGS.write_text(before, encoding="utf-8")


@pytest.fixture
def welsh(tmp_path, settings):
    """A catalogue in which each of some sentences stands with a mark of its own, and the site reading it."""

    def put(*sentences):
        catalogue = Catalog(locale="cy")
        for number, sentence in enumerate(sentences):
            catalogue.add(sentence, f"Brawddeg {number}")
        folder = tmp_path / "cy" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, catalogue)
        settings.LOCALE_PATHS = [tmp_path]
        trans_real._translations.clear()
        return override("cy")

    yield put
    trans_real._translations.clear()


def test_what_is_declared_is_shown_in_the_language_of_the_reader(welsh):
    move = EDITION.moves[0]
    both = editor & approver
    with welsh(move.words, EDITION.states[0].words, ROLES[0].words, editor.refusal, approver.refusal):
        assert (move.label, EDITION.states[0].label, ROLES[0].name) == ("Brawddeg 0", "Brawddeg 1", "Brawddeg 2")
        assert both.sentence == "Brawddeg 3 Brawddeg 4"
    assert both.sentence == f"{editor.refusal} {approver.refusal}"


def test_the_pages_of_what_a_catalogue_holds_show_it_in_the_language_of_the_reader(welsh, rf, db):
    term = stages()[-1]  # the foot names none but the first
    with welsh(term.name, term.description):
        said = render_to_string("web/stages.html", {"journey": [term], "beside": []}, rf.get("/"))
        assert "Brawddeg 0" in said
        assert "Brawddeg 1" in said
        assert term.name not in said


def test_every_sentence_that_is_declared_is_gathered():
    held = set(declared())
    assert {term.name for term in (*stages(), *topics(), *needs())} <= held
    assert {one.title for one in measures()} | {one.title for one in programmes()} <= held
    assert {one.words for cycle in lifecycles() for one in (*cycle.states, *cycle.moves)} <= held
    assert {one.words for one in ROLES} | {editor.refusal} <= held
    with write_strings.STRINGS.open("rb") as file:
        assert held <= {message.id for message in read_po(file)}
