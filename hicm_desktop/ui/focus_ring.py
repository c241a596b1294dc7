"""The ring of the focus on what the style sheet draws. For `hicm_desktop.ui.main_window`.

The style sheet's border is of one colour, and no colour stands out both from white and from the
fill of a pressed button. This ring has a dark line on either side, as what paints itself draws.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.marks import draw_focus

_STYLED = (
    QPushButton,
    QToolButton,
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QSpinBox,
    QScrollArea,
)


class FocusRings(QObject):
    """Lays a ring over whichever button, field or scroll area has the focus, in any window."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ring: _Ring | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = _Ring(now, self._appearance) if isinstance(now, _STYLED) else None


class _Ring(QWidget):
    """Lies over all of a widget. Neither pointer nor screen reader meets it."""

    def __init__(self, around: QWidget, appearance: Appearance) -> None:
        super().__init__(around)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        self.resize(around.size())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_focus(painter, self.rect().toRectF(), self._appearance.look.theme)
        painter.end()
