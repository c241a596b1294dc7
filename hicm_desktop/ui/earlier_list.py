"""The earlier versions of one workshop as a list: when, why, and what each holds once it is read.

For `hicm_desktop.ui.earlier_dialog` only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hicm_desktop.storage.earlier import Version
from hicm_desktop.ui.reading_table import themed
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.dates import date_words, weekday

_PAD = 8
_GAP = 1
_LINE = 20
_Index = QModelIndex | QPersistentModelIndex


def when_words(when: dt.datetime, now: dt.datetime, *, begins: bool = True) -> str:
    """Say when something was, seen from now, in local time: "Today at 14:05".

    `begins` tells whether the words begin a sentence.
    """
    local = when.astimezone()
    day, today = local.date(), now.astimezone().date()
    if day == today:
        words = "Today" if begins else "today"
    elif day == today - dt.timedelta(days=1):
        words = "Yesterday" if begins else "yesterday"
    else:
        words = f"{weekday(day)} {date_words(day)}"
    return f"{words} at {local:%H:%M}"


class VersionLines(QAbstractListModel):
    """The versions of one shelf, newest first."""

    def __init__(self, now: Callable[[], dt.datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._versions: tuple[Version, ...] = ()
        self._holds: dict[Version, str] = {}

    def show(self, versions: Sequence[Version]) -> None:
        """List these in place of what was listed."""
        self.beginResetModel()
        self._versions = tuple(versions)
        self.endResetModel()

    def add(self, version: Version, holds: str) -> None:
        """Say of a version what it holds."""
        self._holds[version] = holds
        if version in self._versions:
            index = self.index(self._versions.index(version), 0)
            self.dataChanged.emit(index, index)

    def version(self, index: _Index) -> Version | None:
        """Give the version of a line, or None for no line."""
        return self._versions[index.row()] if index.isValid() else None

    def words(self, index: _Index) -> tuple[str, str, str]:
        """Give when and why a version was kept, and what it holds, empty where not read yet."""
        version = self._versions[index.row()]
        reason = version.reason.value.capitalize()
        return when_words(version.when, self._now()), reason, self._holds.get(version, "")

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._versions)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(filter(None, self.words(index)))
        return None


class VersionList(QListView):
    """The list. `chosen` is emitted with the version that is shown, or None for none."""

    chosen = Signal(object)

    def __init__(self, lines: VersionLines) -> None:
        super().__init__()
        self._lines = lines
        self._painter = _Line(self)
        self.setModel(lines)
        self.setItemDelegate(self._painter)
        self.setAccessibleName("Earlier versions")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_versions(self, versions: Sequence[Version]) -> None:
        """List these, the first of them chosen."""
        self._lines.show(versions)
        self.setEnabled(bool(versions))
        self.scrollToTop()
        if versions:
            self.setCurrentIndex(self._lines.index(0, 0))
        else:
            self.chosen.emit(None)

    def version(self) -> Version | None:
        """Give the version that is chosen."""
        return self._lines.version(self.currentIndex())

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 9, line * 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._lines.version(current))


def _in_parts(text: str) -> str:
    """Let a text break between its parts alone: "2 parked" stays in one line."""
    return " · ".join(part.replace(" ", "\u00a0") for part in text.split(" · "))


class _Line(QStyledItemDelegate):
    """Paints a version in three short texts, each whole."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        blocks = self._blocks(index, width)
        return QSize(width, sum(b.height + _GAP for b in blocks) + 2 * self._px(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        own: QPalette = option.palette
        role = QPalette.ColorRole
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, own.color(role.Highlight if chosen else role.Base))
        if chosen:
            bar = QRect(rect.left(), rect.top(), self._px(5), rect.height())
            painter.fillRect(bar, themed(role.Highlight))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, themed(role.Mid))
        y = rect.top() + self._px(_PAD)
        for number, block in enumerate(self._blocks(index, rect.width())):
            quiet = role.Text if number == 0 else role.PlaceholderText
            painter.setPen(own.color(role.HighlightedText) if chosen else themed(quiet))
            block.draw(painter, rect.left() + self._px(_PAD + 4), y)
            y += block.height + _GAP
        painter.restore()

    def _blocks(self, index: _Index, width: int) -> list[TextBlock]:
        lines = index.model()
        if not isinstance(lines, VersionLines):
            raise TypeError("these lines are painted for versions alone")
        room = width - 2 * self._px(_PAD) - self._px(4)
        when, *others = lines.words(index)
        return [
            TextBlock(when, self._font(strong=True), room),
            *(TextBlock(_in_parts(t), self._font(strong=False), room) for t in others if t),
        ]

    def _font(self, *, strong: bool) -> QFont:
        font = QFont(self._view.font())
        if font.pixelSize() <= 0:  # an application that is not dressed
            font.setPixelSize(self._view.fontInfo().pixelSize())
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def _px(self, size: float) -> int:
        return round(size * self._view.fontMetrics().height() / _LINE)
