"""Finds how many rows of a matrix fit whole, and the largest type and the columns in which they do.

For `hicm_desktop.ui.room.pictures.matrix`, as `cards` is for one row. Each card keeps room for the
words of a choice at its foot, where no row less is shown for it: so the rows stay where they are
while the room agrees one after another.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Sequence

import msgspec
from PySide6.QtCore import QSize

from hicm_desktop.ui.room.card import (
    SIDE,
    Spacing,
    foot,
    numbered,
    step,
    tag_beside,
    tag_height,
    tag_type,
    tags,
)
from hicm_desktop.ui.room.cards import one_tag, unsaid
from hicm_desktop.ui.room.fit import columns, largest
from hicm_desktop.ui.room.painted import BOLD, STRONG, Measurer
from hicm_desktop.ui.room.text import padding
from hicm_desktop.ui.room.tones import RoomLook
from hicm_desktop.workshop.room import MatrixPicture, RoomDescriptor, RoomLevel, RoomRow
from hicm_desktop.workshop.values import Outcome

MARGIN = 26
BELOW = 6
"""Between the cards of a row and the next row, in px at 720 lines."""
ABOVE_CARDS = 12
"""Above and below the names of the levels, together."""
_MOST = 26
_TINY = 6
_LINES_TRIED = range(3, 40)
_MOST_FOUND = 500


class Rest(enum.Enum):
    """What is said of the rows that are not shown whole, and how close things stand with it.

    With none of it, the line above still says which row of how many this is.
    """

    NAMES = ("names", Spacing.CALM)
    ONE_LINE = ("one line", Spacing.TIGHT)
    NONE = ("none", Spacing.SNUG)


class Sheet(msgspec.Struct, frozen=True):
    """What was found: the rows shown whole, from `first` up to `end`, their type and columns.

    `kept` is the height of the room that each card keeps for what may yet be said at its foot.
    """

    first: int
    end: int
    rest: Rest
    size: int = 0
    widths: tuple[int, ...] = ()
    kept: int = 0

    @property
    def spacing(self) -> Spacing:
        """How close things stand."""
        return self.rest.value[1]

    def whole(self, picture: MatrixPicture) -> tuple[RoomRow, ...]:
        """Give the rows of a picture that are shown whole."""
        return picture.rows[self.first : self.end]

    def others(self, picture: MatrixPicture) -> tuple[RoomRow, ...]:
        """Give the rows of a picture that are not."""
        return (*picture.rows[: self.first], *picture.rows[self.end :])


class Measures:
    """How much the parts of a matrix take in a width, in px."""

    def __init__(self, measurer: Measurer, look: RoomLook, width: int) -> None:
        self._measurer = measurer
        self._look = look
        self.inner = width - 2 * look.px(MARGIN)
        """The width between the margins."""

    def name(self, row: RoomRow) -> int:
        """Give the height of a row's name."""
        return self._text(named(row), self._look.type(22), marked=True)

    def brief(self, others: Sequence[RoomRow]) -> int:
        """Give the height of the line with the names of other rows; 0 where there are none."""
        return self._text(also(others), self._look.least, marked=False) if others else 0

    def levels(self, levels: Sequence[RoomLevel], widths: Sequence[int]) -> int:
        """Give the height of the names of the levels above their columns."""
        look = self._look
        font = look.font(look.least, STRONG)
        blocks = (
            self._measurer.block(numbered(v.number, v.name), font, width - font.pixelSize() * 1.2)
            for v, width in zip(levels, widths, strict=True)
        )
        tallest = max(block.height for block in blocks)
        return math.ceil(tallest + font.pixelSize() * 0.6) + look.px(ABOVE_CARDS)

    def cards(self, row: RoomRow, sheet: Sheet) -> int:
        """Give the height of a row's cards and of what lies below them."""
        look, line = self._look, step(sheet.size, sheet.spacing)
        heights = [
            self._measurer.lines(d.text, inner / sheet.size) * line
            + max(foot(d, look, width, self._measurer), sheet.kept)
            for d, inner, width in zip(
                row.descriptors, self.wordings(sheet), sheet.widths, strict=True
            )
        ]
        frame = 2 * look.px(sheet.spacing.pad)
        return max(heights) + frame + self.hands(row, sheet) + look.px(BELOW)

    def hands(self, row: RoomRow, sheet: Sheet) -> int:
        """Give the height of the line of hands below a row's cards."""
        shown = any(d.hands for d in row.descriptors)
        return self._look.px(sheet.spacing.hands) if shown else 0

    def wordings(self, sheet: Sheet) -> list[int]:
        """Give the width of the wording in each column."""
        return [width - 2 * self._look.px(sheet.spacing.pad) for width in sheet.widths]

    def foot_width(self, descriptor: RoomDescriptor) -> float:
        """Give the width at which what is said at a foot takes two lines at most."""
        said = [self._measurer.narrowest(words, 2) for words, _ in tags(descriptor)]
        return max(said) * tag_type(self._look) + tag_beside(self._look) if said else 0.0

    def total(self, picture: MatrixPicture, sheet: Sheet) -> int:
        """Give the height that all of a picture takes."""
        rows, others = sheet.whole(picture), sheet.others(picture)
        height = self.levels(picture.levels, sheet.widths)
        height += sum(self.name(row) + self.cards(row, sheet) for row in rows)
        if sheet.rest is Rest.NAMES:
            height += sum(self.name(row) for row in others)
        elif sheet.rest is Rest.ONE_LINE:
            height += self.brief(others)
        return height

    def _text(self, words: str, size: int, *, marked: bool) -> int:
        beside, _ = padding(size, marked=marked, framed=False)
        font = self._look.font(size, BOLD)
        height = self._measurer.block(words, font, self.inner - beside).height
        return height + self._look.px(6)


