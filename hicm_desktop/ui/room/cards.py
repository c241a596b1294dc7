"""Finds the largest type, and the widths of columns, at which the cards of a row fit an area.

For the pictures of the room view. Sizes are searched by measures in ems, which is quick, and what
was found is laid out and checked: should it not hold, a smaller size is tried.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSize

from hicm_desktop.ui.room.card import (
    SIDE,
    CardLook,
    Spacing,
    numbered,
    step,
    tag_beside,
    tag_height,
    tag_type,
    tags,
)
from hicm_desktop.ui.room.fit import columns, dots, largest
from hicm_desktop.ui.room.painted import STRONG, Measurer
from hicm_desktop.ui.room.tones import RoomLook
from hicm_desktop.ui.text_block import LEADING
from hicm_desktop.workshop.room import RoomDescriptor

_EVENNESS = (0.76, 0.0)
"""The narrowest a column may be, against even ones: such are calmer to read, if they fit at all."""
_WORTH = 1.05
"""How many times larger the type must be for columns to be less even."""
GOOD = 30
"""Type of this size in px at 720 lines is large enough for looks to count beside it."""
_MOST_TAG_LINES = 4
_MOST_FITS = 500
NUMBER = 42
"""The room that the number beside the dots takes, at 720 lines."""


class Reserve(enum.Enum):
    """For what of that which may yet be said room is kept, and how close things stand.

    With room for a choice on every card nothing moves when a level is agreed, whichever it is.
    """

    ALL = (True, True, Spacing.CALM)
    CHOICE = (True, False, Spacing.CALM)
    TIGHT_CHOICE = (True, False, Spacing.TIGHT)
    SNUG_CHOICE = (True, False, Spacing.SNUG)
    SNUG = (False, False, Spacing.SNUG)

    @property
    def keeps_choice(self) -> bool:
        """Whether each card keeps room for the words of a choice."""
        return self.value[0]

    @property
    def keeps_said(self) -> bool:
        """Whether room is kept for hands and for what may be said of the row as a whole."""
        return self.value[1]

    @property
    def spacing(self) -> Spacing:
        """How close things stand."""
        return self.value[2]


class Cards(msgspec.Struct, frozen=True):
    """Cards side by side as they fit: how they are drawn, and their widths in px."""

    card: CardLook
    widths: tuple[int, ...]


class Fits:
    """Finds how the cards of a row fit, and remembers it: a room comes back to its rows."""

    def __init__(self, measurer: Measurer) -> None:
        """Find it by a measurer, which lays out the cards too."""
        self.measurer = measurer
        self._found: dict[tuple[object, ...], Cards | None] = {}

    def find(
        self,
        descriptors: Sequence[RoomDescriptor],
        look: RoomLook,
        area: QSize,
        reserve: Reserve,
        sizes: tuple[int, float],
    ) -> Cards | None:
        """Give the cards of a row in the largest type that fits.

        `sizes` has the smallest type in px, and the largest as at 720 lines. None where it cannot
        be. What is said of a row only takes room, so where it fits into the cards as they were
        before, those are the largest still: nothing is searched, and nothing moves.
        """
        # All that the search goes by: with any of it another, it is another search.
        key = (tuple(descriptors), look, area.width(), area.height(), reserve, sizes)
        if key not in self._found:
            if len(self._found) > _MOST_FITS:
                self._found.clear()
            self._found[key] = self._find(tuple(descriptors), look, area, reserve, sizes)
        return self._found[key]

    def _find(
        self,
        descriptors: tuple[RoomDescriptor, ...],
        look: RoomLook,
        area: QSize,
        reserve: Reserve,
        sizes: tuple[int, float],
    ) -> Cards | None:
        line = any(d.hands for d in descriptors) and not reserve.keeps_said
        before = tuple(unsaid(d, hands=int(line)) for d in descriptors)
        if before == descriptors:
            return self._search(descriptors, look, area, reserve, sizes)
        found = self.find(before, look, area, reserve, sizes)
        if found is None:
            return None
        now = _Search(descriptors, look, area, self.measurer, reserve, 0.0)
        if now.holds(found.card.size, found.widths):
            return Cards(now.card(found.card.size, found.widths), found.widths)
        return self._search(descriptors, look, area, reserve, sizes)

    def _search(
        self,
        descriptors: Sequence[RoomDescriptor],
        look: RoomLook,
        area: QSize,
        reserve: Reserve,
        sizes: tuple[int, float],
    ) -> Cards | None:
        least = sizes[0]
        most = max(look.px(sizes[1]), least)
        best: Cards | None = None
        for evenness in _EVENNESS:
            search = _Search(descriptors, look, area, self.measurer, reserve, evenness)
            start = least if best is None else math.floor(best.card.size * _WORTH) + 1
            best = search.largest(start, most) or best
            if best is not None and best.card.size >= look.px(GOOD):
                break
        return best


class _Search:
    """One search over sizes of type."""

    def __init__(
        self,
        descriptors: Sequence[RoomDescriptor],
        look: RoomLook,
        area: QSize,
        measurer: Measurer,
        reserve: Reserve,
        evenness: float,
    ) -> None:
        self._descriptors = descriptors
        self._look = look
        self._measurer = measurer
        self._height = area.height()
        self._spacing = reserve.spacing
        self._sides = 2 * look.px(SIDE)
        self._frame = 2 * look.px(self._spacing.pad)
        self._total = area.width() - look.px(self._spacing.gap) * (len(descriptors) - 1)
        even = self._total // max(len(descriptors), 1)
        self._narrowest = int(even * evenness)
        self._kept = one_tag(look) if reserve.keeps_choice else 0
        shown = reserve.keeps_said or any(d.hands for d in descriptors)
        self._hands = look.px(self._spacing.hands) if shown else 0
        self._names = self._name_lines(even)
        self._band = step(look.type(22), Spacing.CALM) * self._names + look.px(12)
        self._feet = [self._foot_choices(d) for d in descriptors]

    def largest(self, least: int, most: int) -> Cards | None:
        """Give the cards in the largest type that fits, from `least` to `most` px."""
        while (size := self._fitting(least, most)) is not None:
            widths = self.widths(size)
            if widths is not None and self.holds(size, widths):
                return Cards(self.card(size, widths), widths)
            most = size - 1
        return None

    def _fitting(self, least: int, most: int) -> int | None:
        return largest(lambda px: self.widths(px) is not None, least, most)

    def card(self, size: int, widths: Sequence[int]) -> CardLook:
        """Say how the cards are drawn at a size of type."""
        room = min(widths) - self._look.px(NUMBER)
        hands = dots([d.hands for d in self._descriptors], room, self._look.unit)
        return CardLook(self._look, self._spacing, size, self._band, self._hands, hands)

    def widths(self, size: int) -> tuple[int, ...] | None:
        """Give the widths at which the cards should fit at a size of type."""
        needs = [
            self._need(descriptor, feet, size)
            for descriptor, feet in zip(self._descriptors, self._feet, strict=True)
        ]
        return columns(needs, self._total)

    def _need(
        self, descriptor: RoomDescriptor, feet: Sequence[tuple[float, int]], size: int
    ) -> float:
        """Give the width that a card needs: the more lines its foot has, the fewer its wording."""
        needs = []
        room = self._height - self._band - self._hands - self._frame
        for width, height in feet:
            lines = (room - height) // step(size, self._spacing)
            if lines >= 1:
                text = self._measurer.narrowest(descriptor.text, lines) * size + self._frame
                needs.append(max(text, width))
        name = self._name_width(descriptor) + self._sides
        return max(min(needs, default=math.inf), name, self._narrowest)

    def _foot_choices(self, descriptor: RoomDescriptor) -> list[tuple[float, int]]:
        """Give the widths from which the foot takes so much height, in more and more lines."""
        look, type_ = self._look, tag_type(self._look)
        one_line = step(type_, Spacing.CALM)
        said = tags(descriptor)
        if not said:
            return [(0.0, self._kept)]
        choices = []
        for lines in range(1, _MOST_TAG_LINES + 1):
            width = max(self._measurer.narrowest(words, lines) for words, _ in said) * type_
            taken = [self._measurer.lines(words, width / type_) for words, _ in said]
            height = sum(n * one_line + tag_height(None, look) for n in taken)
            choices.append((width + tag_beside(look), max(height, self._kept)))
        return choices

    def holds(self, size: int, widths: Sequence[int]) -> bool:
        """Lay the cards out and tell whether they fit."""
        for descriptor, width in zip(self._descriptors, widths, strict=True):
            text = self._measurer.height(
                descriptor.text, size, width - self._frame, self._spacing.leading
            )
            words = numbered(descriptor.number, descriptor.level)
            name = self._measured(words, self._look.type(22), width - self._sides)
            feet = max(self._foot_height(descriptor, width), self._kept)
            if (
                self._foot_width(descriptor) > width
                or name > self._band
                or self._band + text + self._frame + feet > self._height - self._hands
            ):
                return False
        return True

    def _measured(self, text: str, size: int, width: float) -> int:
        return self._measurer.height(text, size, width, LEADING)

    def _foot_height(self, descriptor: RoomDescriptor, width: int) -> int:
        look, inner = self._look, width - tag_beside(self._look)
        return sum(
            self._measured(words, tag_type(look), inner) + tag_height(None, look)
            for words, _ in tags(descriptor)
        )

    def _foot_width(self, descriptor: RoomDescriptor) -> float:
        """Give the width below which a word at the foot would be broken."""
        said = [self._measurer.widest(words) for words, _ in tags(descriptor)]
        return max(said) * tag_type(self._look) + tag_beside(self._look) if said else 0.0

    def _name_lines(self, even: int) -> int:
        """Give how many lines the levels' names take: one where all columns are wide enough."""
        whole = (self._words_width(d) for d in self._descriptors)
        return 1 if all(width + self._sides <= even for width in whole) else 2

    def _words_width(self, descriptor: RoomDescriptor) -> float:
        words = numbered(descriptor.number, descriptor.level)
        return self._measurer.narrowest(words, 1) * self._look.type(22)

    def _name_width(self, descriptor: RoomDescriptor) -> float:
        words, size = numbered(descriptor.number, descriptor.level), self._look.type(22)
        drawn = self._measurer.widest_drawn(words, self._look.font(size, STRONG))
        return max(self._measurer.narrowest(words, self._names) * size, drawn)


def unsaid(descriptor: RoomDescriptor, hands: int = 0) -> RoomDescriptor:
    """Give a descriptor as it is before anything is said of it, but for so many hands."""
    return msgspec.structs.replace(descriptor, word="", before="", hands=hands)


def one_tag(look: RoomLook) -> int:
    """Give the height of one line at the foot of a card."""
    return step(tag_type(look), Spacing.CALM) + tag_height(None, look)
