"""Who is who to a request to be erased."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from evenhand.core.access import Caller, Who, role

WAIT = timedelta(days=14)  # after which one administrator is enough
administrator = role("administrator")


def _is_theirs(caller: Caller, asked: Any) -> bool:
    return caller.person is not None and getattr(asked, "person_id", None) == caller.person.pk


def _is_another(caller: Caller, asked: Any) -> bool:
    return asked is not None and administrator.holds(caller, asked) and not _is_theirs(caller, asked)


def _is_enough(caller: Caller, asked: Any) -> bool:
    if not _is_another(caller, asked):
        return False
    agreed = asked.agreed_by is not None and asked.agreed_by != caller.ref
    return bool(agreed or asked.asked_at <= timezone.now() - WAIT)


themselves = Who("who asked", "This is for the person who asked.", _is_theirs)
another = Who("an administrator, and not the person", "This is for another administrator.", _is_another)
enough = Who(
    "a second administrator, or after 14 days any",
    "A second administrator has to do this, or you, once 14 days have passed.",
    _is_enough,
)
