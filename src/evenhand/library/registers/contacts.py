"""Puts in order the website addresses and telephone numbers that bodies typed into a register."""

import html
import re
from typing import Final
from urllib.parse import urlsplit

TAG: Final = re.compile(r"<[^>]*>")
ADDRESS_IN_TAG: Final = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
SCHEME: Final = re.compile(r"^(?:https?[:;]?[/\\]{1,3}|https?:(?=www\.))+", re.IGNORECASE)
HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
UNPRINTED: Final = re.compile(r"[\s\x00-\x1f\x7f]")
LONGEST_ADDRESS: Final = 500
FEWEST_FIGURES: Final = 10
MOST_FIGURES: Final = 13


def web_address(written: str) -> str:
    """A website's address with its scheme, or blank where what was written is no address of a website.

    Markup and stray spaces go; "www.example.org" gets https; an e-mail address is no website.
    """
    linked = ADDRESS_IN_TAG.search(written)
    text = html.unescape(linked[1] if linked else TAG.sub(" ", written)).strip(" \t\r\n,;\"'<>")
    if not text or "@" in text or UNPRINTED.search(text) or len(text) > LONGEST_ADDRESS:
        return ""
    scheme = "http" if re.match(r"http[^s]", text, re.IGNORECASE) else "https"
    bare = SCHEME.sub("", text).replace("\\", "/").lstrip("/")
    try:
        parts = urlsplit(f"{scheme}://{bare}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    if not HOST.fullmatch(host.removesuffix(".")):
        return ""
    return parts._replace(netloc=parts.netloc.lower()).geturl().removesuffix("/")


def phone_number(written: str) -> str:
    """A telephone number in figures and spaces, or blank where what was written is not one number.

    Markup goes; +44 and 0044 become 0, as the number is dialled here; the spaces stay where they were.
    """
    text = html.unescape(TAG.sub(" ", written)).replace("(0)", " ")
    text = re.sub(r"^[^\d+]+", "", text)
    text = re.sub(r"^(?:\+\s*44|00\s*44)[\s()-]*0?", "0", text)
    text = " ".join(re.sub(r"[()\-./]", " ", text).split())
    figures = text.replace(" ", "").removeprefix("+")
    if not figures.isdecimal() or not FEWEST_FIGURES <= len(figures) <= MOST_FIGURES:
        return ""
    return text
