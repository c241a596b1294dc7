"""How much room a text takes in a cell: Excel and LibreOffice do not fit what a program writes.

Measures are those of Arial, which the workbook is set in, and lean to the generous side, since a
row that is too low hides words and one that is too high hides none. For this package only.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

FONT = "Arial"
POINTS = 10.0
LINE = 12.9
"""Height of a line of 10 point Arial in Excel, in points, at the least kind screen scaling."""

PADDING = 5.0
TALLEST_ROW = 400.0
"""Excel allows rows of 409 points; what needs more goes on in a further row."""

HIGHEST_ROW = 409.0

MOST_ROWS = 2_000
"""The rows that one text may take. What is left then fills cells that are fuller than can be shown:
a sheet has a million rows, and a text of line ends alone would take them all."""

LONGEST_CELL = 32_000
"""Excel allows 32,767 UTF-16 units in a cell, and openpyxl cuts the rest without a word."""

# Advance widths of Arial for U+0020 to U+007E, in thousandths of the type size.
_ASCII = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_ESCAPE = len("x005F_")
_OTHER, _WIDE, _TAB = 800, 1400, 2300
_SAFETY = 1.06
"""Screens round each letter to whole pixels, and a stand-in for Arial may be a little wider."""

_BOLD = 1.09
_PIXELS_PER_CHARACTER = 7.0
_POINTS_PER_PIXEL = 0.75
_CELL_MARGIN = 15.0
"""Pixels that a cell keeps free at its sides: its own, and the indent that we give it."""


def height(text: str, width: float, *, size: float = POINTS, bold: bool = False) -> float:
    """Give the height in points that a row needs to show a text in a column of `width` letters."""
    return PADDING + sum(pitch for _, pitch in _lines(text, width, size=size, bold=bold))


def pieces(text: str, width: float, *, bold: bool = False) -> list[str]:
    """Cut a text where a row would grow too high or a cell too full; joined they are the text."""
    found: list[str] = []
    start = end = 0
    used, full = PADDING, 0
    for stop, pitch in _lines(text, width, size=POINTS, bold=bold):
        units = _units(text[end:stop])
        is_high = used + pitch > TALLEST_ROW and len(found) < MOST_ROWS
        if end > start and (is_high or full + units > LONGEST_CELL):
            found.append(text[start:end])
            start, used, full = end, PADDING, 0
        used += pitch
        full += units
        end = stop
    return [*found, text[start:]]


def _lines(text: str, width: float, *, size: float, bold: bool) -> Iterator[tuple[int, float]]:
    """Give where each line ends, and its height in points."""
    start = 0
    for stop in _breaks(text, width, size, bold=bold):
        # Scripts and symbols that Arial lacks come from fonts that set their lines higher.
        yield stop, LINE * size / POINTS * (1.0 if _is_latin(text[start:stop]) else 1.35)
        start = stop


def _breaks(text: str, width: float, size: float, *, bold: bool) -> Iterator[int]:
    """Give where each line ends, as an index into the text, the spaces after it included."""
    room = (width * _PIXELS_PER_CHARACTER - _CELL_MARGIN) * _POINTS_PER_PIXEL
    room = room * 1000 / size / _SAFETY / (_BOLD if bold else 1.0)
    used = word = 0.0
    gap = start = 0
    for index, letter in enumerate(text):
        if letter == "\n":
            yield index + 1
            start = gap = index + 1
            used = word = 0.0
            continue
        advance = _advance(letter)
        used += advance
        word += advance
        if letter in " \t":
            # Spaces hang over the edge: they never bring about a new line themselves.
            gap, word = index + 1, 0.0
        elif used > room and index > start:
            cut = gap if gap > start else index
            yield cut
            used = word if cut == gap else advance
            word = used
            start = cut
        elif index - start >= LONGEST_CELL // 2:
            # Letters of no width at all, piled up: still more than a cell may hold.
            yield index
            start, used, word = index, advance, advance
    yield len(text)


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    code = ord(letter)
    if letter == "\t":
        return _TAB
    if 0x20 <= code <= 0x7E:  # noqa: PLR2004 - the printable part of ASCII
        return _ASCII[code - 0x20]
    if unicodedata.combining(letter):
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base != letter:
        return _advance(base)
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


def _is_latin(text: str) -> bool:
    """Whether Arial itself has the letters: Latin, Greek, Cyrillic and common punctuation."""
    return text.isascii() or all(ord(c) < 0x0590 or 0x1E00 <= ord(c) < 0x2100 for c in text)  # noqa: PLR2004 - blocks


def _units(text: str) -> int:
    """Give the room a text may take in a cell, in UTF-16 units, its underscores being escaped."""
    return math.ceil(len(text.encode("utf-16-le", "replace")) / 2) + _ESCAPE * text.count("_")
