"""Every environment variable that Evenhand reads: name, default, meaning, and the fix for a bad value."""

import os
import re
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Value = str | bool | int
MAILBOX = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
POSTCODES = VAR / "postcodes.parquet"
LOCALE = ROOT / "locale"
# Of SQLite: what a connection keeps of the file, what is read without a copy, and how many seconds it stays open.
CACHE_KB, MAPPED, OPEN_FOR = 32 * 1024, 1024**3, 600
# Of PostgreSQL: discs do not turn any more, and answers are short; several searches at once are the cores' work.
PLANNED = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"


@dataclass(frozen=True)
class Variable:
    """One setting: how it is written in the environment, and what it turns into."""

    name: str
    default: str
    meaning: str
    grows_to: str
    read: Callable[[str], Value]


class BadSettings(SystemExit):
    """All faults of the environment, reported together, each with its fix."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults; `str()` of it is the whole report."""
        self.faults = faults
        super().__init__("Evenhand cannot start. Mend these settings:\n" + "\n".join(f"  {fault}" for fault in faults))


def _flag(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise ValueError(f"is {text!r}: write true or false")
    return text.lower() == "true"


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):  # noqa: PLR2004
        raise ValueError(f"is {text!r}: write a number from 1 to 65535")
    return int(text)


def _few(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 9):  # noqa: PLR2004
        raise ValueError(f"is {text!r}: write a number from 0 to 9")
    return int(text)


def _site(text: str) -> str:
    if not _well_formed(text, {"http", "https"}) or not urlsplit(text).hostname or urlsplit(text).path.strip("/"):
        raise ValueError(f"is {text!r}: write the address of the front page, such as https://evenhand.example")
    return text.rstrip("/")


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not _well_formed(text, schemes):
            raise ValueError(f"is {text!r}: write one of " + ", ".join(f"{known}://…" for known in schemes))
        return text

    return read


def _well_formed(text: str, schemes: Collection[str]) -> bool:
    scheme, mark, rest = text.partition("://")
    try:
        urlsplit(text).port  # noqa: B018  (read, since only reading it finds a port that is no number)
    except ValueError:
        return False
    return bool(mark and rest) and scheme in schemes


def _contact(text: str) -> str:
    if not text or MAILBOX.fullmatch(text) or _well_formed(text, {"http", "https"}):
        return text
    raise ValueError(f"is {text!r}: write an e-mail address, or the address of a page that starts with https://")


def _outside(text: str) -> str:
    if text and not (_well_formed(text, {"https"}) and urlsplit(text).hostname and not urlsplit(text).username):
        raise ValueError(f"is {text!r}: write the address of a feed that starts with https://, or leave it empty")
    return text


def _address(text: str) -> str:
    if "@" not in text or any(sign.isspace() and sign != " " for sign in text):
        raise ValueError(f"is {text!r}: write an address, such as Evenhand <post@evenhand.example>")
    return text


def _secret(text: str) -> str:
    if text and len(text) < 50:  # noqa: PLR2004  (Django's own deployment check asks for 50)
        raise ValueError("is too short: write at least 50 random characters")
    return text


