"""The chapters that close a workshop: the decision log as minutes, and the sign-off.

For this package only.
"""

from __future__ import annotations

from itertools import groupby

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.grid import Cell, Edge, Row, lay
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.report_values import Report, ReportEntry

_TIME, _WHERE, _REASON = 46.0, 140.0, 130.0
_WHOLE = (UPRIGHT_WIDTH,)
_COLUMNS = 4


def decision_log(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set out the minutes, day by day: when, where, what changed from what to what, and why."""
    widths = (_TIME, _WHERE, UPRIGHT_WIDTH - _TIME - _WHERE - _REASON, _REASON)
    rows = [title_row("Decision log", _COLUMNS)]
    if report.minutes:
        explained = "In the order in which it was decided. What was taken back is left out."
        rows.append(text_row((explained, looks.QUIET), columns=_COLUMNS, keeps=True))
        rows.append(head_row(("Time", "Where", "What was decided", "Reason")))
    else:
        rows.append(text_row(("Nothing has been decided yet.", looks.QUIET), columns=_COLUMNS))
    for day, entries in groupby(report.minutes, key=lambda entry: entry.day):
        band = Cell(((day, looks.BAND),), _COLUMNS, fill=looks.LEVELS[0], edge=Edge.NONE)
        rows.append(Row((band,), keeps=True, padding=(5.0, 3.0)))
        rows += [_entry(entry) for entry in entries]
    return [lay(typeface, widths, rows)]


def sign_off(typeface: Typeface, report: Report) -> list[Flowable]:
    """Say whether this is the record as it was signed off, by whom, and its fingerprint."""
    seal = report.seal
    rows = [title_row("Sign-off", 1), text_row((seal.words, looks.STRONG))]
    if seal.present:
        rows.append(text_row(("Who was there", looks.LABEL), keeps=True))
        rows += [text_row((partner, looks.NOTE)) for partner in seal.present]
    if seal.fingerprint:
        rows.append(text_row(("Fingerprint", looks.LABEL), (seal.fingerprint, looks.NOTE)))
    return [lay(typeface, _WHOLE, rows)]


def _entry(entry: ReportEntry) -> Row:
    where = ((entry.change_heading, looks.NAME), (entry.row_name, looks.NOTE))
    return Row(
        (
            Cell(((entry.time, looks.NAME),), fill=looks.PALE),
            Cell(tuple(text for text in where if text[0]), fill=looks.PALE),
            Cell(((entry.words, looks.NOTE),)),
            Cell(((entry.reason, looks.NOTE),)),
        )
    )
