"""One text of the room view: a name, a statement, a label, a line of what a room said.

For the pictures of the room view.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.marks import draw_mark
from hicm_desktop.ui.room.painted import STRONG, Painted
from hicm_desktop.ui.room.tones import RoomLook, Tone
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.values import Outcome

Hue: TypeAlias = tuple[int, int]
"""A level by its number, and how many levels there are."""


class Text(Painted):
    """A text in one font, with the mark of an outcome before it, or on the hue of a level."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: TextBlock | None = None
        self._tone = Tone.BODY
        self._mark: Outcome | None = None
        self._hue: Hue | None = None
        self._quoted = False
        self._pad = (0.0, 0.0)
        self._size = 0
        self._made: tuple[object, ...] = ()

    @property
    def block(self) -> TextBlock | None:
        """The text as it is laid out."""
        return self._block

    def show_text(
        self,
        words: str,
        look: RoomLook,
        font: QFont,
        width: int,
        tone: Tone = Tone.BODY,
        *,
        mark: Outcome | None = None,
        hue: Hue | None = None,
        quoted: bool = False,
    ) -> int:
        """Show a text in a width; gives the height it takes, to be placed by."""
        size = font.pixelSize()
        made = (words, look, size, font.weight(), width, tone, mark, hue, quoted)
        if made == self._made and self._block is not None:
            return math.ceil(self._block.height + 2 * self._pad[1])
        self._made = made
        self.look, self._tone, self._mark, self._hue = look, tone, mark, hue
        self._quoted, self._size = quoted, size
        self._pad = padding(size, marked=mark is not None, framed=hue is not None or quoted)
        self._block = TextBlock(words, font, width - self._pad[0] - self._right())
        self.setAccessibleName(words if mark is None else f"{mark.words}. {words}")
        self.update()
        return math.ceil(self._block.height + 2 * self._pad[1])

    def paint(self, painter: QPainter) -> None:
        ground = self.look.back(self._tone)
        ink = self.look.front(self._tone)
        if self._hue is not None:
            ground, ink = self.look.level(*self._hue)
        painter.fillRect(self.rect(), ground)
        if self._quoted:
            bar = QRectF(0, 0, self.look.px(6), self.height())
            painter.fillRect(bar, self.look.front(Tone.LABEL))
        if self._mark is not None:
            box = QRectF(0, self._pad[1] + self._size * 0.24, self._size * 0.8, self._size * 0.8)
            draw_mark(painter, box, self._mark, ink.name(QColor.NameFormat.HexRgb))
        if self._block is not None:
            painter.setPen(ink)
            spare = self.height() - self._block.height
            top = spare / 2 if self._hue is not None else self._pad[1]
            self._block.draw(painter, self._pad[0], top)

    def _right(self) -> float:
        framed = self._hue is not None or self._quoted
        return self._size * _FRAME if framed else 0.0


_FRAME = 0.6
_MARK = 1.15


def padding(size: int, *, marked: bool, framed: bool) -> tuple[float, float]:
    """Give what lies left of a text and above it, in px, by its size of type."""
    return (size * (_MARK if marked else _FRAME if framed else 0.0), size * 0.3 if framed else 0.0)


BAR = 52
"""The height of the line above the room, in px at 720 lines, where its heading takes one line."""


