"""Values, dates and words of the interface, said in one language."""

from __future__ import annotations

import datetime as dt
import re
from typing import assert_never

from babel.dates import format_date, get_date_format, get_month_names
from babel.lists import format_list

from kb_tools.content.model import Validity
from kb_tools.content.settings import Settings
from kb_tools.content.values import (
    Choices,
    Command,
    Day,
    Duration,
    Email,
    Encryption,
    Endpoint,
    File,
    Parameter,
    Switch,
    Url,
    Value,
    Variable,
    YesNo,
)
from kb_tools.language.catalog import Translations
from kb_tools.language.labels import LABELS, UNITS
from kb_tools.language.messages import answer_context, is_word, label_context
from kb_tools.locales import SOURCE, Locale

_CLDR_FIELD = re.compile(r"'([^']*)'|M+|d+|y+")
"""A field of a CLDR pattern of dates, or text in quotes."""


def _as_placeholder(field: re.Match[str]) -> str:
    if field[1] is not None:
        return field[1]
    names = {"y": "year", "d": "day", "M": "number" if len(field[0]) < 3 else "month"}
    return f"%({names[field[0][0]]})s"


class Voice:
    """Says values and words of the interface in one language.

    `spoken` is the language that it says them in: English where the language's interface is not
    translated, so that no page mixes dates of one language with units of another.
    """

    def __init__(self, locale: Locale, translations: Translations, settings: Settings) -> None:
        self.locale = locale
        self.translations = translations
        self.settings = settings
        self.spoken = locale if translations.has_interface else SOURCE

    def label(self, key: str, **values: str) -> str:
        """A word of the interface, with its placeholders filled in."""
        text = self.translations.label(key)
        return text % values if values else text

    def text(self, context: str, msgid: str) -> str:
        """A text of the knowledge base; in English where it is not translated."""
        return self.translations.text(context, msgid) or msgid

    def language_of(self, context: str, msgid: str) -> str:
        """The code of the language that `text` says a text in."""
        known = self.translations.text(context, msgid) is not None
        return self.locale.code if known else SOURCE.code

    def kind(self, kind: str) -> str:
        """What readers see before a value of a kind that has no label of its own."""
        own = self.settings.labels.get(kind)
        return self.text("label", own) if own else self.label(kind)

    def day(self, day: dt.date) -> str:
        """A date in full, such as 19 septembre 2025."""
        return format_date(day, self._date_pattern(), locale=self.spoken.catalog)

    def _date_pattern(self) -> str:
        """How CLDR says a date in full; a day that stands before its month stays with it."""
        pattern = get_date_format("long", locale=self.spoken.catalog).pattern
        return pattern.replace("d M", "d\N{NO-BREAK SPACE}M")

    def calendar(self) -> dict[str, str]:
        """How a day is said, for those who have no CLDR: `day` with the placeholders year, month,
        number and day, and `months`, their names with a bar between them.
        """
        months = get_month_names("wide", "format", self.spoken.catalog)
        return {
            "day": _CLDR_FIELD.sub(_as_placeholder, self._date_pattern()),
            "months": "|".join(months[number] for number in range(1, 13)),
        }

    def counted(self, key: str, number: int) -> str:
        """A word of the interface that counts, such as 129 facts."""
        pair = LABELS[key]
        assert isinstance(pair, tuple), f"{key} has no plural: use label()"
        return self.translations.counted(label_context(key), pair, number)

    def say(self, value: Value) -> str:  # noqa: C901 - one case a kind of value
        """The value in words of the language, its bound included."""
        match value:
            case Duration():
                return self._duration(value)
            case Day():
                return self.day(value.date)
            case YesNo():
                own = self.translations.text(answer_context(value), value.is_)
                return own or self.label(value.is_)
            case Endpoint():
                return f"{value.method} {value.path}" if value.method else value.path
            case Variable():
                return f"{value.name}={value.set_to}" if value.set_to else value.name
            case Command():
                return value.command
            case Parameter() | File():
                return value.name
            case Email() | Url():
                return value.address
            case Encryption():
                return self._encryption(value)
            case Switch():
                return self.label(value.default)
            case Choices():
                return self._choices(value)
            case _:
                assert_never(value)

    def say_alone(self, value: Value) -> str:
        """The value where no sentence around it tells its bound."""
        if isinstance(value, Day) and value.bound != "exact":
            return self.label(value.bound, date=self.say(value))
        return self.say(value)

    def _duration(self, value: Duration) -> str:
        if value.length is None:
            return self.label(value.bound)
        said = self.translations.counted("duration", UNITS[value.unit], value.amount)
        return said if value.bound == "exact" else self.label(value.bound, duration=said)

    def _encryption(self, value: Encryption) -> str:
        match value.method:
            case "none":
                return self.label("not-encrypted")
            case "unspecified":
                return self.label("encrypted")
            case method:
                cipher, _, bits = method.partition("-")
                return self.label("cipher", cipher=cipher, bits=bits) if bits else cipher

    def _choices(self, value: Choices) -> str:
        said = [
            self.text("option", option) if is_word(option) else option for option in value.options
        ]
        return format_list(said, style="or", locale=self.spoken.catalog)

    def validity(self, validity: Validity) -> str:
        """When a fact holds, in words; empty where it is open on both sides."""
        start, end = validity.start, validity.end
        if start and end and not validity.disputed:
            return self.label("valid-between", start=self.day(start), end=self.day(end))
        limits = (
            self._limit("valid-from", "start", start, validity.agreed_start),
            self._limit("valid-until", "end", validity.agreed_end, end),
        )
        return self.label("comma").join(filter(None, limits))

    def _limit(self, key: str, name: str, first: dt.date | None, last: dt.date | None) -> str:
        """One end of a validity: a day, or two where the sources differ."""
        if first is None or last is None:
            return ""
        if first == last:
            return self.label(key, **{name: self.day(first)})
        return self.label(f"{key}-disputed", first=self.day(first), last=self.day(last))

    def statuses(self, validity: Validity) -> dict[str, str]:
        """What is said of a fact after its validity, before it, and where the sources differ on
        it: the texts of an entry; empty where that cannot be.
        """
        start, end = validity.start, validity.end
        ended = "past" if validity.agreed_end == end else "past-disputed"
        begins = "future" if validity.agreed_start == start else "future-disputed"
        return {
            "status_past": self.label(ended, end=self.day(end)) if end else "",
            "status_future": self.label(begins, start=self.day(start)) if start else "",
            "status_disputed": self.label("disputed") if validity.disputed else "",
        }
