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
import pypdfium2.raw as pdfium

from hicm_desktop.errors import ExportError

_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels from the top left, four bytes each: blue, green, red, and one that says nothing."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the structure and the text that stands on one page for it.

    `role` is its standard name, such as TD. `key` is the same for parts of one element on several
    pages, and empty for an element of one page.
    """

    role: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a PDF's contents: its depth, from 0, and the page it is on, from 0."""

    words: str
    depth: int
    page: int


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

    def contents(self) -> tuple[Heading, ...]:
        """Give the contents that a viewer shows beside the pages, in order."""
        with _ONE_AT_A_TIME:
            found = []
            for line in self._document.get_toc():
                goal = line.get_dest()
                page = None if goal is None else goal.get_index()
                if page is not None:
                    found.append(Heading(str(line.get_title()), int(line.level), int(page)))
            return tuple(found)

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

    def parts(self, page: int) -> list[Part]:
        """Give what stands on a page as its structure has it, without decoration."""
        with _ONE_AT_A_TIME:
            opened = self._document[page]
            words = opened.get_textpage()
            try:
                return _parts(opened.raw, _texts(opened.raw, words.raw))
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


def _texts(page: Any, words: Any) -> dict[int, str]:
    """Give the text of each marked part of a page, by its number."""
    found: dict[int, list[str]] = {}
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, place)
        number = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        if number >= 0 and pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_TEXT:
            told = _told(pdfium.FPDFTextObj_GetText, drawn, words, unit=2)
            found.setdefault(number, []).append(told)
    # PDFium gives another character for a hyphen at the end of a line.
    return {number: "".join(told).replace("\x02", "-") for number, told in found.items()}


def _parts(page: Any, texts: dict[int, str]) -> list[Part]:
    """Go through the structure of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        found: list[Part] = []
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _go_through(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), texts, found)
        return found
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _go_through(element: Any, texts: dict[int, str], found: list[Part]) -> None:
    own = []
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
        if number in texts:
            own.append(texts[number])
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            _go_through(child, texts, found)
    if own:
        role = _told(pdfium.FPDF_StructElement_GetType, element)
        found.append(Part(role, _told(pdfium.FPDF_StructElement_GetID, element), "".join(own)))


def _told(ask: Any, *about: Any, unit: int = 1) -> str:
    """Ask PDFium for a text, which it gives as UTF-16 once it was told how much room there is.

    It counts room in bytes, or where `unit` is 2 in code units too.
    """
    size = ask(*about, None, 0)
    room = pdfium.create_string_buffer(size * unit)
    kind = pdfium.POINTER(pdfium.c_ushort)
    ask(*about, pdfium.cast(room, kind) if unit > 1 else room, size)
    return str(room.raw, "utf-16-le", "replace").rstrip("\0")
