"""One descriptor of the matrix: a radio button that paints its whole wording.

For `hicm_desktop.ui.matrix`. It never changes by itself: a click asks, and the workshop answers
through `show_foot`. To a screen reader it is a radio button called "LEVEL. DESCRIPTOR".
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from hicm_desktop.model.values import Level
from hicm_desktop.ui.appearance import Appearance, Look, Type
from hicm_desktop.ui.choices import set_checked
from hicm_desktop.ui.descriptor_foot import RADIUS, Foot, LaidFoot
from hicm_desktop.ui.marks import draw_focus
from hicm_desktop.ui.text_block import TextBlock

_PAD = 10
_HEADING = 24

_GIVEN_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Reasons for which nothing should scroll: the reader is where they were."""


class _Laid(msgspec.Struct, frozen=True):
    """The wording as laid out for a look and a width, plain and chosen: choosing moves nothing."""

    look: Look
    width: int
    plain: TextBlock
    chosen: TextBlock
    height: int


class Descriptor(QAbstractButton):
    """The wording of one row at one level. `asked` is emitted on a click or key."""

    asked = Signal(str)
    focused = Signal()

    def __init__(
        self, level: Level, text: str, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.level = level
        self._text = text
        self._appearance = appearance
        self._foot = Foot()
        self._headed = False
        self._laid: _Laid | None = None
        self._laid_foot: LaidFoot | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(text)
        self.setAccessibleName(f"{level.name}. {text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # It paints its whole ground, so that nothing beneath has to be painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._ask)
        self.toggled.connect(self._heed)

    @property
    def foot(self) -> Foot:
        """What is shown at its foot."""
        return self._foot

    @property
    def word(self) -> str:
        """The word shown on it, such as "Agreed"; empty where it is not the chosen one."""
        return self._foot.word

    def show_foot(self, foot: Foot) -> None:
        """Show what is recorded of it; with a word it is the chosen one, without it is not."""
        if self._foot == foot and self.isChecked() == bool(foot.word):
            return
        self._foot = foot
        self._laid_foot = None
        set_checked(self, checked=bool(foot.word))
        self.setAccessibleDescription(foot.spoken)
        self.update()

    def set_headed(self, *, headed: bool) -> None:
        """Show the level's own name above the wording, where no column heading does."""
        if self._headed != headed:
            self._headed = headed
            self.update()

    def nextCheckState(self) -> None:
        """Leave the check mark to the workshop."""

    def height_for(self, width: int, *, headed: bool = False) -> int:
        """Give the height at which all of it fits this width, with the level's name or without."""
        look = self._appearance.look
        heading = look.px(_HEADING) if headed else 0
        return heading + self._lay_out(width).height + self._lay_out_foot(width).height

    def sizeHint(self) -> QSize:
        width = self.width() or 160
        return QSize(width, self.height_for(width, headed=self._headed))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it has the keyboard, but not where a window or menu only gives it back."""
        super().focusInEvent(event)
        if event.reason() not in _GIVEN_BACK:
            self.focused.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the layout while out of sight, to spare memory; it is quickly made anew."""
        self._laid = None
        self._laid_foot = None
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space choose; all else is the matrix's, arrows too.

        A key held down chooses once: repeated, it would clear the level and agree it by turns. Out
        of sight no key is answered: nothing changes that is not seen.
        """
        if event.isAutoRepeat() and event.text():
            event.accept()
        elif not self.isVisible():
            event.ignore()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        theme = look.theme
        laid = self._lay_out(self.width())
        chosen = bool(self._foot.word)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

        border = look.px(3) if chosen else (2 if self.underMouse() else 1)
        edge = theme.ink if chosen else (theme.accent if self.underMouse() else theme.rule)
        fill = theme.chosen if chosen else (theme.hover if self.underMouse() else theme.ground)
        if self.isDown():
            fill = theme.chosen
        box = self._box(border)
        painter.setPen(QPen(QColor(edge), border))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, RADIUS, RADIUS)

        pad = look.px(_PAD)
        top = pad
        if self._headed:
            painter.setPen(QColor(theme.accent))
            painter.setFont(look.font(Type.SMALL_STRONG))
            line = painter.fontMetrics()
            painter.drawText(
                QPointF(pad, top + line.ascent()), f"{self.level.number}  {self.level.name}"
            )
            top += look.px(_HEADING)
        painter.setPen(QColor(theme.chosen_ink if chosen else theme.ink))
        (laid.chosen if chosen else laid.plain).draw(painter, pad, top)
        self._lay_out_foot(self.width()).paint(painter, box)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme)
        painter.end()

    def _box(self, border: int) -> QRectF:
        """Give the box whose edge is drawn with a border of this width."""
        inset = border / 2 + 2
        return QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)

    def _lay_out(self, width: int) -> _Laid:
        look = self._appearance.look
        if self._laid is None or (self._laid.look, self._laid.width) != (look, width):
            inner = width - 2 * look.px(_PAD)
            plain = TextBlock(self._text, look.font(Type.BODY), inner)
            chosen = TextBlock(self._text, look.font(Type.STRONG), inner)
            height = max(plain.height, chosen.height) + look.px(_PAD + 4)
            self._laid = _Laid(look, width, plain, chosen, height)
        return self._laid

    def _lay_out_foot(self, width: int) -> LaidFoot:
        look, laid = self._appearance.look, self._laid_foot
        if laid is None or (laid.look, laid.width) != (look, width):
            laid = self._laid_foot = LaidFoot(self._foot, look, width)
        return laid

    def _ask(self) -> None:
        self.asked.emit(self.level.id)

    def _heed(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Ask where a screen reader has set the mark itself, and put the mark back till then."""
        if checked != bool(self._foot.word):
            set_checked(self, checked=bool(self._foot.word))
            if checked:  # the chosen one is unchecked by Qt, not by anyone's choice
                self._ask()
