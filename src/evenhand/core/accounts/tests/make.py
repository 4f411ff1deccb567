"""People for tests, with roles, and browsers that are signed in as they would be."""

import time
from datetime import timedelta
from uuid import uuid4

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import Person, RoleHeld

PASSWORD = "a long enough sentence"  # noqa: S105  (of nobody)
WHOSE = "account_authentication_methods_user"


def person(*roles: str, name: str = "", expired: bool = False, organisation=None, **said) -> Person:
    """Somebody who holds these roles now, or held them until yesterday."""
    name = name or (roles[0] if roles else "person")
    made = Person.objects.create_user(f"{name}-{uuid4().hex[:8]}@example.org", PASSWORD, name=name, **said)
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    now = timezone.now()
    for role in roles:
        RoleHeld.objects.create(
            person=made,
            role=role,
            organisation=organisation,
            begins_at=now - timedelta(days=30),
            ends_at=now - timedelta(days=1) if expired else None,
        )
    return made


def caller(*roles: str, second_factor: bool = True) -> Caller:
    """Somebody with these roles, as a caller."""
    return caller_for(person(*roles), second_factor=second_factor)


def signed_in(who: Person, *, second_factor: bool = True, fresh: bool = False, **options) -> Client:
    """A browser in which somebody signed in, with their second factor unless told otherwise."""
    client = Client(**options)
    client.force_login(who)
    session = client.session
    now = time.time()
    records = [{"method": "password", "at": now}]
    if second_factor:
        records.append({"method": "mfa", "type": "totp", "at": now, **({"reauthenticated": True} if fresh else {})})
    elif fresh:
        records.append({"method": "password", "at": now, "reauthenticated": True})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[WHOSE] = session[SESSION_KEY]
    session.save()
    return client
