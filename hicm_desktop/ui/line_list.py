"""A list of short texts to go through by keyboard: a title, a text beneath, each of them whole.

For `hicm_desktop.ui`. It knows nothing of what the lines mean; whoever fills it gives each a key,
by which the line in focus is found again when the list is shown anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hicm_desktop.ui.appearance import Appearance, Look, Type
from hicm_desktop.ui.marks import draw_focus
from hicm_desktop.ui.text_block import TextBlock

_PAD, _ABOVE, _BADGE = 12, 7, 24
_AT_ONCE = 60
"""How many lines are laid out before the first paint; the others follow by themselves."""

_HOLDING = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

_Index = QModelIndex | QPersistentModelIndex


class Line(msgspec.Struct, frozen=True):
    """One line. A heading has a title alone and cannot be chosen; `section` is read out before.

    `badge` stands before the title, in a box. What is `struck` has a line through its text, and
    should say in words as well what that means.
    """

    title: str
    text: str = ""
    key: Hashable = None
    section: str = ""
    badge: str = ""
    struck: bool = False
    is_heading: bool = False

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        parts = (self.section, self.badge, self.title, self.text)
        return ". ".join(part.rstrip(".") for part in parts if part)


class Lines(QAbstractListModel):
    """The lines, in the order in which they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """List these in place of what was listed."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line(self, index: _Index) -> Line | None:
        """Give a line that can be chosen; None for a heading or no line."""
        line = self.lines[index.row()] if index.isValid() else None
        return None if line is None or line.is_heading else line

    def find(self, key: Hashable) -> int:
        """Give the place of the line of this key, or of the first; -1 where there are none."""
        places = [i for i, line in enumerate(self.lines) if not line.is_heading]
        return next((i for i in places if self.lines[i].key == key), places[0] if places else -1)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.line(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.lines[index.row()].spoken


class LineList(QListView):
    """Shows lines. `chosen` carries the one on which Return is pressed; `clicked_on` a click's.

    Letters and digits are not its own, as they are no button's; there is no search by typing.
    """

    chosen = Signal(object)
    clicked_on = Signal(object)

    def __init__(
        self,
        name: str,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        returned_to: bool = False,
    ) -> None:
        """Make a list. One that is `returned_to` keeps its line while others have the keyboard."""
        super().__init__(parent)
        self._appearance = appearance
        self._returned_to = returned_to
        self._most: int | None = None
        self._whole = 0
        self._was_shown = False
        self.items = Lines(self)
        self._painter = LinePainter(appearance, self)
        self.setModel(self.items)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setProperty("kind", "lines")  # the line has the ring of the focus, and not the list
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.clicked.connect(self._tell_click)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List these; the line in focus stays in focus and in view, and else it is the first.

        Where nobody is in the list it is shown from its top, where what is new comes in.
        """
        if tuple(lines) == self.items.lines:
            return
        stays = self._returned_to or self.hasFocus()
        here, at = (self.line(), self.verticalScrollBar().value()) if stays else (None, 0)
        self.items.show(lines)
        self._painter.forget(self.items.lines)
        self._fit()
        self.verticalScrollBar().setValue(at)
        self.go_to_line(None if here is None else here.key)

    def go_to_line(self, key: Hashable) -> None:
        """Put the line of this key in focus, or the first where there is none of it."""
        place = self.items.find(key)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.items.index(place, 0), select)

    def line(self) -> Line | None:
        """Give the line in focus."""
        return self.items.line(self.currentIndex())

    def fit_to(self, most: int, whole: int = 0) -> None:
        """Be as high as the lines need, up to so many px at scale 1; beyond that they scroll.

        The first `whole` lines have their room however high they are.
        """
        self._most, self._whole = most, whole
        self._fit()

    def minimumSizeHint(self) -> QSize:
        look = self._appearance.look
        return QSize(look.px(160), look.px(72))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (line := self.line()) is not None:
                self.chosen.emit(line)
        elif event.text().isprintable() and event.text() and not held & _HOLDING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Search for nothing: a key that was meant for the matrix would go astray unseen."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard, with a line in focus where there is one."""
        super().focusInEvent(event)
        if self.line() is None:
            self.go_to_line(None)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Come into view first with what stands over the first line, where that is in focus.

        Qt brings the line in focus into view before there is the room that there will be.
        """
        super().showEvent(event)
        if not self._was_shown and self.currentIndex().row() == self.items.find(None):
            self.verticalScrollBar().setValue(0)
        self._was_shown = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        if self._most is None:
            return
        most, around = self._appearance.look.px(self._most), 2 * self.frameWidth()
        height = around
        for place, line in enumerate(self.items.lines):
            if place >= self._whole and height >= most:
                break
            height += self._painter.height(line)
            if place >= self._whole:
                height = min(height, most)
        self.setFixedHeight(max(height, self.minimumSizeHint().height()))

    def _tell_click(self, index: QModelIndex) -> None:
        if (line := self.items.line(index)) is not None:
            self.clicked_on.emit(line)


class _Laid(msgspec.Struct, frozen=True):
    """A line as laid out for one width and look."""

    title: TextBlock
    text: TextBlock | None
    height: int


class LinePainter(QStyledItemDelegate):
    """Paints lines, each as high as its whole text."""

    def __init__(self, appearance: Appearance, view: LineList) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self._laid: dict[tuple[Line, int, Look], _Laid] = {}

    def forget(self, but: Sequence[Line]) -> None:
        """Drop what was laid out for lines that are listed no more, once there is much of it."""
        if len(self._laid) <= 2 * len(but) + _AT_ONCE:
            return
        kept, look, width = set(but), self._appearance.look, self._width()
        self._laid = {
            key: laid
            for key, laid in self._laid.items()
            if key[0] in kept and key[1:] == (width, look)
        }

    def height(self, line: Line) -> int:
        """Give the height that a line takes, in px."""
        return self._lay_out(line).height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._width(), self.height(self._view.items.lines[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = self._appearance.look
        theme = look.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line = self._view.items.lines[index.row()]
        laid = self._lay_out(line)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver) and not line.is_heading
        ground = theme.chosen if chosen else theme.hover if over else theme.ground
        x, y = rect.left() + look.px(_PAD), rect.top() + look.px(_ABOVE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(theme.surface if line.is_heading else ground))
        if chosen:
            painter.fillRect(
                QRect(rect.left(), rect.top(), look.px(5), rect.height()), QColor(theme.accent)
            )
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.rule))
        if line.badge:
            self._paint_badge(painter, line.badge, x, y, laid.title.line_height)
            x += look.px(_BADGE + 8)
        painter.setPen(QColor(theme.chosen_ink if chosen else theme.ink))
        laid.title.draw(painter, x, y)
        if laid.text is not None:
            laid.text.draw(painter, x, y + laid.title.height + look.px(1))
        if chosen and self._view.hasFocus():
            draw_focus(painter, rect.toRectF(), theme)
        painter.restore()

    def _paint_badge(self, painter: QPainter, words: str, x: int, y: int, line: int) -> None:
        look = self._appearance.look
        side = look.px(_BADGE)
        box = QRectF(x, y + (line - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.theme.accent))
        painter.drawRoundedRect(box, look.px(5), look.px(5))
        painter.setFont(look.font(Type.SMALL_STRONG))
        painter.setPen(QColor(look.theme.on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _width(self) -> int:
        return self._view.viewport().width()

    def _lay_out(self, line: Line) -> _Laid:
        look, width = self._appearance.look, self._width()
        key = (line, width, look)
        if key not in self._laid:
            self._laid[key] = _lay_out(line, width, look)
        return self._laid[key]


def _lay_out(line: Line, width: int, look: Look) -> _Laid:
    room = width - 2 * look.px(_PAD) - (look.px(_BADGE + 8) if line.badge else 0)
    title = TextBlock(line.title, look.font(Type.STRONG), room)
    around = 2 * look.px(_ABOVE)
    if not line.text:
        return _Laid(title, None, title.height + around)
    font = look.font(Type.BODY)
    font.setStrikeOut(line.struck)
    text = TextBlock(line.text, font, room)
    return _Laid(title, text, title.height + look.px(1) + text.height + around)
