"""What one cell is to hold, and its XML. Text is written as text and never as a formula.

For this package only.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from html import escape

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Kind
from hicm_desktop.export.workbook.looks import Look

_DAY_NONE = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's dates have no zone
_DAY = dt.timedelta(days=1)
_FIRST_DATE = dt.date(1900, 3, 1)
"""Excel knows no date before 1900 and takes that year for a leap year."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LIVE = re.compile("\\s*[=+@\uff1d\uff0b\uff20\uff0d-]|\t")
"""What Excel would take for a formula if somebody opened the cell to edit it, in full width too."""

_WEB = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell is to hold. A date is written as a date where Excel has it, else as `text`.

    So is a moment, which has no zone in Excel: it stays as the room's own clock had it.
    """

    text: str
    look: Look = looks.CELL
    date: dt.date | None = None
    columns: int = 1
    """How many columns the cell spans."""
    moment: dt.datetime | None = None
    place: str = ""
    """The sheet of this workbook that it leads to."""
    address: str = ""
    """The address on the web that it leads to."""


def web_address(text: str | None) -> str:
    """Give a text that is one address of the web, and nothing for any other."""
    return text if text and len(text) <= 2_000 and _WEB.fullmatch(text) else ""  # noqa: PLR2004 - Excel allows 2,079


def escaped(text: str) -> str:
    """Write a text as Excel reads it: "_x0041_" is an "A" to it, unless written in that manner."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def number(entry: Entry) -> tuple[Kind, float] | None:
    """Give the number by which Excel knows the entry's date or moment, where it has one: days."""
    if entry.date is not None and entry.date >= _FIRST_DATE:
        return "date", (entry.date - _DAY_NONE.date()).days
    if entry.moment is not None and entry.moment.date() >= _FIRST_DATE:
        return "moment", (entry.moment.replace(tzinfo=None) - _DAY_NONE) / _DAY
    return None


def kind(text: str) -> Kind:
    """Say whether a text has to be marked as one, lest it turn into a formula when edited."""
    return "typed" if _LIVE.match(text) else "text"


def text_xml(name: str, style: int, text: str) -> str:
    """Give the XML of a cell with a text."""
    if not text:
        return f'<c r="{name}" s="{style}"/>'
    shown = escape(escaped(text), quote=False)
    return (
        f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    )


def number_xml(name: str, style: int, value: float) -> str:
    """Give the XML of a cell with a number."""
    return f'<c r="{name}" s="{style}"><v>{value}</v></c>'
