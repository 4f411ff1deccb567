"""What a first visit downloads, compressed: the page, its styles and its icon, and whatever else it asks for."""

import gzip
import re
from urllib.parse import urljoin

from benchmarks.report import Line
from benchmarks.site import Response, Site

MOST = 60
VISITS = {
    "front page": "/",
    "journey": "/evidence/",
    "a place": "/evidence/stop-and-search/E23000016/",
    "nation": "/evidence/stop-and-search/",
    "nation, 19 groups": "/evidence/stop-and-search/?groups=19",
    "method": "/evidence/method/",
    "all of a place": "/places/E23000016/",
    "all of the nation": "/places/K04000001/",
    "places": "/places/",
    "a group": "/groups/black/",
    "a stage": "/stages/arrest/",
    "finding help": "/find/",
    "progress": "/progress/",
    "a review": "/progress/lammy-2017/",
    "support": "/support/",
    "what is new": "/news/",
}
TAG = re.compile(r"<(link|script|img|source|iframe|video|audio|object|embed|use|image)\b([^>]*)>")
ATTRIBUTE = re.compile(r"""\b(rel|href|src|srcset|data)="([^"]*)\"""")
IN_STYLES = re.compile(r"""(?:url\(|@import\s+)["']?([^"')\s]+)""")
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}


def lines(site: Site) -> list[Line]:
    """Bytes of the bodies as they cross the wire."""
    made = []
    for name, url in VISITS.items():
        weights = visit(site, url)
        parts = ", ".join(f"{part.rpartition('.')[2] or 'html'} {size:,}" for part, size in weights.items())
        made.append(Line("First visit", name, sum(weights.values()) / 1000, "kB", MOST, parts))
    return made


def visit(site: Site, url: str) -> dict[str, int]:
    """The size of everything that a browser with nothing kept fetches for one page."""
    page = site.get(url)
    weights = {"html": len(page.body)}
    waiting = [urljoin(url, address) for address in asked_for(_text(page))]
    while waiting:
        address = waiting.pop()
        if address in weights or address.startswith("data:"):
            continue
        found = site.get(address)
        weights[address] = len(found.body)
        if found.headers.get("Content-Type", "").startswith("text/css"):
            waiting += [urljoin(address, inner) for inner in IN_STYLES.findall(_text(found))]
    return weights


def asked_for(html: str) -> list[str]:
    """The addresses that a browser fetches by itself when it shows a page."""
    found = []
    for tag, inside in TAG.findall(html):
        attributes = dict(ATTRIBUTE.findall(inside))
        if tag == "link" and not FETCHED & set(attributes.get("rel", "").split()):
            continue
        for name in ("href", "src", "srcset", "data"):
            address = attributes.get(name, "").split(" ")[0]
            if address and not address.startswith("#"):
                found.append(address)
    return found


def _text(response: Response) -> str:
    body = response.body
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode()
