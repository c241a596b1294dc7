"""Reads back a document that was written, before it is put in place. For this package only."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document
from docx.table import _Row

from hicm_desktop.export.replacing import not_whole
from hicm_desktop.export.word import looks, plan
from hicm_desktop.workshop.report_values import Report


def action_plan(report: Report, path: Path) -> None:
    """Raise ExportError where a document cannot be opened again, or does not hold the plan."""
    try:
        with path.open("rb") as file:
            document = Document(file)
    except (zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise not_whole("it could not be opened again") from fault
    if len(document.tables) != 1:
        raise not_whole("its table of actions is missing")
    head, *rows = document.tables[0].rows
    if _texts(head) != plan.headings(report):
        raise not_whole("the headings of its columns are not those of the plan")
    lines = len(report.actions) or plan.FREE_LINES
    if len(rows) != lines:
        raise not_whole(f"it holds {len(rows)} lines and not {lines}")
    for number, (row, action) in enumerate(zip(rows, report.actions, strict=False), start=1):
        if _texts(row) != plan.cells(action):
            raise not_whole(f"action {number} does not say what was recorded")
    first = [p.text for p in document.paragraphs if p.style and p.style.name == looks.NUMBERED]
    if first != [plan.first_words(action) for action in report.first_actions]:
        raise not_whole("what the room puts first is not what was recorded")


def _texts(row: _Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)