class Sheets:
    """Finds how matrices fit, and remembers it: a room comes back to its rows."""

    def __init__(self, measurer: Measurer) -> None:
        """Find it by a measurer, which lays out the cards too."""
        self.measurer = measurer
        self._found: dict[tuple[MatrixPicture, RoomLook, int, int], Sheet] = {}

    def find(self, picture: MatrixPicture, look: RoomLook, size: QSize) -> Sheet:
        """Give the sheet of a picture; where all fits into the one from before, it is that one."""
        before = self._remembered(_unsaid(picture), look, size)
        if _Search(self.measurer, picture, look, size).takes(before):
            return before
        return self._remembered(picture, look, size)

    def _remembered(self, picture: MatrixPicture, look: RoomLook, size: QSize) -> Sheet:
        key = (picture, look, size.width(), size.height())
        if key not in self._found:
            if len(self._found) > _MOST_FOUND:
                self._found.clear()
            self._found[key] = _Search(self.measurer, picture, look, size).best()
        return self._found[key]


class _Search:
    """One search for the sheet of a picture."""

    def __init__(
        self, measurer: Measurer, picture: MatrixPicture, look: RoomLook, size: QSize
    ) -> None:
        self._measurer = measurer
        self._picture = picture
        self._look = look
        self._size = size
        self._measures = Measures(measurer, look, size.width())

    def best(self) -> Sheet:
        """Give the sheet with the most rows whole, and then the largest type."""
        picture, look = self._picture, self._look
        one = (picture.current, picture.current + 1)
        most = max(look.px(_MOST), look.least)
        for rest in Rest:
            windows = _windows(len(picture.rows), picture.current) if rest is Rest.NAMES else [one]
            for first, end in windows:
                for kept in (one_tag(look), 0):
                    asked = Sheet(first, end, rest, kept=kept)
                    if (found := self._fit(asked, look.least, most)) is not None:
                        return found
        # No screen has this shape, but a window may: too small to read is better than cut off.
        asked = Sheet(*one, Rest.NONE, size=_TINY)
        even = self._columns_width(asked) // max(len(picture.levels), 1)
        found = self._fit(asked, _TINY, look.least)
        return found or msgspec.structs.replace(asked, widths=(even,) * len(picture.levels))

    def takes(self, sheet: Sheet) -> bool:
        """Tell whether a sheet has room for all that is said now."""
        feet = (
            self._measures.foot_width(descriptor) <= width
            for row in sheet.whole(self._picture)
            for descriptor, width in zip(row.descriptors, sheet.widths, strict=True)
        )
        return self._measures.total(self._picture, sheet) <= self._size.height() and all(feet)

    def _fit(self, asked: Sheet, least: int, most: int) -> Sheet | None:
        """Give the sheet that was asked for with the largest type that fits, and its columns."""

        def sheet(size: int) -> Sheet | None:
            widths = self._widths(asked, size)
            if widths is None:
                return None
            made = msgspec.structs.replace(asked, size=size, widths=widths)
            fits = self._measures.total(self._picture, made) <= self._size.height()
            return made if fits else None

        while (size := largest(lambda px: sheet(px) is not None, least, most)) is not None:
            found = sheet(size)
            if found is not None and self._holds(found):
                return found
            most = size - 1
        return None

    def _holds(self, sheet: Sheet) -> bool:
        """Lay the wording out, and tell whether it takes no more lines than was reckoned."""
        inner = self._measures.wordings(sheet)
        return all(
            self._measurer.height(d.text, sheet.size, width, sheet.spacing.leading)
            <= self._measurer.lines(d.text, width / sheet.size) * step(sheet.size, sheet.spacing)
            for row in sheet.whole(self._picture)
            for d, width in zip(row.descriptors, inner, strict=True)
        )

    def _widths(self, asked: Sheet, size: int) -> tuple[int, ...] | None:
        """Give the widths of columns that let every wording take as few lines as may be."""
        look, picture = self._look, self._picture
        total = self._columns_width(asked)
        frame, line = 2 * look.px(asked.spacing.pad), step(size, asked.spacing)
        rows = asked.whole(picture)
        names = [
            self._measurer.narrowest(numbered(v.number, v.name), 2) * look.least + 3 * look.px(SIDE)
            for v in picture.levels
        ]
        feet = [
            max(self._measures.foot_width(row.descriptors[i]) for row in rows)
            for i in range(len(picture.levels))
        ]
        for lines in _LINES_TRIED:
            needs = [
                max(
                    names[i],
                    feet[i],
                    *(self._need(row.descriptors[i], lines, line) * size + frame for row in rows),
                )
                for i in range(len(picture.levels))
            ]
            if (found := columns(needs, total)) is not None:
                return found
        return None

    def _need(self, descriptor: RoomDescriptor, lines: int, line: int) -> float:
        """Give the width in ems at which a wording takes so many lines, less those of its foot."""
        look, said = self._look, len(tags(descriptor))
        taken = (said + 1) * step(tag_type(look), Spacing.CALM) + said * tag_height(None, look)
        fewer = math.ceil(taken / line) if said else 0
        return self._measurer.narrowest(descriptor.text, max(lines - fewer, 1))

    def _columns_width(self, asked: Sheet) -> int:
        gaps = self._look.px(asked.spacing.gap) * (len(self._picture.levels) - 1)
        return self._measures.inner - gaps


def named(row: RoomRow) -> str:
    """Name a row with where it stands."""
    return "   ·   ".join(filter(None, (row.name, row.standing)))


def also(others: Sequence[RoomRow]) -> str:
    """Name the rows that are not shown whole."""
    return "Also: " + ", ".join(row.name for row in others)


def _unsaid(picture: MatrixPicture) -> MatrixPicture:
    """Give a picture as it is before anything is said of its rows."""
    rows = tuple(
        RoomRow(
            name=row.name,
            outcome=Outcome.NOT_DISCUSSED,
            standing="",
            descriptors=tuple(unsaid(descriptor) for descriptor in row.descriptors),
            spread="",
            movement="",
        )
        for row in picture.rows
    )
    return msgspec.structs.replace(picture, rows=rows)


def _windows(count: int, current: int) -> Iterator[tuple[int, int]]:
    """Give runs of rows with the current one, the longest first and such as go on from it."""
    for length in range(count, 0, -1):
        for first in range(min(current, count - length), max(current - length, -1), -1):
            if first + length > current:
                yield first, first + length
