"""Every setting is checked at the start: all faults together, each with its fix, and secrets that stay secret."""

import re
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evenhand import env

SECRET = "s" * 50


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A folder of its own for what is made by running."""
    monkeypatch.setattr(env, "VAR", tmp_path / "var")
    return tmp_path / "var"


def test_a_laptop_needs_nothing_but_debug(var):
    values = env.read({"DEBUG": "true"})
    assert set(values) == {one.name for one in env.VARIABLES}
    assert values["DEBUG"] is True
    assert values["SITE_URL"] == "http://localhost:8000"
    assert values["DATABASE_URL"] == "sqlite://var/evenhand.sqlite3"
    assert values["EVIDENCE_URL"] == "duckdb://var/evidence"
    assert values["PORT"] == 8000
    assert var.is_dir()


def test_a_server_needs_its_secret_and_makes_none(var):
    values = env.read({"SECRET_KEY": SECRET})
    assert (values["SECRET_KEY"], values["DEBUG"]) == (SECRET, False)
    with pytest.raises(env.BadSettings) as caught:
        env.read({})
    (fault,) = caught.value.faults
    assert fault.startswith("SECRET_KEY is missing: set it to at least 50 random characters")
    assert not var.exists()


def test_all_faults_are_reported_together_each_with_its_fix(var):
    wrong = {
        "DEBUG": "yes",
        "SITE_URL": "evenhand.example",
        "SECRET_KEY": "short",
        "DATABASE_URL": "mysql://db/evenhand",
        "EVIDENCE_URL": "var/evidence",
        "CONTACT": "somebody",
        "OUTSIDE_FEED": "http://social.example/feed",
        "MAIL_URL": "post.evenhand.example",
        "MAIL_FROM": "evenhand",
        "DEMONSTRATION": "perhaps",
        "PROXIES": "some",
        "PORT": "eighty",
    }
    with pytest.raises(env.BadSettings) as caught:
        env.read(wrong)
    # A body may have any name.
    expected = [one.name for one in env.VARIABLES if one.name != "BODY"]
    assert [fault.split()[0] for fault in caught.value.faults] == expected
    for fault in caught.value.faults:
        assert re.search(r": write .+\.$", fault), fault
    assert str(caught.value) == "Evenhand cannot start. Mend these settings:\n" + "\n".join(
        f"  {fault}" for fault in caught.value.faults
    )
    assert "short" not in str(caught.value).replace("too short", "")
    assert not var.exists()


def test_every_variable_says_what_it_means_and_its_own_default_is_good():
    assert len({one.name for one in env.VARIABLES}) == len(env.VARIABLES)
    for one in env.VARIABLES:
        assert one.meaning.endswith(".")
        assert one.grows_to
        one.read(one.default.replace("PORT", "8000"))


def test_a_blank_value_is_the_same_as_none(var):
    blank = {one.name: "" for one in env.VARIABLES}
    assert env.read({**blank, "DEBUG": "true"}) == env.read({"DEBUG": "true"})


def test_the_address_of_the_site_follows_the_port_unless_it_is_given(var):
    assert env.read({"DEBUG": "true", "PORT": "8123"})["SITE_URL"] == "http://localhost:8123"
    given = {"DEBUG": "true", "PORT": "8123", "SITE_URL": "https://evenhand.example"}
    assert env.read(given)["SITE_URL"] == "https://evenhand.example"


@pytest.mark.parametrize(
    ("name", "good", "value"),
    [
        ("DEBUG", "False", False),
        ("SITE_URL", "https://evenhand.example/", "https://evenhand.example"),
        ("CONTACT", "figures@evenhand.example", "figures@evenhand.example"),
        ("CONTACT", "https://evenhand.example/tell-us", "https://evenhand.example/tell-us"),
        ("SITE_URL", "http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("DATABASE_URL", "postgres://who:word@db.example:5432/it", "postgres://who:word@db.example:5432/it"),
        ("DATABASE_URL", "sqlite:///srv/evenhand.sqlite3", "sqlite:///srv/evenhand.sqlite3"),
        ("EVIDENCE_URL", "duckdb:///srv/evidence", "duckdb:///srv/evidence"),
        ("MAIL_URL", "smtp://who:word@post.example:587", "smtp://who:word@post.example:587"),
        ("MAIL_FROM", "Evenhand <post@evenhand.example>", "Evenhand <post@evenhand.example>"),
        ("PORT", "1", 1),
        ("PORT", "65535", 65535),
    ],
)
def test_good_values_are_read(name, good, value):
    assert env.read({"SECRET_KEY": SECRET, name: good})[name] == value


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("DEBUG", "1"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "ftp://evenhand.example"),
        ("SITE_URL", "https://evenhand.example/app"),
        ("SITE_URL", "http://[::1"),
        ("SITE_URL", "http://localhost:many"),
        ("DATABASE_URL", "postgres://db.example:port/evenhand"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "sqlite"),
        ("EVIDENCE_URL", "duckdb://"),
        ("EVIDENCE_URL", "sqlite://var/evidence"),
        ("MAIL_URL", "imap://post.example"),
        ("MAIL_URL", "smtp://post.example:many"),
        ("MAIL_FROM", "somebody"),
        ("MAIL_FROM", "a@b.example\nBcc: c@d.example"),
        ("PROXIES", "10"),
        ("PROXIES", "-1"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.5"),
        ("PORT", " "),
    ],
)
def test_a_bad_value_is_refused_as_it_was_written_with_its_fix(name, bad):
    with pytest.raises(env.BadSettings) as caught:
        env.read({"SECRET_KEY": SECRET, name: bad})
    (fault,) = caught.value.faults
    assert fault.startswith(f"{name} is {bad!r}: write ")


def test_a_secret_is_made_once_for_its_owner_alone(var):
    first = env.read({"DEBUG": "true"})["SECRET_KEY"]
    kept = var / "secret-key"
    assert len(first) >= 50
    assert kept.read_text() == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    made = kept.stat().st_mtime_ns
    assert env.read({"DEBUG": "true"})["SECRET_KEY"] == first
    assert kept.stat().st_mtime_ns == made
    assert [path.name for path in var.iterdir()] == ["secret-key"]


def test_a_secret_that_is_given_is_used_and_none_is_made(var):
    assert env.read({"DEBUG": "true", "SECRET_KEY": SECRET})["SECRET_KEY"] == SECRET
    assert not var.exists()


def test_processes_that_start_at_once_share_one_whole_secret(tmp_path):
    program = """
