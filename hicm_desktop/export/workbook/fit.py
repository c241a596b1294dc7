"""How much room a text takes in a cell: Excel and LibreOffice do not fit what a program writes.

Measures are those of Arial, which the workbook is set in, and lean to the generous side, since a
row that is too low hides words and one that is too high hides none. For this package only.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

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
_FOREIGN = re.compile("[\u0590-\u1dff\u2100-\U0010ffff]")
_WORD = re.compile(r"[^ \t\n]+[ \t]*\n?|[ \t]+\n?|\n")
_LONGEST_LINE = LONGEST_CELL // 4
"""Letters of no width at all can be piled up without end: still more than a cell may hold."""

_OFTEN = 80
"""Letters up to which a text is likely to be written again."""

_LONG_WORD = 200
"""Letters from which a word, or the gap after it, is measured letter by letter."""

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


Pieces: TypeAlias = tuple[tuple[str, float], ...]
"""The parts of a text, each with the height in points that a row needs to show it."""


def pieces(text: str, width: float, *, size: float = POINTS, bold: bool = False) -> Pieces:
    """Cut a text where a row would grow too high or a cell too full. Joined it is the text."""
    if len(text) <= _OFTEN:
        return _pieces_of_often(text, width, size, bold)
    return _pieces(text, width, size, bold)


def _pieces(text: str, width: float, size: float, bold: bool) -> Pieces:  # noqa: FBT001 - for the cache below
    found: list[tuple[str, float]] = []
    start = end = 0
    used, full = PADDING, 0
    is_short = len(text) * (_ESCAPE + 2) < LONGEST_CELL
    for stop, pitch in _lines(text, width, size=size, bold=bold):
        units = 0 if is_short else _units(text[end:stop])
        is_high = used + pitch > TALLEST_ROW and len(found) < MOST_ROWS
        if end > start and (is_high or full + units > LONGEST_CELL):
            found.append((text[start:end], used))
            start, used, full = end, PADDING, 0
        used += pitch
        full += units
        end = stop
    return (*found, (text[start:], used))


_pieces_of_often = lru_cache(maxsize=4096)(_pieces)
"""The names of changes and rows, and the words of outcomes, stand in many cells."""


def _lines(text: str, width: float, *, size: float, bold: bool) -> Iterator[tuple[int, float]]:
    """Give where each line ends, and its height in points."""
    pitch = LINE * size / POINTS
    room = (width * _PIXELS_PER_CHARACTER - _CELL_MARGIN) * _POINTS_PER_PIXEL
    room = room * 1000 / size / _SAFETY / (_BOLD if bold else 1.0)
    if _is_latin(text):
        yield from ((stop, pitch) for stop in _breaks(text, room))
        return
    start = 0
    for stop in _breaks(text, room):
        # Scripts and symbols that Arial lacks come from fonts that set their lines higher.
        yield stop, pitch * (1.0 if _is_latin(text[start:stop]) else 1.35)
        start = stop


def _breaks(text: str, room: float) -> Iterator[int]:
    """Give where each line ends, as an index into the text, the spaces after it included.

    `room` is how wide a line may be, in thousandths of the type size.
    """
    start = place = 0
    used = 0.0
    for token in _WORD.findall(text):
        word, whole = _widths(token) if len(token) <= _LONG_WORD else (math.inf, 0.0)
        if place > start and used + word > room:
            yield place
            start, used = place, 0.0
        if word > room:
            cuts, used = _cuts(token, room)
            yield from (place + cut for cut in cuts)
            start = place + cuts[-1] if cuts else start
        else:
            # Spaces hang over the edge: they never bring about a new line themselves.
            used += whole
        place += len(token)
        if token[-1] == "\n" or place - start >= _LONGEST_LINE:
            yield place
            start, used = place, 0.0
    yield len(text)


def _cuts(word: str, room: float) -> tuple[list[int], float]:
    """Say where to cut a word that no line holds, and how far its last line goes."""
    cuts = [0]
    used = 0.0
    for index, letter in enumerate(word):
        advance = _advance(letter)
        is_over = used + advance > room and letter not in " \t\n"
        if index > cuts[-1] and (is_over or index - cuts[-1] >= _LONGEST_LINE):
            cuts.append(index)
            used = 0.0
        used += advance
    return cuts[1:], used


@lru_cache(maxsize=16_384)
def _widths(token: str) -> tuple[float, float]:
    """Give the width of a word, and that of the word with the spaces after it."""
    word = sum(map(_advance, token.rstrip(" \t\n")))
    return word, sum(map(_advance, token.rstrip("\n")))


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
    return text.isascii() or _FOREIGN.search(text) is None


def _units(text: str) -> int:
    """Give the room a text may take in a cell, in UTF-16 units, its underscores being escaped."""
    return math.ceil(len(text.encode("utf-16-le", "replace")) / 2) + _ESCAPE * text.count("_")
