"""Raw labels, as publishers write them, and the names that they stand for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.library.discover import Fault
from evenhand.library.vocabulary.errors import UnknownLabel, near_misses

UNKNOWN = "Unknown"
NOT_A_PERSON = "Not a person"

# The Home Office marks its series break inside the label: "2019/20 onwards - Asian or Asian British".
_SERIES = re.compile(r"^\s*\d{4}/\d{2} onwards\s*[-–:]\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def plain(label: str) -> str:
    """A label without case, punctuation, spare space, or the mark of its series."""
    text = unicodedata.normalize("NFKC", _SERIES.sub("", label)).casefold().replace("&", " and ")
    return " ".join(_WORD.findall(re.sub("['’]", "", text)))


@dataclass(frozen=True)
class Labels:
    """An exact table of labels: a label is in it or it is not, and a beginning in common is nothing."""

    names: Mapping[str, str]
    written: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], *, where: str) -> "Labels":
        """The table of these (label, name) pairs; a label that would stand for two names is a fault."""
        names: dict[str, str] = {}
        written: dict[str, str] = {}
        for label, name in pairs:
            key = plain(label)
            if names.setdefault(key, name) != name:
                raise Fault(where, f"the label {label!r} stands for both {names[key]!r} and {name!r}")
            written.setdefault(key, label)
        return cls(names, written)

    def read(self, label: str | None) -> str:
        """The name that a label stands for; blank is `UNKNOWN`, and a label not in the table raises UnknownLabel."""
        if label is None or not label.strip():
            return UNKNOWN
        try:
            return self.names[plain(label)]
        except KeyError:
            raise UnknownLabel(label, near_misses(_SERIES.sub("", label), self.written.values())) from None