import sys, time, pathlib
from evenhand import env
folder, start = pathlib.Path(sys.argv[1]), float(sys.stdin.readline())
for turn in range(100):
    env.VAR = folder / str(turn)
    while time.time() < start + turn * 0.004:
        pass
    print(env.read({"DEBUG": "true"})["SECRET_KEY"])
"""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    start = f"{time.time() + 0.5}\n"
    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(lambda one: one.communicate(start, timeout=60)[0].split(), started)
    assert [one.returncode for one in started] == [0] * 3
    assert all(other == first for other in others)
    assert len(set(first)) == 100
    assert {len(secret) for secret in first} == {86}
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"secret-key"}


def test_relative_folders_start_at_the_project_and_absolute_ones_at_the_root():
    assert env.folder("duckdb://var/evidence") == env.ROOT / "var" / "evidence"
    assert env.folder("sqlite://var/evenhand.sqlite3") == env.ROOT / "var" / "evenhand.sqlite3"
    assert env.folder("duckdb:///srv/evidence") == Path("/srv/evidence")
    assert (env.ROOT / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp://post.example", ("smtp", "post.example", 587, "", "", False, False)),
        ("smtp://who:w%40rd@post.example:25", ("smtp", "post.example", 25, "who", "w@rd", False, True)),
        ("smtps://who:word@post.example", ("smtp", "post.example", 465, "who", "word", True, False)),
        ("terminal://here", ("console", "", 0, "", "", False, False)),
        ("file://var/mail", ("filebased", "", 0, "", "", False, False)),
    ],
)
def test_mail_goes_where_its_address_says(url, found):
    office = env.post_office(url)
    assert office.backend == f"django.core.mail.backends.{found[0]}.EmailBackend"
    assert (office.host, office.port, office.user, office.password, office.ssl, office.tls) == found[1:]
    assert office.folder == (env.ROOT / "var" / "mail" if found[0] == "filebased" else None)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("postgres://who:w%40rd@db.example:5433/it", ("it", "who", "w@rd", "db.example", 5433)),
        ("postgres://who@/it?host=/run/postgresql", ("it", "who", "", "/run/postgresql", "")),
    ],
)
def test_a_postgresql_is_reached_by_port_or_by_folder(url, found):
    said = env.database(url)
    assert said["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(said[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == found
