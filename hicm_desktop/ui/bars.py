"""The bar above the console and the status line below it, which give way where room is short.

For `hicm_desktop.ui.main_window`. Nothing in them is cut short: what does not fit is left out, the
least needed first, and is to be had from the menus.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from hicm_desktop.document.saving import (
    NoFileYet,
    NotSaved,
    ReadOnly,
    Saved,
    SaveState,
    Saving,
)
from hicm_desktop.ui.appearance import Appearance, Type


class YieldingBar(QFrame):
    """A line of widgets of which the least needed are left out where they do not all fit."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._items: Sequence[QWidget] = ()
        self._yielding: Sequence[QWidget] = ()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 5, 12, 5)
        self._line.setSpacing(10)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fill(self, items: Sequence[QWidget | None], yielding: Sequence[QWidget]) -> None:
        """Put widgets in, with a stretch for None. `yielding` are left out in that order."""
        for item in items:
            if item is None:
                self._line.addStretch(1)
            else:
                self._line.addWidget(item)
        self._items = tuple(item for item in items if item is not None)
        self._yielding = tuple(yielding)

    def fit(self) -> None:
        """Show what fits.

        It is computed first: were widgets shown to see whether they fit, each would have the window
        laid out anew, and where that changes the height of the bar, without end.
        """
        shown = [widget for widget in self._items if not _says_nothing(widget)]
        for widget in self._yielding:
            if self._wanted(shown) <= self.width():
                break
            if widget in shown:
                shown.remove(widget)
        for widget in self._yielding:
            if widget.isHidden() == (widget in shown):
                widget.setVisible(widget in shown)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _wanted(self, shown: Sequence[QWidget]) -> int:
        """Give the width at which these stand side by side, none of them cut."""
        margins = self._line.contentsMargins()
        gaps = self._line.spacing() * max(len(shown) - 1, 0)
        return margins.left() + margins.right() + gaps + sum(map(_least_width, shown))


def _says_nothing(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and not isinstance(widget, SaveLight) and not widget.text()


def _least_width(widget: QWidget) -> int:
    widget.ensurePolished()  # a style sheet is worn late, and gives buttons their padding
    keeps = widget.sizePolicy().horizontalPolicy() in _KEEP_WIDTH
    return widget.sizeHint().width() if keeps else widget.minimumSizeHint().width()


_KEEP_WIDTH = (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
"""Policies of widgets that are never narrower than they would like to be."""


_USUAL = "Saved 00:00:00"
"""The light is never narrower than this, so that nothing beside it moves while it saves."""


def line_label(kind: str = "body") -> QLabel:
    """Make a label of one line for a bar. `kind` is one of the style sheet's."""
    widget = QLabel()
    widget.setProperty("type", kind)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    return widget


class SaveLight(QLabel):
    """What is true of the file, by shape and word: a disc, a ring, a square, or one with a bar.

    A label, since a screen reader passes over a plain widget; what it shows, it paints. What is
    amiss is announced by the banner, which says it in full.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._state: SaveState = NoFileYet()
        self.setObjectName("save light")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(self._state)

    @property
    def words(self) -> str:
        """The state in words."""
        match self._state:
            case Saved(at):
                return f"Saved {at:%H:%M:%S}"
            case Saving():
                return "Saving…"
            case NotSaved():
                return "NOT SAVED"
            case ReadOnly():
                return "Read only"
            case NoFileYet():
                return "Nothing recorded yet"

    def show_state(self, state: SaveState) -> None:
        """Show a state."""
        self._state = state
        self.setAccessibleName(f"Save state: {self.words}")
        reason = state.reason if isinstance(state, NotSaved | ReadOnly) else ""
        self.setAccessibleDescription(reason)
        self.setToolTip(reason or "Every entry is saved by itself, within a second.")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._appearance.look
        self.setFont(look.font(Type.SMALL_STRONG))
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(words) for words in (self.words, _USUAL))
        return QSize(width + look.px(30), metrics.height() + look.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        theme = look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        alarm = isinstance(self._state, NotSaved)
        ink = theme.on_alert if alarm else theme.ink
        if alarm:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.alert))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        size = look.px(10)
        box = QRectF(look.px(7), (self.height() - size) / 2, size, size)
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor(ink))
        pen.setWidthF(look.px(2))
        painter.setPen(pen)
        painter.setBrush(QColor(ink) if isinstance(self._state, Saved) else Qt.BrushStyle.NoBrush)
        if isinstance(self._state, ReadOnly):
            painter.drawRect(box)
        elif alarm:
            painter.drawRect(box)
            painter.drawLine(box.topLeft(), box.bottomRight())
        else:
            painter.drawEllipse(box)
        painter.setFont(look.font(Type.SMALL_STRONG))
        painter.drawText(
            self.rect().adjusted(look.px(23), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.words
        )
        painter.end()
