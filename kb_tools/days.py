"""Days of the calendar, as people write them in files and options: in one spelling only."""

from __future__ import annotations

import datetime as dt
import re

from kb_tools.errors import BadInput

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


def named(text: str | None) -> dt.date | None:
    """The day that somebody names, None where nobody does; raise `BadInput` where it is no day."""
    if text is None:
        return None
    try:
        found = read(text)
    except ValueError:
        found = None
    if found is None:
        what, _, hint = str(no_day(text)).partition(": ")
        raise BadInput(f"{what}\n    {hint[:1].upper()}{hint[1:]}.")
    return found


def no_day(said: object) -> ValueError:
    """What is wrong with something that is not written as a day that exists."""
    form = _ISO.fullmatch(str(said))
    what = "is not a date that exists" if form else "is not a date in the form YYYY-MM-DD"
    return ValueError(f"{said!r} {what}: write a day of the calendar such as 2025-09-19")
