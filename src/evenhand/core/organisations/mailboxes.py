"""Whether an address on a register is an organisation's own: a public mail provider gives one to whoever asks."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# Providers that give an address to whoever asks; those with many endings by the first part of their name.
PROVIDERS: Final = frozenset(
    re.findall(
        r"\S+",
        "gmail.com googlemail.com icloud.com me.com mac.com msn.com ymail.com rocketmail.com btinternet.com "
        "btopenworld.com btconnect.com sky.com talktalk.net talk21.com tiscali.co.uk virginmedia.com virgin.net "
        "ntlworld.com blueyonder.co.uk protonmail.com proton.me pm.me mail.com email.com zoho.com hey.com "
        "tutanota.com tuta.com plus.com o2.co.uk orange.net freeserve.co.uk fsmail.net lineone.net supanet.com "
        "uwclub.net madasafish.com mailinator.com post.com usa.com inbox.com yandex.com qq.com 163.com duck.com",
    )
)
FAMILIES: Final = frozenset({"hotmail", "outlook", "live", "yahoo", "aol", "gmx", "fastmail", "yandex"})
FIRST_PARTS: Final = re.compile(r"(?:[^.@]+\.)*?([^.@]+)\.(?:com|net|org|co\.uk|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})")


def is_own(address: str) -> bool:
    """Whether this is an address, and at no public mail provider."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    domain = address.rpartition("@")[2].lower()
    named = FIRST_PARTS.fullmatch(domain)
    of_family = named is not None and named[1] in FAMILIES
    return not of_family and not any(domain == one or domain.endswith(f".{one}") for one in PROVIDERS)
