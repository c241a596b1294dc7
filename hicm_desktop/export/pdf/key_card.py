"""The card of keys as one page to print.

For the user interface and the command line. It draws what it is given; which keys there are is
not its business.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape

from hicm_desktop import PRODUCT, __version__
from hicm_desktop.export.key_groups import KeyGroup, KeyLine, share
from hicm_desktop.export.pdf import looks, read_back
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.structure import Element, TaggedCanvas
from hicm_desktop.export.pdf.typeface import Typeface, font_name
from hicm_desktop.export.replacing import replace_file

_WIDTH, _HEIGHT = landscape(A4)
_SIDE, _TOP, _BOTTOM = 34.0, 30.0, 30.0
_COLUMNS, _BETWEEN = 3, 22.0
_COLUMN = (_WIDTH - 2 * _SIDE - (_COLUMNS - 1) * _BETWEEN) / _COLUMNS
_UNDER_TITLE, _UNDER_HEADING, _UNDER_LINE, _UNDER_GROUP = 32.0, 4.5, 3.2, 11.0
_CAP_PAD, _CAP_GAP, _WORDS_GAP = 4.0, 2.0, 8.0
_EDGE = 0.6
_RADIUS = 2.5
_ASCENT = 0.33
"""How far the middle of capitals stands above the base line, as a part of the type size."""

_TITLE = Style(20, 25, looks.BOLD, looks.ACCENT)
_HEADING = Style(12.5, 16, looks.BOLD, looks.ACCENT)
_WORDS = Style(11, 13)
_CAP = Style(9.5, 14.6, looks.SEMIBOLD)
_BETWEEN_KEYS = Style(9.5, 14.6, color=looks.MUTED)
_NOTE = Style(9.5, 12, color=looks.MUTED)


def write_key_card(groups: Sequence[KeyGroup], note: str, fonts: Path, target: Path) -> None:
    """Write the page to `target`, in place of an earlier one, with a note under the title.

    `fonts` is the folder of the typeface. Raises ExportError where the disk does not let it or
    the typeface is missing; an earlier file is then as it was.
    """
    replace_file(target, lambda: _render(groups, note, fonts), read_back.opens)


def _render(groups: Sequence[KeyGroup], note: str, fonts: Path) -> bytes:
    page = _Page(Typeface(fonts))
    page.head(f"{PRODUCT}: keys", note)
    top = _HEIGHT - _TOP - _UNDER_TITLE
    for column, part in enumerate(share([page.height(group) for group in groups], _COLUMNS)):
        y = top
        for group in groups[part]:
            y = page.draw_group(group, _SIDE + column * (_COLUMN + _BETWEEN), y)
    return page.end()


class _Page:
    """The page in the making. Lengths are in points, from the lower left."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface
        self._stream = io.BytesIO()
        # Unless told otherwise, reportlab names a font in the file that is not embedded in it.
        start: dict[str, Any] = {"initialFontName": font_name(looks.REGULAR)}
        size = (_WIDTH, _HEIGHT)
        self._canvas = TaggedCanvas(self._stream, size, invariant=1, lang="en-GB", **start)
        self._canvas.setTitle(f"{PRODUCT}: keys")
        self._canvas.setAuthor(PRODUCT)
        self._canvas.setSubject("Every key of the program on one page")
        self._canvas.setCreator(PRODUCT)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def end(self) -> bytes:
        """Close the page and give the file."""
        foot = f"{PRODUCT} {__version__}"
        with self._canvas.artifact(footer=True):
            self._text(foot, looks.FOOT, _SIDE, _BOTTOM - looks.FOOT.leading)
        self._canvas.showPage()
        self._canvas.save()
        return self._stream.getvalue()

    def head(self, title: str, note: str) -> None:
        """Draw the title, and the note beside it to the right edge."""
        base = _HEIGHT - _TOP - _TITLE.size * 0.8
        with self._canvas.content(self._element("H1")):
            self._text(title, _TITLE, _SIDE, base)
        left = _SIDE + self._typeface.width(title, _TITLE) + _BETWEEN
        lines = self._typeface.lines(note, _NOTE, _WIDTH - _SIDE - left)
        with self._canvas.content(self._element("P")):
            for number, line in enumerate(lines):
                y = base + (len(lines) - 1 - number) * _NOTE.leading
                x = _WIDTH - _SIDE - self._typeface.width(line.rstrip(" "), _NOTE)
                self._text(line, _NOTE, x, y)

    def height(self, group: KeyGroup) -> float:
        """Give the height of a group with what stands under it."""
        words = _COLUMN - self._indent(group)
        lines = sum(self._line_height(line, words) for line in group.lines)
        return _HEADING.leading + _UNDER_HEADING + lines + _UNDER_GROUP

    def draw_group(self, group: KeyGroup, left: float, top: float) -> float:
        """Draw a group downwards; gives where the next begins."""
        end = top - self.height(group)
        top -= _HEADING.leading
        with self._canvas.content(self._element("H2")):
            self._text(group.heading, _HEADING, left, top + 3)
        with self._canvas.artifact():
            self._canvas.setStrokeColor(HexColor(looks.HAIRLINE))
            self._canvas.setLineWidth(_EDGE)
            self._canvas.line(left, top, left + _COLUMN, top)
        top -= _UNDER_HEADING
        indent = self._indent(group)
        keys = self._element("L")
        for line in group.lines:
            item = Element("LI")
            keys.kids.append(item)
            self._draw_line(line, item, (left, top), indent)
            top -= self._line_height(line, _COLUMN - indent)
        return end

    def _draw_line(
        self, line: KeyLine, item: Element, corner: tuple[float, float], indent: float
    ) -> None:
        label, body = Element("Lbl", said=line.said_keys), Element("LBody")
        item.kids += [label, body]
        left, top = corner
        middle = top - _CAP.leading / 2
        with self._canvas.content(label):
            self._draw_keys(line, left, middle)
        with self._canvas.content(body):
            for number, words in enumerate(self._words(line, _COLUMN - indent)):
                y = middle - _ASCENT * _WORDS.size - number * _WORDS.leading
                self._text(words, _WORDS, left + indent, y)

    def _draw_keys(self, line: KeyLine, x: float, middle: float) -> None:
        for number, caps in enumerate(line.caps):
            if number:
                x += _CAP_PAD
                self._text(line.between, _BETWEEN_KEYS, x, middle - _ASCENT * _BETWEEN_KEYS.size)
                x += self._typeface.width(line.between, _BETWEEN_KEYS) + _CAP_PAD
            for place, cap in enumerate(caps):
                x += _CAP_GAP * bool(place)
                self._draw_cap(cap, x, middle)
                x += self._cap_width(cap)

    def _element(self, role: str) -> Element:
        """Begin an element of the page."""
        element = Element(role)
        self._canvas.document.kids.append(element)
        return element

    def _draw_cap(self, cap: str, left: float, middle: float) -> None:
        width = self._cap_width(cap)
        self._canvas.setFillColor(HexColor(looks.PALE))
        self._canvas.setStrokeColor(HexColor(looks.MUTED))
        self._canvas.setLineWidth(_EDGE)
        self._canvas.roundRect(
            left, middle - _CAP.leading / 2, width, _CAP.leading, _RADIUS, stroke=1, fill=1
        )
        inset = (width - self._typeface.width(cap, _CAP)) / 2
        self._text(cap, _CAP, left + inset, middle - _ASCENT * _CAP.size)

    def _indent(self, group: KeyGroup) -> float:
        return max(self._keys_width(line) for line in group.lines) + _WORDS_GAP

    def _keys_width(self, line: KeyLine) -> float:
        caps = [[self._cap_width(cap) for cap in keys] for keys in line.caps]
        between = self._typeface.width(line.between, _BETWEEN_KEYS) + 2 * _CAP_PAD
        widths = sum(sum(keys) + _CAP_GAP * (len(keys) - 1) for keys in caps)
        return widths + between * (len(caps) - 1)

    def _cap_width(self, cap: str) -> float:
        return max(self._typeface.width(cap, _CAP) + 2 * _CAP_PAD, _CAP.leading)

    def _words(self, line: KeyLine, width: float) -> tuple[str, ...]:
        return self._typeface.lines(line.words, _WORDS, width)

    def _line_height(self, line: KeyLine, width: float) -> float:
        more = len(self._words(line, width)) - 1
        return _CAP.leading + more * _WORDS.leading + _UNDER_LINE

    def _text(self, text: str, style: Style, x: float, y: float) -> None:
        self._canvas.setFillColor(HexColor(style.color))
        self._canvas.setFont(font_name(style.face), style.size)
        self._canvas.drawString(x, y, text)
