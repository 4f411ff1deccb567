"""The pages that come with the product, as they are declared: one file each, in plain words."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import escape

FOLDER = Path(__file__).resolve().parents[1] / "shipped"
TERMS = ("stages", "groups", "places", "topics")


@dataclass(frozen=True)
class Declared:
    """One page: where it stands, what kind it is, and what it says."""

    address: str
    kind: str
    title: str
    summary: str
    order: int
    fields: dict[str, Any]
    body: tuple[tuple[str, Any], ...]

    @property
    def parent(self) -> str:
        """The address of the page above it."""
        return self.address.rstrip("/").rpartition("/")[0] + "/"

    @property
    def slug(self) -> str:
        """The last word of its address."""
        return self.address.strip("/").rpartition("/")[2]

    @property
    def digest(self) -> str:
        """A mark of all that it says, which changes when a release of the product says something else."""
        said = [self.kind, self.title, self.summary, self.fields, self.body]
        return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


@cache
def declared() -> tuple[Declared, ...]:
    """Every page that ships, each after the page above it."""
    made = [_page(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(sorted(made, key=lambda one: (one.address.count("/"), one.order, one.address)))


def _page(table: dict[str, Any]) -> Declared:
    blocks = tuple(_block(dict(block)) for block in table.pop("block", ()))
    own = {name: table.pop(name) for name in ("address", "kind", "title", "summary")}
    return Declared(**own, order=table.pop("order", 0), fields=table, body=blocks)


def _block(block: dict[str, Any]) -> tuple[str, Any]:
    """A block as the page stores it: text in its own few marks becomes paragraphs and lists."""
    kind = block.pop("kind")
    if kind == "heading":
        return kind, block["text"]
    if kind == "text":
        return kind, html(block["text"])
    return kind, block


def html(text: str) -> str:
    """Plain words as rich text: blank lines part paragraphs, `- ` begins an item, `[words](/address/)` is a link."""
    made = []
    for part in text.strip().split("\n\n"):
        lines = part.splitlines()
        if all(line.startswith(("- ", "  ")) for line in lines):
            items = "\n".join(lines).replace("\n  ", " ").splitlines()
            made.append("<ul>" + "".join(f"<li>{_linked(item[2:])}</li>" for item in items) + "</ul>")
        else:
            made.append(f"<p>{_linked(' '.join(lines))}</p>")
    return "".join(made)


def _linked(text: str) -> str:
    """A line with its links and its strong words."""
    before, mark, rest = text.partition("](")
    if not mark:
        parts = str(escape(text)).split("**")
        return "".join(f"<b>{part}</b>" if place % 2 else part for place, part in enumerate(parts))
    start, _bracket, words = before.rpartition("[")
    address, _end, after = rest.partition(")")
    return f'{_linked(start)}<a href="{escape(address)}">{escape(words)}</a>{_linked(after)}'
