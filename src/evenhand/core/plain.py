"""What people type, for every table and form: letters that show, names without addresses, days that have come."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

LONG: Final = 5000  # letters of the longest text that anybody reads of an entry
# These turn the order of what follows them: “evil.example” can be made to look like another address.
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINING: Final = frozenset("\u200c\u200d")  # within words of Persian and Hindi, and within pictures
BREAKING: Final = frozenset("\t\n\r")
ADDRESS: Final = re.compile(r"@|://|\bwww\.|\b[\w-]{2,}\.[a-z]{2,}\b", re.IGNORECASE)
TELEPHONE: Final = re.compile(r"\+?[0-9(][0-9 ()./-]*(?:(?:ext|extension|x)\.? ?[0-9]{1,6})?", re.IGNORECASE)
FEWEST_FIGURES: Final = 3
FIRST_DAY: Final = dt.date(2000, 1, 1)


def plain(text: str) -> None:
    """Refuse signs that control a screen instead of standing on it; lines and paragraphs are welcome."""
    if any(sign in TURNING or (unicodedata.category(sign) == "Cc" and sign not in BREAKING) for sign in text):
        raise ValidationError(_("This holds signs that do not show. Type it anew instead of pasting it."))


def one_line(text: str) -> None:
    """As `plain`, on one line."""
    plain(text)
    if BREAKING & set(text):
        raise ValidationError(_("Write it on one line."))


def name(text: str) -> None:
    """As `one_line`, and something that can be read: at least one letter or figure, and nothing that does not show."""
    one_line(text)
    if set("<>") & set(text):
        raise ValidationError(_("Write the name on one line, without < or >."))
    if any(unicodedata.category(sign) == "Cf" and sign not in JOINING for sign in text):
        raise ValidationError(_("The name holds signs that do not show. Type it anew instead of pasting it."))
    if not any(sign.isalnum() for sign in text):
        raise ValidationError(_("Write a name, with letters or figures in it."))


def without_address(text: str) -> None:
    """Refuse what reads as a web or e-mail address: our own letters carry names, and no name is to lead anywhere."""
    if ADDRESS.search(text):
        raise ValidationError(_("Write the name without a web or e-mail address. Those have fields of their own."))


def telephone(text: str) -> None:
    """Refuse what cannot be dialled."""
    if not TELEPHONE.fullmatch(text) or sum(sign.isdigit() for sign in text) < FEWEST_FIGURES:
        raise ValidationError(_("Write the number in figures, such as 0121 496 0112, and nothing else."))


def website(text: str) -> None:
    """Refuse an address with a name or a password in it, or that no browser opens as a page."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        raise ValidationError(_("Write the address as a browser shows it, such as https://example.org."))


def has_come(day: dt.date) -> None:
    """Refuse a day that has not come yet, or that is too long ago to be meant."""
    if not FIRST_DAY <= day <= timezone.localdate():
        raise ValidationError(_("Give the day on which this was right: today, or a day before."))


NAME: Final[tuple[Callable[[str], None], ...]] = (name, without_address)
