"""The headings of the plan: whole and wrapped, with what is ours told apart from the published.

For `hicm_desktop.ui.action_plan`. A click sorts, a second click turns the order round, a third goes
back to the order of the plan.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from hicm_desktop.ui.action_plan.cell import PAD
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.text_block import TextBlock

_ADDED = "Added here"


class PlanHeader(QHeaderView):
    """Paints each heading whole, however narrow its column."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._appearance = appearance
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setHighlightSections(False)
        self.setAccessibleName("Columns")

    def sizeHint(self) -> QSize:
        heights = [self._height(i) for i in range(self.count()) if self.sectionSize(i) > 0]
        return QSize(self.length(), max(heights, default=0))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = self._appearance.look
        theme = look.theme
        painter.save()
        painter.fillRect(rect, QColor(theme.surface))
        line = max(2, look.px(2))
        painter.fillRect(rect.left(), rect.bottom() - line + 1, rect.width(), line, theme.edge)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(theme.rule))
        x, y = rect.left() + look.px(PAD), rect.top() + look.px(PAD)
        for block, colour in zip(self._blocks(section), (theme.ink, theme.muted), strict=False):
            painter.setPen(QColor(colour))
            block.draw(painter, x, y)
            y += block.height
        painter.restore()

    def _height(self, section: int) -> int:
        pad = self._appearance.look.px(PAD)
        return sum(block.height for block in self._blocks(section)) + 2 * pad + 2

    def _blocks(self, section: int) -> list[TextBlock]:
        look = self._appearance.look
        width = self.sectionSize(section) - 2 * look.px(PAD) - 1
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        if self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            words += " ▼" if down else " ▲"
        blocks = [TextBlock(words, look.font(Type.SMALL_STRONG), width)]
        if Column(section).is_ours:
            blocks.append(TextBlock(_ADDED, look.font(Type.SMALL), width))
        return blocks
