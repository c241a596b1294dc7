"""Reads back a workbook that was written, before it is put in place. For this package only."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from hicm_desktop.export.replacing import not_whole


def record(path: Path) -> None:
    """Raise ExportError where a workbook cannot be opened again, or has no sheet."""
    with path.open("rb") as file:
        if not load_workbook(file, read_only=True).sheetnames:
            raise not_whole("it has no sheet")
