"""A page of texts, one below the other, in the largest type at which all of them fit.

For `hicm_desktop.ui.room.stage`: what a change is about, what the levels mean, an action, the
actions put first or all of them, a welcome, a break. `blocks` says what stands there.
"""

from __future__ import annotations

import math

import msgspec
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.room.fit import largest
from hicm_desktop.ui.room.painted import BOLD, STRONG
from hicm_desktop.ui.room.pictures.blocks import LONGEST_LINE, Block, Page, Weight, shortened
from hicm_desktop.ui.room.text import Text, padding
from hicm_desktop.ui.room.tones import RoomLook
from hicm_desktop.ui.text_block import TextBlock

_MARGIN = 48
_MOST_BESIDE = 0.42
"""The most of the width that what stands beside the texts takes."""
_TINY = 6
_WEIGHTS = {Weight.PLAIN: QFont.Weight.Normal, Weight.STRONG: STRONG, Weight.BOLD: BOLD}


class _Laid(msgspec.Struct, frozen=True):
    """A page laid out at a size: where its blocks are, how high, and how wide what is beside."""

    size: int
    blocks: tuple[Block, ...]
    tops: tuple[int, ...]
    heights: tuple[int, ...]
    beside: int
    height: int


class PageSheet(Grouping):
    """A page of texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.texts: list[Text] = []
        self.beside: list[Text] = []
        self._longest = LONGEST_LINE

    def show_page(self, page: Page, look: RoomLook) -> None:
        """Show a page in the size the sheet has."""
        self.setAccessibleName(page.name)
        self._longest = page.longest
        laid = self._find(page, look)
        while len(self.texts) < len(laid.blocks):
            self.beside.append(Text(self))  # read before its text
            self.texts.append(Text(self))
        spare = self.height() - laid.height
        top = spare // 2 if page.centred else min(look.px(22), spare // 2)
        for i, text in enumerate(self.texts):
            shown = i < len(laid.blocks)
            text.setVisible(shown)
            self.beside[i].setVisible(shown and bool(laid.blocks[i].beside))
            if shown:
                self._place(i, laid, look, top)

    def _find(self, page: Page, look: RoomLook) -> _Laid:
        """Find the type. What may give way does so before any type is too small."""
        blocks = page.blocks
        while True:
            found = self._largest(blocks, look, look.least, max(look.px(page.most), look.least))
            if found is not None:
                return found
            shorter = shortened(blocks)
            if shorter is None:
                # No screen has this shape, but a window may.
                found = self._largest(blocks, look, _TINY, look.least)
                return found or self._lay(blocks, look, _TINY, _TINY)
            blocks = shorter

    def _largest(
        self, blocks: tuple[Block, ...], look: RoomLook, least: int, most: int
    ) -> _Laid | None:
        size = largest(
            lambda px: self._lay(blocks, look, px, least).height <= self._room(look), least, most
        )
        return None if size is None else self._lay(blocks, look, size, least)

    def _lay(self, blocks: tuple[Block, ...], look: RoomLook, size: int, least: int) -> _Laid:
        beside = self._beside_width(blocks, look, size, least)
        y, tops, heights = 0, [], []
        for i, block in enumerate(blocks):
            y += round(block.gap * size) if i else 0
            font = _font(block, look, size, least)
            width = self._text_width(look, font, beside if block.beside else 0)
            pad = padding(font.pixelSize(), marked=False, framed=block.quoted)
            text = TextBlock(block.text, font, width - 2 * pad[0]).height + 2 * pad[1]
            name = 0.0
            if block.beside:
                name = self._name_height(block, look, font, beside)
            tops.append(y)
            heights.append(math.ceil(max(text, name)))
            y += heights[-1]
        return _Laid(size, blocks, tuple(tops), tuple(heights), beside, y)

    def _beside_width(
        self, blocks: tuple[Block, ...], look: RoomLook, size: int, least: int
    ) -> int:
        """Give the width of the column beside the texts: as its longest name needs, or less."""
        widths = [0]
        for block in blocks:
            if block.beside:
                font = _name_font(look, _font(block, look, size, least))
                left, _ = padding(
                    font.pixelSize(),
                    marked=block.mark is not None,
                    framed=block.hue is not None,
                )
                natural = TextBlock(block.beside, font, 1e6).natural_width
                widths.append(math.ceil(natural + 2 * left) + 2)
        return min(max(widths), int(self._inner(look) * _MOST_BESIDE))

    def _name_height(self, block: Block, look: RoomLook, font: QFont, beside: int) -> float:
        name = _name_font(look, font)
        framed = block.hue is not None
        left, above = padding(name.pixelSize(), marked=block.mark is not None, framed=framed)
        right = left if framed else 0
        return TextBlock(block.beside, name, beside - left - right).height + 2 * above

    def _place(self, index: int, laid: _Laid, look: RoomLook, top: int) -> None:
        block, y, height = laid.blocks[index], top + laid.tops[index], laid.heights[index]
        font = _font(block, look, laid.size, min(laid.size, look.least))
        left = look.px(_MARGIN)
        if block.beside:
            name = self.beside[index]
            name.show_text(
                block.beside,
                look,
                _name_font(look, font),
                laid.beside,
                mark=block.mark,
                hue=block.hue,
            )
            name.setGeometry(left, y, laid.beside, height)
        beside = laid.beside if block.beside else 0
        x = left + (beside + look.px(_MARGIN) // 2 if beside else 0)
        width = self._text_width(look, font, beside)
        text = self.texts[index]
        wanted = text.show_text(block.text, look, font, width, block.tone, quoted=block.quoted)
        # Beside a name on its hue, a shorter text stands in the middle of it.
        lower = (height - wanted) // 2 if block.hue is not None else 0
        text.setGeometry(x, y + max(lower, 0), width, height - max(lower, 0))

    def _text_width(self, look: RoomLook, font: QFont, beside: int) -> int:
        room = self._inner(look) - (beside + look.px(_MARGIN) // 2 if beside else 0)
        return max(min(room, font.pixelSize() * self._longest), 1)

    def _room(self, look: RoomLook) -> int:
        return self.height() - 2 * look.px(14)

    def _inner(self, look: RoomLook) -> int:
        return self.width() - 2 * look.px(_MARGIN)


def _font(block: Block, look: RoomLook, size: int, least: int) -> QFont:
    px = max(round(block.size * size), least)
    return look.font(px, _WEIGHTS[block.weight])


def _name_font(look: RoomLook, font: QFont) -> QFont:
    return look.font(font.pixelSize(), STRONG)
