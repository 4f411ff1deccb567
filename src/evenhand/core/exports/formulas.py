"""Text that a spreadsheet program would run as a formula, made harmless and restored.

The rule, for files of comma-separated values, where a program cannot tell text from a formula but by how it begins:

- Numbers are written as numbers. They are never touched, and a negative one keeps its minus.
- Text is looked at as a careless program might: without the white space, control and invisible characters before it,
  with full-width signs read as plain ones. If it then begins with one of = + - @ | it is written with an apostrophe
  before it, which spreadsheet programs take as “this is text”.
- Text that holds nothing but a sign, digits, spaces and ( ) . , - after it, such as the telephone number
  +44 (0)20 7946 0000 or the figure -1,234.5%, stays as it is: there is nothing in it to call or to refer to.
- Text that already begins with apostrophes before such a sign is given one more, so that `restored` always gives back
  exactly what was there.

Spreadsheets and JSON say of each value what it is, and need none of this.
"""

import re
import unicodedata

TRIGGERS = frozenset("=+-@|")
APOSTROPHE = "'"
# A sign, and then only what a telephone number or a figure is written with.
HARMLESS = re.compile(r"[+-][ (]{0,2}[0-9][0-9 ().,-]*%?")
UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def guarded(text: str) -> str:
    """The text as it may stand in a cell of a CSV file."""
    return APOSTROPHE + text if _dangerous(text.lstrip(APOSTROPHE)) else text


def restored(text: str) -> str:
    """The text that `guarded` was given."""
    bare = text.lstrip(APOSTROPHE)
    return text[1:] if bare != text and _dangerous(bare) else text


def _dangerous(text: str) -> bool:
    if text[:1].isascii() and text[:1].isalnum():
        return False  # as most text begins
    if HARMLESS.fullmatch(text):
        return False
    seen = next((letter for letter in text if unicodedata.category(letter) not in UNSEEN), "")
    return unicodedata.normalize("NFKC", seen)[:1] in TRIGGERS if seen else False
