"""Finding help among 200,000 services: ours beside Datasette's, over the same rows, each behind its own server."""

import contextlib
import http.client
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from benchmarks.databases import databases
from benchmarks.report import Line
from evenhand.web.management.commands.serve import SERVER

SERVICES = 200_000
ASKED, CONNECTIONS, EACH, ROUNDS = 60, 8, 60, 4
TIMES_JSON, TIMES_PAGE, P95 = 6, 3, 60
AT_ONCE = 4000
WORDS = 4000
DEGREES = 0.36  # about 25 miles, to the north and to the south
COLUMNS = (
    "id",
    "name",
    "organisation",
    "summary",
    "description",
    "need",
    "community",
    "latitude",
    "longitude",
    "assured_on",
)


@dataclass(frozen=True)
class Asked:
    """One search: words, a place and people."""

    word: str
    outward: str
    latitude: float
    longitude: float
    community: str

    def ours(self, door: str) -> str:
        """Its address at our page or our JSON."""
        pairs = {"q": self.word, "near": self.outward, "who": f"community:{self.community}"}
        return f"{door}?{urlencode(pairs)}"

    def theirs(self, ending: str) -> str:
        """Its address at Datasette's page or JSON: the same words and people, and a square around the place."""
        pairs = {
            "_search": self.word,
            "community__exact": self.community,
            "latitude__gt": self.latitude - DEGREES,
            "latitude__lt": self.latitude + DEGREES,
            "longitude__gt": self.longitude - DEGREES * 1.65,
            "longitude__lt": self.longitude + DEGREES * 1.65,
            "_sort_desc": "assured_on",
            "_size": 20,
        }
        return f"/peer/services{ending}?{urlencode(pairs)}"


def lines(folder: Path) -> list[Line]:
    """Milliseconds of a search, ours on each database and theirs, one at a time and with eight at once."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = searches()
    found: list[Line] = []
    for name, address in databases(folder):
        environment = _environment(folder, address)
        took = _made(folder, environment)
        with served(_ours, environment) as port:
            mine = _each(port, [one.ours("/api/directory/v1/find") for one in asked])
            page = _each(port, [one.ours("/find/") for one in asked])
            _at_once(port, [one.ours("/find/") for one in asked])  # so that both processes have seen the cards
            busy_json = _at_once(port, [one.ours("/api/directory/v1/find") for one in asked])
            busy_page = _at_once(port, [one.ours("/find/") for one in asked])
            feed = _each(port, [f"/api/oruk/v3/services?page={number}" for number in (1, 2000, SERVICES // 50)])
        found += [
            Line("Directory", f"our JSON, one at a time: median of {ASKED}, {name}", median(mine), "ms"),
            Line("Directory", f"our page, one at a time: median of {ASKED}, {name}", median(page), "ms"),
            Line("Directory", f"our JSON, {CONNECTIONS} at once: 95th percentile, {name}", _p95(busy_json), "ms", P95),
            Line("Directory", f"our page, {CONNECTIONS} at once: 95th percentile, {name}", _p95(busy_page), "ms", P95),
            Line("Directory", f"50 of the open feed, first, middle and last page: slowest, {name}", max(feed), "ms"),
            Line("Directory", f"{SERVICES:,} services indexed anew, {name}", took["rebuild"], "s"),
        ]
        if name == "SQLite":
            found += _peer(folder, asked, median(mine), median(page))
    return found


def _environment(folder: Path, database: str) -> dict[str, str]:
    """A server's own settings: nothing is slowed down for whoever looks for a fault."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "evenhand.settings",
        "DEBUG": "false",
        "SITE_URL": "http://localhost",
        "SECRET_KEY": "b" * 50,
        "EVIDENCE_URL": f"duckdb://{folder / 'evidence'}",
        "DATABASE_URL": database,
    }


