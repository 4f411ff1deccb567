"""Looking whether other bodies' public addresses still answer. It asks for the page and reads nothing of it."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from datetime import datetime
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.db import transaction
from django.utils.encoding import iri_to_uri

from evenhand.core.access import Caller
from evenhand.core.journal.actions import record
from evenhand.domains.publishing.models import SupportSource

PATIENCE = 10  # seconds
FINE = range(200, 400)
SAID_NO = frozenset({401, 403, 405, 429})  # there is somebody, who does not answer machines
PORTS = {"https": 443, "http": 80}
Ask = Callable[[str], str]


class Inward(Exception):
    """An address that leads into our own network."""


def look_at_links(now: datetime, *, by: Caller, ask: Ask | None = None) -> int:
    """Look at every public source of support, and keep what was wrong; how many did not answer as they should."""
    faults = 0
    for source in SupportSource.objects.live():
        fault = (ask or answer_of)(source.website)[:200]
        faults += bool(fault)
        with transaction.atomic():
            SupportSource.objects.filter(pk=source.pk).update(looked_at=now, fault=fault)
            if fault != source.fault:
                record("publishing.link.look", source.ref, by=by, details={"fault": fault})
    return faults


def answer_of(address: str) -> str:
    """What is wrong with an address; nothing if it answers. A redirect is an answer, and is not followed."""
    parts = _parts(address)
    if parts is None or not parts.hostname:
        return "it is no plain address of the open web"
    connection = http.client.HTTPConnection(parts.hostname, PORTS[parts.scheme], timeout=PATIENCE)
    try:
        connection.sock = reach(parts.hostname, parts.scheme)
        asked = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request("HEAD", asked, headers={"User-Agent": "Evenhand link check"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, Inward) as fault:
        return str(fault) or type(fault).__name__
    finally:
        connection.close()
    return "" if status in FINE or status in SAID_NO else f"it answered {status}"


def _parts(address: str) -> SplitResult | None:
    """The parts of a plain address of the open web; None of any other."""
    try:
        parts = urlsplit(iri_to_uri(address))
        plain = parts.scheme in PORTS and parts.port in (None, PORTS[parts.scheme])
    except ValueError:  # a port that is no number, or brackets that do not close
        return None
    return parts if plain else None


def reach(host: str, scheme: str) -> socket.socket:
    """A line to the host: to the number that was looked at, so that a name cannot lead inward the second time."""
    number = str(socket.getaddrinfo(host, PORTS[scheme], type=socket.SOCK_STREAM)[0][4][0])
    if not ipaddress.ip_address(number).is_global:
        raise Inward("it leads to no machine of the open web")
    line = socket.create_connection((number, PORTS[scheme]), timeout=PATIENCE)
    return ssl.create_default_context().wrap_socket(line, server_hostname=host) if scheme == "https" else line
