"""The card that greets: a new workshop, an old one, or the sample.

For `hicm_desktop.ui.overview.page`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.marks import draw_focus
from hicm_desktop.ui.text_block import TextBlock

_PAD = 8


class RecentFile(QAbstractButton):
    """A file that was open before: its name and, below it, its folder, both whole."""

    def __init__(self, path: Path, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._appearance = appearance
        self._laid: tuple[int, TextBlock, TextBlock] | None = None
        self.setAccessibleName(f"Open {path.stem}, in {path.parent}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, name, folder = self._lay_out(width)
        return name.height + folder.height + 2 * self._appearance.look.px(_PAD - 2)

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._laid = None
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        theme = look.theme
        _, name, folder = self._lay_out(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(theme.chosen))
        pad = look.px(_PAD)
        painter.setPen(QColor(theme.accent))
        name.draw(painter, pad, pad - look.px(2))
        painter.setPen(QColor(theme.muted))
        folder.draw(painter, pad, pad - look.px(2) + name.height)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme)
        painter.end()

    def _lay_out(self, width: int) -> tuple[int, TextBlock, TextBlock]:
        if self._laid is None or self._laid[0] != width:
            look = self._appearance.look
            room = width - 2 * look.px(_PAD)
            strong = look.font(Type.STRONG)
            strong.setUnderline(True)
            name = TextBlock(self.path.stem, strong, room)
            folder = TextBlock(str(self.path.parent), look.font(Type.SMALL), room)
            self._laid = (width, name, folder)
        return self._laid


class StartCard(QFrame):
    """Shown while no workshop is open. It asks; the window opens."""

    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    recent_asked = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._recent: list[RecentFile] = []
        self._buttons: list[QPushButton] = []
        self.setObjectName("card")
        self.setAccessibleName("Start")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("Start here", "heading"))
        layout.addWidget(
            label(
                "A new workshop is a file from the first moment, and saves itself as you go. "
                "The sample shows what a full day leaves behind; nothing in it is real."
            )
        )
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for words, signal, command in (
            ("New workshop", self.new_asked, Command.NEW),
            ("Open…", self.open_asked, Command.OPEN),
            ("Open the sample", self.sample_asked, Command.SAMPLE),
        ):
            button = QPushButton(words)
            button.setToolTip(command.tip)
            button.setProperty("kind", "primary" if command is Command.NEW else "")
            button.clicked.connect(signal)
            flow.addWidget(button)
            self._buttons.append(button)
        self.setFocusProxy(self._buttons[0])
        layout.addWidget(buttons)
        self._heading = label("Open again", "strong")
        layout.addWidget(self._heading)
        self._files = QVBoxLayout()
        self._files.setSpacing(2)
        layout.addLayout(self._files)
        self.show_recent(())

    def buttons(self) -> list[QAbstractButton]:
        """Give what can be pressed, in reading order."""
        return [*self._buttons, *self._recent]

    def show_recent(self, recent: Sequence[Path]) -> None:
        """Offer files that were open before, the latest first."""
        for button in self._recent:
            self._files.removeWidget(button)
            button.deleteLater()
        self._recent = [RecentFile(path, self._appearance) for path in recent]
        for button in self._recent:
            button.clicked.connect(lambda _=False, p=button.path: self.recent_asked.emit(p))
            self._files.addWidget(button)
        self._heading.setVisible(bool(self._recent))
