"""Pages about one subject, composed of what each domain has to say of it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Chooser, Link

Of = TypeVar("Of")


@dataclass(frozen=True)
class Part:
    """What one domain says of a subject: under a heading, shown by the domain's own template as `of`."""

    id: str
    heading: str
    template: str
    of: object


@dataclass(frozen=True)
class Teller(Generic[Of]):
    """A domain that speaks of subjects of one kind: what it says, and what that depends on besides the subject."""

    tell: Callable[[Of], Part | None]
    state: Callable[[], Hashable]


@dataclass(frozen=True)
class Subject:
    """What stands at the head of a composed page."""

    kind: str
    name: str
    lede: str
    description: str
    crumbs: tuple[Link, ...]
    notes: tuple[str, ...] = ()
    choosers: tuple[Chooser, ...] = ()


def state_of(tellers: Sequence[Teller[Any]]) -> Callable[[], Hashable]:
    """What a composed page depends on: whatever any of its parts does."""
    return lambda: tuple(teller.state() for teller in tellers)


def composed(request: HttpRequest, subject: Subject, tellers: Sequence[Teller[Of]], of: Of) -> HttpResponse:
    """The page of a subject: its head, then each part that has something to say, in order."""
    parts = [part for teller in tellers if (part := teller.tell(of))]
    links = tuple(Link(part.heading, f"#{part.id}") for part in parts)
    context: dict[str, Any] = {
        "subject": subject,
        "parts": parts,
        "contents": Chooser(_("On this page"), links) if len(parts) > 1 else None,
        "crumbs": subject.crumbs,
        "canonical": settings.SITE_URL + request.path,
        "alternates": [],
    }
    return render(request, "web/composed.html", context)
