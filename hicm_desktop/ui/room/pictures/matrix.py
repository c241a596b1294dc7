"""All rows of a change: as many whole ones as fit round the row in focus, and the rest by name.

For `hicm_desktop.ui.room.stage`. No row is ever cut and no type smaller than the smallest; a row
for which there is no room is named with its mark and where it stands. Where even the row in focus
is short of room, the rest share one line.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Sequence

import msgspec
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.room.card import (
    SIDE,
    Card,
    CardLook,
    Spacing,
    foot,
    numbered,
    step,
    tag_beside,
    tag_height,
    tag_type,
    tags,
)
from hicm_desktop.ui.room.cards import Cards
from hicm_desktop.ui.room.fit import columns, dots, largest
from hicm_desktop.ui.room.painted import BOLD, STRONG, Measurer
from hicm_desktop.ui.room.pictures.row import place_cards
from hicm_desktop.ui.room.text import Text, padding
from hicm_desktop.ui.room.tones import RoomLook, Tone
from hicm_desktop.workshop.room import MatrixPicture, RoomDescriptor, RoomRow

_MARGIN = 26
_MOST = 26
_TINY = 6
_NUMBER = 42
_BELOW = 6
_LINES_TRIED = range(3, 40)


class Rest(enum.Enum):
    """What is said of the rows that are not shown whole, and how close things stand with it.

    With none of it, the line above still says which row of how many this is.
    """

    NAMES = ("names", Spacing.CALM)
    ONE_LINE = ("one line", Spacing.TIGHT)
    NONE = ("none", Spacing.TIGHT)


class Sheet(msgspec.Struct, frozen=True):
    """What was found: the rows shown whole, from `first` up to `end`, their type and columns."""

    first: int
    end: int
    rest: Rest
    size: int
    widths: tuple[int, ...]

    @property
    def spacing(self) -> Spacing:
        """How close things stand."""
        return self.rest.value[1]


class Line(Grouping):
    """A row shown whole: its name with its mark, and its cards."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.name = Text(self)
        self.cards: list[Card] = []


