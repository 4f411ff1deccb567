"""Days that are known in part: a year, a month, or the day itself."""

import calendar
import datetime as dt
import re

PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")


def is_partial(text: str) -> bool:
    """Whether a text is a year, a month or a day, written 2017, 2017-12 or 2017-12-19."""
    try:
        return last_day(text) is not None
    except ValueError:
        return False


def first_day(text: str) -> dt.date | None:
    """The first day that it can have been; None where nothing is known, ValueError for what is no day."""
    if not text:
        return None
    year, month, day = _parts(text)
    return dt.date(year, month or 1, day or 1)


def last_day(text: str) -> dt.date | None:
    """The last day that it can have been; None where nothing is known, ValueError for what is no day."""
    if not text:
        return None
    year, month, day = _parts(text)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(text: str) -> tuple[int, int, int]:
    found = PARTIAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no day: write 2017, 2017-12 or 2017-12-19")
    return int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
