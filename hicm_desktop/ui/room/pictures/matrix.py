"""All rows of a change: as many whole ones as fit round the row in focus, and the rest by name.

For `hicm_desktop.ui.room.stage`. No row is ever cut and no type smaller than the smallest; a row
for which there is no room is named with its mark and where it stands. Where even the row in focus
is short of room, the rest share one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.room.card import Card, CardLook, numbered
from hicm_desktop.ui.room.cards import NUMBER, Cards
from hicm_desktop.ui.room.fit import dots
from hicm_desktop.ui.room.painted import BOLD, STRONG
from hicm_desktop.ui.room.pictures.row import MakeCard, place_cards
from hicm_desktop.ui.room.sheets import (
    ABOVE_CARDS,
    BELOW,
    MARGIN,
    Measures,
    Rest,
    Sheet,
    Sheets,
    also,
    named,
)
from hicm_desktop.ui.room.text import Text
from hicm_desktop.ui.room.tones import RoomLook, Tone
from hicm_desktop.workshop.room import MatrixPicture, RoomRow

_BAR_AT = 9
_BAR = 6
"""Where the bar by the row in focus is, and how wide, in px at 720 lines."""


class Line(Grouping):
    """A row shown whole: its name with its mark, and its cards; a bar stands by the one in focus.

    The cards of the same levels lie below one another, so the bar is in the margin.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.name = Text(self)
        self.cards: list[Card] = []
        self._bar: tuple[QRectF, QColor] | None = None

    def show_bar(self, look: RoomLook, height: int, *, current: bool) -> None:
        """Show the bar as high as this, or none."""
        box = QRectF(look.px(_BAR_AT), look.px(2), look.px(_BAR), height - look.px(2))
        bar = (box, look.front(Tone.LABEL)) if current else None
        if bar != self._bar:
            self._bar = bar
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._bar is not None:
            painter = QPainter(self)
            painter.fillRect(*self._bar)
            painter.end()


class MatrixSheet(Grouping):
    """The picture of a whole matrix."""

    def __init__(self, sheets: Sheets, make: MakeCard, parent: QWidget | None = None) -> None:
        super().__init__("All rows of the change", parent)
        self._sheets = sheets
        self._make_card = make
        self._look = RoomLook()
        self._measures = Measures(sheets.measurer, self._look, 0)
        self.levels: list[Text] = []
        self.lines: list[Line] = []
        self.rest: list[Text] = []
        self.brief = Text(self)

    def show_picture(self, picture: MatrixPicture, look: RoomLook) -> None:
        """Show the rows in the size the sheet has."""
        sheet = self._sheets.find(picture, look, self.size())
        self._look, self._measures = look, Measures(self._sheets.measurer, look, self.width())
        self._make(picture)
        top = self._place_levels(picture, sheet)
        for i, (line, rest) in enumerate(zip(self.lines, self.rest, strict=True)):
            exists = i < len(picture.rows)
            whole = exists and sheet.first <= i < sheet.end
            named_only = exists and not whole and sheet.rest is Rest.NAMES
            line.setVisible(whole)
            rest.setVisible(named_only)
            if whole:
                height = self._place_line(line, picture.rows[i], sheet, top)
                line.show_bar(look, height - look.px(BELOW), current=i == picture.current)
                top += height
            elif named_only:
                top += self._place_name(rest, picture.rows[i], top)
        others = sheet.others(picture) if sheet.rest is Rest.ONE_LINE else ()
        self.brief.setVisible(bool(others))
        if others:
            self._place_brief(others, top)

    def shown_cards(self) -> Iterator[Card]:
        """Go through the cards of the rows that are shown whole."""
        for line in self.lines:
            if not line.isHidden():
                yield from line.cards

    def _make(self, picture: MatrixPicture) -> None:
        while len(self.levels) < len(picture.levels):
            self.levels.append(Text(self))
            self.levels[-1].show()
        while len(self.lines) < max(len(picture.rows), 1):
            self.lines.append(Line(self))
            self.rest.append(Text(self))

    def _place_levels(self, picture: MatrixPicture, sheet: Sheet) -> int:
        look = self._look
        left, top = look.px(MARGIN), look.px(8)
        height = self._measures.levels(picture.levels, sheet.widths) - look.px(ABOVE_CARDS)
        font = look.font(look.least, STRONG)
        for text, level, width in zip(self.levels, picture.levels, sheet.widths, strict=False):
            words = numbered(level.number, level.name)
            text.show_text(words, look, font, width, hue=(level.number, len(picture.levels)))
            text.setGeometry(left, top, width, height)
            left += width + look.px(sheet.spacing.gap)
        return top + height + look.px(4)

    def _place_line(self, line: Line, row: RoomRow, sheet: Sheet, top: int) -> int:
        look, inner = self._look, self._measures.inner
        line.setAccessibleName(f"{row.name}. {row.standing}")
        name, cards = self._measures.name(row), self._measures.cards(row, sheet)
        line.setGeometry(0, top, self.width(), name + cards)
        font = look.font(look.type(22), BOLD)
        line.name.show_text(named(row), look, font, inner, mark=row.outcome)
        line.name.setGeometry(look.px(MARGIN), look.px(2), inner, name - look.px(2))
        numbers = [d.hands for d in row.descriptors]
        hands = dots(numbers, min(sheet.widths) - look.px(NUMBER), look.unit)
        below = self._measures.hands(row, sheet)
        card = CardLook(look, sheet.spacing, sheet.size, 0, below, hands)
        area = QRect(look.px(MARGIN), name, inner, cards - look.px(BELOW))
        made = Cards(card, sheet.widths)
        place_cards(line, line.cards, row, area, made, self._make_card)
        return name + cards

    def _place_name(self, text: Text, row: RoomRow, top: int) -> int:
        look, inner, height = self._look, self._measures.inner, self._measures.name(row)
        text.show_text(named(row), look, look.font(look.least), inner, Tone.BODY, mark=row.outcome)
        text.setGeometry(look.px(MARGIN), top + look.px(2), inner, height - look.px(2))
        return height

    def _place_brief(self, others: Sequence[RoomRow], top: int) -> None:
        look, inner = self._look, self._measures.inner
        font = look.font(look.least)
        height = self.brief.show_text(also(others), look, font, inner, Tone.QUIET)
        self.brief.setGeometry(look.px(MARGIN), top, inner, height)
