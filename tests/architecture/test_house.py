"""Rules of the house that no linter knows."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

from evenhand.domains.evidence.urls import urlpatterns
from evenhand.library.datasets.catalogue import RESERVED, measures

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "evenhand"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
OURS = {*sys.stdlib_module_names, "evenhand", "_typeshed"}  # the last is for type checkers alone
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())


def domain_of(module):
    parts = module.split(".")
    return parts[2] if parts[:2] == ["evenhand", "domains"] and len(parts) > 2 else None


@pytest.mark.parametrize("path", [path for path in FILES if "tests" not in path.parts], ids=str)
def test_every_module_opens_with_what_is_in_it(path):
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    assert docstring, f"{path.relative_to(ROOT)} does not say what is in it"


def test_what_is_imported_is_installed_where_the_product_runs():
    """What only tests and benches bring must not be needed to serve a page."""
    locked = {line.partition("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    carried = packages_distributions()
    for path in FILES:
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.partition(".")[0] for name in names} - OURS:
                makers = {re.sub(r"[-_.]+", "-", maker).lower() for maker in carried.get(name, [])}
                assert makers & locked, f"{path.relative_to(ROOT)} needs {name}, which no dependency brings"


def test_no_file_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "services", "managers", "common", "misc"}
    assert not [path for path in SOURCE.rglob("*") if path.stem in empty]


def test_no_foreign_key_leads_from_one_domain_to_another():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                here, there = domain_of(model.__module__), domain_of(field.related_model.__module__)
                assert here == there or there is None, f"{model.__name__}.{field.name}"


def test_every_domain_is_held_to_the_same_rooms():
    rooms = next(one for one in CONFIGURATION["tool"]["importlinter"]["contracts"] if one["id"] == "rooms")
    domains = {f"evenhand.domains.{path.parent.name}" for path in (SOURCE / "domains").glob("*/__init__.py")}
    assert set(rooms["containers"]) == domains


def test_settings_fit_on_a_few_pages():
    assert len((SOURCE / "settings.py").read_text().splitlines()) < 200


def test_no_file_has_grown_into_a_cupboard():
    """A room that passes about 300 lines becomes a folder."""
    grown = {
        str(path.relative_to(SOURCE)): lines
        for path in FILES
        if "tests" not in path.parts and (lines := len(path.read_text().splitlines())) > 420
    }
    assert not grown


def test_no_measure_takes_a_reserved_word_as_its_slug():
    assert not {measure.slug for measure in measures()} & set(RESERVED)


def test_every_fixed_word_of_an_address_is_reserved():
    routes = [pattern.pattern._route for pattern in urlpatterns if hasattr(pattern.pattern, "_route")]
    fixed = {route.partition("/")[0] for route in routes if not route.startswith("<")}
    assert {word for word in fixed if word.isidentifier()} <= set(RESERVED)


def test_every_measure_belongs_to_a_stage():
    from evenhand.library.vocabulary import stages

    assert {measure.stage for measure in measures()} <= {stage.slug for stage in stages()}


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text()
    names = CONFIGURATION["project"]["dependencies"] + [
        one for group in CONFIGURATION["dependency-groups"].values() for one in group
    ]
    for name in names:
        line = next(line for line in text.splitlines() if line.startswith(f'  "{name}"'))
        assert "#" in line.split(f'"{name}"', 1)[1], f"{name} does not say what it is for"


def test_every_refused_lint_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    for rule in CONFIGURATION["tool"]["ruff"]["lint"]["ignore"]:
        line = next(line for line in text.splitlines() if f'"{rule}"' in line)
        assert "#" in line, f"{rule} does not say why it is refused"


def test_lock_files_name_no_address_and_hash_everything():
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text()
        assert "://" not in text
        requirements = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert requirements
        assert text.count("--hash=sha256:") >= len(requirements)


def test_nothing_reads_the_clock_in_the_library():
    for path in (SOURCE / "library").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow", "time_ns", "monotonic"}, f"{path.name}:{node.lineno}"


def test_no_page_forbids_the_browser_to_say_to_us_where_a_form_stood():
    """Under “no-referrer” a browser sends a form with the origin “null”, which we take from nobody."""
    pages = [path for kind in ("py", "html") for path in SOURCE.rglob(f"*.{kind}")]
    assert not [path.name for path in pages if "no-referrer" in path.read_text()]


@pytest.mark.django_db
def test_every_response_carries_the_headers_that_keep_people_safe(client, gathered_styles):
    for url in ("/", "/evidence/stop-and-search/E23000016/", "/api/evidence/v1/measures", "/nothing-here/"):
        headers = client.get(url).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Set-Cookie" not in headers


def test_https_brings_secure_cookies_and_hsts(tmp_path):
    import json
    import os
    import subprocess
    import sys

    code = (
        "import json; from evenhand import settings as s; print(json.dumps([s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 31536000, s.ALLOWED_HOSTS]))"
    )
    environment = {**os.environ, "SITE_URL": "https://evenhand.example", "DEBUG": "false", "SECRET_KEY": "x" * 60}
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == [True, True, True, True, ["evenhand.example"]]


def test_django_has_nothing_to_say_against_a_deployment():
    assert not settings.DEBUG
