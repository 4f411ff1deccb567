"""The documentation is complete, fresh, and true where a machine can tell."""

import contextlib
import doctest
import io
import json
import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command, get_commands

from evenhand import cli, env
from evenhand.library import statistics
from evenhand.library.datasets.catalogue import Answer, Measure, loaders, measures
from evenhand.library.datasets.loader import Loader
from evenhand.library.datasets.own.columns import Columns
from evenhand.library.datasets.own.declaration import _Said as Said
from evenhand.library.places import KINDS
from evenhand.library.vocabulary.ethnicity import classifications
from evenhand.web.management.commands import write_reference
from evenhand.web.reference import GENERATED, pages

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
TEMPLATES = sorted(path for path in (ROOT / "src").rglob("templates/**/*.html"))
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
ELISION = "…"
WIDTH = "96"  # of the terminal that the pages show
HEADINGS = ("Shape", "Units", "Missing", "Errors", "Source")
FORBIDDEN = re.compile(r"\bBAME\b|\bnon-white\b|\boffenders?\b", re.IGNORECASE)
REGISTRIES = re.compile(r"\bpypi\.org|pythonhosted|npmjs|crates\.io", re.IGNORECASE)


def blocks(path, *languages):
    return [text for language, text in BLOCK.findall(path.read_text(encoding="utf-8")) if language in languages]


def anchors(path):
    headings = re.findall(r"^#+ (.*)$", BLOCK.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def reference(page):
    return (REFERENCE / f"{page}.md").read_text(encoding="utf-8")


# The reference


def test_the_reference_is_what_the_code_says():
    call_command("write_reference", check=True, stdout=io.StringIO())


def test_the_reference_is_the_same_each_time():
    assert pages() == pages()


def test_every_generated_page_says_so_first():
    assert all(text.startswith(f"{GENERATED}\n") for text in pages().values())


def test_the_check_names_each_page_that_is_stale_missing_or_an_orphan(tmp_path, monkeypatch):
    for name, text in pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "settings.md").write_text("old", encoding="utf-8")
    (tmp_path / "places.md").unlink()
    (tmp_path / "gone.md").write_text(GENERATED, encoding="utf-8")
    (tmp_path / "words.md").write_text("# Words, by hand", encoding="utf-8")
    monkeypatch.setattr(write_reference, "FOLDER", tmp_path)
    with pytest.raises(CommandError) as refusal:
        call_command("write_reference", check=True)
    said = str(refusal.value)
    assert "settings.md: stale" in said
    assert "places.md: missing" in said
    assert "gone.md: an orphan" in said
    assert "words.md" not in said
    assert (tmp_path / "settings.md").read_text(encoding="utf-8") == "old"

    call_command("write_reference", stdout=io.StringIO())
    assert write_reference.differences(pages(), tmp_path) == {}
    assert not (tmp_path / "gone.md").exists()
    assert (tmp_path / "words.md").exists()


def test_every_setting_is_documented():
    assert [one.name for one in env.VARIABLES if f"| `{one.name}` |" not in reference("settings")] == []


def test_every_command_is_documented():
    text = reference("commands")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    ours = [f"python manage.py {name}" for name, app in get_commands().items() if app.startswith("evenhand.")]
    theirs = [f"evenhand {name}" for name in cli._parser()._subparsers._group_actions[0].choices]
    assert [one for one in (*(f"make {name}" for name in targets), *ours, *theirs) if f"`{one}`" not in text] == []


def test_every_measure_and_dataset_is_documented():
    assert [one.slug for one in measures() if f"\n## {one.slug}\n" not in reference("measures")] == []
    assert [one.name for one in loaders() if f"\n## {one.name}\n" not in reference("datasets")] == []


def test_every_statistic_is_documented_under_its_five_headings():
    text = reference("statistics")
    functions = [name for name in statistics.__all__ if not isinstance(getattr(statistics, name), type)]
    for name in functions:
        section = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert tuple(re.findall(r"^- \*\*(\w+)\.\*\*", section, re.MULTILINE)) == HEADINGS


def test_every_classification_and_kind_of_place_is_documented():
    assert [one.slug for one in classifications() if f"\n## {one.slug}\n" not in reference("classifications")] == []
    assert [kind for kind in KINDS if f"\n| {kind} |" not in reference("places")] == []


def test_every_key_of_a_measure_and_a_loader_is_explained():
    explained = (DOCS / "how-to" / "add-a-measure.md").read_text(encoding="utf-8")
    keys = {field.name for kind in (Measure, Answer) for field in fields(kind)} - {"slug", "answers"}
    assert {key for key in keys if f"`{key}`" not in explained} == set()
    explained = (DOCS / "how-to" / "load-your-own-figures.md").read_text(encoding="utf-8")
    keys = {field.name for kind in (Said, Columns) for field in fields(kind)} - {"columns"}
    assert {key for key in keys if f"`{key}`" not in explained} == set()
    explained = (DOCS / "how-to" / "add-a-dataset.md").read_text(encoding="utf-8")
    keys = {field.name for field in fields(Loader)}
    assert {key for key in keys if f"    {key}=" not in explained and f"`{key}`" not in explained} == set()


