"""The tabs of the console: the Overview, each change with its rows as marks, plan and closing.

For `hicm_desktop.ui.console`. Names take one line, two lines, or only the change's number, by the
room there is; none is ever cut short.
"""

from __future__ import annotations

import enum

import msgspec
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.marks import draw_focus, draw_pill
from hicm_desktop.ui.words import progress_of
from hicm_desktop.workshop.values import Outcome, Workshop

_PILL = (14, 5, 4)
_SMALL_PILL = (7, 5, 3)
"""A mark's width and height and the gap to the next, in px at scale 1."""


class _Names(enum.Enum):
    """How much of a tab's name is shown."""

    LINE = 1
    TWO_LINES = 2
    NUMBER = 3


_PADS = {_Names.LINE: 11, _Names.TWO_LINES: 7, _Names.NUMBER: 4}
"""The space at either side of a tab's name, in px at scale 1."""


class _Tab(msgspec.Struct, frozen=True):
    words: str
    number: str
    rows: tuple[str, ...]


class Tabs(QTabBar):
    """One tab for the Overview, one for each change, for the action plan and for the closing."""

    def __init__(self, model: Model, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance
        self._names = _Names.LINE
        self._outcomes: dict[str, Outcome] = {}
        self._quiet: frozenset[int] = frozenset()
        self._tabs = [
            _Tab("Overview", "", ()),
            *(
                _Tab(f"{c.number} {c.short_title}", str(c.number), tuple(r.id for r in c.rows))
                for c in model.changes
            ),
            _Tab("Action plan", "", ()),
            _Tab("Closing", "", ()),
        ]
        self.setAccessibleName("Tabs")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for i, tab in enumerate(self._tabs):
            self.addTab(tab.words)
            if 0 < i <= len(model.changes):
                change = model.changes[i - 1]
                keys = f" (Ctrl+{change.number})" if change.number <= len("123456789") else ""
                self.setTabToolTip(i, change.heading + keys)
        self.currentChanged.connect(self._choose_names)
        appearance.changed.connect(self._choose_names)
        self.setTabToolTip(0, "Overview (Alt+Home)")
        self.setTabToolTip(self.plan, "Action plan (Alt+End)")
        self.setTabToolTip(self.closing, "Read-back and sign-off (Ctrl+R)")

    @property
    def plan(self) -> int:
        """The place of the action plan's tab."""
        return len(self._model.changes) + 1

    @property
    def closing(self) -> int:
        """The place of the closing's tab."""
        return self.plan + 1

    def show_workshop(self, workshop: Workshop) -> None:
        """Show how far each change has got, and which are out of scope."""
        outcomes = {row.id: workshop.row(row.id).outcome for _, row in self._model.rows()}
        quiet = frozenset(
            i
            for i, change in enumerate(self._model.changes, start=1)
            if not workshop.agenda_item(change.id).in_scope
        )
        if (outcomes, quiet) == (self._outcomes, self._quiet):
            return
        self._outcomes, self._quiet = outcomes, quiet
        for i, change in enumerate(self._model.changes, start=1):
            scope = ", not in scope" if i in quiet else ""
            name = f"{change.heading}, {progress_of(change, workshop)}{scope}"
            if name != self.accessibleTabName(i):  # a screen reader is told of each that is set
                self.setAccessibleTabName(i, name)
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        return self._size(index, self._names)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_names()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointer = self.mapFromGlobal(self.cursor().pos()) if self.underMouse() else QPoint(-1, -1)
        for index in range(self.count()):
            rect = self.tabRect(index)
            if rect.intersects(self.rect()):
                self._paint_tab(painter, index, rect, hovered=rect.contains(pointer))
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int, rect: QRect, *, hovered: bool) -> None:
        look = self._appearance.look
        theme = look.theme
        current = index == self.currentIndex()
        if current:
            painter.fillRect(rect.adjusted(1, 3, -1, 1), QColor(theme.ground))
            painter.fillRect(
                QRect(rect.x() + 1, rect.y() + 3, rect.width() - 2, look.px(3)),
                QColor(theme.accent),
            )
        elif hovered:
            painter.fillRect(rect.adjusted(1, 3, -1, 0), QColor(theme.hover))
        ink = theme.ink if current or index not in self._quiet else theme.muted
        painter.setPen(QColor(ink))
        painter.setFont(look.font(Type.SMALL_STRONG if current else Type.SMALL))
        lines = self._lines(index, self._names)
        metrics = painter.fontMetrics()
        rows = self._tabs[index].rows
        _, pill_height, _ = _PILL
        block = metrics.height() * len(lines) + look.px(pill_height + 5)
        y = rect.y() + look.px(3) + (rect.height() - look.px(3) - block) // 2
        for line in lines:
            painter.drawText(
                QRect(rect.x(), y, rect.width(), metrics.height()),
                Qt.AlignmentFlag.AlignCenter,
                line,
            )
            y += metrics.height()
        if rows:
            self._paint_marks(painter, QRect(rect.x(), y + look.px(4), rect.width(), 0), index)
        if current and self.hasFocus():
            draw_focus(painter, QRectF(rect).adjusted(1, 3, -1, 0), theme)

    def _paint_marks(self, painter: QPainter, under: QRect, index: int) -> None:
        look = self._appearance.look
        rows = self._tabs[index].rows
        width, height, gap = (look.px(size) for size in self._pill(self._names))
        total = len(rows) * width + (len(rows) - 1) * gap
        x = under.x() + (under.width() - total) / 2
        ink = look.theme.muted if index in self._quiet else look.theme.accent
        for row in rows:
            outcome = self._outcomes.get(row, Outcome.NOT_DISCUSSED)
            box = QRectF(x, under.y(), width, height)
            draw_pill(painter, box, outcome, ink, look.theme.edge)
            x += width + gap

    def _choose_names(self) -> None:
        """Show as much of the names as the room allows."""
        width = self.width()
        chosen = next(
            (
                names
                for names in _Names
                if sum(self._size(i, names).width() for i in range(self.count())) <= width
            ),
            _Names.TWO_LINES,
        )
        if (
            chosen is not self._names
            or chosen is _Names.NUMBER
            or self.height() != self.sizeHint().height()
        ):
            self._names = chosen
            # Qt lays its tabs out anew only when one of them seems to have changed.
            self.setTabText(0, self.tabText(0))
            self.updateGeometry()
        self.update()

    def _size(self, index: int, names: _Names) -> QSize:
        look = self._appearance.look
        metrics = QFontMetrics(look.font(Type.SMALL_STRONG))
        lines = self._lines(index, names)
        pill, pill_height, gap = self._pill(names)
        marks = len(self._tabs[index].rows)
        widths = [metrics.horizontalAdvance(line) for line in lines]
        width = max(*widths, look.px(marks * (pill + gap) - gap) if marks else 0)
        most = max(len(self._lines(i, names)) for i in range(self.count()))
        height = metrics.height() * most + look.px(pill_height + 5 + 14)
        return QSize(width + 2 * look.px(_PADS[names]), height)

    def _pill(self, names: _Names) -> tuple[int, int, int]:
        return _SMALL_PILL if names is _Names.NUMBER else _PILL

    def _lines(self, index: int, names: _Names) -> list[str]:
        tab = self._tabs[index]
        if names is _Names.LINE:
            return [tab.words]
        if names is _Names.NUMBER and tab.number and index != self.currentIndex():
            return [tab.number]
        return _halves(tab.words)


def _halves(words: str) -> list[str]:
    """Part words into the two lines that make the narrowest block."""
    parts = words.split(" ")
    splits = [(" ".join(parts[:i]), " ".join(parts[i:])) for i in range(1, len(parts))]
    if not splits:
        return [words]
    return list(min(splits, key=lambda pair: max(map(len, pair))))
