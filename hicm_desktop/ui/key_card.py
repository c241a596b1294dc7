"""Help, Keys: every key on one card, and the card as a page to print.

For `hicm_desktop.ui.dialogs`, which opens it. What is on it is the table in
`hicm_desktop.ui.commands`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.background import Background
from hicm_desktop.errors import ExportError
from hicm_desktop.export.key_groups import KeyGroup, KeyLine, share
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE, Command
from hicm_desktop.ui.fields import label
from hicm_desktop.ui.marks import draw_focus
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.ui.text_block import TextBlock

FILE_NAME = "HICM Workshop keys.pdf"
_SIZE = QSize(1290, 900)
_NARROWEST, _MOST_COLUMNS = 296, 3
"""The narrowest column, in px at scale 1, in which the words still read as a line or two; and how
many there are at most: in more than these they would be narrow for nothing."""
_BETWEEN_COLUMNS, _BETWEEN_GROUPS, _UNDER_HEADING = 28, 12, 3
_SIDE, _OVER = 5, 1
_GAP = 3


class KeyCard(SizedDialog):
    """All keys by what they are for, to be read at one glance and put away by Esc or F1 again."""

    def __init__(
        self, appearance: Appearance, fonts: Path, folder: Path, parent: QWidget | None = None
    ) -> None:
        """Show the card. `fonts` is the folder of the typeface, `folder` where a PDF may go."""
        super().__init__(_SIZE, parent)
        self.setWindowTitle("Keys")
        self._fonts = fonts
        self._folder = folder
        self._writer: Background[Path] = Background("key card", self._take, self)
        self.card = CardView(KEY_GROUPS, appearance)
        self.area = _Scrolling(self.card, appearance)
        self.save = QPushButton("Save as PDF to print…")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self._ask_where)
        self.close_again = QPushButton("Close   Esc")
        self.close_again.setAccessibleName("Close")
        self.close_again.setDefault(True)
        self.close_again.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        self._foot = QHBoxLayout()
        layout.addWidget(self._make_foot())
        self.close_again.setFocus()

    def sizeHint(self) -> QSize:
        """Be as high as the card, as far as the screen has room for it."""
        size = super().sizeHint()
        card = self.card.heightForWidth(size.width())
        foot = self._foot.totalHeightForWidth(size.width())
        return size.boundedTo(QSize(size.width(), card + foot + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away by the key that brought it, too."""
        if QKeySequence(event.keyCombination()) == QKeySequence(Command.KEYS.keys[0]):
            self.reject()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close. A page that is being written gets written, and is told of no more."""
        self._writer.close()
        super().done(result)

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("status")
        foot.setLayout(self._foot)
        self._foot.setContentsMargins(20, 8, 20, 8)
        self._foot.setSpacing(10)
        self._foot.addWidget(label(KEYS_NOTE, "small"), 1)
        self._foot.addWidget(self.save)
        self._foot.addWidget(self.close_again)
        return foot

    def _ask_where(self) -> None:
        """Ask for a file and write the page there, off the window's thread."""
        if self._writer.busy:
            return
        title, kinds = "Save the keys as PDF", "PDF documents (*.pdf)"
        target = dialogs.choose_save(self, title, self._folder / FILE_NAME, kinds)
        if target is not None:
            self.save.setEnabled(False)
            self._writer.start(partial(_write, self._fonts, target))

    def _take(self, job: Future[Path]) -> None:
        self.save.setEnabled(True)
        self.save.setFocus()
        try:
            path = job.result()
        except ExportError as error:
            dialogs.warn(self, "Not exported", str(error))
            return
        match dialogs.offer_open(self, path):
            case "file":
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
            case "folder":
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


