"""The check that every programme's file can be used, so that none is found wanting by somebody who applies."""

from typing import Any

from django.core.checks import CheckMessage, Error

from evenhand.domains.support.rules.programmes import programmes
from evenhand.library.discover import Fault
from evenhand.library.vocabulary import topics


def check_programmes(**_asked: Any) -> list[CheckMessage]:
    """A system check: every programme can be read, and carries topics that there are."""
    try:
        found = programmes()
    except Fault as fault:
        return [Error(str(fault), id="support.E001")]
    known = {one.slug for one in topics()}
    return [
        Error(f"{one.slug}.toml: there is no topic {slug!r}", id="support.E002")
        for one in found
        for slug in one.topics
        if slug not in known
    ]
