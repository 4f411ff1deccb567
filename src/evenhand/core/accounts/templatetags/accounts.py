"""Filters that the account pages need: options for the browser, and keys that can be read aloud."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def as_json(options: Any) -> str:
    """Options as text, for an attribute that a script reads."""
    return json.dumps(options, cls=DjangoJSONEncoder)


@register.filter
def in_words(factor: Authenticator) -> str:
    """A second factor as its owner knows it: a passkey by its own name."""
    words = {Authenticator.Type.TOTP: _("one-time codes"), Authenticator.Type.RECOVERY_CODES: _("recovery codes")}
    return words.get(factor.type) or str(factor)


@register.filter
def in_fours(key: str) -> str:
    """A long key in groups of four."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
