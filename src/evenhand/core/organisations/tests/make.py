"""Entries of registers and organisations for tests: none of them is anybody's."""

from evenhand.core.access import machine
from evenhand.core.organisations import actions
from evenhand.core.organisations.models import Entry

BY = machine("test")


def entry(number="9100001", scheme="GB-CHC", email="office@bridge.example", **said):
    common = {"key": number, "number": number, "name": "BRIDGE OF EXAMPLES", "status": "Registered"}
    return Entry.objects.create(scheme=scheme, email=email, since=1, seen=1, **{**common, **said})


def organisation(name="Made-up Mentors", **said):
    return actions.create(name, by=BY, **said)