class MatrixSheet(Grouping):
    """The picture of a whole matrix."""

    def __init__(self, measurer: Measurer, parent: QWidget | None = None) -> None:
        super().__init__("All rows of the change", parent)
        self._measurer = measurer
        self.levels: list[Text] = []
        self.lines: list[Line] = []
        self.rest: list[Text] = []
        self.brief = Text(self)

    def show_picture(self, picture: MatrixPicture, look: RoomLook) -> None:
        """Show the rows in the size the sheet has."""
        sheet = self._find(picture, look)
        self._make(picture)
        top = self._place_levels(picture, look, sheet)
        for i, (line, rest) in enumerate(zip(self.lines, self.rest, strict=True)):
            exists = i < len(picture.rows)
            whole = exists and sheet.first <= i < sheet.end
            named_only = exists and not whole and sheet.rest is Rest.NAMES
            line.setVisible(whole)
            rest.setVisible(named_only)
            if whole:
                top += self._place_line(line, picture.rows[i], look, sheet, top)
            elif named_only:
                top += self._place_name(rest, picture.rows[i], look, top)
        others = (*picture.rows[: sheet.first], *picture.rows[sheet.end :])
        self.brief.setVisible(sheet.rest is Rest.ONE_LINE and bool(others))
        if sheet.rest is Rest.ONE_LINE:
            self._place_brief(others, look, top)

    def _find(self, picture: MatrixPicture, look: RoomLook) -> Sheet:
        one = (picture.current, picture.current + 1)
        for rest in Rest:
            windows = _windows(len(picture.rows), picture.current) if rest is Rest.NAMES else [one]
            for first, end in windows:
                most = max(look.px(_MOST), look.least)
                found = self._fit(picture, look, (first, end, rest), (look.least, most))
                if found is not None:
                    return found
        # No screen has this shape, but a window may: too small to read is better than cut off.
        found = self._fit(picture, look, (*one, Rest.NONE), (_TINY, look.least))
        even = self._total(picture, look, Spacing.TIGHT) // max(len(picture.levels), 1)
        return found or Sheet(*one, Rest.NONE, _TINY, (even,) * len(picture.levels))

    def _fit(
        self,
        picture: MatrixPicture,
        look: RoomLook,
        shown: tuple[int, int, Rest],
        sizes: tuple[int, int],
    ) -> Sheet | None:
        first, end, rest = shown
        rows = picture.rows[first:end]
        others = len(picture.rows) - len(rows)
        names = sum(self._name_height(row, look) for row in rows)
        if rest is Rest.NAMES:
            outside = (*picture.rows[:first], *picture.rows[end:])
            names += sum(self._name_height(row, look) for row in outside)
        elif rest is Rest.ONE_LINE and others:
            names += self._brief_height(picture, shown, look)

        def sheet(size: int) -> Sheet | None:
            for widths in self._widths(picture, rows, look, rest.value[1], size):
                made = Sheet(first, end, rest, size, widths)
                taken = names + self._levels_height(picture, look, widths)
                cards = sum(self._cards_height(row, look, made) for row in rows)
                if taken + cards <= self.height():
                    return made
            return None

        most = sizes[1]
        while (size := largest(lambda px: sheet(px) is not None, sizes[0], most)) is not None:
            found = sheet(size)
            if found is not None and self._holds(rows, look, found):
                return found
            most = size - 1
        return None

    def _holds(self, rows: Sequence[RoomRow], look: RoomLook, sheet: Sheet) -> bool:
        """Lay the wording out, and tell whether it takes no more lines than was reckoned."""
        inner = self._inner(look, sheet)
        return all(
            self._measurer.height(d.text, sheet.size, width, sheet.spacing.leading)
            <= self._measurer.lines(d.text, width / sheet.size) * step(sheet.size, sheet.spacing)
            for row in rows
            for d, width in zip(row.descriptors, inner, strict=True)
        )

    def _inner(self, look: RoomLook, sheet: Sheet) -> list[int]:
        return [width - 2 * look.px(sheet.spacing.pad) for width in sheet.widths]

    def _widths(
        self,
        picture: MatrixPicture,
        rows: Sequence[RoomRow],
        look: RoomLook,
        spacing: Spacing,
        size: int,
    ) -> Iterator[tuple[int, ...]]:
        """Give widths to try: even ones, and such as let every wording take so many lines."""
        total = self._total(picture, look, spacing)
        frame = 2 * look.px(spacing.pad)
        line = step(size, spacing)
        names = [
            self._measurer.narrowest(numbered(v.number, v.name), 2) * look.least + 3 * look.px(SIDE)
            for v in picture.levels
        ]
        for lines in _LINES_TRIED:
            needs = [
                max(
                    names[i],
                    *(
                        max(
                            self._need(row.descriptors[i], look, lines, line) * size + frame,
                            self._foot_width(row.descriptors[i], look),
                        )
                        for row in rows
                    ),
                )
                for i in range(len(picture.levels))
            ]
            found = columns(needs, total)
            if found is not None:
                yield found
                return

    def _need(self, descriptor: RoomDescriptor, look: RoomLook, lines: int, line: int) -> float:
        """Give the width in ems at which a wording takes so many lines, less those of its foot."""
        said = len(tags(descriptor))
        taken = (said + 1) * step(tag_type(look), Spacing.CALM) + said * tag_height(None, look)
        fewer = math.ceil(taken / line) if said else 0
        return self._measurer.narrowest(descriptor.text, max(lines - fewer, 1))

    def _foot_width(self, descriptor: RoomDescriptor, look: RoomLook) -> float:
        """Give the width in px at which what is said at a foot takes two lines at most."""
        said = [self._measurer.narrowest(words, 2) for words, _ in tags(descriptor)]
        return max(said) * tag_type(look) + tag_beside(look) if said else 0.0

    def _total(self, picture: MatrixPicture, look: RoomLook, spacing: Spacing) -> int:
        gaps = look.px(spacing.gap) * (len(picture.levels) - 1)
        return self.width() - 2 * look.px(_MARGIN) - gaps

    def _cards_height(self, row: RoomRow, look: RoomLook, sheet: Sheet) -> int:
        line = step(sheet.size, sheet.spacing)
        heights = [
            self._measurer.lines(d.text, inner / sheet.size) * line
            + foot(d, look, width, self._measurer)
            for d, inner, width in zip(
                row.descriptors, self._inner(look, sheet), sheet.widths, strict=True
            )
        ]
        frame = 2 * look.px(sheet.spacing.pad)
        return max(heights) + frame + self._hands(row, look, sheet) + look.px(_BELOW)

    def _hands(self, row: RoomRow, look: RoomLook, sheet: Sheet) -> int:
        return look.px(sheet.spacing.hands) if any(d.hands for d in row.descriptors) else 0

    def _name_height(self, row: RoomRow, look: RoomLook) -> int:
        return self._text_height(named(row), look, look.type(22), marked=True)

    def _brief_height(
        self, picture: MatrixPicture, shown: tuple[int, int, Rest], look: RoomLook
    ) -> int:
        others = (*picture.rows[: shown[0]], *picture.rows[shown[1] :])
        return self._text_height(also(others), look, look.least, marked=False)

    def _text_height(self, words: str, look: RoomLook, size: int, *, marked: bool) -> int:
        beside, _ = padding(size, marked=marked, framed=False)
        inner = self.width() - 2 * look.px(_MARGIN) - beside
        return self._measurer.block(words, look.font(size, BOLD), inner).height + look.px(6)

    def _levels_height(self, picture: MatrixPicture, look: RoomLook, widths: Sequence[int]) -> int:
        font = look.font(look.least, STRONG)
        blocks = (
            self._measurer.block(numbered(v.number, v.name), font, width - font.pixelSize() * 1.2)
            for v, width in zip(picture.levels, widths, strict=True)
        )
        return math.ceil(max(b.height for b in blocks) + font.pixelSize() * 0.6) + look.px(12)

    def _make(self, picture: MatrixPicture) -> None:
        while len(self.levels) < len(picture.levels):
            self.levels.append(Text(self))
            self.levels[-1].show()
        while len(self.lines) < max(len(picture.rows), 1):
            self.lines.append(Line(self))
            self.rest.append(Text(self))

    def _place_levels(self, picture: MatrixPicture, look: RoomLook, sheet: Sheet) -> int:
        left, top = look.px(_MARGIN), look.px(8)
        height = self._levels_height(picture, look, sheet.widths) - look.px(12)
        font = look.font(look.least, STRONG)
        for text, level, width in zip(self.levels, picture.levels, sheet.widths, strict=False):
            words = numbered(level.number, level.name)
            text.show_text(words, look, font, width, hue=(level.number, len(picture.levels)))
            text.setGeometry(left, top, width, height)
            left += width + look.px(sheet.spacing.gap)
        return top + height + look.px(4)

    def _place_line(self, line: Line, row: RoomRow, look: RoomLook, sheet: Sheet, top: int) -> int:
        line.setAccessibleName(f"{row.name}. {row.standing}")
        name = self._name_height(row, look)
        cards = self._cards_height(row, look, sheet)
        line.setGeometry(0, top, self.width(), name + cards)
        inner = self.width() - 2 * look.px(_MARGIN)
        line.name.show_text(
            named(row), look, look.font(look.type(22), BOLD), inner, mark=row.outcome
        )
        line.name.setGeometry(look.px(_MARGIN), look.px(2), inner, name - look.px(2))
        numbers = [d.hands for d in row.descriptors]
        hands = dots(numbers, min(sheet.widths) - look.px(_NUMBER), look.unit)
        card = CardLook(look, sheet.spacing, sheet.size, 0, self._hands(row, look, sheet), hands)
        area = QRect(look.px(_MARGIN), name, inner, cards - look.px(_BELOW))
        place_cards(line, line.cards, row, area, Cards(card, sheet.widths), self._measurer)
        return name + cards

    def _place_name(self, text: Text, row: RoomRow, look: RoomLook, top: int) -> int:
        inner = self.width() - 2 * look.px(_MARGIN)
        font = look.font(look.least)
        text.show_text(named(row), look, font, inner, Tone.BODY, mark=row.outcome)
        height = self._name_height(row, look)
        text.setGeometry(look.px(_MARGIN), top + look.px(2), inner, height - look.px(2))
        return height

    def _place_brief(self, others: Sequence[RoomRow], look: RoomLook, top: int) -> None:
        inner = self.width() - 2 * look.px(_MARGIN)
        font = look.font(look.least)
        height = self.brief.show_text(also(others), look, font, inner, Tone.QUIET)
        self.brief.setGeometry(look.px(_MARGIN), top, inner, height)


def named(row: RoomRow) -> str:
    """Name a row with where it stands."""
    return "   ·   ".join(filter(None, (row.name, row.standing)))


def also(others: Sequence[RoomRow]) -> str:
    """Name the rows that are not shown whole."""
    return "Also: " + ", ".join(row.name for row in others)


def _windows(count: int, current: int) -> Iterator[tuple[int, int]]:
    """Give runs of rows with the current one, the longest first and such as go on from it."""
    for length in range(count, 0, -1):
        for first in range(min(current, count - length), max(current - length, -1), -1):
            if first + length > current:
                yield first, first + length
