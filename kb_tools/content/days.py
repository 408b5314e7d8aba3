"""Days of the calendar, as they are written in source files: in one spelling only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator

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
        raise _no_day(text) from None


def _written(said: object) -> dt.date:
    """The day; Pydantic alone also reads times of day, and numbers as seconds since 1970."""
    day = said if isinstance(said, dt.date) else read(str(said))
    if day is None:
        raise _no_day(said)
    return day


def _no_day(said: object) -> ValueError:
    return ValueError(
        f"{said!r} is not a date that exists: write a day of the calendar such as 2025-09-19"
    )


CalendarDay = Annotated[dt.date, BeforeValidator(_written, json_schema_input_type=dt.date)]
"""The type of a field that holds a day."""
