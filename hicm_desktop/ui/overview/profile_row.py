"""A row of the profile: a button that paints its name, its place among the levels and its word.

For `hicm_desktop.ui.overview.profile` only.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from hicm_desktop.model.values import Change, Model, Row
from hicm_desktop.ui.appearance import Type
from hicm_desktop.ui.marks import draw_focus, draw_mark
from hicm_desktop.ui.overview.columns import MARK, MARK_GAP, PAD, Columns
from hicm_desktop.ui.overview.painting import draw_agreed_place, draw_empty_place
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.values import Outcome, RowRecord
from hicm_desktop.workshop.words import NOT_IN_SCOPE, standing

_LEAST = 32
_BOX = 22


class _Laid(msgspec.Struct, frozen=True):
    """A row as laid out for one width."""

    columns: Columns
    name: TextBlock
    word: TextBlock
    more: TextBlock | None
    height: int


class ProfileRow(QAbstractButton):
    """One row of the model and where it stands. A click asks for the row."""

    focused = Signal()

    def __init__(self, model: Model, change: Change, row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self._model = model
        self._change = change
        self._record = RowRecord(row=row.id)
        self._in_scope = True
        self._laid: _Laid | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name_it()

    def show_record(self, record: RowRecord, *, in_scope: bool) -> bool:
        """Show where the row stands. Tells whether that changed, and so its height may have."""
        if (record, in_scope) == (self._record, self._in_scope):
            return False
        self._record, self._in_scope = record, in_scope
        self._laid = None
        self._name_it()
        self.update()
        return True

    def fit(self, where: Columns) -> int:
        """Lay it out in the profile's columns; gives the height that takes."""
        if self._laid is None or self._laid.columns != where:
            self._laid = self._laid_in(where)
        return self._laid.height

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space ask for the row; all else is the profile's."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        laid = self._laid
        if laid is None:
            return
        look = laid.columns.look
        theme = look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.hover if self.underMouse() else theme.ground
        ground = theme.chosen if self.isDown() else ground
        painter.fillRect(self.rect(), QColor(ground))
        foot = self.height() - 1
        painter.fillRect(QRectF(0, foot, self.width(), 1), QColor(theme.rule))

        gap = look.px(5)
        line_top = laid.name.height + gap if laid.columns.stacked else 0
        painter.setPen(QColor(theme.ink if self._in_scope else theme.muted))
        name_top = gap if laid.columns.stacked else (foot - laid.name.height) / 2
        laid.name.draw(painter, laid.columns.name, name_top)
        middle = line_top + (foot - line_top) / 2
        self._paint_places(painter, laid.columns, middle, ground)
        self._paint_word(painter, laid, middle)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme)
        painter.end()

    def _paint_places(self, painter: QPainter, where: Columns, middle: float, ground: str) -> None:
        if self._record.outcome is Outcome.NOT_APPLICABLE:
            return
        look = where.look
        box = QRectF(0, 0, min(look.px(30), where.place - 4), look.px(_BOX))
        levels = self._model.levels
        agreed = self._record.level
        first, last = (where.place_left(i) + where.place / 2 for i in (0, len(levels) - 1))
        painter.setPen(QPen(QColor(look.theme.rule), 1))
        painter.drawLine(QPointF(first, middle), QPointF(last, middle))
        for index, level in enumerate(levels):
            centre = QPointF(where.place_left(index) + where.place / 2, middle)
            if level.id == agreed:
                box.moveCenter(centre)
                hue = look.theme.level(level.number, len(levels))
                held = self._record.outcome is Outcome.AGREED_WITH_RESERVATION
                draw_agreed_place(painter, box, hue, look, reservation=held)
            else:
                draw_empty_place(painter, centre, look, ground)

    def _paint_word(self, painter: QPainter, laid: _Laid, middle: float) -> None:
        look = laid.columns.look
        theme = look.theme
        quiet = self._is_quiet()
        colour = theme.muted if quiet else theme.accent
        below = laid.more.height if laid.more else 0
        top = middle - (laid.word.height + below) / 2
        size = look.px(MARK)
        first_line = QFontMetricsF(look.font(self._kind())).height()
        mark = QRectF(laid.columns.word, top + (first_line - size) / 2, size, size)
        draw_mark(painter, mark, self._record.outcome, colour)
        text = laid.columns.word + size + look.px(MARK_GAP)
        painter.setPen(QColor(theme.muted if quiet else theme.ink))
        laid.word.draw(painter, text, top)
        if laid.more:
            painter.setPen(QColor(theme.muted))
            laid.more.draw(painter, text, top + laid.word.height)

    def _laid_in(self, where: Columns) -> _Laid:
        look = where.look
        name_room = where.right - where.name if where.stacked else where.places - where.name
        name = TextBlock(self.row.name, look.font(Type.BODY), name_room - look.px(PAD))
        words, more_words = self._words()
        room = where.word_width - look.px(MARK + MARK_GAP)
        word = TextBlock(words, look.font(self._kind()), room)
        more = TextBlock(more_words, look.font(Type.SMALL), room) if more_words else None
        line = max(look.px(_BOX), word.height + (more.height if more else 0)) + look.px(10)
        if where.stacked:
            height = name.height + line + look.px(7)
        else:
            height = max(name.height + look.px(12), line)
        return _Laid(where, name, word, more, max(height, look.px(_LEAST)))

    def _is_quiet(self) -> bool:
        """Whether there is nothing to tell: the row was not discussed."""
        return self._record.outcome is Outcome.NOT_DISCUSSED

    def _kind(self) -> Type:
        return Type.SMALL if self._is_quiet() else Type.STRONG

    def _words(self) -> tuple[str, str]:
        """Give the word to show and what is said below it."""
        record = self._record
        if record.outcome is Outcome.NOT_DISCUSSED and not self._in_scope:
            return NOT_IN_SCOPE, ""
        if record.level is None:
            return record.outcome.words, ""
        name = self._model.level(record.level).name
        held = record.outcome is Outcome.AGREED_WITH_RESERVATION
        lean = record.lean.words if record.lean is not None else ""
        return name, ", ".join(filter(None, (lean, "with reservation" if held else "")))

    def _name_it(self) -> None:
        scope = "" if self._in_scope else f", {NOT_IN_SCOPE.lower()}"
        stands = standing(self._model, self._record)
        self.setAccessibleName(
            f"{self._change.title}, {self.row.name}: {stands}{scope}. Go to the row"
        )
