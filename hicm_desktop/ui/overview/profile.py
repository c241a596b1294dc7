"""The profile: every row of the model under its change, and the level the room agreed for it.

For `hicm_desktop.ui.overview.page`. It shows where rows stand and adds nothing up. To the keyboard
it is one stop, with the arrows moving inside.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hicm_desktop.model.values import Level, Model
from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.overview.columns import PAD, Columns, columns
from hicm_desktop.ui.overview.profile_change import ProfileChange
from hicm_desktop.ui.overview.profile_row import ProfileRow
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.values import Workshop

_PAGE = 8
"""How many rows Page Up and Page Down go."""
_TOP = 6
_PINNED_SHARE = 4
"""The names of the levels are kept in view where they take no more than this part of the room."""


class LevelNames(QWidget):
    """The names of the levels over their places, or a key of them where a place is narrow."""

    def __init__(self, levels: Sequence[Level], parent: QWidget) -> None:
        super().__init__(parent)
        self._levels = tuple(levels)
        self._where: Columns | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Levels: " + ", ".join(level.name for level in levels))

    def fit(self, where: Columns) -> int:
        """Lay the names out over the profile's columns; gives the height that takes."""
        look = where.look
        self._where = where
        heads = [self._box(text, where).height() for text in self._heads(where)]
        key = self._key(where)
        return round(max(heads)) + (key.height if key else 0) + look.px(_TOP + 3 + 8 + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        where = self._where
        if where is None:
            return
        look = where.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.theme.ground))
        top = look.px(_TOP)
        painter.setPen(QColor(look.theme.ink))
        if key := self._key(where):
            key.draw(painter, where.name, top)
            top += key.height + look.px(3)
        painter.setFont(self._font(where))
        foot = self.height() - look.px(6)
        for index, (level, text) in enumerate(zip(self._levels, self._heads(where), strict=True)):
            left = where.place_left(index)
            box = QRectF(left, top, where.place, foot - top - look.px(4))
            painter.drawText(box, self._flags() | Qt.AlignmentFlag.AlignBottom, text)
            hue = look.theme.level(level.number, len(self._levels))
            painter.fillRect(QRectF(left + 2, foot, where.place - 4, look.px(5)), QColor(hue))
        painter.end()

    def _heads(self, where: Columns) -> list[str]:
        return [level.name if where.named else str(level.number) for level in self._levels]

    def _key(self, where: Columns) -> TextBlock | None:
        """Give the names by number, each kept on one line as far as it fits."""
        if where.named:
            return None
        names = (f"{v.number} {v.name}".replace(" ", "\u00a0") for v in self._levels)
        font = where.look.font(Type.SMALL)
        return TextBlock("    ".join(names), font, where.right - where.name)

    def _box(self, text: str, where: Columns) -> QRectF:
        room = QRectF(0, 0, where.place, 1e6)
        return QFontMetricsF(self._font(where)).boundingRect(room, self._flags(), text)

    def _font(self, where: Columns) -> QFont:
        return where.look.font(Type.SMALL_STRONG)

    def _flags(self) -> int:
        return int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)


class Profile(QWidget):
    """All rows under their changes. `row_asked` and `change_asked` carry ids.

    `row_focused` carries where the focused row lies in the profile, for it to be scrolled to.
    """

    row_asked = Signal(str)
    change_asked = Signal(str)
    row_focused = Signal(QRect)

    def __init__(self, model: Model, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._levels = model.levels
        self._pinned = (0, 0)
        self._laid = False
        self.setAccessibleName("Profile: where each row stands")
        self.changes: list[ProfileChange] = []
        self.rows: list[ProfileRow] = []
        self._parts: list[ProfileChange | ProfileRow] = []
        for change in model.changes:
            heading = ProfileChange(change, self)
            heading.clicked.connect(lambda _=False, c=change.id: self.change_asked.emit(c))
            self.changes.append(heading)
            self._parts.append(heading)
            for row in change.rows:
                button = ProfileRow(model, change, row, self)
                button.clicked.connect(lambda _=False, r=row.id: self.row_asked.emit(r))
                button.focused.connect(self._follow)
                self.rows.append(button)
                self._parts.append(button)
        self.names = LevelNames(model.levels, self)
        self._stop_at(self.rows[0])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show where every row stands. What did not change is left alone."""
        changed = False
        for heading in self.changes:
            changed |= heading.show_workshop(workshop)
            in_scope = workshop.agenda_item(heading.change.id).in_scope
            for row in heading.change.rows:
                record = workshop.row(row.id)
                changed |= self.row(row.id).show_record(record, in_scope=in_scope)
        if changed and self._laid:
            self._lay_out()

    def row(self, row_id: str) -> ProfileRow:
        """Give the button of a row."""
        return next(row for row in self.rows if row.row.id == row_id)

    def pin(self, top: int, room: int) -> None:
        """Keep the names of the levels in view when `room` px of the profile show from `top` on.

        Where they would take too much of a small window, they stay at the head of the profile.
        """
        self._pinned = (top, room)
        lowest = max(self.height() - self.names.height(), 0)
        self.names.move(0, max(0, min(top, lowest)) if self._pins() else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._laid:
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, pages, Home and End. What is not a move goes on to the page."""
        here = next((i for i, row in enumerate(self.rows) if row.hasFocus()), None)
        last = len(self.rows) - 1
        if here is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        moves = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_PageUp: here - _PAGE,
            Qt.Key.Key_PageDown: here + _PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = moves.get(Qt.Key(event.key()))
        if target is None:
            event.ignore()
            return
        self.rows[min(max(target, 0), last)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        """Put everything in its place for the width there is, and be as tall as that takes."""
        self._laid = True
        width = self.width()
        where = columns(width, self._levels, self._appearance.look)
        y = self.names.fit(where)
        self.names.setGeometry(0, 0, width, y)
        for part in self._parts:
            height = part.fit(where)
            part.setGeometry(0, y, width, height)
            y += height
        self.names.raise_()
        self.setFixedHeight(y)
        self.pin(*self._pinned)

    def _pins(self) -> bool:
        return self.names.height() * _PINNED_SHARE <= self._pinned[1]

    def _follow(self) -> None:
        for row in self.rows:
            if row.hasFocus():
                self._stop_at(row)
                above = self.names.height() + self._appearance.look.px(PAD) if self._pins() else 0
                self.row_focused.emit(row.geometry().adjusted(0, -above, 0, 0))

    def _stop_at(self, stop: ProfileRow) -> None:
        """Make one row the profile's stop for Tab, and the one that gets its keyboard."""
        self.setFocusProxy(stop)
        for row in self.rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)
