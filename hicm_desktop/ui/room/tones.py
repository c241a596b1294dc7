"""The colours of the room view by what they say, and the sizes that follow from its screen.

For `hicm_desktop.ui.room`. What is painted takes its colours from a `Tone`, and a test computes the
contrast of each. A− and A+ are the console's: they leave the room as it is.
"""

from __future__ import annotations

import enum
import functools
import math

import msgspec
from PySide6.QtGui import QColor, QFont

from hicm_desktop.ui.appearance import FAMILY
from hicm_desktop.ui.theme import LIGHT, Theme, ink_on

LINES = 720
LEAST = 20
"""No text is smaller than this at `LINES` lines, and it grows with the screen."""

NO_LIGHT = "#000000"
"""A blank room: a projector gives the least light with it, in any theme."""


class Tone(enum.Enum):
    """A colour on its ground, by their names in the theme."""

    BODY = ("ink", "ground")
    QUIET = ("muted", "ground")
    BAR = ("bar_ink", "bar")
    BAR_QUIET = ("bar_muted", "bar")
    CHOSEN = ("chosen_ink", "chosen")
    WORD = ("ground", "ink")
    RAISED = ("ink", "surface")
    LABEL = ("accent", "ground")
    HANDS = LABEL
    MARKS = ("accent", "surface")
    OPEN_MARKS = ("edge", "surface")
    FOOT = ("muted", "surface")
    HEAVY = BODY

    def front(self, theme: Theme) -> str:
        """Give the colour that is read or seen."""
        return str(getattr(theme, self.value[0]))

    def back(self, theme: Theme) -> str:
        """Give the colour that it is read or seen on."""
        return str(getattr(theme, self.value[1]))


class RoomLook(msgspec.Struct, frozen=True):
    """A theme on a screen of this height in px, from which every size follows."""

    theme: Theme = LIGHT
    height: int = LINES

    @property
    def unit(self) -> float:
        """How many px one of 720 lines has."""
        return self.height / LINES

    @property
    def least(self) -> int:
        """The smallest type in px."""
        return math.ceil(LEAST * self.unit)

    def px(self, size: float) -> int:
        """Give a length at 720 lines in px."""
        return round(size * self.unit)

    def type(self, size: float) -> int:
        """Give a size of type at 720 lines in px, never below the smallest."""
        return max(self.px(size), self.least)

    def font(self, px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Give the font of a size in px. It is shared: whoever would change it copies it."""
        return _font(max(px, 1), weight)

    def front(self, tone: Tone) -> QColor:
        """Give the colour of a tone that is read or seen."""
        return QColor(tone.front(self.theme))

    def back(self, tone: Tone) -> QColor:
        """Give the colour that it is read or seen on."""
        return QColor(tone.back(self.theme))

    def level(self, number: int, count: int) -> tuple[QColor, QColor]:
        """Give the hue of a level and the colour that is read on it."""
        hue = self.theme.level(number, count)
        return QColor(hue), QColor(ink_on(hue))


@functools.lru_cache(maxsize=256)
def _font(px: int, weight: QFont.Weight) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setWeight(weight)
    return font
