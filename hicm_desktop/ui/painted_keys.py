"""The groups of the card of keys, painted: a widget for each group, and none for its lines.

For `hicm_desktop.ui.key_card`. A label for each line took a second to be made and styled, and the
card is to be there as the key goes up.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from hicm_desktop.export.key_groups import KeyGroup, KeyLine, share
from hicm_desktop.ui.appearance import Appearance, Look, Type
from hicm_desktop.ui.text_block import TextBlock

_NARROWEST, _MOST_COLUMNS = 296, 3
"""The narrowest column, in px at scale 1, in which the words still read as a line or two; and how
many there are at most: in more than these they would be narrow for nothing."""
_MARGIN, _BETWEEN_COLUMNS, _BETWEEN_GROUPS, _UNDER_HEADING, _INDENT = 15, 28, 8, 3, 10
_SIDE, _OVER, _AROUND = 5, 1, 5
_GAP = 3
_ENDLESS = 100_000


class CardView(QWidget):
    """The groups in as many columns as there is room for, read downwards."""

    def __init__(
        self, groups: Sequence[KeyGroup], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._placed: tuple[Look, int, list[QRect]] | None = None
        self.groups = [GroupView(group, appearance, self) for group in groups]
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
        return self._appearance.look.px(_MARGIN)

    def _lay_out(self) -> None:
        for group, place in zip(self.groups, self._places(self.width()), strict=True):
            group.setGeometry(place)
            group.lay_out(place.width())
        self.updateGeometry()

    def _places(self, width: int) -> list[QRect]:
        look = self._appearance.look
        if self._placed is None or self._placed[:2] != (look, width):
            self._placed = (look, width, self._place(look, width))
        return self._placed[2]

    def _place(self, look: Look, width: int) -> list[QRect]:
        room = width - 2 * self._margin
        between, under = look.px(_BETWEEN_COLUMNS), look.px(_BETWEEN_GROUPS)
        fitting = (room + between) // (look.px(_NARROWEST) + between)
        count = min(max(fitting, 1), _MOST_COLUMNS)
        each = (room + between) // count - between
        heights = [group.lay_out(each) for group in self.groups]
        places = []
        for column, part in enumerate(share([height + under for height in heights], count)):
            x, y = self._margin + column * (each + between), self._margin
            for height in heights[part]:
                places.append(QRect(x, y, each, height))
                y += height + under
        return places


class _Faces:
    """The fonts of a look with their measures, made once for all lines."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.title, self.words = look.font(Type.STRONG), look.font(Type.BODY)
        self.between, self.cap = look.font(Type.SMALL), look.font(Type.SMALL_STRONG)
        self.between_metrics = QFontMetrics(self.between)
        self.cap_metrics = QFontMetrics(self.cap)
        self.cap_height = self.between_metrics.height() + look.px(_OVER)
        self.gap, self.side, self.around = look.px(_GAP), look.px(_SIDE), look.px(_AROUND)

    def base(self, metrics: QFontMetrics) -> float:
        """Give where the base line of a cap's words is, from the top of its line."""
        return self.gap // 2 + (self.cap_height + metrics.ascent() - metrics.descent()) / 2