def _made(folder: Path, environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.directory", str(folder)]
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  (our own command)
    took: dict[str, float] = json.loads(made.stdout.splitlines()[-1])
    return took


def _peer(folder: Path, asked: list[Asked], mine: float, page: float) -> list[Line]:
    if find_spec("datasette") is None:
        return [Line("Directory", "Datasette is not installed: left out", 0, "")]
    with served(_theirs(folder), dict(os.environ)) as port:
        theirs = _each(port, [one.theirs(".json") for one in asked])
        their_page = _each(port, [one.theirs("") for one in asked])
        empty = sum(not json.loads(_get(port, one.theirs(".json")))["rows"] for one in asked)
    return [
        Line("Directory", f"Datasette's JSON: median of {ASKED}", median(theirs), "ms", note=f"{empty} found nothing"),
        Line("Directory", f"Datasette's page: median of {ASKED}", median(their_page), "ms"),
        Line("Directory", "our JSON, to Datasette's", mine / median(theirs), "×", 1 / TIMES_JSON),
        Line("Directory", "our page, to Datasette's", page / median(their_page), "×", 1 / TIMES_PAGE),
    ]


def searches() -> list[Asked]:
    """The searches: needs in people's words, outward codes all over the country, and communities."""
    from evenhand.library.places.lookup import rows

    chance = random.Random(11)  # noqa: S311  (the same every time)
    points = list(rows("outward_codes.csv"))
    words = ("housing", "mentoring", "employment", "counselling", "debt", "family")
    found = []
    for number in range(ASKED):
        at = chance.choice(points)
        found.append(
            Asked(
                words[number % len(words)],
                at["code"],
                float(at["latitude"]),
                float(at["longitude"]),
                chance.choice(_communities()),
            )
        )
    return found


@contextlib.contextmanager
def served(command: Callable[[int], list[str]], environment: dict[str, str]) -> Iterator[int]:
    """A server in a process of its own, ready to answer, and ended after."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(command(port), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _ours(port: int) -> list[str]:
    """The server as `make run` starts it."""
    return [sys.executable, "-m", "granian", *SERVER, "--port", str(port), "evenhand.web.wsgi:application"]


def _theirs(folder: Path) -> Callable[[int], list[str]]:
    # An immutable file, whose counts Datasette takes once, and no suggestions: its quickest.
    return lambda port: [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        "--immutable",
        str(folder / "peer.db"),
        "--port",
        str(port),
        "--setting",
        "suggest_facets",
        "off",
        "--setting",
        "default_cache_ttl",
        "0",
        "--setting",
        "sql_time_limit_ms",
        "20000",
    ]


def _each(port: int, urls: list[str]) -> list[float]:
    """Milliseconds of each over one connection, the best of the rounds after the first, in which a server wakes up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    best = dict.fromkeys(urls, float("inf"))
    for number in range(ROUNDS):
        for url in urls:
            began = time.perf_counter()
            _ask(connection, url)
            if number:
                best[url] = min(best[url], (time.perf_counter() - began) * 1000)
    connection.close()
    return list(best.values())


def _at_once(port: int, urls: list[str]) -> list[float]:
    times: list[float] = []

    def ask(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(EACH):
            began = time.perf_counter()
            _ask(connection, urls[(first * 7 + number) % len(urls)])
            times.append((time.perf_counter() - began) * 1000)
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _ask(connection: http.client.HTTPConnection, url: str) -> bytes:
    connection.request("GET", url, headers={"Host": "localhost"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:  # noqa: PLR2004
        raise RuntimeError(f"{url} answered {response.status}: {body[:200]!r}")
    return body


def _get(port: int, url: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return _ask(connection, url)
    finally:
        connection.close()


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _communities() -> list[str]:
    from evenhand.library.vocabulary.ethnicity import classification

    return [f"five/{each.slug}" for each in classification("five").groups]


def make(folder: Path) -> dict[str, float]:
    """Write the services into our database and the same rows into Datasette's, and index ours."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from evenhand.domains.directory.actions.indexing import rebuild
    from evenhand.domains.directory.models import watching

    # All is indexed at the end: marks of a million changes would only be thrown away.
    watching.end("default", ["the rows of this bench"])
    peer = _Peer(folder / "peer.db")
    for rows in _rows():
        peer.write(rows)
    peer.end()
    watching.begin("default")
    began = time.perf_counter()
    rebuild(today=datetime.now(UTC).date())
    return {"rebuild": time.perf_counter() - began}


def _rows() -> Iterator[list[tuple[Any, ...]]]:
    """Write the services, some at a time, and give the same rows flat."""
    from django.db import transaction

    from evenhand.core.organisations.models import Organisation
    from evenhand.core.references import Ref
    from evenhand.domains.directory.models import Audience, Coverage, Location, Service, Term
    from evenhand.library.places import places
    from evenhand.library.places.lookup import rows
    from evenhand.library.vocabulary import needs

    chance = random.Random(7)  # noqa: S311  (the same every time)
    words = ["".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3)) for _ in range(WORDS)]
    points, councils, terms, people = list(rows("outward_codes.csv")), places("council"), needs(), _communities()
    today = datetime.now(UTC).date()
    organisations = _Rows(Organisation(demonstration=True))
    services = _Rows(Service(status="listed", assured_by=Ref("core.machine", "bench"), phone="01632 960000"))
    needed_by, coverage = _Rows(Term(kind="need")), _Rows(Coverage())
    audiences = _Rows(Audience(kind="community"))
    locations = _Rows(Location(line_1="1 Made-up Road", town="Madeup"))
    for first in range(0, SERVICES, AT_ONCE):
        flat: list[tuple[Any, ...]] = []
        for number in range(first, min(first + AT_ONCE, SERVICES)):
            at, needed, community = chance.choice(points), chance.sample(terms, 2), chance.choice(people)
            assured = today - timedelta(days=chance.randrange(120))
            latitude = float(at["latitude"]) + chance.gauss(0, 0.01)
            longitude = float(at["longitude"]) + chance.gauss(0, 0.01)
            body, service = (uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(2))
            called = f"{chance.choice(words)} {chance.choice(words)}".title()
            said = {
                "name": f"{chance.choice(words).title()} {needed[0].name.lower()}",
                "summary": f"{needed[0].description} {needed[1].description}",
                "description": " ".join(chance.choices(words, k=25)),
            }
            organisations.add(id=body, slug=f"o{number}", name=called)
            services.add(id=service, slug=f"s{number}", organisation_id=body, assured_on=assured, **said)
            for each in needed:
                needed_by.add(service_id=service, term=each.slug)
            audiences.add(service_id=service, term=community)
            coverage.add(service_id=service, code=chance.choice(councils).code)
            where = {"postcode": f"{at['code']} 0XX", "latitude": latitude, "longitude": longitude}
            locations.add(id=uuid.UUID(int=chance.getrandbits(128), version=4), service_id=service, **where)
            words_of = f"{said['description']} {needed[0].name} {needed[1].name}"
            flat.append(
                (
                    str(service),
                    said["name"],
                    called,
                    said["summary"],
                    words_of,
                    needed[0].slug,
                    community,
                    latitude,
                    longitude,
                    assured.isoformat(),
                )
            )
        with transaction.atomic():
            for each_ in (organisations, services, needed_by, audiences, coverage, locations):
                each_.write()
        yield flat


class _Peer:
    """The same rows as Datasette is to have them, written once; the second time they are there."""

    def __init__(self, path: Path) -> None:
        self._to = None if path.exists() else sqlite3.connect(path)
        if self._to:
            typed = (f"{name} {'REAL' if name in {'latitude', 'longitude'} else 'TEXT'}" for name in COLUMNS)
            self._to.execute(f"CREATE TABLE services ({', '.join(typed)}, PRIMARY KEY (id))")

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Some rows more."""
        if self._to:
            self._to.executemany(f"INSERT INTO services VALUES ({', '.join('?' * len(COLUMNS))})", rows)  # noqa: S608  (marks alone)

    def end(self) -> None:
        """Index them, as Datasette's own tools do."""
        if self._to is None:
            return
        for column in ("community", "latitude", "longitude", "assured_on"):
            self._to.execute(f"CREATE INDEX services_{column} ON services({column})")
        self._to.execute(
            "CREATE VIRTUAL TABLE services_fts USING fts5(name, organisation, summary, description, "
            "content='services', tokenize='porter unicode61')"
        )
        self._to.execute("INSERT INTO services_fts(services_fts) VALUES ('rebuild')")
        self._to.execute("ANALYZE")
        self._to.commit()
        self._to.close()


class _Rows:
    """Rows of one table that differ from an example in a few columns, written in the quickest way there is."""

    def __init__(self, example: Any) -> None:
        from django.db import connection

        self.model = type(example)
        fields = [field for field in self.model._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]  # noqa: SLF001  (Django's name)
        self._kinds = {field.column: field for field in fields}
        self._same = {
            field.column: field.get_db_prep_save(field.pre_save(example, add=True), connection) for field in fields
        }
        self._waiting: list[tuple[Any, ...]] = []
        self._connection = connection

    def add(self, **differs: Any) -> None:
        """One row more."""
        made = {column: self._kinds[column].get_db_prep_save(one, self._connection) for column, one in differs.items()}
        self._waiting.append(tuple((self._same | made).values()))

    def write(self) -> None:
        """Write what waits."""
        from evenhand.core.organisations.loading.rows import insert

        insert(self.model, list(self._same), self._waiting, {})
        self._waiting.clear()


if __name__ == "__main__":
    print(json.dumps(make(Path(sys.argv[1]))))
