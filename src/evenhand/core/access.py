"""Who may do what: roles, predicates over the caller, and the gate that refuses a view which does not say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLResolver
from django.utils.translation import gettext as _

from evenhand.core.references import Ref

View = TypeVar("View", bound=Callable[..., Any])
READ = ("GET", "HEAD")
WRITE = (*READ, "POST")


class Role(NamedTuple):
    """A part that a person may play, whether it asks for a second factor, and whether it works in the staff home."""

    slug: str
    words: str
    second_factor: bool
    staff: bool = False

    @property
    def name(self) -> str:
        """What it is called, in the language of whoever reads."""
        return _(self.words)


ROLES = (
    Role("organisation-member", "Organisation member", second_factor=False),
    Role("organisation-owner", "Organisation owner", second_factor=False),
    Role("assessor", "Assessor", second_factor=True),
    Role("consultant", "Consultant", second_factor=True),
    Role("commissioner", "Commissioner", second_factor=True),
    Role("advisory-member", "Advisory member", second_factor=True),
    Role("official", "Official", second_factor=True),
    Role("funder", "Funder", second_factor=True),
    Role("content-editor", "Content editor", second_factor=True, staff=True),
    Role("directory-editor", "Directory editor", second_factor=True, staff=True),
    Role("statistics-editor", "Statistics editor", second_factor=True, staff=True),
    Role("statistics-approver", "Statistics approver", second_factor=True, staff=True),
    Role("programme-officer", "Programme officer", second_factor=True, staff=True),
    Role("coordinator", "Coordinator", second_factor=True, staff=True),
    Role("co-host-coordinator", "Co-host coordinator", second_factor=True, staff=True),
    Role("secretariat", "Secretariat", second_factor=True, staff=True),
    Role("administrator", "Administrator", second_factor=True, staff=True),
)
NAMES = {role.slug: role.words for role in ROLES}
NEED_SECOND_FACTOR = frozenset(role.slug for role in ROLES if role.second_factor)
STAFF = frozenset(role.slug for role in ROLES if role.staff)


@dataclass(frozen=True)
class Caller:
    """Who is asking: a visitor, a signed-in person with the roles that hold today, or a machine of our own."""

    signed_in: bool = False
    roles: frozenset[str] = frozenset()
    second_factor: bool = False
    suspended: bool = False
    organisations: frozenset[tuple[str, UUID]] = frozenset()
    person: Any = None
    machine: str = ""

    @property
    def effective(self) -> "Caller":
        """The caller as far as trust goes: suspension ends everything, and no factor, no role that asks for one."""
        if self.suspended:
            return VISITOR
        if not self.second_factor:
            bound = frozenset(held for held in self.organisations if held[0] not in NEED_SECOND_FACTOR)
            return replace(self, roles=self.roles - NEED_SECOND_FACTOR, organisations=bound)
        return self

    @property
    def ref(self) -> Ref:
        """What the journal calls the caller; ValueError for a visitor, who does nothing that is written down."""
        if self.machine:
            return Ref("core.machine", self.machine)
        if self.person is None:
            raise ValueError("a visitor has no reference: say who acts")
        return Ref("accounts.person", str(self.person.pk))


VISITOR = Caller()


def machine(name: str) -> Caller:
    """A caller that is no person: a job, a command, an import."""
    return Caller(machine=name)


@dataclass(frozen=True)
class Who:
    """A named predicate over callers, with the sentence that explains a refusal. `a | b` and `a & b` make others.

    Some are about a thing as well: the lead of this engagement, the owner of this organisation. Asked of no thing in
    particular, such a one admits nobody.
    """

    name: str
    refusal: str  # of one that is made of two, a line for each
    holds: Callable[[Caller, Any], bool]

    @property
    def sentence(self) -> str:
        """What is said to whoever may not, in the language of whoever reads."""
        return " ".join(_(line) for line in self.refusal.splitlines())

    def __or__(self, other: "Who") -> "Who":
        """Whoever is either."""
        return Who(
            f"{self.name} or {other.name}",
            self.refusal,
            lambda caller, thing: self.holds(caller, thing) or other.holds(caller, thing),
        )

    def __and__(self, other: "Who") -> "Who":
        """Whoever is both."""
        return Who(
            f"{self.name} and {other.name}",
            f"{self.refusal}\n{other.refusal}",
            lambda caller, thing: self.holds(caller, thing) and other.holds(caller, thing),
        )

    def admits(self, caller: Caller, thing: Any = None) -> bool:
        """Whether this caller may, today."""
        return self.holds(caller.effective, thing)


anyone = Who("anyone", "This page is open to everyone.", lambda caller, thing: True)  # noqa: ARG005
signed_in = Who("a signed-in person", "Sign in to go on.", lambda caller, thing: caller.signed_in)  # noqa: ARG005
staff = Who(
    "anyone with a staff role",
    "This is for the staff of Evenhand.",
    lambda caller, thing: bool(caller.roles & STAFF),  # noqa: ARG005
)

evenhand = Who(
    "Evenhand itself",
    "Evenhand does this by itself, when it is due.",
    lambda caller, thing: bool(caller.machine),  # noqa: ARG005
)


def role(slug: str) -> Who:
    """Whoever holds one role."""
    name = NAMES[slug]
    return Who(name.lower(), f"This is for: {name.lower()}.", lambda caller, thing: slug in caller.roles)  # noqa: ARG005


def allow(who: Who, *, methods: tuple[str, ...] = READ) -> Callable[[View], View]:
    """Say who may call a view, and with which methods."""

    def declare(view: View) -> View:
        view.allow = Declared(who, methods)  # type: ignore[attr-defined]
        return view

    return declare


def guard(
    patterns: Iterable[Any], who: Who, methods: tuple[str, ...], *, dress: Callable[[Any], Any] = lambda view: view
) -> None:
    """Say who may call each of many addresses that are not ours, all alike, and dress each view as they all need."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            guard(pattern.url_patterns, who, methods, dress=dress)
        else:
            pattern.callback = allow(who, methods=methods)(dress(pattern.callback))


class Declared(NamedTuple):
    """What a view says of itself."""

    who: Who
    methods: tuple[str, ...]


def declared(view: Callable[..., Any]) -> Declared:
    """What a view says of itself; ImproperlyConfigured if it says nothing."""
    found = getattr(view, "allow", None)
    if not isinstance(found, Declared):
        raise ImproperlyConfigured(f"{view.__module__}.{getattr(view, '__name__', view)} does not say who may call it")
    return found


def caller_of(request: HttpRequest) -> Caller:
    """Who is asking: as the accounts' middleware found, and a visitor where it has not looked."""
    return getattr(request, "caller", VISITOR)


class Gate:
    """The middleware that asks each view who may call it, and refuses everyone else."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before the views."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: the view is not known yet."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the view run, or answer in its place."""
        del args, kwargs
        rule = declared(view)
        if request.method not in rule.methods:
            return HttpResponseNotAllowed(rule.methods)
        if not rule.who.admits(caller_of(request)):
            raise PermissionDenied(rule.who.sentence)
        return None
