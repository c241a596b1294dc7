"""How a cell of the plan looks: its whole text, wrapped, with what is overdue said in words.

For `hicm_desktop.ui.action_plan`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.places import Place
from hicm_desktop.ui.action_plan.table_model import (
    ACTION_ROLE,
    NUMBER,
    OVERDUE,
    ActionTable,
    Index,
)
from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.ui.theme import Theme
from hicm_desktop.workshop.values import Action

PAD = 7
"""The space about a cell's text, in px at scale 1."""

_GAP = 4
_BAR = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of a cell's text with a size of type. An alert is set on a ground of its own."""

    text: str
    kind: Type = Type.BODY
    muted: bool = False
    alert: bool = False


class Cell(QStyledItemDelegate):
    """Paints the cells. What is laid out for a width is kept until the look changes."""

    def __init__(
        self, table: ActionTable, model: Model, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._model = model
        self._appearance = appearance
        self._laid: dict[tuple[str, Type, int], TextBlock] = {}
        appearance.changed.connect(self._forget)

    def height_for(self, index: Index, width: int) -> int:
        """Give the height at which the whole text fits a column of this width, in px."""
        look = self._appearance.look
        blocks = self._blocks(self._parts(index), width)
        return sum(b.height for b in blocks) + look.px(_GAP) * (len(blocks) - 1) + 2 * look.px(PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._appearance.look
        theme = look.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(option.rect, QColor(theme.chosen if chosen else theme.ground))
        if chosen and index.column() == 0:
            top, height = option.rect.top(), option.rect.height()
            painter.fillRect(option.rect.left(), top, look.px(_BAR), height, QColor(theme.accent))
        x, y = option.rect.left() + look.px(PAD), option.rect.top() + look.px(PAD)
        parts = self._parts(index)
        for part, block in zip(parts, self._blocks(parts, option.rect.width()), strict=True):
            at = QRectF(x, y, option.rect.width() - 2 * look.px(PAD), block.height)
            self._paint_part(painter, part, block, at, chosen=chosen)
            y += block.height + look.px(_GAP)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_ring(painter, QRectF(option.rect), theme)
        painter.restore()

    def _forget(self) -> None:
        """Lay out anew. A connection to the dict's own method would outlive this cell."""
        self._laid.clear()

    def _paint_part(
        self, painter: QPainter, part: _Part, block: TextBlock, at: QRectF, *, chosen: bool
    ) -> None:
        theme = self._appearance.look.theme
        colour = theme.muted if part.muted else theme.ink
        if part.alert:
            pad = self._appearance.look.px(_GAP)
            width = min(block.natural_width, at.width() - 2 * pad)
            ground = QRectF(at.x(), at.y(), width + 2 * pad, block.height)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.alert))
            painter.drawRoundedRect(ground, 3, 3)
            painter.setPen(QColor(theme.on_alert))
            block.draw(painter, at.x() + pad, at.y())
            return
        painter.setPen(QColor(theme.chosen_ink if chosen else colour))
        block.draw(painter, at.x(), at.y())

    def _parts(self, index: Index) -> list[_Part]:
        action = index.data(ACTION_ROLE)
        column = Column(index.column())
        if not isinstance(action, Action):
            return []
        if column is Column.PLACE:
            return self._place(Place.of(action))
        parts = [_Part(str(index.data(Qt.ItemDataRole.DisplayRole)))]
        if column is Column.DUE and self._table.is_overdue(action):
            parts.append(_Part(OVERDUE, Type.SMALL_STRONG, alert=True))
        if self._table.has_number(action, column):
            parts.append(_Part(NUMBER, Type.SMALL_STRONG, alert=True))
        return parts

    def _place(self, place: Place) -> list[_Part]:
        change = place.change_words(self._model)
        if place.change is None:
            return [_Part(change, muted=True)]
        row = place.row_words(self._model)
        heading = _Part(change, Type.STRONG)
        return [heading, _Part(row)] if row else [heading]

    def _blocks(self, parts: list[_Part], width: int) -> list[TextBlock]:
        look = self._appearance.look
        inner = width - 2 * look.px(PAD)
        return [self._block(part, inner) for part in parts]

    def _block(self, part: _Part, width: int) -> TextBlock:
        if part.alert:
            width -= 2 * self._appearance.look.px(_GAP)
        key = (part.text, part.kind, width)
        if key not in self._laid:
            self._laid[key] = TextBlock(part.text, self._appearance.look.font(part.kind), width)
        return self._laid[key]


def _paint_ring(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """Draw the focus ring with a dark line on either side, so that it shows on every ground."""
    ring = cell.adjusted(2.5, 2.5, -3.5, -3.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.focus_edge, 5), (theme.focus, 3)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(ring, 3, 3)
