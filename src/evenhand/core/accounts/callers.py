"""Who is asking: the caller of a request, found from the sign-in before the gate looks."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from evenhand.core.access import NEED_SECOND_FACTOR, VISITOR, Caller
from evenhand.core.accounts.models import Person, RoleHeld, SignIn

if TYPE_CHECKING:
    from uuid import UUID

LONGEST = timedelta(hours=12)  # a sign-in, however busy
IDLE = timedelta(minutes=30)  # of somebody who can see others' data
NOTICED = timedelta(minutes=1)  # how exactly it is kept when a sign-in was last used


class Callers:
    """The middleware that finds who is asking, and keeps what only they may see out of every cache."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before the gate."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say who is asking; a browser that sends no session is a visitor, and costs no look at any table."""
        request.caller = found(request) if carries_session(request) else VISITOR  # type: ignore[attr-defined]
        response = self.respond(request)
        patch_vary_headers(response, ("Cookie",))
        if request.caller.signed_in:  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "no-store, private"
        return response


def carries_session(request: HttpRequest) -> bool:
    """Whether the browser sends a session, which may be anybody's or nobody's."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def found(request: HttpRequest) -> Caller:
    """The caller of a request that carries a session; a visitor once it has been open or unused for too long."""
    person = request.user
    if not isinstance(person, Person):
        return VISITOR
    caller = caller_for(person, second_factor=used_second_factor(request, person))
    row: SignIn | None = getattr(request.session, "row", None)
    now = timezone.now()
    if row is None or now - row.began_at > LONGEST:
        return _ended(request, _("You were signed out, as you are after twelve hours. Sign in to go on."))
    if caller.roles & NEED_SECOND_FACTOR and now - row.seen_at > IDLE:
        return _ended(request, _("You were signed out after 30 minutes without use. Sign in to go on."))
    if now - row.seen_at > NOTICED:
        SignIn.objects.filter(pk=row.pk).update(seen_at=now)
    return caller


def caller_for(person: Person, *, second_factor: bool) -> Caller:
    """A person as a caller, with the roles that hold now."""
    holding = RoleHeld.objects.filter(person=person).holding()
    held: list[tuple[str, UUID | None]] = list(holding.values_list("role", "organisation_id"))
    return Caller(
        signed_in=True,
        roles=frozenset(role for role, _organisation in held),
        second_factor=second_factor,
        suspended=person.suspended,
        organisations=frozenset((role, organisation) for role, organisation in held if organisation is not None),
        person=person,
    )


def used_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether a second factor was shown in this sign-in."""
    return any(one.get("method") == "mfa" for one in get_authentication_records(request, person))


def _ended(request: HttpRequest, why: str) -> Caller:
    logout(request)
    messages.info(request, why)
    return VISITOR
