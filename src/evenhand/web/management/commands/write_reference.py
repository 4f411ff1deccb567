"""`manage.py write_reference`: make docs/reference what the code says, or say where it is not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evenhand import env
from evenhand.web.reference import GENERATED, pages

FOLDER = env.ROOT / "docs" / "reference"


class Command(BaseCommand):
    """Write the reference pages that are generated from the code, and take away those that no longer are."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail, naming each page that differs")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write what differs; with `check`, CommandError naming it."""
        del args, options
        wanted = pages()
        faults = differences(wanted, FOLDER)
        if check and faults:
            said = "\n".join(f"  docs/reference/{name}: {fault}" for name, fault in faults.items())
            raise CommandError(f"The reference is not what the code says. Run `make docs`.\n{said}")
        for name, fault in faults.items():
            if name in wanted:
                FOLDER.mkdir(parents=True, exist_ok=True)
                (FOLDER / name).write_text(wanted[name], encoding="utf-8")
            else:
                (FOLDER / name).unlink()
            self.stdout.write(f"docs/reference/{name} was {fault}")
        self.stdout.write("docs/reference is what the code says.")


def differences(wanted: dict[str, str], folder: Path) -> dict[str, str]:
    """What is wrong with each generated page of a folder: missing, stale, or an orphan. Pages by hand are let be."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    faults = {name: "stale" if name in found else "missing" for name, text in wanted.items() if found.get(name) != text}
    orphans = [name for name, text in found.items() if name not in wanted and text.startswith(GENERATED)]
    return faults | dict.fromkeys(orphans, "an orphan")
