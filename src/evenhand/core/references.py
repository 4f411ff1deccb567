"""How one part of the platform points at a thing of another: by its public reference, never by a foreign key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

LONGEST = 200
WRITTEN = re.compile(
    r"(?P<kind>[a-z][a-z-]*\.[a-z][a-z-]*):(?P<key>[A-Za-z0-9][A-Za-z0-9._/-]*)(?:@(?P<place>[A-Z][0-9]{8}))?"
)


class BadReference(ValueError):
    """A text that is no reference."""


@dataclass(frozen=True, order=True, slots=True)
class Ref:
    """A thing by its kind and key, and the place that is meant if it is one of many: `evidence.measure:arrests`."""

    kind: str
    key: str
    place: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be read back."""
        if not WRITTEN.fullmatch(str(self)) or len(str(self)) > LONGEST:
            raise BadReference(f"{str(self)!r} is no reference: write domain.noun:key or domain.noun:key@E23000016")

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" + (f"@{self.place}" if self.place else "")

    @classmethod
    def read(cls, text: str) -> Ref:
        """The reference that a text is; BadReference if it is none."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise BadReference(f"{text!r} is no reference: write domain.noun:key or domain.noun:key@E23000016")
        return cls(found["kind"], found["key"], found["place"] or "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a thing that is pointed at: title, state in words, and address; none if it has no page."""

    title: str
    state: str = ""
    url: str = ""


Resolver = Callable[[Iterable[Ref]], Mapping[Ref, Known]]
_RESOLVERS: dict[str, Resolver] = {}


def resolves(kind: str) -> Callable[[Resolver], Resolver]:
    """Say which function knows the things of a kind; it is asked for many at once. Called in `web`."""

    def register(resolver: Resolver) -> Resolver:
        if _RESOLVERS.setdefault(kind, resolver) is not resolver:
            raise ValueError(f"two resolvers know {kind}")
        return resolver

    return register


def resolve(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """What is known of each thing, one question a kind. What nobody knows is called by its reference."""
    wanted = list(dict.fromkeys(refs))
    found: dict[Ref, Known] = {}
    for kind in dict.fromkeys(ref.kind for ref in wanted):
        if resolver := _RESOLVERS.get(kind):
            found.update(resolver([ref for ref in wanted if ref.kind == kind]))
    return {ref: found.get(ref, Known(str(ref))) for ref in wanted}


def kinds() -> tuple[str, ...]:
    """The kinds of things that can be pointed at."""
    return tuple(sorted(_RESOLVERS))


if TYPE_CHECKING:
    Column = models.CharField[Ref | str | None, Any]
else:
    Column = models.CharField


class RefField(Column):
    """A column that holds a reference."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As long as a reference may be."""
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_context: Any) -> Ref | None:
        """The reference of a row."""
        return Ref.read(value) if value else None

    def to_python(self, value: Any) -> Ref | None:
        """The reference that was given, as such or as text."""
        if value is None or isinstance(value, Ref):
            return value
        try:
            return Ref.read(str(value)) if value else None
        except BadReference as fault:
            raise ValidationError(_("That is not a reference.")) from fault

    def run_validators(self, value: Any) -> None:
        """Those of a column of text, asked of the text."""
        super().run_validators(str(value) if isinstance(value, Ref) else value)

    def get_prep_value(self, value: Any) -> str | None:
        """The text that is stored."""
        if value is None or value == "":
            return None if self.null else ""
        return str(value if isinstance(value, Ref) else Ref.read(str(value)))

    def value_to_string(self, obj: models.Model) -> str:
        """The text that is exported."""
        return str(self.value_from_object(obj) or "")
