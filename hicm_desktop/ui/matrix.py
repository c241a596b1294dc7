"""The matrix of one change: a row of radio buttons for each of its rows, under the level headings.

For `hicm_desktop.ui.change_page`. It lays itself out by the room there is: rows headed at the left,
rows headed above, or, where five columns would be too narrow to read, levels one under another.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hicm_desktop.model.values import Change, Level, Model, Row
from hicm_desktop.ui.appearance import Appearance, Look, Type
from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.descriptor_foot import Foot
from hicm_desktop.ui.marks import MOST_DOTS
from hicm_desktop.ui.row_header import RowHeader
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.ui.words import recorded
from hicm_desktop.workshop.journey import Previous, previous
from hicm_desktop.workshop.room import chosen_word
from hicm_desktop.workshop.spread import last_tally, last_words
from hicm_desktop.workshop.values import RowRecord, Workshop

_GAP = 2
_ROW_GAP = 8
_HEADER = 124
_NARROWEST = 112
"""The narrowest column, in px at scale 1, in which a descriptor still reads as prose."""


class Arrangement(enum.Enum):
    """How the matrix uses the room it has."""

    SIDE = "row names at the left"
    ABOVE = "row names above"
    STACKED = "levels one under another"


def arrange(width: int, levels: int, scale: float) -> Arrangement:
    """Choose the arrangement for a width in px."""
    narrowest = levels * (_NARROWEST * scale + _GAP)
    if width >= narrowest * 1.14 + _HEADER * scale:
        return Arrangement.SIDE
    return Arrangement.ABOVE if width >= narrowest else Arrangement.STACKED


def columns(width: int, levels: int, scale: float) -> list[tuple[int, int]]:
    """Give the left edge and the width of each level's column."""
    left = round(_HEADER * scale) if arrange(width, levels, scale) is Arrangement.SIDE else 0
    each = (width - left - _GAP * (levels - 1)) / levels
    edges = [left + round(i * (each + _GAP)) for i in range(levels)]
    return [(edge, round(each)) for edge in edges]


class LevelHeadings(QWidget):
    """The names of the levels over their columns, each under its hue."""

    def __init__(
        self, levels: Sequence[Level], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._levels = tuple(levels)
        self._appearance = appearance
        self.setAccessibleName("Levels: " + ", ".join(level.name for level in levels))
        self.setToolTip("\n".join(f"{v.name}: {v.definition}" for v in levels))

    def height_for(self, width: int) -> int:
        """Give the height at which every name fits; 0 where rows carry the names themselves."""
        look = self._appearance.look
        if arrange(width, len(self._levels), look.scale) is Arrangement.STACKED:
            return 0
        return max(block.height for _, block in self._lay_out(width)) + look.px(20)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.theme.ground))
        places = columns(self.width(), len(self._levels), look.scale)
        laid = self._lay_out(self.width())
        for level, (x, width), (number, block) in zip(self._levels, places, laid, strict=True):
            hue = look.theme.level(level.number, len(self._levels))
            painter.fillRect(QRectF(x + 2, 0, width - 4, look.px(6)), QColor(hue))
            top = look.px(12)
            painter.setPen(QColor(look.theme.muted))
            number.draw(painter, x + look.px(10), top)
            painter.setPen(QColor(look.theme.ink))
            block.draw(painter, x + look.px(24), top)
        painter.end()

    def _lay_out(self, width: int) -> list[tuple[TextBlock, TextBlock]]:
        look = self._appearance.look
        places = columns(width, len(self._levels), look.scale)
        return [
            (
                TextBlock(str(level.number), look.font(Type.BODY), look.px(14)),
                TextBlock(level.name, look.font(Type.STRONG), each - look.px(28)),
            )
            for level, (_, each) in zip(self._levels, places, strict=True)
        ]


class RowPlan(msgspec.Struct, frozen=True):
    """Where the head and the descriptors of a row stand, for a look and a width in px."""

    look: Look
    width: int
    stacked: bool
    head: QRect
    descriptors: tuple[QRect, ...]
    height: int