class GroupView(QLabel):
    """A heading and its lines, with the words of all of them in one column.

    A label, since a screen reader passes over a plain widget: it is told the whole group, a line
    of text for each of its keys. What it shows, it paints.
    """

    def __init__(self, group: KeyGroup, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._heading = group.heading
        self._faces: _Faces | None = None
        self._indent = 0
        self._laid = -1
        self._title: TextBlock | None = None
        self._height = 0
        self.lines = [PaintedLine(line) for line in group.lines]
        self.setAccessibleName("\n".join((group.heading, *(line.said for line in group.lines))))

    def lay_out(self, width: int) -> int:
        """Put everything in its place for a width; gives the height that takes."""
        look = self._appearance.look
        if self._faces is None or self._faces.look != look:
            self._faces, self._laid = _Faces(look), -1
            keys = max(line.measure(self._faces) for line in self.lines)
            self._indent = keys + look.px(_INDENT)
        if self._laid != width:
            self._laid = width
            self._title = TextBlock(self._heading, self._faces.title, width)
            top = self._title.height + look.px(_UNDER_HEADING)
            for line in self.lines:
                top += line.lay_out(self._faces, top, width, self._indent)
            self._height = top
        return self._height

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        self.lay_out(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._title is not None and self._faces is not None:
            painter.setPen(QColor(look.theme.ink))
            self._title.draw(painter, 0, 0)
            painter.fillRect(0, self._title.height, self.width(), 1, QColor(look.theme.rule))
            for line in self.lines:
                if line.box.intersects(event.rect()):
                    line.paint(painter, self._faces)
        painter.end()


class PaintedLine:
    """One line: its keys as caps, then what they do. It is measured before it is laid out."""

    def __init__(self, line: KeyLine) -> None:
        self.line = line
        self.box = QRect()
        """Where it stands in its group."""
        self.words_at = 0
        self.keys_width = 0
        self._whole: TextBlock | None = None
        self.words: TextBlock | None = None

    def measure(self, faces: _Faces) -> int:
        """Take a look; gives the width of the keys alone."""
        self._whole = TextBlock(self.line.words, faces.words, _ENDLESS)
        self.keys_width = round(self._draw_keys(None, faces))
        return self.keys_width

    def lay_out(self, faces: _Faces, top: int, width: int, indent: int) -> int:
        """Stand in a place, with the words at an indent; gives the height that takes."""
        self.words_at = indent
        self.words = self._whole  # as nearly all of them are, at any width
        if self.words is None or self.words.natural_width > width - indent:
            self.words = TextBlock(self.line.words, faces.words, width - indent)
        height = max(self.words.height, faces.cap_height) + faces.gap
        self.box = QRect(0, top, width, height)
        return height

    def paint(self, painter: QPainter, faces: _Faces) -> None:
        """Paint it where it stands in its group."""
        painter.save()
        painter.translate(0, self.box.top())
        self._draw_keys(painter, faces)
        if self.words is not None:
            painter.setPen(QColor(faces.look.theme.ink))
            # The first line on the base line of the keys.
            top = faces.gap // 2 + (faces.cap_height - self.words.line_height) / 2
            self.words.draw(painter, self.words_at, top)
        painter.restore()

    def _draw_keys(self, painter: QPainter | None, faces: _Faces) -> float:
        """Draw the keys, where there is a painter; gives where they end."""
        x = 0.0
        for number, caps in enumerate(self.line.caps):
            if number:
                x = self._draw_between(painter, faces, x + faces.around) + faces.around
            for place, cap in enumerate(caps):
                x = _draw_cap(painter, faces, cap, x + faces.gap * bool(place))
        return x

    def _draw_between(self, painter: QPainter | None, faces: _Faces, x: float) -> float:
        metrics = faces.between_metrics
        if painter is not None:
            painter.setFont(faces.between)
            painter.setPen(QColor(faces.look.theme.muted))
            painter.drawText(QPointF(x, faces.base(metrics)), self.line.between)
        return x + metrics.horizontalAdvance(self.line.between)


def _draw_cap(painter: QPainter | None, faces: _Faces, cap: str, x: float) -> float:
    """Draw one cap, where there is a painter; gives where it ends."""
    look, metrics = faces.look, faces.cap_metrics
    advance = metrics.horizontalAdvance(cap)
    width = max(advance + 2 * faces.side, faces.cap_height)
    if painter is not None:
        box = QRectF(x, faces.gap // 2, width, faces.cap_height)
        line = max(look.px(1), 1)
        painter.setPen(QPen(QColor(look.theme.edge), line))
        painter.setBrush(QColor(look.theme.surface))
        inner = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.drawRoundedRect(inner, look.px(4), look.px(4))
        painter.setFont(faces.cap)
        painter.setPen(QColor(look.theme.ink))
        painter.drawText(QPointF(x + (width - advance) / 2, faces.base(metrics)), cap)
    return x + width