class Bar(Painted):
    """The dark line above the room: the change, the row's place in it, and the time.

    Where all of it does not fit in one line, the heading goes on in a second.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading: TextBlock | None = None
        self._words = ("", "", "")
        self._right: list[tuple[str, TextBlock]] = []
        self._made: tuple[object, ...] = ()
        self._height = 0

    def show_words(self, heading: str, position: str, time: str, look: RoomLook, width: int) -> int:
        """Show them; gives the height it takes."""
        made = (heading, position, time, look, width)
        if made == self._made:
            return self._height
        self._made = made
        self.look, self._words = look, (heading, position, time)
        self.setAccessibleName(". ".join(filter(None, self._words)))
        margin = look.px(26)
        self._right = self._right_blocks()
        room = width - 2 * margin - self._right_width()
        block = TextBlock(heading, look.font(look.type(26), STRONG), room)
        if block.height > block.line_height:
            block = TextBlock(heading, look.font(look.least, STRONG), room)
        self._heading = block
        self.update()
        self._height = max(look.px(BAR), block.height + look.px(14))
        return self._height

    def paint(self, painter: QPainter) -> None:
        look, middle = self.look, self.height() / 2
        painter.fillRect(self.rect(), look.back(Tone.BAR))
        painter.setPen(look.front(Tone.BAR))
        if self._heading is not None:
            self._heading.draw(painter, look.px(26), middle - self._heading.height / 2)
        x = self.width() - look.px(26)
        for words, block in reversed(self._right):
            x -= block.natural_width
            painter.setPen(look.front(Tone.BAR))
            block.draw(painter, x, middle - block.height / 2)
            if words == self._words[2]:
                x -= look.px(26)
                self._draw_clock(painter, x, middle)
            x -= look.px(28)

    def _draw_clock(self, painter: QPainter, x: float, middle: float) -> None:
        look = self.look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setWidthF(look.px(20) / 9)
        painter.setPen(pen)
        size = look.px(18)
        face = QRectF(x, middle - size / 2, size, size)
        painter.drawEllipse(face)
        painter.drawLine(face.center(), face.center() - QPointF(0, size * 0.32))
        painter.drawLine(face.center(), face.center() + QPointF(size * 0.22, 0))
        painter.restore()

    def _right_blocks(self) -> list[tuple[str, TextBlock]]:
        font = self.look.font(self.look.type(22))
        return [(words, TextBlock(words, font, 1e6)) for words in self._words[1:] if words]

    def _right_width(self) -> int:
        gaps = 54 if self._words[2] else 28
        return sum(b.natural_width + self.look.px(gaps) for _, b in self._right)


class Foot(Painted):
    """The line below the room: a mark for each row in scope, by shape, and the same in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Outcome, ...] = ()
        self._stamps: dict[tuple[Outcome, float, str, float], QPixmap] = {}
        self._made: tuple[object, ...] = ()
        self._calls = False
        self._block: TextBlock | None = None

    def show_progress(
        self,
        marks: tuple[Outcome, ...],
        words: str,
        look: RoomLook,
        width: int,
        *,
        calls: bool = False,
    ) -> int:
        """Show how far the room has got; gives the height it takes.

        With `calls` a mark before all others has the facilitator look at the console.
        """
        made = (marks, words, look, width, calls)
        if made == self._made and self._block is not None:
            return self._height(self._block)
        self._made, self._calls = made, calls
        self.look, self._marks = look, marks
        self._block = TextBlock(words, look.font(look.least), width - 2 * look.px(26))
        self.setAccessibleName(words)
        self.update()
        return self._height(self._block)

    def _height(self, block: TextBlock) -> int:
        return max(self.look.px(40), block.height + self.look.px(10))

    def paint(self, painter: QPainter) -> None:
        look, margin = self.look, self.look.px(26)
        painter.fillRect(self.rect(), look.back(Tone.FOOT))
        words = 0
        if self._block is not None:
            words = self._block.natural_width
            painter.setPen(look.front(Tone.FOOT))
            top = (self.height() - self._block.height) / 2
            self._block.draw(painter, self.width() - margin - words, top)
        called = look.px(26) if self._calls else 0
        room = self.width() - 2 * margin - words - look.px(30) - called
        step = room / max(len(self._marks), 1)
        if called:
            self._draw_call(painter, margin)
        self._draw_marks(painter, margin + called, min(step, look.px(26)))

    def _draw_call(self, painter: QPainter, left: float) -> None:
        """Draw an open square: no row has that mark."""
        side, pen = self.look.px(15), QPen(self.look.front(Tone.FOOT), self.look.px(2))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(QRectF(left, (self.height() - side) / 2, side, side))

    def _draw_marks(self, painter: QPainter, left: float, step: float) -> None:
        look, size = self.look, min(step * 0.72, self.look.px(17))
        top = (self.height() - size) / 2
        for i, outcome in enumerate(self._marks):
            still_open = outcome is Outcome.NOT_DISCUSSED
            tone = Tone.OPEN_MARKS if still_open else Tone.MARKS
            stamp = self._stamp(outcome, size, tone.front(look.theme))
            painter.drawPixmap(QPointF(left + i * step, top), stamp)

    def _stamp(self, outcome: Outcome, size: float, colour: str) -> QPixmap:
        """Give a mark as drawn once: thirty circles take longer than all else in the room."""
        key = (outcome, size, colour, self.devicePixelRatioF())
        if key not in self._stamps:
            if len(self._stamps) > len(Outcome):
                self._stamps.clear()
            side = math.ceil(size * key[3])
            stamp = QPixmap(side, side)
            stamp.setDevicePixelRatio(key[3])
            stamp.fill(Qt.GlobalColor.transparent)
            painter = QPainter(stamp)
            draw_mark(painter, QRectF(0, 0, size, size), outcome, colour)
            painter.end()
            self._stamps[key] = stamp
        return self._stamps[key]
