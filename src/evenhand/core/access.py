"""Who may do what: roles, predicates over the caller, and the gate that refuses a view which does not say."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

View = TypeVar("View", bound=Callable[..., Any])
READ = ("GET", "HEAD")


class Role(NamedTuple):
    """A part that a person may play, and whether it asks for a second factor."""

    slug: str
    name: str
    second_factor: bool


ROLES = (
    Role("organisation-member", "Organisation member", second_factor=False),
    Role("organisation-owner", "Organisation owner", second_factor=False),
    Role("assessor", "Assessor", second_factor=True),
    Role("consultant", "Consultant", second_factor=True),
    Role("commissioner", "Commissioner", second_factor=True),
    Role("advisory-member", "Advisory member", second_factor=True),
    Role("official", "Official", second_factor=True),
    Role("funder", "Funder", second_factor=True),
    Role("content-editor", "Content editor", second_factor=True),
    Role("directory-editor", "Directory editor", second_factor=True),
    Role("statistics-editor", "Statistics editor", second_factor=True),
    Role("statistics-approver", "Statistics approver", second_factor=True),
    Role("programme-officer", "Programme officer", second_factor=True),
    Role("coordinator", "Coordinator", second_factor=True),
    Role("co-host-coordinator", "Co-host coordinator", second_factor=True),
    Role("secretariat", "Secretariat", second_factor=True),
    Role("administrator", "Administrator", second_factor=True),
)
NAMES = {role.slug: role.name for role in ROLES}
NEED_SECOND_FACTOR = frozenset(role.slug for role in ROLES if role.second_factor)


@dataclass(frozen=True)
class Caller:
    """Who is asking: a visitor, or a signed-in person with the roles that hold today."""

    signed_in: bool = False
    roles: frozenset[str] = frozenset()
    second_factor: bool = False
    suspended: bool = False

    @property
    def effective(self) -> "Caller":
        """The caller as far as trust goes: suspension ends everything, and no factor, no role that asks for one."""
        if self.suspended:
            return VISITOR
        if not self.second_factor:
            return replace(self, roles=self.roles - NEED_SECOND_FACTOR)
        return self


VISITOR = Caller()


@dataclass(frozen=True)
class Who:
    """A named predicate over callers, with the sentence that explains a refusal. `a | b` and `a & b` make others."""

    name: str
    sentence: str
    holds: Callable[[Caller], bool]

    def __or__(self, other: "Who") -> "Who":
        """Whoever is either."""
        return Who(
            f"{self.name} or {other.name}",
            self.sentence,
            lambda caller: self.holds(caller) or other.holds(caller),
        )

    def __and__(self, other: "Who") -> "Who":
        """Whoever is both."""
        return Who(
            f"{self.name} and {other.name}",
            f"{self.sentence} {other.sentence}",
            lambda caller: self.holds(caller) and other.holds(caller),
        )

    def admits(self, caller: Caller) -> bool:
        """Whether this caller may, today."""
        return self.holds(caller.effective)


anyone = Who("anyone", "This page is open to everyone.", lambda caller: True)  # noqa: ARG005
signed_in = Who("a signed-in person", "Sign in to go on.", lambda caller: caller.signed_in)


def role(slug: str) -> Who:
    """Whoever holds one role."""
    name = NAMES[slug]
    return Who(name.lower(), f"This is for: {name.lower()}.", lambda caller: slug in caller.roles)


def allow(who: Who, *, methods: tuple[str, ...] = READ) -> Callable[[View], View]:
    """Say who may call a view, and with which methods."""

    def declare(view: View) -> View:
        view.allow = Declared(who, methods)  # type: ignore[attr-defined]
        return view

    return declare


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
    """Who is asking. Nobody can sign in yet, so everyone is a visitor."""
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
