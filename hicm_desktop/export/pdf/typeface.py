"""The typeface of the PDF: what it can show, how wide it sets, and where its lines break.

For this package only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from hicm_desktop.errors import ExportError
from hicm_desktop.export.pdf.looks import FACES, Style

STAND_IN = "□"
_FAMILY = "SourceSans3"
_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_TAB = "    "
_PIECE = 500
_HIGH = re.compile(" <([0-9A-F]{5,6})>")
# A line may end after spaces, and after a hyphen or slash between two letters.
_WORDS = re.compile(r"(?<= )(?! )|(?<=[^\W\d_][-/–—])(?=[^\W\d_])")


def name_of(letter: str) -> str:
    """Name a character for one who cannot see it: “U+1F600 grinning face”."""
    code = f"U+{ord(letter):04X}"
    return f"{code} {unicodedata.name(letter, 'without a name').lower()}"


def _composed(text: str) -> str:
    """Put accents typed on their own onto their letters, where there is one character for both.

    In pieces: the time that Python takes grows with the square of a run of accents.
    """
    if text.isascii():
        return text
    pieces = []
    start = 0
    while start < len(text):
        stop = start + _PIECE
        while stop < min(len(text), start + 2 * _PIECE) and unicodedata.combining(text[stop]):
            stop += 1
        pieces.append(unicodedata.normalize("NFC", text[start:stop]))
        start = stop
    return "".join(pieces)


def _is_unseen(letter: str) -> bool:
    """Whether a character has no shape anywhere: joiners, marks of direction, variations."""
    is_variation = "\ufe00" <= letter <= "\ufe0f" or letter == "\u034f"
    return is_variation or unicodedata.category(letter) == "Cf"


def _pair(found: re.Match[str]) -> str:
    """Write a character above U+FFFF as the two halves by which PDF knows it."""
    return f" <{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


def font_name(face: str) -> str:
    """Give the name that reportlab knows a face by."""
    return f"{_FAMILY}-{face}"


class _Font(TTFont):
    """A face that says of every code it writes which character it is.

    reportlab leaves codes that no text uses without one, by giving them that of U+0000; PDF/UA-1
    (7.21.7) allows no code that. And it writes characters above U+FFFF as no reader reads them.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Add the face to a document that is complete."""
        super().addObjects(doc)
        for name, known in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                content = known.content.replace(" <0000>", " <FFFD>")
                known.content = _HIGH.sub(_pair, content)


class Typeface:
    """The four faces, loaded from a folder. Raises ExportError where they are not there."""

    def __init__(self, folder: Path) -> None:
        self._glyphs: dict[str, frozenset[int]] = {}
        self._widths: dict[str, dict[str, float]] = {}
        self._fonts: dict[str, TTFont] = {}
        self._stood_in: dict[str, None] = {}
        for face in FACES:
            try:
                font = _Font(font_name(face), folder / f"{font_name(face)}.ttf")
            except (TTFError, OSError) as fault:
                raise ExportError(
                    "The PDF was not written, because the typeface that comes with this program "
                    "is missing or damaged. The workshop is safe, and the Excel export still "
                    "works. Please install the program again."
                ) from fault
            registerFont(font)
            self._fonts[face] = font
            # What has no shape is left out: PDFium passes over some of it when it reads.
            glyphs = (code for code in font.face.charToGlyph if not _is_unseen(chr(code)))
            self._glyphs[face] = frozenset(glyphs)
            self._widths[face] = {}

    def letters(self, face: str) -> frozenset[int]:
        """Give the code points that a face can show."""
        return self._glyphs[face]

    @property
    def stood_in(self) -> tuple[str, ...]:
        """The characters that a text held and no face can show, in the order they were met in."""
        return tuple(self._stood_in)

    def lines(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        """Break a text, whatever was typed, into lines of at most `width` points."""
        room = width / style.size
        *typed, last = self.shown(text, style.face).split("\n")
        lines: list[str] = []
        for part in typed:
            lines += self._wrapped(part, style.face, room)
            # Else the first word of the next line would be read as the end of this one.
            lines[-1] += " " * bool(lines[-1])
        return (*lines, *self._wrapped(last, style.face, room))

    def width(self, text: str, style: Style) -> float:
        """Give the width in points of a text on one line."""
        return self._measure(text, style.face) * style.size

    def shown(self, text: str, face: str) -> str:
        """Give a text as this face can show it: nothing that was typed goes blank."""
        text = _BREAKS.sub("\n", _composed(text)).replace("\t", _TAB)
        glyphs = self._glyphs[face]
        if all(ord(letter) in glyphs for letter in text if letter != "\n"):
            return text
        return "".join(self._letter(letter, glyphs) for letter in text)

    def _letter(self, letter: str, glyphs: frozenset[int]) -> str:
        category = unicodedata.category(letter)
        if letter == "\n" or (ord(letter) in glyphs and category != "Cc"):
            return letter
        if category == "Zs":
            return " "
        if _is_unseen(letter):
            # Joiners and the like have no shape of their own anywhere, so nothing is lost to see.
            return ""
        self._stood_in.setdefault(letter)
        return STAND_IN

    def _wrapped(self, line: str, face: str, room: float) -> Iterator[str]:
        current, used = "", 0.0
        for word in self._words(line, face, room):
            width = self._measure(word.rstrip(" ") or word, face)
            if current.strip() and used + width > room:
                # One space stays at the end, where the next word would be read with this one.
                yield current.rstrip(" ") + " " * current.endswith(" ")
                current, used = "", 0.0
            current += word
            used += self._measure(word, face)
        yield current.rstrip(" ")

    def _words(self, line: str, face: str, room: float) -> Iterator[str]:
        """Give the parts that a line may be broken between; too long a word is cut."""
        stops = [0, *(found.start() for found in _WORDS.finditer(line)), len(line)]
        for start, stop in pairwise(stops):
            word = line[start:stop]
            if self._measure(word, face) <= room:
                yield word
            else:
                yield from self._cut(word, face, room)

    def _cut(self, word: str, face: str, room: float) -> Iterator[str]:
        part, used = "", 0.0
        for letter in word:
            width = self._measure(letter, face)
            if part and used + width > room and letter != " ":
                yield part
                part, used = "", 0.0
            part += letter
            used += width
        yield part

    def _measure(self, text: str, face: str) -> float:
        """Give the width of a text at a size of one point."""
        known = self._widths[face]
        width = known.get(text)
        if width is None:
            width = self._fonts[face].stringWidth(text, 1.0)
            known[text] = width
        return width
