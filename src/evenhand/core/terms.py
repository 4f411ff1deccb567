"""The four lists that every page may carry words of: stages, groups, places and topics."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.db.models import Lookup
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.library.places import place, places
from evenhand.library.vocabulary import stages, topics
from evenhand.library.vocabulary.ethnicity import classification

NATION = "K04000001"
Choices = list[tuple[str, str]]


def stage_choices() -> Choices:
    """The stages in order."""
    return [(one.slug, _(one.name)) for one in stages()]


def group_choices() -> Choices:
    """The five broad groups, then the nineteen of the census that are not among them."""
    found: dict[str, str] = {}
    for scheme in ("five", "census-2021-19"):
        for group in classification(scheme).groups:
            found.setdefault(group.slug, capfirst(_(group.people)))
    return list(found.items())


def place_choices() -> Choices:
    """The nation, its regions, and the police force areas."""
    kinds = (*places("region"), *(one for one in places("police-force") if one.has_residents))
    return [(NATION, place(NATION).name), *((one.code, one.name) for one in kinds)]


def topic_choices() -> Choices:
    """The topics, by name."""
    return [(one.slug, _(one.name)) for one in topics()]


KINDS: dict[str, Callable[[], Choices]] = {
    "stages": stage_choices,
    "groups": group_choices,
    "places": place_choices,
    "topics": topic_choices,
}


@cache
def known(kind: str) -> frozenset[str]:
    """Every word of a list, as it stands in an address."""
    return frozenset(slug for slug, _name in KINDS[kind]())


def name_of(kind: str, slug: str) -> str:
    """A word of a list as it is read; the slug itself for one that is no more."""
    return dict(KINDS[kind]()).get(slug, slug)


if TYPE_CHECKING:
    Column = models.TextField[Iterable[str], tuple[str, ...]]
else:
    Column = models.TextField


class TermsField(Column):
    """Words of one list. Stored with a space around each, so that one is found by any database alike."""

    def __init__(self, kind: str = "topics", **options: Any) -> None:
        """Of which list."""
        self.kind = kind
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """With the list that it is of."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "kind": self.kind}

    def from_db_value(self, value: str | None, *_context: Any) -> tuple[str, ...]:
        """The words of a row."""
        return tuple((value or "").split())

    def to_python(self, value: Any) -> tuple[str, ...]:
        """The words that were given."""
        if isinstance(value, str):
            return tuple(value.split())
        return tuple(value or ())

    def get_prep_value(self, value: Any) -> str:
        """The text that is stored."""
        return stored(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        """The text that a revision keeps."""
        return stored(self.to_python(self.value_from_object(obj)))

    def formfield(self, **options: Any) -> Any:
        """Boxes to tick, one a word."""
        del options
        return TermsChoice(
            choices=KINDS[self.kind],
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
        )


class TermsChoice(forms.MultipleChoiceField):
    """The words that were ticked."""

    def prepare_value(self, value: Any) -> Any:
        """The words as a list, which is what the boxes compare with."""
        return value.split() if isinstance(value, str) else list(value or ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other words were ticked."""
        return set(self.prepare_value(initial)) != set(data or ())

    def clean(self, value: Any) -> tuple[str, ...]:
        """In the order of the list."""
        return tuple(super().clean(value))


@TermsField.register_lookup
class Has(Lookup[str]):
    """`topics__has="prisons"`: rows that carry the word."""

    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        """The word with a space around it."""
        return f"% {self.rhs} %"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A comparison of text: slugs hold nothing that LIKE would read otherwise but `_`, and no slug has that."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*parameters, self.rhs)


def stored(words: Iterable[str]) -> str:
    """Words as a row keeps them."""
    kept = " ".join(words)
    return f" {kept} " if kept else ""
