"""Dates as people here write them, read strictly: what is not plainly one date stays words.

Pure. A general date library would take "end of March" or "March" for a day; the plan must keep
those as they were said.
"""

from __future__ import annotations

import datetime as dt
import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English month names, whatever the locale of the machine, which strftime would follow."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHORTEST = len("Mar")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(
    r"(?:([a-z]+),?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?,?\s+(\d{4}|\d{2})", re.I
)


def date_words(date: dt.date | None) -> str:
    """Write a date: "21 November 2026"; empty for None."""
    return "" if date is None else f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def moment_words(at: dt.datetime) -> str:
    """Write a moment in local time: "10:32 on 21 November 2026"."""
    local = at.astimezone()
    return f"{local:%H:%M} on {date_words(local.date())}"


def weekday(date: dt.date) -> str:
    """Name the day of the week in English."""
    return WEEKDAYS[date.weekday()]


def read_date(text: str) -> dt.date | None:
    """Read a text that is one whole date, day first, as is usual in Britain; None for any other.

    Reads "31/3/2027", "31.03.27", "31 March 2027", "Wed 31st Mar 27" and ISO 8601 "2027-03-31". Two
    digits of a year are of this century. A day that no calendar has, such as 31 June, is no date,
    and nor is one whose day of the week is another.
    """
    text = text.strip()
    try:
        if found := _ISO.fullmatch(text):
            year, month, day = map(int, found.groups())
            return dt.date(year, month, day)
        if found := _NUMBERS.fullmatch(text):
            return dt.date(_year(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(text):
            date = dt.date(_year(found[4]), _number(found[3], MONTHS), int(found[2]))
            named = found[1]
            return date if named is None or _number(named, WEEKDAYS) == date.isoweekday() else None
    except ValueError:
        return None
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == len("27") else 0)


def _number(word: str, names: tuple[str, ...]) -> int:
    """Give the number of a name by its whole or its first letters, three at least; 0 for none."""
    lower = word.lower()
    return next(
        (
            number
            for number, name in enumerate(names, start=1)
            if len(lower) >= _SHORTEST and name.lower().startswith(lower)
        ),
        0,
    )
