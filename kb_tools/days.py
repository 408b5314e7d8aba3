"""Days of the calendar, as people write them in files and options: in one spelling only."""

from __future__ import annotations

import datetime as dt
import re

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read(text: str) -> dt.date | None:
    """The day; None where the text has not the shape of one; `ValueError` for a day that does not
    exist.

    >>> read("2025-09-19"), read("deadline")
    (datetime.date(2025, 9, 19), None)
    """
    if not _ISO.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise no_day(text) from None


def no_day(said: object) -> ValueError:
    """What is wrong with something that is not written as a day that exists."""
    form = _ISO.fullmatch(str(said))
    what = "is not a date that exists" if form else "is not a date in the form YYYY-MM-DD"
    return ValueError(f"{said!r} {what}: write a day of the calendar such as 2025-09-19")
