"""A workbook opened again, to say what it holds. openpyxl is imported in this package alone.

For whoever shows what an export will hold, or says what it held when it was read back.
"""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook


def sheet_names(book: Path | bytes) -> tuple[str, ...]:
    """Give the names of a workbook's sheets in order. Raises OSError where it cannot be read."""
    with io.BytesIO(book) if isinstance(book, bytes) else book.open("rb") as file:
        return tuple(load_workbook(file, read_only=True).sheetnames)
