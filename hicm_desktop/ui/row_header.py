"""The head of a matrix row: its name, what became of it, and what else it holds.

For `hicm_desktop.ui.matrix`. Clicking it puts the row in focus without agreeing anything.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from hicm_desktop.model.values import Row
from hicm_desktop.ui.appearance import Appearance, Look, Type
from hicm_desktop.ui.marks import draw_mark
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.values import Outcome

_PAD = 10
_GAP = 4
_MARK = 11
_LINE = 440
"""The width, in px at scale 1, from which the parts stand side by side."""


class _Part(msgspec.Struct, frozen=True):
    """One of the texts, where it stands, and whether the outcome's mark stands before it."""

    block: TextBlock
    kind: Type
    x: int
    y: int
    marked: bool = False


class _Laid(msgspec.Struct, frozen=True):
    look: Look
    width: int
    parts: tuple[_Part, ...]
    height: int


class RowHeader(QAbstractButton):
    """Name, outcome with its mark, and what else there is: movement, hands, notes and actions."""

    def __init__(self, row: Row, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._appearance = appearance
        self._outcome = Outcome.NOT_DISCUSSED
        self._standing = Outcome.NOT_DISCUSSED.words
        self._more: tuple[str, ...] = ()
        self._current = False
        self._laid: _Laid | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        note = f"\n\nEditor’s note: {row.editor_note}" if row.editor_note else ""
        self.setToolTip(f"Show what is recorded about this row{note}")
        self._name_it()

    def show_record(self, outcome: Outcome, standing: str, more: tuple[str, ...] = ()) -> None:
        """Show what became of the row, in words with the outcome's mark, and what else there is."""
        if (outcome, standing, more) != (self._outcome, self._standing, self._more):
            self._outcome, self._standing, self._more = outcome, standing, more
            self._laid = None
            self._name_it()
            self.update()

    def show_current(self, *, current: bool) -> None:
        """Mark the row as the one in focus."""
        if current != self._current:
            self._current = current
            self.update()

    def height_for(self, width: int) -> int:
        """Give the height at which all of it fits this width."""
        return self._lay_out(width).height

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        theme = look.theme
        painter = QPainter(self)
        if self._current:
            painter.fillRect(QRectF(0, 2, look.px(4), self.height() - 4), QColor(theme.accent))
        said = theme.muted if self._outcome is Outcome.NOT_DISCUSSED else theme.accent
        inks = {Type.STRONG: theme.ink, Type.SMALL_STRONG: said, Type.SMALL: theme.muted}
        size = look.px(_MARK)
        for part in self._lay_out(self.width()).parts:
            if part.marked:
                line = part.block.line_height
                box = QRectF(part.x - size - look.px(6), part.y + (line - size) / 2, size, size)
                draw_mark(painter, box, self._outcome, said)
            painter.setPen(QColor(inks[part.kind]))
            part.block.draw(painter, part.x, part.y)
        painter.end()

    def _lay_out(self, width: int) -> _Laid:
        look = self._appearance.look
        if self._laid is None or (self._laid.look, self._laid.width) != (look, width):
            beside = width >= look.px(_LINE)
            self._laid = self._side_by_side(width) if beside else self._stacked(width)
        return self._laid

    def _stacked(self, width: int) -> _Laid:
        look = self._appearance.look
        x, y, gap, mark = look.px(_PAD), look.px(_PAD), look.px(_GAP), look.px(_MARK + 6)
        parts = []
        for text, kind in self._texts():
            marked = kind is Type.SMALL_STRONG
            left = x + mark if marked else x
            block = TextBlock(text, look.font(kind), width - left - look.px(_GAP))
            parts.append(_Part(block, kind, left, y, marked))
            y += block.height + gap
        return _Laid(look, width, tuple(parts), y + look.px(_PAD) - gap)

    def _side_by_side(self, width: int) -> _Laid:
        """Set the parts side by side, in as many lines as they need; each is whole in its line."""
        look = self._appearance.look
        start, gap, mark = look.px(_PAD), look.px(_GAP), look.px(_MARK + 6)
        x, y, below = start, gap, gap
        parts = []
        for text, kind in self._texts():
            marked = kind is Type.SMALL_STRONG
            room = QFontMetrics(look.font(kind)).horizontalAdvance(text) + 2
            if x > start and x + mark * marked + room > width:
                x, y = start, below
            x += mark * marked
            block = TextBlock(text, look.font(kind), min(room, width - x))
            parts.append(_Part(block, kind, x, y, marked))
            below = max(below, y + block.height)
            x += room + look.px(18)
        return _Laid(look, width, tuple(parts), below + gap)

    def _texts(self) -> list[tuple[str, Type]]:
        texts = [(self._row.name, Type.STRONG), (self._standing, Type.SMALL_STRONG)]
        return [*texts, *((words, Type.SMALL) for words in self._more)]

    def _name_it(self) -> None:
        said = (self._row.name, self._standing, *self._more)
        self.setAccessibleName(" ".join(f"{words}." for words in said))
