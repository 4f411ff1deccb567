"""The sentences to be translated: that they are gathered, and that no Welsh stands there which nobody has read."""

import shutil

import pytest
from babel.messages.pofile import read_po

from evenhand.web.management.commands import write_strings

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
