"""One load of one dataset: its figures, and the name that follows from its bytes and from how they were read."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from evenhand.library.datasets.catalogue import Collection, Measure, loader, measures
from evenhand.library.datasets.loader import Loader, Observation

Versions = Mapping[str, str]
File = tuple[str, bytes]  # its name and what is in it

RELEASE = re.compile("[0-9a-f]{10}")


class UnknownRelease(LookupError):
    """No release of a measure, or of a collection, has this name here."""


@dataclass(frozen=True)
class Release:
    """One load of one dataset: its observations, and the file that they were read from, with its hash."""

    dataset: str
    version: str
    sha256: str
    observations: tuple[Observation, ...]
    file: str
    content: bytes


def version_of(loader: Loader, content: bytes, *, declaration: bytes = b"") -> str:
    """The name of a release: the same bytes read in the same way are the same release."""
    read = b"%s %d\n" % (loader.name.encode(), loader.revision)
    # A declaration of one's own is how the bytes are read. The shipped ones have their revision.
    said = hashlib.sha256(declaration).digest() if declaration else b""
    return hashlib.sha256(read + said + content).hexdigest()[:12]


def shipped_content(loader: Loader) -> bytes:
    """The file that the product ships for a loader."""
    return (resources.files("evenhand.library") / "reference" / loader.file).read_bytes()


def read_release(loader: Loader, content: bytes) -> Release:
    """Check and read one file; RefusedFile if anything in it is wrong."""
    observations = loader.load(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Release(loader.name, version_of(loader, content), sha256, observations, loader.file, content)


def shipped() -> Iterator[Release]:
    """The releases that the product ships for its measures, read from its own tables."""
    for name in sorted(frozenset().union(*(measure.datasets for measure in measures()))):
        one = loader(name)
        yield read_release(one, shipped_content(one))


def release_name(asked: Measure | Collection, versions: Versions) -> str:
    """The name of a release: it changes when, and only when, a figure that the measure or collection uses may have."""
    used = "\n".join(f"{dataset} {versions[dataset]}" for dataset in sorted(asked.datasets & versions.keys()))
    return hashlib.sha256(used.encode()).hexdigest()[:10]
