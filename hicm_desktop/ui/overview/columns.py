"""Where the columns of the profile lie: the names, a place for each level, and the level's word.

For `hicm_desktop.ui.overview.profile` only. Measured from the words themselves, so that another
model's levels or another scale are given the room they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from PySide6.QtGui import QFontMetricsF

from hicm_desktop.model.values import Level
from hicm_desktop.ui.appearance import Look, Type
from hicm_desktop.workshop.values import Outcome

PAD = 10
MARK = 13
MARK_GAP = 7
_NAME = 150
_WIDEST_NAME = 260
_NARROWEST_PLACE = 30
_WIDEST_PLACE = 112


class Columns(msgspec.Struct, frozen=True):
    """The columns for one width and look, in px.

    `stacked` rows have their name on a line of its own. Where no name of a level fits over its
    place, `named` is false, and the places are headed by number under a key.
    """

    width: int
    look: Look
    stacked: bool
    named: bool
    name: int
    places: int
    place: int
    word: int
    right: int

    def place_left(self, index: int) -> int:
        """Give the left edge of a level's place, counted from 0."""
        return self.places + index * self.place

    @property
    def word_width(self) -> int:
        """How wide the column of words is."""
        return self.right - self.word


def columns(width: int, levels: Sequence[Level], look: Look) -> Columns:
    """Choose the columns for a width in px."""
    pad, count = look.px(PAD), len(levels)
    inner = max(width - 2 * pad, 1)
    strong = QFontMetricsF(look.font(Type.STRONG))
    small = QFontMetricsF(look.font(Type.SMALL_STRONG))
    words = [v.name for v in levels] + [o.words for o in Outcome if not o.is_agreed]
    mark = look.px(MARK + MARK_GAP)
    word = min(_widest(strong, words) + mark + look.px(4), round(inner * 0.4))
    named = _widest(small, (part for v in levels for part in v.name.split())) + look.px(8)

    room = inner - word - look.px(_NAME)
    stacked = room < count * look.px(_NARROWEST_PLACE)
    if stacked:
        place = max((inner - word) // count, 1)
    else:
        generous = (inner - word - look.px(_WIDEST_NAME)) // count
        place = min(room // count, max(generous, named))
    place = min(place, max(look.px(_WIDEST_PLACE), named))
    if place < named:
        place = min(place, look.px(_NARROWEST_PLACE + 14))
    right = pad + inner
    if stacked:
        places = pad
        word_left = places + count * place + look.px(8)
    else:
        word_left = right - word
        places = word_left - count * place - look.px(8)
    return Columns(
        width=width,
        look=look,
        stacked=stacked,
        named=place >= named,
        name=pad,
        places=places,
        place=place,
        word=word_left,
        right=right,
    )


def _widest(metrics: QFontMetricsF, words: Iterable[str]) -> int:
    return round(max((metrics.horizontalAdvance(word) for word in words), default=0.0)) + 1
