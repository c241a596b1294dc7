"""Counting the hands at one level: typed, or up and down by ones. For `ui.hands_panel`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.model.values import Level
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.ui.text_limit import Refusal
from hicm_desktop.workshop.tally import MOST_HANDS, When

_ON = (Qt.Key.Key_Right, Qt.Key.Key_Space)
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST = f"{MOST_HANDS} is the most that is counted."
_OURS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Count(QSpinBox):
    """A number of hands. `counted` is emitted for the user's changes alone.

    `stepped` asks for the next field (1) or the one before (-1), and `done` for none after it.
    `refused` is emitted where more are typed or counted than there is room for.
    """

    counted = Signal(int)
    stepped = Signal(int)
    done = Signal()
    left = Signal()
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "count")
        self.setRange(0, MOST_HANDS)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.lineEdit().textEdited.connect(lambda: self.counted.emit(self.number))

    @property
    def number(self) -> int:
        """What is typed; none where nothing is. `value` still has the one before while typing."""
        text = self.lineEdit().text()
        return int(text) if text.isdecimal() else 0

    def show_count(self, number: int) -> None:
        """Show a recorded number; what is being typed to the same effect is left as it is."""
        if number != self.number:
            self.setValue(number)
            if self.hasFocus():
                self.selectAll()

    def take_keyboard(self) -> None:
        """Take the keyboard, so that the next digit stands in place of what is there."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()  # in a window that comes to the front only now, the focus does not

    def count_on(self, step: int) -> None:
        """Count up or down."""
        wanted = self.number + step
        number = min(max(wanted, 0), MOST_HANDS)
        self.setValue(number)
        self.counted.emit(number)
        if wanted > MOST_HANDS:
            self.refused.emit()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Refuse a digit too many, and have that said: what stands there is another number."""
        if text.isdecimal() and int(text) > MOST_HANDS:
            self.refused.emit()
        return super().validate(text, position)

    def stepBy(self, steps: int) -> None:
        self.count_on(steps)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the window, which takes back edits by name."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(key) for key in _OURS)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape or (key == Qt.Key.Key_H and not event.modifiers()):
            event.ignore()
        elif held:
            super().keyPressEvent(event)
        elif key in _ON:
            self.stepped.emit(1)
        elif key == Qt.Key.Key_Left:
            self.stepped.emit(-1)
        elif key in _RETURNS:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have what is typed stand in place of what is there, after a click as after a key."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)  # the click itself would undo it

    def focusOutEvent(self, event: QFocusEvent) -> None:
        number = self.number
        super().focusOutEvent(event)  # it would put back what stood there where nothing is typed
        self.setValue(number)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CountLine(QWidget):
    """A level with its count between a button that takes a hand away and one that adds one."""

    def __init__(self, level: Level) -> None:
        super().__init__()
        self.level = level
        self._name: QLabel = label(level.name, "small")
        self.count = Count()
        self.fewer = self._step("−", -1)
        self.more = self._step("+", 1)
        self.more.setToolTip("One more hand; the right button takes one away")
        self.limit = Refusal()
        self.count.refused.connect(lambda: self.limit.tell(_MOST))
        self.count.counted.connect(lambda: self.limit.clear_words())
        self.count.left.connect(self.limit.clear_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        layout = QHBoxLayout()
        layout.setSpacing(2)
        column.addLayout(layout)
        column.addWidget(self.limit)
        for widget in (self.fewer, self.count, self.more):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self._name, 1)

    def name_for(self, when: When) -> None:
        """Name what there is by the level and the moment."""
        self.count.setAccessibleName(f"Hands at {self.level.name}, {when.words.lower()}")
        self.fewer.setAccessibleName(f"One hand fewer at {self.level.name}")
        self.more.setAccessibleName(f"One hand more at {self.level.name}")

    def forget_refusal(self) -> None:
        """Say no more that something was not taken."""
        self.limit.clear_words()

    def take_keyboard(self) -> None:
        """Take the keyboard to the count, and bring it into view."""
        self.count.take_keyboard()
        scroll_to(self)

    def only_show(self) -> None:
        """Take nothing more."""
        self.count.setReadOnly(True)
        self.fewer.setEnabled(False)
        self.more.setEnabled(False)

    def _step(self, sign: str, step: int) -> QPushButton:
        button = _Step(sign)
        button.clicked.connect(lambda: self.count.count_on(step))
        button.taken_back.connect(lambda: self.count.count_on(-step))
        return button


class _Step(QPushButton):
    """A button that the right mouse button works the other way. The field has keys for both."""

    taken_back = Signal()

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.setProperty("kind", "step")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        over = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton and over and self.isEnabled():
            self.taken_back.emit()
