"""org-id identifiers of organisations: the scheme of a register, and the number that it gave."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

# Neither register has a check digit: a number of the right form may still be nobody's.
CHARITY: Final = re.compile(r"[1-9]\d{5,6}")
# Companies House's prefixes: letters for other kinds of company and other nations, figures for England and Wales.
COMPANY: Final = re.compile(
    r"\d{8}"
    r"|(?:AC|CE|CS|ES|FC|FE|GE|GN|GS|IC|LP|NA|NC|NF|NI|NL|NO|NR|NV|NZ|OC|OE|PC|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC)"
    r"\d{6}"
    r"|(?:IP|NP|RS|SP)(?:\d{6}|\d{5}[A-Z])"
    r"|R\d{7}"
)
SCOTTISH_CHARITY: Final = re.compile(r"SC\d{6}")
NORTHERN_IRISH_CHARITY: Final = re.compile(r"1\d{5}")
# What people type before a number. "No" is left to companies: it begins some numbers of Northern Ireland.
CHARITY_WORDS: Final = re.compile(r"^(?:registered|charity|number|reg|no|[\s.:])*", re.IGNORECASE)
COMPANY_WORDS: Final = re.compile(r"^(?:registered|company|number|reg|[\s.:])*", re.IGNORECASE)
WRITTEN: Final = re.compile(r"(GB-(?:CHC|COH|SC|NIC))-(.+)")

# Of several identifiers of one organisation, the first of these schemes is the primary one. A charity that is also a
# company keeps its charity number: that register says first when it closes.
SCHEMES: Final = ("GB-CHC", "GB-SC", "GB-NIC", "GB-COH")


class UnknownIdentifier(ValueError):
    """What was given is no number of that register; the message is fit to print."""


class Identifier(NamedTuple):
    """A number and the register that gave it, under the register's org-id scheme."""

    scheme: str
    number: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.number}"


def charity_number(text: str) -> str:
    """A charity number of England and Wales as it is written: six or seven figures."""
    number = re.sub(r"\s", "", CHARITY_WORDS.sub("", text)).removesuffix("-0")
    if not CHARITY.fullmatch(number):
        raise UnknownIdentifier(f'"{text.strip()[:40]}" is not a charity number: it has six or seven figures.')
    return number


def company_number(text: str) -> str:
    """A company number as Companies House writes it: eight characters, with the noughts that are often left out."""
    number = re.sub(r"\s", "", COMPANY_WORDS.sub("", text)).upper()
    figures = number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = number.removesuffix(figures)
    number = letters + figures.zfill(8 - len(letters))
    if not COMPANY.fullmatch(number) or not re.search(r"[1-9]", number):
        raise UnknownIdentifier(
            f'"{text.strip()[:40]}" is not a company number: it has eight characters, such as 01234567 or SC123456.'
        )
    return number


def charity_identifier(number: str) -> str:
    """The org-id identifier of a charity of England and Wales, such as GB-CHC-1234567."""
    return str(Identifier("GB-CHC", charity_number(number)))


def company_identifier(number: str) -> str:
    """The org-id identifier of a company, such as GB-COH-01234567."""
    return str(Identifier("GB-COH", company_number(number)))


def read_identifier(text: str) -> Identifier:
    """An org-id identifier put in order, whatever its case and spaces; UnknownIdentifier for any other text."""
    joined = re.sub(r"\s", "", text).upper()
    written = WRITTEN.fullmatch(joined)
    if written is None:
        raise UnknownIdentifier(
            f'"{text.strip()[:40]}" is not an identifier that is known here. Write one like GB-CHC-1234567: '
            f"{', '.join(SCHEMES)}."
        )
    scheme, number = written[1], written[2]
    match scheme:
        case "GB-CHC":
            return Identifier(scheme, charity_number(number))
        case "GB-COH":
            return Identifier(scheme, company_number(number))
        case "GB-SC":
            number = number if number.startswith("SC") else f"SC{number.zfill(6)}"
            form = SCOTTISH_CHARITY
        case _:
            number = number.removeprefix("NIC")
            form = NORTHERN_IRISH_CHARITY
    if not form.fullmatch(number):
        raise UnknownIdentifier(f'"{text.strip()[:40]}" is not a charity number of that register.')
    return Identifier(scheme, number)


def primary(identifiers: Iterable[Identifier]) -> Identifier | None:
    """The one by which an organisation with several is known, or None where it has none."""
    return min(identifiers, key=lambda each: (SCHEMES.index(each.scheme), each.number), default=None)
