"""The results of a search as a list: two headings, and each result whole, its match emphasised.

For `hicm_desktop.ui.search_popup` only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hicm_desktop.ui.appearance import Appearance, Look, Type
from hicm_desktop.ui.marks import draw_focus
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.search import Hit

MOST = 100
"""How many results are listed; more would only say that another word is wanted."""

RECORDED = "Recorded here"
IN_MODEL = "In the model"
_PAD = 12
_Index = QModelIndex | QPersistentModelIndex


def is_recorded(hit: Hit) -> bool:
    """Tell whether the room wrote the text, rather than the model's authors."""
    match hit.place:
        case DetailsPlace() | ChangeFieldPlace() | ActionPlace() | UnplacedPlace():
            return True
        case RowPlace(field=field):
            return field is not None
        case _:
            return False


class Results(QAbstractListModel):
    """The first `MOST` hits, each group under its heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Hit | str, ...] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        """List the first of these hits in place of what was listed."""
        self.beginResetModel()
        groups: dict[str, list[Hit]] = {RECORDED: [], IN_MODEL: []}
        for hit in hits[:MOST]:
            groups[RECORDED if is_recorded(hit) else IN_MODEL].append(hit)
        lines: list[Hit | str] = []
        for name, group in groups.items():
            lines += [name, *group] if group else []
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, index: _Index) -> Hit | str:
        """Give what a line shows: a hit, or the words of a heading."""
        return self._lines[index.row()]

    def hit(self, index: _Index) -> Hit | None:
        """Give the hit of a line, or None for a heading or no line."""
        line = self._lines[index.row()] if index.isValid() else None
        return line if isinstance(line, Hit) else None

    def step(self, index: _Index, steps: int) -> QModelIndex:
        """Give the line of the hit some steps on, no further than the ends; invalid for no hits."""
        rows = [row for row, line in enumerate(self._lines) if isinstance(line, Hit)]
        if not rows:
            return QModelIndex()
        here = rows.index(index.row()) + steps if index.row() in rows else 0
        return self.index(rows[min(max(here, 0), len(rows) - 1)], 0)

    def find(self, hit: Hit | None) -> QModelIndex:
        """Give the line of this hit, or else of the first; invalid where there are none."""
        row = self._lines.index(hit) if hit is not None and hit in self._lines else -1
        return self.index(row, 0) if row >= 0 else self.step(QModelIndex(), 0)

    def is_first(self, index: _Index) -> bool:
        """Tell whether no hit stands before this line."""
        return self.step(QModelIndex(), 0).row() == index.row()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.hit(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.line(index)
        return line if isinstance(line, str) else spoken(line)


def spoken(hit: Hit) -> str:
    """Give a hit as a screen reader says it."""
    return f"{hit.where}: {hit.excerpt}"


class _Laid(msgspec.Struct, frozen=True):
    """A line as laid out for one width and look."""

    where: TextBlock
    excerpt: QTextLayout | None
    height: int


class ResultPainter(QStyledItemDelegate):
    """Paints the lines of `Results`, each as tall as its whole text."""

    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self._laid: dict[tuple[Hit | str, int, Look], _Laid] = {}

    def forget(self) -> None:
        """Drop what was laid out for results that are no longer listed."""
        self._laid.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._lay_out(index, width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = self._appearance.look
        theme = look.theme
        rect, state = _parts(option)
        line = _line(index)
        laid = self._lay_out(index, rect.width())
        pad = look.px(_PAD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, str):
            painter.fillRect(rect, QColor(theme.surface))
            painter.setPen(QColor(theme.muted))
            laid.where.draw(painter, rect.left() + pad, rect.top() + look.px(5))
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = theme.chosen if chosen else theme.hover if over else theme.ground
        painter.fillRect(rect, QColor(ground))
        if chosen:
            bar = QRect(rect.left(), rect.top(), look.px(5), rect.height())
            painter.fillRect(bar, QColor(theme.accent))
        rule = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(rule, QColor(theme.rule))
        painter.setPen(QColor(theme.chosen_ink if chosen else theme.ink))
        top = rect.top() + look.px(7)
        laid.where.draw(painter, rect.left() + pad, top)
        if laid.excerpt is not None:
            below = top + laid.where.height + look.px(2)
            laid.excerpt.draw(painter, QPointF(rect.left() + pad, below))
        if chosen and self._view.hasFocus():
            draw_focus(painter, rect.toRectF(), theme)
        painter.restore()

    def _lay_out(self, index: _Index, width: int) -> _Laid:
        look, line = self._appearance.look, _line(index)
        key = (line, width, look)
        if key not in self._laid:
            self._laid[key] = _lay_out(line, width, look)
        return self._laid[key]


def _line(index: _Index) -> Hit | str:
    model = index.model()
    if not isinstance(model, Results):
        raise TypeError("these lines are painted for the results of a search alone")
    return model.line(index)


def _lay_out(line: Hit | str, width: int, look: Look) -> _Laid:
    room = width - 2 * look.px(_PAD)
    if isinstance(line, str):
        block = TextBlock(line, look.font(Type.SMALL_STRONG), room)
        return _Laid(block, None, block.height + look.px(10))
    where = TextBlock(line.where, look.font(Type.STRONG), room)
    excerpt, height = _emphasised(line, look, room)
    return _Laid(where, excerpt, where.height + height + look.px(2 + 16))


def _emphasised(hit: Hit, look: Look, width: int) -> tuple[QTextLayout, int]:
    """Lay an excerpt out with its match bold and underlined, which needs no colour to be seen."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(hit.excerpt, look.font(Type.BODY))
    layout.setTextOption(option)
    match = QTextLayout.FormatRange()
    start, end = _utf16(hit.excerpt[: hit.start]), _utf16(hit.excerpt[: hit.end])
    match.start, match.length = start, end - start
    marked = QTextCharFormat()
    marked.setFontWeight(700)
    marked.setFontUnderline(True)
    match.format = marked
    layout.setFormats([match])
    layout.setCacheEnabled(True)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, math.ceil(height)


def _utf16(text: str) -> int:
    """Give the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Give where a line is painted and in what state. The stubs do not know these fields."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    return rect, state
