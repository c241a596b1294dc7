"""Reads back a PDF that was written, before it is put in place. For this package only."""

from __future__ import annotations

from pathlib import Path

from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.export.replacing import not_whole


def record(path: Path) -> None:
    """Raise ExportError where a PDF cannot be opened again, or has no page."""
    with PdfFile(path) as pdf:
        if not len(pdf):
            raise not_whole("it has no page")
