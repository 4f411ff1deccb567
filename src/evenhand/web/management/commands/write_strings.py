"""`manage.py write_strings`: gather every sentence that is to be put into Welsh, or say that they are not gathered."""

import os
import re
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages

from evenhand import env
from evenhand.web.sentences import declared

LANGUAGE = "cy"
STRINGS = env.LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"
SOURCE = Path(__file__).resolve().parents[3]
MADE = re.compile(r'^"POT-Creation-Date:.*\n', re.MULTILINE)  # changes with the clock, and says nothing
PROGRAMS = ("xgettext", "msgmerge", "msguniq", "msgattrib")

DECLARED = SOURCE / "declared_sentences.py"  # stands there only while they are gathered

READ = "# Checked by a reader of Welsh, "  # stands over every translation; the file's own head is no sentence
FILLED = re.compile(r'^msgstr(?:\[\d\])? (?:"[^"]|""\n")', re.MULTILINE)


class Gather(makemessages.Command):
    """As the framework gathers them, but that no old translation is guessed to fit a new sentence."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]  # noqa: RUF012  (as it is there)


class Command(BaseCommand):
    """Write the sentences of the site into the file that a translator fills in."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail if sentences came or went")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Gather them; with `check`, CommandError where that changes the file."""
        del args, options
        if missing := [program for program in PROGRAMS if shutil.which(program) is None]:
            self.stdout.write(f"The sentences to be translated were not looked at: no {', '.join(missing)} here.")
            self.stdout.write("Install GNU gettext (the package is called gettext).")
            return
        before = STRINGS.read_bytes() if STRINGS.exists() else b""
        gather()
        if check and STRINGS.read_bytes() != before:
            STRINGS.write_bytes(before)
            raise CommandError(f"{STRINGS.relative_to(env.ROOT)} is not what the pages say. Run `make strings`.")
        if unchecked := unread(STRINGS.read_text(encoding="utf-8")):
            said = "\n".join(f"  {sentence}" for sentence in unchecked[:20])
            raise CommandError(f"Nobody says that they read the Welsh of these. Write “{READ}<day>” over each.\n{said}")
        self.stdout.write(f"{STRINGS.relative_to(env.ROOT)} holds every sentence of the site.")


def gather() -> None:
    """Make the file anew, with the translations that it has."""
    STRINGS.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"gettext_noop({sentence!r})\n" for sentence in declared())
    said: dict[str, Any] = {"locale": [LANGUAGE], "no_obsolete": True, "add_location": "never"}
    nobody = Path(os.devnull)
    with _written(DECLARED, "".join(lines)), chdir(SOURCE), nobody.open("w", encoding="utf-8") as nowhere:
        call_command(Gather(), extensions=["html", "txt", "py"], ignore_patterns=["tests"], stdout=nowhere, **said)
    STRINGS.write_text(MADE.sub("", STRINGS.read_text(encoding="utf-8")), encoding="utf-8")


@contextmanager
def _written(path: Path, text: str) -> Iterator[None]:
    """A file, for as long as it is needed."""
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.unlink()


def unread(text: str) -> list[str]:
    """The sentences of a file that have a translation which nobody says they have read."""
    entries = text.split("\n\n")[1:]
    return [one.partition("msgid ")[2].split("\n")[0] for one in entries if FILLED.search(one) and READ not in one]