class CardView(QWidget):
    """The groups in as many columns as there is room for, read downwards."""

    def __init__(
        self, groups: Sequence[KeyGroup], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._groups = [_GroupView(group, appearance, self) for group in groups]
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(place.bottom() + 1 for place in self._places(width)) + self._margin

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()

    @property
    def _margin(self) -> int:
        return self._appearance.look.px(16)

    def _lay_out(self) -> None:
        for group, place in zip(self._groups, self._places(self.width()), strict=True):
            group.setGeometry(place)
            group.lay_out()
        self.updateGeometry()

    def _places(self, width: int) -> list[QRect]:
        look = self._appearance.look
        room = width - 2 * self._margin
        between, under = look.px(_BETWEEN_COLUMNS), look.px(_BETWEEN_GROUPS)
        fitting = (room + between) // (look.px(_NARROWEST) + between)
        count = min(max(fitting, 1), _MOST_COLUMNS)
        each = (room + between) // count - between
        heights = [group.height_for(each) for group in self._groups]
        places = []
        for column, part in enumerate(share([height + under for height in heights], count)):
            x, y = self._margin + column * (each + between), self._margin
            for height in heights[part]:
                places.append(QRect(x, y, each, height))
                y += height + under
        return places


class _GroupView(QWidget):
    """A heading and its lines, with the words of all of them in one column."""

    def __init__(self, group: KeyGroup, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._heading = QLabel(group.heading, self)
        self._heading.setProperty("type", "strong")
        self._lines = [LineView(line, appearance, self) for line in group.lines]

    def height_for(self, width: int) -> int:
        """Give the height that all of it takes at a width."""
        return self._head() + sum(line.height_for(width, self._indent()) for line in self._lines)

    def lay_out(self) -> None:
        """Put everything in its place."""
        top, indent = self._head(), self._indent()
        self._heading.setGeometry(0, 0, self.width(), self._heading.sizeHint().height())
        for line in self._lines:
            height = line.height_for(self.width(), indent)
            line.place(QRect(0, top, self.width(), height), indent)
            top += height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a rule under the heading."""
        painter = QPainter(self)
        y = self._heading.height()
        painter.fillRect(0, y, self.width(), 1, QColor(self._appearance.look.theme.rule))
        painter.end()

    def _head(self) -> int:
        return self._heading.sizeHint().height() + self._appearance.look.px(_UNDER_HEADING)

    def _indent(self) -> int:
        return max(line.keys_width() for line in self._lines) + self._appearance.look.px(10)


class LineView(QLabel):
    """One line: its keys as caps, then what they do.

    A label, since a screen reader passes over a plain widget; what it shows, it paints.
    """

    def __init__(self, line: KeyLine, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self._words_at = 0
        self._appearance = appearance
        self.setAccessibleName(line.said)

    def place(self, place: QRect, indent: int) -> None:
        """Stand in a place, with the words at an indent that all lines of a group share."""
        self._words_at = indent
        self.setGeometry(place)

    def keys_width(self) -> int:
        """Give the width of the keys alone."""
        return round(self._draw_keys(None))

    def height_for(self, width: int, indent: int) -> int:
        """Give the height at a width in px, where the words begin at an indent."""
        words = self._words(width - indent).height
        return max(words, self._cap_height()) + self._appearance.look.px(_GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_keys(painter)
        painter.setPen(QColor(look.theme.ink))
        words = self._words(self.width() - self._words_at)
        top = look.px(_GAP) // 2 + (self._cap_height() - words.line_height) / 2
        # The first line on the base line of the keys.
        words.draw(painter, self._words_at, top)
        painter.end()

    def _words(self, width: int) -> TextBlock:
        return TextBlock(self.line.words, self._appearance.look.font(Type.BODY), width)

    def _cap_height(self) -> int:
        look = self._appearance.look
        return QFontMetrics(look.font(Type.SMALL)).height() + look.px(_OVER)

    def _draw_keys(self, painter: QPainter | None) -> float:
        """Draw the keys, where there is a painter; gives where they end."""
        look = self._appearance.look
        x = 0.0
        for number, caps in enumerate(self.line.caps):
            if number:
                x = self._draw_between(painter, x + look.px(5)) + look.px(5)
            for place, cap in enumerate(caps):
                x = self._draw_cap(painter, cap, x + look.px(_GAP) * bool(place))
        return x

    def _draw_between(self, painter: QPainter | None, x: float) -> float:
        look = self._appearance.look
        metrics = QFontMetrics(look.font(Type.SMALL))
        if painter is not None:
            painter.setFont(look.font(Type.SMALL))
            painter.setPen(QColor(look.theme.muted))
            painter.drawText(QPointF(x, self._base(metrics)), self.line.between)
        return x + metrics.horizontalAdvance(self.line.between)

    def _draw_cap(self, painter: QPainter | None, cap: str, x: float) -> float:
        look = self._appearance.look
        font = look.font(Type.SMALL_STRONG)
        metrics = QFontMetrics(font)
        advance = metrics.horizontalAdvance(cap)
        width = max(advance + 2 * look.px(_SIDE), self._cap_height())
        if painter is not None:
            box = QRectF(x, look.px(_GAP) // 2, width, self._cap_height())
            line = max(look.px(1), 1)
            painter.setPen(QPen(QColor(look.theme.edge), line))
            painter.setBrush(QColor(look.theme.surface))
            inner = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
            painter.drawRoundedRect(inner, look.px(4), look.px(4))
            painter.setFont(font)
            painter.setPen(QColor(look.theme.ink))
            painter.drawText(QPointF(x + (width - advance) / 2, self._base(metrics)), cap)
        return x + width

    def _base(self, metrics: QFontMetrics) -> float:
        top = self._appearance.look.px(_GAP) // 2
        return top + (self._cap_height() + metrics.ascent() - metrics.descent()) / 2


class _Scrolling(QScrollArea):
    """Holds the card, and takes the keyboard where there is more of it than fits."""

    def __init__(self, card: CardView, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Keys")
        self.setWidget(card)
        self._ring = _Ring(self, appearance)
        self.verticalScrollBar().rangeChanged.connect(self._take_stop)
        self._take_stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setGeometry(self.viewport().geometry())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._ring.setVisible(event.type() == QEvent.Type.FocusIn)
        return super().event(event)

    def _take_stop(self) -> None:
        scrolls = self.verticalScrollBar().maximum() > 0
        policy = Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)


class _Ring(QWidget):
    """The ring of the focus over the card."""

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_focus(painter, self.rect().toRectF(), self._appearance.look.theme)
        painter.end()


def _write(fonts: Path, target: Path) -> Path:
    from hicm_desktop.export.pdf.key_card import write_key_card  # noqa: PLC0415 - costs start-up

    write_key_card(KEY_GROUPS, KEYS_NOTE, fonts, target)
    return target
