"""What an account shows of itself: the roles that hold or are to come, and the sign-ins that are open."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evenhand.core.accounts.lifecycle import OPEN
from evenhand.core.accounts.models import Erasure, Person, RoleHeld, SignIn
from evenhand.core.organisations.models import Organisation

MONTH = timedelta(days=30)

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSignIn:
    """One browser that is signed in, under a reference that does not give away its key."""

    key: str
    device: str
    began_at: datetime
    seen_at: datetime
    here: bool

    @property
    def ref(self) -> str:
        """What a form calls it."""
        return salted_hmac("sign-in", self.key, algorithm="sha256").hexdigest()[:24]


def sign_ins_of(person: Person, here: str) -> list[OpenSignIn]:
    """Where somebody is signed in now: this browser first, then by when it was last used."""
    rows = SignIn.objects.filter(person=person, expire_date__gt=timezone.now()).order_by("-seen_at")
    found = [OpenSignIn(one.pk, device(one.device), one.began_at, one.seen_at, one.pk == here) for one in rows]
    return sorted(found, key=lambda one: not one.here)


def roles_of(person: Person) -> QuerySet[RoleHeld]:
    """The roles that hold, or are to come."""
    now = timezone.now()
    return RoleHeld.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), person=person).select_related("organisation")


def erasures_open() -> QuerySet[Erasure]:
    """Those who asked to be erased and wait for it, the longest first."""
    return Erasure.objects.filter(status__in=OPEN).select_related("person")


def done_by(asked: Erasure) -> datetime:
    """By when an erasure is to be done: the law gives a month."""
    return asked.asked_at + MONTH


def looked_after_alone(person: Person) -> list[Organisation]:
    """The organisations that nobody but this person owns here."""
    owned = RoleHeld.objects.filter(role="organisation-owner", organisation__closed_on=None).holding()
    others = owned.exclude(person=person).values("organisation")
    mine = owned.filter(person=person).exclude(organisation__in=others).select_related("organisation")
    return [held.organisation for held in mine if held.organisation]


def device(agent: str) -> str:
    """What a browser calls itself, in words that its owner knows it by."""
    browser = next((name for sign, name in BROWSERS if re.search(rf"\b{sign}", agent)), _("A browser"))
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
