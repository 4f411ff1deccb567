"""The sign-ins of a demonstration: one for each role, named by the role, which anyone may use; never on a real site."""

import base64
import hashlib
import time
from typing import Any, NamedTuple

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from evenhand.core.access import ROLES, machine
from evenhand.core.accounts.actions import end_role, give_role
from evenhand.core.accounts.models import Erasure, Person, RoleHeld, SignIn
from evenhand.core.errors import NotPossible

PASSWORD = "evenhand-demonstration"  # noqa: S105  (printed on the sign-in page)
PERIOD = 30
SECOND = "second-assessor"  # two score each application, and neither sees the other's scores
BY = machine("demonstration")


class Shown(NamedTuple):
    """What the sign-in page of a demonstration says."""

    password: str
    addresses: tuple[str, ...]


def address(slug: str) -> str:
    """The address of the sign-in for a role: of a domain that can never be anybody's."""
    return f"{slug}@demo.invalid"


@transaction.atomic
def load() -> int:
    """Make the sign-ins that are missing; how many."""
    refuse_on_a_real_site()
    made = 0
    for slug, name, second_factor in (
        ("person", _("Person"), False),
        *((r.slug, r.name, r.second_factor) for r in ROLES),
        (SECOND, _("Second assessor"), True),
    ):
        if Person.objects.filter(email=address(slug)).exists():
            continue
        title = _("%(name)s (demonstration)") % {"name": name}
        person = Person.objects.create_user(address(slug), PASSWORD, name=title, demonstration=True)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if second_factor:
            secret = base64.b32encode(hashlib.sha1(f"{settings.SECRET_KEY}:{slug}".encode()).digest())  # noqa: S324
            TOTP.activate(person, secret.decode())
        if slug != "person":
            give_role(person, "assessor" if slug == SECOND else slug, by=BY)
        made += 1
    return made


@transaction.atomic
def remove() -> int:
    """Take the sign-ins away; how many. What they did stays in the journal, by their references."""
    people = Person.objects.filter(demonstration=True)
    for held in RoleHeld.objects.filter(person__in=people).holding():
        end_role(held, by=BY)
    SignIn.objects.filter(person__in=people).delete()
    RoleHeld.objects.filter(person__in=people).delete()
    Erasure.objects.filter(person__in=people).delete()
    _all, by_kind = people.delete()
    return int(by_kind.get("accounts.Person", 0))


def refuse_on_a_real_site() -> None:
    """NotPossible unless this site says of itself that it is a demonstration."""
    if not settings.DEMONSTRATION:
        raise NotPossible(
            _("This site is no demonstration. Set DEMONSTRATION=true first, and never on a site that people use.")
        )


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: how to sign in to a demonstration, and the one-time code of now. On a real site, nothing."""
    if not settings.DEMONSTRATION:
        return {}
    return {"demonstration": _shown, "code_now": lambda: _code_now(request)}


def _shown() -> Shown:
    made = Person.objects.filter(demonstration=True).order_by("joined_at")
    return Shown(PASSWORD, tuple(made.values_list("email", flat=True)))


def _code_now(request: HttpRequest) -> str:
    """A code that holds now and was not used, for somebody of the demonstration who is asked for one."""
    stage = get_pending_stage(request)
    person = stage.login.user if stage else request.user
    if not isinstance(person, Person) or not person.demonstration:
        return ""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if codes is None:
        return ""
    step = max(int(time.time()) // PERIOD, codes.data.get("step", 0) + 1)
    return str(format_hotp_value(hotp_value(decrypt(codes.data["secret"]), step)))
