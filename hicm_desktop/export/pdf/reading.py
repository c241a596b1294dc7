"""A PDF opened again: its pages as pictures and as text. pypdfium2 is imported here alone.

For the exporters, which read back what they wrote, and for whatever shows pages before they are
kept. The library runs in one thread at a time, so every call waits for the one before.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2

from hicm_desktop.errors import ExportError

_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels from the top left, four bytes each: blue, green, red, and one that says nothing."""

    width: int
    height: int
    pixels: bytes


class PdfFile:
    """A PDF, from a file or from memory. Raises ExportError where it cannot be read. Close it."""

    def __init__(self, source: Path | bytes) -> None:
        with _ONE_AT_A_TIME:
            try:
                self._document: Any = pypdfium2.PdfDocument(source)
            except (pypdfium2.PdfiumError, OSError) as fault:
                raise ExportError("The PDF could not be read.") from fault

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with _ONE_AT_A_TIME:
            return len(self._document)

    def close(self) -> None:
        """Let the file go."""
        with _ONE_AT_A_TIME:
            self._document.close()

    def size(self, page: int) -> tuple[float, float]:
        """Give the width and the height of a page in points. Pages count from 0."""
        with _ONE_AT_A_TIME:
            width, height = self._document.get_page_size(page)
            return float(width), float(height)

    def text(self, page: int) -> str:
        """Give all that stands on a page, in the order in which it was drawn."""
        with _ONE_AT_A_TIME:
            opened = self._document[page]
            words = opened.get_textpage()
            try:
                return str(words.get_text_range())
            finally:
                words.close()
                opened.close()

    def picture(self, page: int, width: int) -> Picture:
        """Draw a page so many pixels wide."""
        with _ONE_AT_A_TIME:
            opened = self._document[page]
            drawn = opened.render(scale=width / opened.get_width(), prefer_bgrx=True)
            try:
                # A copy: the pixels themselves go when the drawing is closed.
                return Picture(drawn.width, drawn.height, bytes(drawn.buffer))
            finally:
                drawn.close()
                opened.close()
