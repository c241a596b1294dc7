"""How the PDF looks: type and colours. One hue, light to dark, and ink on white.

For this package only. Sizes and spaces are in points.
"""

from __future__ import annotations

from dataclasses import dataclass

INK, MUTED, ACCENT, WHITE = "#10243A", "#51647A", "#0B4F8A", "#FFFFFF"
HAIRLINE, PALE = "#8CA0B6", "#F3F7FB"
LEVELS = ("#E6EEF6", "#C6DAEC", "#8FB6D9", "#3D7AB1", "#0B3C6F")

REGULAR, SEMIBOLD, BOLD, ITALIC = "Regular", "Semibold", "Bold", "Italic"
FACES = (REGULAR, SEMIBOLD, BOLD, ITALIC)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; `gap` is the space after it, within a cell."""

    size: float
    leading: float
    face: str = REGULAR
    color: str = INK
    gap: float = 0.0


COVER_MODEL = Style(13, 17, SEMIBOLD, MUTED, gap=8)
COVER = Style(36, 42, BOLD, ACCENT, gap=4)
COVER_LONG = Style(18, 23, BOLD, ACCENT, gap=4)
COVER_LABEL = Style(9.5, 14.5, SEMIBOLD, MUTED)
PLACE = Style(16, 22, SEMIBOLD, INK, gap=4)
TITLE = Style(20, 25, BOLD, ACCENT, gap=2)
SUBTITLE = Style(13, 17, BOLD, ACCENT, gap=2)
BODY = Style(10.5, 14.5, gap=4)
STRONG = Style(10.5, 14.5, SEMIBOLD, gap=4)
LABEL = Style(9, 12, SEMIBOLD, MUTED, gap=1)
QUIET = Style(9.5, 12.5, color=MUTED, gap=2)
CONTENTS = Style(11, 15)
ABOUT = Style(10, 13, gap=3)
SAYING = Style(10, 13, ITALIC, gap=3)
BAND = Style(11, 14, BOLD)
PART = Style(11, 14, BOLD, ACCENT, gap=1)

NOTE = Style(9.5, 12.5)
NOTE_STRONG = Style(9.5, 12.5, SEMIBOLD)
LINK = Style(9, 12, color=ACCENT)
SMALL = Style(8.8, 11.2, color=MUTED)
BULLET = Style(9.7, 12.6, BOLD, ACCENT)
ITEM = Style(9.7, 12.6, gap=1)
ITEM_STRONG = Style(9.7, 12.6, SEMIBOLD)
HEAD = Style(9, 11.5, BOLD)
HEAD_LIGHT = Style(9, 11.5, BOLD, WHITE)
HEAD_SMALL = Style(7.5, 9.5)
STANDING = Style(8.5, 10.3)
STANDING_QUIET = Style(8.5, 10.3, color=MUTED)
NAME = Style(9, 11.5, BOLD, gap=2)
DESCRIPTOR = Style(8.8, 10.7)
CHOSEN = Style(8.8, 10.7, SEMIBOLD)
VERDICT = Style(9, 12, BOLD, ACCENT)
EARLIER = Style(8.2, 10.7, SEMIBOLD, MUTED, gap=1)
PRIVATE = Style(9, 12, BOLD, INK, gap=1)
MARK = Style(12, 13, BOLD, LEVELS[4])
FOOT = Style(8, 10, color=MUTED)


def level_fill(number: int, of: int) -> str:
    """Give the ground of a level, which counts from 1, out of so many: light to dark."""
    last = len(LEVELS) - 1
    return LEVELS[round((number - 1) * last / max(of - 1, 1))]


def ink_on(fill: str) -> str:
    """Give the ink that stands out from a ground: white on the darkest levels."""
    return WHITE if fill in LEVELS[3:] else INK
