"""A reference to something of ours that others quote: as text, as BibTeX and as CSL-JSON."""

import json
import re
from dataclasses import dataclass
from datetime import date

AUTHOR = "Evenhand"
QUOTED_WORDS = 25  # of somebody else's text, in one quotation of ours
# What TeX would read as a command, and how it is written to be read as itself. Braces too: BibTeX counts even those
# behind a backslash, and a title with one alone would swallow the rest of the file.
ESCAPED = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
NOT_A_KEY = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class Citation:
    """What a reference says: `text` is the line to copy, `version` the release, `on` the day of that release.

    Without a day, neither a year nor a date is given: none is made up.
    """

    key: str
    title: str
    text: str
    version: str
    url: str
    note: str
    on: date | None = None

    @property
    def name(self) -> str:
        """The key in letters, figures and hyphens, fit for a file's name."""
        return NOT_A_KEY.sub("-", self.key).strip("-")

    @property
    def bibtex(self) -> str:
        """The reference as one entry of a BibTeX file."""
        fields = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{escaped(self.title)}}}",
            "publisher": AUTHOR,
            "year": f"{self.on:%Y}" if self.on else "",
            "version": escaped(self.version),
            # Addresses are read as they stand; they hold no braces.
            "url": self.url,
            "urldate": self.on.isoformat() if self.on else "",
            "note": escaped(self.note),
        }
        lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items() if text)
        return f"@misc{{{self.name},\n{lines}\n}}\n"

    @property
    def csl_json(self) -> str:
        """The reference as a list of one item of CSL-JSON."""
        item = {
            "id": self.name,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": AUTHOR}],
            "publisher": AUTHOR,
            **({"issued": {"date-parts": [[self.on.year, self.on.month, self.on.day]]}} if self.on else {}),
            "version": self.version,
            "URL": self.url,
            "note": self.note,
        }
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def escaped(text: str) -> str:
    """Text that a BibTeX file reads as it stands, on one line."""
    return "".join(ESCAPED.get(sign, sign) for sign in UNSEEN.sub(" ", text).strip())
