"""The import contracts hold, and each fails when it is broken on purpose."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def lint(root):
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    return subprocess.run(
        [LINT, "--no-cache", "--config", root / "pyproject.toml"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.csv", "*.egg-info"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold_as_the_house_stands(copy):
    result = lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("library/places/lookup.py", "import django", "The library knows no framework"),
        ("library/statistics/rates.py", "from evenhand.library.datasets import loader", "The library's own shelves"),
        ("core/errors.py", "from evenhand.domains.evidence import forms", "Four floors"),
        (
            "domains/evidence/forms/questions.py",
            "from evenhand.domains.evidence import views",
            "The same rooms in every domain",
        ),
        ("domains/evidence/rules.py", "import django.utils", "Rules know no framework"),
    ],
)
def test_a_planted_import_breaks_its_contract(copy, file, line, broken):
    path = copy / "src" / "evenhand" / file
    path.write_text((path.read_text() if path.exists() else '"""Rules."""\n') + f"\n{line}\n")
    result = lint(copy)
    assert result.returncode == 1
    assert any(broken in text and "BROKEN" in text for text in result.stdout.splitlines()), result.stdout


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("domains/evidence/utils.py", "The same rooms in every domain"),
        ("library/helpers.py", "The library's own shelves"),
        ("stray.py", "Four floors"),
    ],
)
def test_a_stray_file_breaks_the_build(copy, file, broken):
    (copy / "src" / "evenhand" / file).write_text('"""A file with no place."""\n')
    result = lint(copy)
    assert result.returncode == 1
    assert broken in result.stdout


def test_two_domains_may_not_know_each_other(copy):
    other = copy / "src" / "evenhand" / "domains" / "second"
    other.mkdir()
    (other / "__init__.py").write_text('"""Another domain."""\nfrom evenhand.domains.evidence import forms\n')
    result = lint(copy)
    assert result.returncode == 1
    assert any("Domains do not know one another" in text and "BROKEN" in text for text in result.stdout.splitlines())
