"""Which organisations may be one and the same."""

import re
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import urlsplit

from django.db.models import Q

from evenhand.core.organisations.models import Organisation

# Words that many names share and that tell none from another.
COMMON = frozenset(
    re.findall(
        r"\w+",
        "the of for and in to a trust charity charitable foundation association society group community project "
        "services service support centre network limited ltd cic cio uk company interest incorporated organisation",
    )
)
ALIKE = 0.85  # from here on two names are looked at by a person
MOST = 10


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without what tells nothing: small letters, "&" as "and", no marks, none of the common words."""
    words = re.sub(r"[^a-z0-9 ]+", "", name.lower().replace("&", " and ").replace("-", " ")).split()
    return " ".join(word for word in words if word not in COMMON) or " ".join(words)


def alike(one: str, other: str) -> bool:
    """Whether two names are likely to be of one body."""
    first, second = plain(one), plain(other)
    return first == second or SequenceMatcher(None, first, second).ratio() >= ALIKE


def named_like(name: str) -> list[Organisation]:
    """Organisations listed already whose name is like one that somebody types."""
    return possible_duplicates(Organisation(name=" ".join(name.split())))


def possible_duplicates(organisation: Organisation) -> list[Organisation]:
    """Others that have a like name, the same website or the same address for mail: to be looked at, never merged alone.

    Only those that share a word that tells something are compared, so that the question stays small.
    """
    words = sorted({word for word in plain(organisation.name).split() if len(word) > 2}, key=len)[-3:]  # noqa: PLR2004
    others = Organisation.objects.filter(merged_into=None).exclude(pk=organisation.pk)
    sharing = Q()
    for word in words:
        sharing |= Q(name__icontains=word) | Q(names__name__icontains=word)
    host = _host(organisation.website)
    same = Q(website__icontains=f"//{host}") | Q(website__icontains=f"//www.{host}") if host else Q()
    if organisation.email:
        same |= Q(email__iexact=organisation.email)
    found = []
    candidates = others.filter(sharing | same).distinct().prefetch_related("names") if sharing or same else []
    mine = [organisation.name, *(each.name for each in organisation.names.all())]
    for other in candidates:
        theirs = [other.name, *(each.name for each in other.names.all())]
        contact = (host and host == _host(other.website)) or (
            organisation.email and organisation.email.lower() == other.email.lower()
        )
        if contact or any(alike(one, two) for one in mine for two in theirs):
            found.append(other)
    return found[:MOST]


def _host(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")
