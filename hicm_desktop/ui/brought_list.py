"""What is otherwise in a plan that was brought back, as a list to tick: both texts side by side.

For `hicm_desktop.ui.bring_back_dialog`. Every text stands whole. Nothing is ticked beforehand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from hicm_desktop.model.values import Model
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.patient_warning import warning_words
from hicm_desktop.ui.reading_table import (
    BAR,
    PAD,
    Cells,
    Index,
    ReadingTable,
    alerting,
    font_of,
    parts,
    px,
    themed,
)
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.ui.tick_box import draw_tick
from hicm_desktop.workshop.bring_back import BroughtBack, BroughtLine, Offer, rivals
from hicm_desktop.workshop.patient_data import numbers_in
from hicm_desktop.workshop.plan_place import place_words
from hicm_desktop.workshop.words import wording

TAKE, WHAT, OURS, THEIRS = range(4)
TITLES = ("Take it", "What", "In this workshop", "In the file")
NOTHING = "Nothing"
EMPTIED = "Emptied in the file"
NEW_LINE = "New line"
ADDED = "New line, added in the file"
WHOLE_LINE = "The whole line"
NOT_TAKEN = "Cannot be taken"
ALIKE = "This line says what this workshop says."
MISSING = "Not in the file"
THEY_STAY = "Nothing is removed: these actions stay in this workshop as they are."
_LEAST_LINES = 9
"""How many lines of it are in view at least; what is above it scrolls away where need be."""

_NARROW = 7
"""With less than so many times the room of a tick with its words, it stands there without."""

_SHARE = 6
"""What differs has so small a part of what the ticks leave; the texts share the rest."""


class Row(msgspec.Struct, frozen=True):
    """One row: a difference, or words over the whole width where `texts` are less than three.

    `texts` of a difference are what, ours and theirs; `offer` is its place among what can be taken,
    and `amiss` what is to be said beneath. A heading has a line above it, `over`.
    """

    texts: tuple[str, ...]
    over: str = ""
    is_heading: bool = False
    offer: int | None = None
    amiss: str = ""

    @property
    def is_difference(self) -> bool:
        """Whether it has a text on either side."""
        return len(self.texts) == len(TITLES) - 1


class BroughtTable(QAbstractTableModel):
    """The rows, and which of them are ticked. `ticked` is emitted when that is another."""

    ticked = Signal()

    def __init__(self, model: Model, brought: BroughtBack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers = brought.offers
        self.rows = tuple(_rows(model, brought))
        self._chosen: frozenset[int] = frozenset()
        self.ticks_alone = False
        """Whether a tick stands for its words, which the heading of its column says, too."""

    @property
    def chosen(self) -> tuple[Offer, ...]:
        """What is ticked, in order."""
        return tuple(self.offers[place] for place in sorted(self._chosen))

    def choose(self, places: Collection[int]) -> None:
        """Tick these alone, which are places among what can be taken."""
        self._choose(frozenset(places))

    def toggle(self, row: int) -> None:
        """Tick a row, or take its tick away. What cannot be taken with it loses its tick."""
        offer = self.rows[row].offer
        if offer is None:
            return
        if offer in self._chosen:
            self._choose(self._chosen - {offer})
        else:
            self._choose((self._chosen - {*rivals(self.offers, offer)}) | {offer})

    @property
    def labels(self) -> frozenset[str]:
        """What it is that differs, each once."""
        return frozenset(row.texts[0] for row in self.rows if row.is_difference)

    def is_ticked(self, row: int) -> bool:
        """Tell whether a row is ticked."""
        return self.rows[row].offer in self._chosen

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TAKE and self.rows[index.row()].offer is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            if index.column() != TAKE or row.offer is None:
                return None
            ticked = self.is_ticked(index.row())
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick, as a screen reader asks for it."""
        if role != Qt.ItemDataRole.CheckStateRole or self.rows[index.row()].offer is None:
            return False
        if self.is_ticked(index.row()) != (Qt.CheckState(value) is Qt.CheckState.Checked):
            self.toggle(index.row())
        return True

    def words(self, index: Index) -> str:
        """Give what a cell shows."""
        row = self.rows[index.row()]
        if not row.is_difference:
            return "\n".join(filter(None, (row.over, *row.texts))) if index.column() == TAKE else ""
        if index.column() == TAKE:
            take = "" if self.ticks_alone else TITLES[TAKE]
            return take if row.offer is not None else NOT_TAKEN
        return row.texts[index.column() - 1] or NOTHING

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return TITLES[section] if shown else None

    def _spoken(self, index: Index) -> str:
        row, words = self.rows[index.row()], self.words(index)
        if not row.is_difference:
            return self.words(self.index(index.row(), TAKE))
        if index.column() == TAKE:
            return f"{words or TITLES[TAKE]}: {row.texts[0]}"
        amiss = row.amiss if index.column() == THEIRS else ""
        return " ".join(filter(None, (f"{TITLES[index.column()]}: {words}", amiss)))

    def _choose(self, chosen: frozenset[int]) -> None:
        if chosen == self._chosen:
            return
        self._chosen = chosen
        last = self.index(len(self.rows) - 1, TAKE)
        self.dataChanged.emit(self.index(0, TAKE), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()


class BroughtList(ReadingTable):
    """The list. Space, or a click on its tick, takes the row in hand or leaves it."""

    def __init__(self, brought: BroughtTable) -> None:
        super().__init__(brought, _BroughtCells)
        self.brought = brought
        self.setAccessibleName("What differs: in this workshop, and in the file")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setShowGrid(False)
        for place, row in enumerate(brought.rows):
            if not row.is_difference:
                self.setSpan(place, TAKE, 1, len(TITLES))
        self.clicked.connect(self._click)
        first = next((n for n, row in enumerate(brought.rows) if row.offer is not None), 0)
        self.setCurrentIndex(brought.index(first, TAKE))

    def fit(self) -> None:
        """Give the ticks the room that their words take, and share the rest among the texts."""
        if not self.isVisible():
            return  # its width is still to come, and to lay all of it out takes a while
        width, pad = self.viewport().width(), px(self, PAD)
        words = self.fontMetrics().horizontalAdvance(TITLES[TAKE]) + _box(self) + 4 * pad
        self.brought.ticks_alone = width < _NARROW * words
        bare = max(self._widest_word(f"{TITLES[TAKE]} {NOT_TAKEN}"), _box(self) + 2 * pad + 2)
        self.setColumnWidth(TAKE, bare if self.brought.ticks_alone else words)
        rest = width - self.columnWidth(TAKE)
        what = self._widest_word(" ".join((TITLES[WHAT], *self.brought.labels)))
        self.setColumnWidth(WHAT, min(max(what, rest // _SHARE), rest // 3))
        rest -= self.columnWidth(WHAT)
        self.setColumnWidth(OURS, rest // 2)
        self.setColumnWidth(THEIRS, rest - rest // 2)
        rows, model = self.verticalHeader(), self.brought
        for place, row in enumerate(model.rows):
            columns = range(len(TITLES)) if row.is_difference else (TAKE,)
            heights = (
                self.cells.height_for(
                    model.index(place, column),
                    self.columnWidth(column) if row.is_difference else width,
                )
                for column in columns
            )
            rows.resizeSection(place, max(heights))
        self.setMinimumHeight(self.fontMetrics().height() * _LEAST_LINES)
        self.updateGeometries()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top, with the heading above the row in hand."""
        super().showEvent(event)
        if not event.spontaneous():
            self.fit()
            self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex().row())
        elif not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # nothing is taken by a key that is pressed without a look
        else:
            super().keyPressEvent(event)

    def _widest_word(self, words: str) -> int:
        """Give the least width of a column that breaks none of these words, in px."""
        strong = QFontMetrics(font_of(self, strong=True))
        return max(map(strong.horizontalAdvance, words.split())) + 2 * px(self, PAD) + 2

    def _click(self, index: QModelIndex) -> None:
        if index.column() == TAKE:
            self._toggle(index.row())

    def _toggle(self, row: int) -> None:
        if not 0 <= row < len(self.brought.rows) or self.brought.rows[row].offer is None:
            return
        self.brought.toggle(row)
        announce(self, "Ticked" if self.brought.is_ticked(row) else "Not ticked")


class _BroughtCells(Cells):
    """Paints the cells."""

    def height_for(self, index: Index, width: int) -> int:
        row, pad = _row(index), px(self.view, PAD)
        if not row.is_difference:
            over = self.block(row.over, width).height if row.over else 0
            return over + self._main(index, row, width).height + 2 * pad
        height = self._main(index, row, width - self._left(index)).height
        if index.column() == THEIRS and row.amiss:
            height += self._amiss(row, width).height + 3 * pad
        return max(height, _box(self.view)) + 2 * pad

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = parts(option)
        row, pad = _row(index), px(self.view, PAD)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        own: QPalette = option.palette
        role = QPalette.ColorRole
        ground = own.color(role.Highlight if chosen else role.Base)
        if row.is_heading and not chosen:
            ground = themed(role.AlternateBase)
        ink = own.color(role.HighlightedText if chosen else role.Text)
        quiet = ink if chosen else themed(role.PlaceholderText)
        painter.save()
        painter.fillRect(rect, ground)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, themed(role.Mid))
        if chosen and index.column() == TAKE:
            bar = QRect(rect.left(), rect.top(), px(self.view, BAR), rect.height())
            painter.fillRect(bar, themed(role.Highlight))
        left, top = rect.left() + pad, rect.top() + pad
        if row.over:
            painter.setPen(quiet)
            over = self.block(row.over, rect.width() + 1)
            over.draw(painter, left, top)
            top += over.height
        if index.column() == TAKE and row.offer is not None:
            self._draw_tick(painter, index, left, top)
        shown = index.column() == TAKE or not row.is_difference or row.texts[index.column() - 1]
        is_quiet = not shown or (row.is_difference and row.offer is None and not index.column())
        painter.setPen(quiet if is_quiet else ink)
        main = self._main(index, row, rect.width() + 1 - self._left(index))
        main.draw(painter, left + self._left(index), top)
        if index.column() == THEIRS and row.amiss:
            self._draw_amiss(painter, row, rect, top + main.height + pad)
        painter.restore()

    def _draw_tick(self, painter: QPainter, index: Index, left: int, top: int) -> None:
        size = _box(self.view)
        middle = top + self.block(TITLES[TAKE], 10_000).line_height / 2
        box = QRectF(left, middle - size / 2, size, size).adjusted(1, 1, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        draw_tick(painter, box, QGuiApplication.palette(), checked=checked)

    def _draw_amiss(self, painter: QPainter, row: Row, rect: QRect, top: int) -> None:
        """Draw what is amiss as it stands beneath the fields of the window."""
        pad = px(self.view, PAD)
        block = self._amiss(row, rect.width() + 1)
        ground, ink = alerting()
        box = QRect(rect.left() + pad, top, rect.width() - 2 * pad, block.height + 2 * pad)
        painter.fillRect(box, ground)
        painter.setPen(ink)
        block.draw(painter, box.left() + pad, box.top() + pad)

    def _main(self, index: Index, row: Row, width: int) -> TextBlock:
        if not row.is_difference:
            return self.block(row.texts[0], width, strong=row.is_heading)
        strong = index.column() == WHAT
        return self.block(str(index.data()), width, strong=strong)

    def _amiss(self, row: Row, width: int) -> TextBlock:
        return self.block(row.amiss, width - 2 * px(self.view, PAD), strong=True)

    def _left(self, index: Index) -> int:
        """Give where the words beside a tick begin, from where others do."""
        has_tick = index.column() == TAKE and _row(index).offer is not None
        return _box(self.view) + px(self.view, PAD) if has_tick else 0


def _rows(model: Model, brought: BroughtBack) -> Iterator[Row]:
    """Lay out what was brought back: under each action what differs, then what is told of it."""
    taken = 0
    for line in brought.lines:
        yield _heading(model, line)
        if line.about:
            yield Row((line.about,))
        for offer in line.offers:
            what = WHOLE_LINE if offer.part is None else offer.part.label(model)
            amiss = offer.refused or warning_words(numbers_in(offer.now)) or offer.note
            place = None if offer.refused else taken
            taken += not offer.refused
            yield Row((what, offer.was, offer.now or EMPTIED), offer=place, amiss=amiss)
        yield from (Row((told,)) for told in line.told)
        if not (line.offers or line.told):
            yield Row((ALIKE,))
    if brought.missing:
        yield Row((THEY_STAY,), over=MISSING, is_heading=True)
        for action in brought.missing:
            yield Row((wording(action),), over=place_words(model, action))


def _heading(model: Model, line: BroughtLine) -> Row:
    """Name the action that a line belongs to: as it is in the workshop, where it is there."""
    action = line.ours or line.theirs
    new = NEW_LINE if line.about else ADDED
    what = place_words(model, action) if line.ours is not None else new
    over = f"{what} · {line.place} of the file"
    return Row((wording(action),), over=over, is_heading=True)


def _row(index: Index) -> Row:
    model = index.model()
    if not isinstance(model, BroughtTable):
        raise TypeError("these cells are painted for a plan that was brought back alone")
    return model.rows[index.row()]


def _box(view: QTableView) -> int:
    """Give the side of a tick's box, in px."""
    return round(view.fontMetrics().height() * 0.9)
