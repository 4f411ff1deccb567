"""Hours as people type them, a line for each: read back from the very words in which the page says them."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _

from evenhand.domains.directory.queries.facts import read
from evenhand.domains.directory.queries.shown import DAYS, opening

MOST: Final = 14
NOON: Final = 12
WEEK: Final = dict(
    zip(DAYS, ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), strict=True)
)
CALLED: Final = {name: code for code, full in WEEK.items() for name in (full, full[:3])}
DAY: Final = re.compile(
    rf"\s*(?:,|&|and|(?P<to>to|-|–))?\s*(?P<day>{'|'.join(sorted(CALLED, key=len, reverse=True))})s?\b", re.IGNORECASE
)
TIME: Final = r"(?:(?P<{0}h>\d{{1,2}})(?:[:.](?P<{0}m>\d\d))?\s*(?P<{0}half>am|pm|noon)?|(?P<{0}noon>noon|midday))"
TIMES: Final = re.compile(
    rf"(?:from\s+)?{TIME.format('a')}\s*(?:-|–|to|until)\s*{TIME.format('b')}(?=$|[\s,.])", re.IGNORECASE
)


class Hours(forms.CharField):
    """Lines such as “Tuesday and Thursday, 10am to 4pm”, as rows of openings."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """The rows; a line that cannot be read is refused in its own words."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(_("Write no more than %(most)s lines.") % {"most": MOST})
        return [row_of(line) for line in lines]


def lines_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows of openings as lines, in the words of the page."""
    with translation.override("en"):  # in which they are read back
        return "\n".join(
            opening(
                row["days"], read("opens_at", row["opens_at"]), read("closes_at", row["closes_at"]), row["words"] or ""
            )
            for row in rows
        )


def row_of(line: str) -> dict[str, Any]:
    """One line as a row: days, then hours, then other words, of which only the days are needed."""
    days, rest = _days(line)
    if not days:
        message = _("“%(line)s” begins with no day. Write, for example: Monday to Friday, 9:30am to 5pm.")
        raise forms.ValidationError(message % {"line": line})
    opens = closes = None
    if found := TIMES.match(rest):
        opens, closes = _time(found, "a"), _time(found, "b")
        # “2 to 4pm” says once that both are in the afternoon; “10 to 4pm” cannot mean that.
        if opens and closes and found["bhalf"] and not found["ahalf"] and opens.hour + NOON < closes.hour:
            opens = opens.replace(hour=opens.hour + NOON)
        if opens is None or closes is None or closes <= opens:
            message = _("The hours of “%(line)s” cannot be. Write them so: 9:30am to 5pm.")
            raise forms.ValidationError(message % {"line": line})
        rest = rest[found.end() :].lstrip(" ,.")
    return {"days": ",".join(days), "opens_at": opens, "closes_at": closes, "words": rest}


def _days(line: str) -> tuple[list[str], str]:
    """The days that a line begins with, in the order of the week, and the rest of it."""
    found: list[str] = []
    at = 0
    while match := DAY.match(line, at):
        day = CALLED[match["day"].lower()]
        if match["to"] and found:
            first, last = DAYS.index(found[-1]), DAYS.index(day)
            found += DAYS[first + 1 : last + 1] if first < last else (*DAYS[first + 1 :], *DAYS[: last + 1])
        else:
            found.append(day)
        at = match.end()
    return sorted(set(found), key=DAYS.index), line[at:].lstrip(" ,:")


def _time(found: re.Match[str], side: str) -> dt.time | None:
    """One of the two times; None if there is no such time."""
    if found[f"{side}noon"]:
        return dt.time(NOON)
    hour, minute, half = int(found[f"{side}h"]), int(found[f"{side}m"] or 0), (found[f"{side}half"] or "").lower()
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (0 if half == "am" else NOON)
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None