# Links and words


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(path):
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    lost = []
    for target in LINK.findall(text):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        to = (path.parent / parts.path).resolve() if parts.path else path
        if not to.exists() or (parts.fragment and parts.fragment not in anchors(to)):
            lost.append(target)
    assert lost == []


def test_every_page_is_in_the_table_of_contents():
    contents = (DOCS / "README.md").read_text(encoding="utf-8")
    here = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")} - {"README.md"}
    assert here - set(LINK.findall(contents)) == set()


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_pages_speak_in_our_own_voice(path):
    prose = re.sub(
        r"“[^”]*”|\(https?://[^)]*\)|Young Offender Institutions?|Offender Management Statistics|"
        r"\"[^\"\n]*\"|`[^`\n]*`|^>.*$",
        "",
        path.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert FORBIDDEN.findall(prose) == []
    assert REGISTRIES.findall(prose) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_speak_in_our_own_voice(path):
    assert FORBIDDEN.findall(re.sub(r"“[^”]*”", "", path.read_text(encoding="utf-8"))) == []


def test_the_first_screen_shows_it_and_names_the_two_commands():
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:20])
    assert "make run" in first
    assert "make test" in first
    assert "docs/pictures/" in first


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_every_decision_has_its_parts(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) in (
        ["Context", "Decision", "Consequences", "Tried"],
        ["Context", "Decision", "Consequences", "Considered"],
    )


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


# Examples


def shown(block):
    """Each command of a block, with the lines that it is shown to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        yield command, [line.rstrip() for line in lines]


def agrees(expected, actual):
    """Whether the lines are these, an elision standing for any number of them."""
    pieces = [piece.strip("\n").split("\n") for piece in "\n".join(expected).split(f"\n{ELISION}")]
    at = 0
    for place, piece in enumerate(pieces):
        starts = [at] if place == 0 else range(at, len(actual))
        found = next((start for start in starts if piece == [""] or actual[start : start + len(piece)] == piece), None)
        if found is None:
            return False
        at = found + (0 if piece == [""] else len(piece))
    return pieces[-1] == [""] or at == len(actual)


def run(command, client, monkeypatch):
    """What a shown command prints: `evenhand` itself, or an address asked of the site, JSON as JSON is laid out."""
    words = shlex.split(command)
    if words[0] == "curl":
        url = urlsplit(next(word for word in words if word.startswith("http")))
        response = client.get(f"{url.path}?{url.query}")
        if "json" not in response.headers["Content-Type"]:
            return response.content.decode()
        return json.dumps(response.json(), indent=4, ensure_ascii=False)
    assert words[0] == ".venv/bin/evenhand", f"no test knows how to run {command!r}"
    monkeypatch.setenv("COLUMNS", WIDTH)
    out, fault = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(fault):
        cli.main(words[1:])
    return out.getvalue() + fault.getvalue()


EXAMPLES = [(path, example) for path in PAGES for block in blocks(path, "console") for example in shown(block)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "example"), EXAMPLES, ids=[f"{path.name}: {command[:60]}" for path, (command, _) in EXAMPLES]
)
def test_commands_print_what_the_pages_show(path, example, client, monkeypatch, tmp_path):
    command, expected = example
    monkeypatch.setenv("EVIDENCE_URL", f"duckdb://{tmp_path}")
    printed = run(command, client, monkeypatch)
    actual = [line.rstrip() for line in printed.rstrip().splitlines()]
    assert agrees(expected, actual), f"{path.name} shows {command!r} otherwise; it prints:\n{printed}"


def test_an_example_that_differs_is_noticed():
    printed = ["one", "two", "three"]
    assert agrees(["one", "two", "three"], printed)
    assert agrees(["one", ELISION, "three"], printed)
    assert agrees(["one", ELISION], printed)
    assert not agrees(["one"], printed)
    assert not agrees(["two", ELISION], printed)
    assert not agrees(["one", ELISION, "two"], printed)
    assert not agrees(["one", ELISION, "four", ELISION], printed)


PROMPTED = [path for path in PAGES if any(">>>" in block for block in blocks(path, "python"))]


@pytest.mark.parametrize("path", PROMPTED, ids=lambda path: path.name)
def test_python_does_what_the_pages_show(path):
    session = "\n".join(block for block in blocks(path, "python") if ">>>" in block)
    example = doctest.DocTestParser().get_doctest(session, {}, path.name, str(path), 0)
    said = io.StringIO()
    doctest.DocTestRunner().run(example, out=said.write)
    assert said.getvalue() == ""


def test_the_loader_that_is_shown_reads_the_file_that_is_shown():
    page = DOCS / "how-to" / "add-a-dataset.md"
    source, *_ = blocks(page, "python")
    table, *_ = blocks(page, "csv")
    made = {}
    exec(compile(source, str(page), "exec"), made)  # noqa: S102  (our own page)
    found = made["REASONS"].load(table.encode())
    assert [one.group for one in found] == ["Asian", "Black", "Mixed"]
    assert sum(one.value for one in found) == 3006 + 4523 + 1001


def test_the_measure_that_is_shown_is_the_one_that_is_shipped():
    (table,) = blocks(DOCS / "how-to" / "add-a-measure.md", "toml")
    shipped = ROOT / "src/evenhand/library/datasets/measures/arrests.toml"
    assert tomllib.loads(table) == tomllib.loads(shipped.read_text(encoding="utf-8"))