class MatrixRow(Grouping):
    """One row: its head and its descriptors, in a group named by the row."""

    asked = Signal(str, str)
    focused = Signal(str)

    def __init__(self, row: Row, model: Model, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(row.name, parent)
        self.row = row
        self._model = model
        self._appearance = appearance
        self._plan: RowPlan | None = None
        self._shown: tuple[RowRecord, int, Previous | None] | None = None
        self.header = RowHeader(row, appearance, self)
        self.header.clicked.connect(self.take_focus)
        self.descriptors = [
            Descriptor(level, text, appearance, self)
            for level, text in zip(model.levels, row.descriptors, strict=True)
        ]
        for descriptor in self.descriptors:
            descriptor.asked.connect(self._ask)
            descriptor.focused.connect(self._tell_focus)
        self._stop_at(self.descriptors[0])

    def show_record(self, workshop: Workshop) -> bool:
        """Show what the room recorded about this row; tells whether its height may have changed."""
        record, actions = workshop.row(self.row.id), len(workshop.actions_of(self.row.id))
        earlier = previous(self._model, workshop, self.row.id)
        if (record, actions, earlier) == self._shown:
            return False
        self._shown = (record, actions, earlier)
        tally, word = last_tally(record), chosen_word(record)
        moved = (earlier.movement or f"Earlier: {earlier.words}") if earlier else ""
        more = (moved, last_words(self._model, record), recorded(record, actions))
        self.header.show_record(record.outcome, word, tuple(filter(None, more)))
        of = "partner" if tally.positions and not tally.hands else "hand"
        dots = all(tally.number(d.level.id) <= MOST_DOTS for d in self.descriptors)
        was = earlier.level if earlier else None
        for descriptor in self.descriptors:
            level = descriptor.level.id
            chosen = level == record.level
            hands = tally.number(level)
            descriptor.show_foot(Foot(word if chosen else "", hands, of, level == was, dots))
            if chosen and not any(d.hasFocus() for d in self.descriptors):
                self._stop_at(descriptor)
        before, self._plan = self._plan, None
        return before is None or self.plan(before.width).height != before.height

    def take_focus(self, column: int | None = None) -> None:
        """Focus the descriptor of a column: by default the one that Tab would stop at."""
        if column is None or isinstance(column, bool):
            stop = next(d for d in self.descriptors if d.focusPolicy() & Qt.FocusPolicy.TabFocus)
        else:
            stop = self.descriptors[column]
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def focused_column(self) -> int | None:
        """Give the column that has the keyboard, or None."""
        for i, descriptor in enumerate(self.descriptors):
            if descriptor.hasFocus():
                return i
        return None

    def plan(self, width: int) -> RowPlan:
        """Give where everything stands at a width."""
        look = self._appearance.look
        if self._plan is None or (self._plan.look, self._plan.width) != (look, width):
            self._plan = self._make_plan(look, width)
        return self._plan

    def lay_out(self, width: int) -> int:
        """Put everything in its place for a width; gives the height that takes."""
        plan = self.plan(width)
        self.header.setGeometry(plan.head)
        for descriptor, place in zip(self.descriptors, plan.descriptors, strict=True):
            descriptor.set_headed(headed=plan.stacked)
            descriptor.setGeometry(place)
        return plan.height

    def _make_plan(self, look: Look, width: int) -> RowPlan:
        how = arrange(width, len(self.descriptors), look.scale)
        if how is Arrangement.STACKED:
            places = [(0, width)] * len(self.descriptors)
        else:
            places = columns(width, len(self.descriptors), look.scale)
        beside = how is Arrangement.SIDE
        stacked = how is Arrangement.STACKED
        head_width = places[0][0] - _GAP if beside else width
        head = self.header.height_for(head_width)
        heights = [
            d.height_for(each, headed=stacked)
            for d, (_, each) in zip(self.descriptors, places, strict=True)
        ]
        if not stacked:
            heights = [max(heights + [head] * beside)] * len(heights)
        tops = [0 if beside else head] * len(heights)
        if stacked:
            tops = [head + sum(heights[:i]) for i in range(len(heights))]
        return RowPlan(
            look,
            width,
            stacked,
            QRect(0, 0, head_width, heights[0] if beside else head),
            tuple(
                QRect(x, top, each, height)
                for (x, each), top, height in zip(places, tops, heights, strict=True)
            ),
            tops[-1] + heights[-1],
        )

    def _ask(self, level_id: str) -> None:
        self.asked.emit(self.row.id, level_id)

    def _tell_focus(self) -> None:
        for descriptor in self.descriptors:
            if descriptor.hasFocus():
                self._stop_at(descriptor)
        self.focused.emit(self.row.id)

    def _stop_at(self, stop: Descriptor) -> None:
        """Make one descriptor the row's stop for Tab, as in any group of radio buttons."""
        for descriptor in self.descriptors:
            descriptor.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if descriptor is stop else Qt.FocusPolicy.ClickFocus
            )


class Matrix(QWidget):
    """All rows of a change. `asked` carries row and level ids; `focused` the row in focus."""

    asked = Signal(str, str)
    focused = Signal(str)

    def __init__(
        self,
        change: Change,
        model: Model,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAccessibleName(f"Matrix of {change.title}")
        self.rows = [MatrixRow(row, model, appearance, self) for row in change.rows]
        for row in self.rows:
            row.asked.connect(self.asked)
            row.focused.connect(self.focused)
        appearance.changed.connect(self._restyle)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show what the room recorded, and make room where words were added or went."""
        changed = [row for row in self.rows if row.show_record(workshop)]
        if changed:
            self._lay_out()

    def show_current(self, row_id: str) -> None:
        """Mark the row in focus."""
        for row in self.rows:
            row.header.show_current(current=row.row.id == row_id)

    def row(self, row_id: str) -> MatrixRow:
        """Give the widget of a row of this change."""
        return next(row for row in self.rows if row.row.id == row_id)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [row.plan(width).height for row in self.rows]
        return sum(heights) + _ROW_GAP * (len(heights) - 1)

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End. What is not a move goes on to the page."""
        here = self._where()
        if here is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        row, column = here
        last_row, last_column = len(self.rows) - 1, len(self.rows[row].descriptors) - 1
        moves = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, last_column),
        }
        target = moves.get(Qt.Key(event.key()))
        if target is None:
            event.ignore()
            return
        to_row = min(max(target[0], 0), last_row)
        self.rows[to_row].take_focus(min(max(target[1], 0), last_column))

    def _where(self) -> tuple[int, int] | None:
        for i, row in enumerate(self.rows):
            if (column := row.focused_column()) is not None:
                return i, column
        return None

    def _restyle(self) -> None:
        if self.isVisible():
            self._lay_out()

    def _lay_out(self) -> None:
        y = 0
        for row in self.rows:
            height = row.lay_out(self.width())
            row.setGeometry(QRect(0, y, self.width(), height))
            y += height + _ROW_GAP
        self.updateGeometry()
