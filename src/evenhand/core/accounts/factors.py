"""Second factors: which there are, and whether somebody has set one up."""

from allauth.mfa.models import Authenticator

from evenhand.core.accounts.models import Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


def has_second_factor(person: Person) -> bool:
    """Whether somebody has set up a second factor."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())
