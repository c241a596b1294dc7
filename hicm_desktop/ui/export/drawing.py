"""A PDF in memory and the pictures of its pages, all on one thread.

For `hicm_desktop.ui.export.page_preview`.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.export.pdf.reading import Heading, PdfFile, Picture


class Opened(msgspec.Struct, frozen=True):
    """A PDF that can be drawn: the width and height of each page in points, and its contents."""

    number: int
    sizes: tuple[tuple[float, float], ...]
    headings: tuple[Heading, ...]


class Wish(msgspec.Struct, frozen=True):
    """A page, counted from 0, of the PDF of this number, so many pixels wide."""

    number: int
    page: int
    width: int


class Drawn(msgspec.Struct, frozen=True):
    """A page that was wished for, as a picture; None where its PDF has gone."""

    wish: Wish
    picture: Picture | None


class Drawer:
    """Holds one PDF at a time. Every call is made on the same thread, and the last is `close`."""

    def __init__(self) -> None:
        self._pdf: PdfFile | None = None
        self._number = 0

    def open(self, data: bytes) -> Opened:
        """Take another PDF. Raises ExportError where it cannot be read."""
        self.close()
        pdf = PdfFile(data)
        self._pdf = pdf
        self._number += 1
        return Opened(
            self._number, tuple(pdf.size(page) for page in range(len(pdf))), pdf.contents()
        )

    def draw(self, wish: Wish) -> Drawn:
        """Draw a page."""
        if self._pdf is None or wish.number != self._number:
            return Drawn(wish, None)
        return Drawn(wish, self._pdf.picture(wish.page, wish.width))

    def close(self) -> None:
        """Let the PDF go."""
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None