VARIABLES = (
    Variable(
        "DEBUG",
        "false",
        "A laptop: makes its own secret key and answers as localhost. True only under make.",
        "stays false",
        _flag,
    ),
    Variable(
        "SITE_URL",
        "http://localhost:PORT",
        "Where people find the site. An https address switches on secure cookies and HSTS.",
        "https://…",
        _site,
    ),
    Variable("SECRET_KEY", "", "Signs cookies and links. Made once into var/ when DEBUG is true.", "required", _secret),
    Variable(
        "DATABASE_URL",
        "sqlite://var/evenhand.sqlite3",
        "What people write. SQLite in one file, or a PostgreSQL server.",
        "postgres://…",
        _url("sqlite", "postgres"),
    ),
    Variable(
        "EVIDENCE_URL",
        "duckdb://var/evidence",
        "Where the releases of figures are kept: a folder.",
        "a folder on shared storage",
        _url("duckdb"),
    ),
    Variable(
        "BODY",
        "",
        "The name of the body that runs the site, as feeds and citations give it. Empty: no name is given.",
        "the body's own name",
        str,
    ),
    Variable(
        "CONTACT",
        "",
        "How readers report an error: an e-mail address or the address of a page. Shown with the corrections.",
        "somebody who answers",
        _contact,
    ),
    Variable(
        "OUTSIDE_FEED",
        "",
        "A feed of the body's own on another site (RSS or Atom, https), shown under what is new. The site reads it "
        "every half hour; no visitor's browser asks for it. Empty: none.",
        "the feed of an account of the body's own",
        _outside,
    ),
    Variable(
        "MAIL_URL",
        "file://var/mail",
        "Where mail goes: a folder, terminal://here, or a mail server. With a name and password smtp:// asks for TLS.",
        "smtp://name:password@host:587",
        _url("file", "terminal", "smtp", "smtps"),
    ),
    Variable(
        "MAIL_FROM",
        "Evenhand <evenhand@localhost>",
        "Whom mail comes from.",
        "an address of your own",
        _address,
    ),
    Variable(
        "DEMONSTRATION",
        "false",
        "A site to try out: `evenhand demo load` makes a sign-in for each role, and the pages say how to use them.",
        "stays false",
        _flag,
    ),
    Variable(
        "PROXIES",
        "0",
        "How many proxies of your own stand in front, each adding to X-Forwarded-For. Attempts are counted by address.",
        "1 behind one web server",
        _few,
    ),
    Variable("PORT", "8000", "Where `make run` listens.", "any free port", _port),
)


def read(environ: Mapping[str, str]) -> dict[str, Value]:
    """Every setting with its value; BadSettings with all faults if any is bad or missing."""
    values: dict[str, Value] = {}
    faults = []
    for variable in VARIABLES:
        try:
            given = environ.get(variable.name) or variable.default.replace("PORT", _usable_port(environ))
            values[variable.name] = variable.read(given)
        except ValueError as fault:
            faults.append(f"{variable.name} {fault}.")
    if not values.get("SECRET_KEY"):
        if values.get("DEBUG"):
            values["SECRET_KEY"] = _kept_secret(VAR / "secret-key")
        elif not any(fault.startswith("SECRET_KEY") for fault in faults):
            faults.append("SECRET_KEY is missing: set it to at least 50 random characters, the same on every server.")
    if faults:
        raise BadSettings(faults)
    return values


def folder(url: str) -> Path:
    """The folder or file that a URL such as duckdb://var/evidence names; relative ones start at the project."""
    return ROOT / url.partition("://")[2]


def database(url: str) -> dict[str, Any]:
    """Django's description of the database that a URL names."""
    if url.startswith("sqlite://"):
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            f"PRAGMA cache_size=-{CACHE_KB}; PRAGMA mmap_size={MAPPED};"
        )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder(url),
            # Each thread keeps its file open: opening it reads every table's shape anew.
            "CONN_MAX_AGE": OPEN_FOR,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]  # a folder, where the server listens on no port
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 10}, "options": PLANNED},
    }


@dataclass(frozen=True)
class PostOffice:
    """Where mail goes, as Django's settings have it."""

    backend: str
    folder: Path | None = None
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    ssl: bool = False
    tls: bool = False


def post_office(url: str) -> PostOffice:
    """The mail server, folder or terminal that a URL names."""
    parts = urlsplit(url)
    backend = "django.core.mail.backends.{}.EmailBackend".format
    if parts.scheme == "terminal":
        return PostOffice(backend("console"))
    if parts.scheme == "file":
        return PostOffice(backend("filebased"), folder=folder(url))
    ssl, user = parts.scheme == "smtps", unquote(parts.username or "")
    return PostOffice(
        backend("smtp"),
        host=parts.hostname or "",
        port=parts.port or (465 if ssl else 587),
        user=user,
        password=unquote(parts.password or ""),
        ssl=ssl,
        tls=bool(user) and not ssl,
    )


def _usable_port(environ: Mapping[str, str]) -> str:
    # A bad PORT is told of under its own name, and not a second time as part of an address that nobody wrote.
    with suppress(ValueError):
        return str(_port(environ["PORT"])) if environ.get("PORT") else "8000"
    return "8000"


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Linked into place when whole: of several processes that start at once, all read the one that came first.
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
