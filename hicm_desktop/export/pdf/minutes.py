"""The chapters that close a workshop: the decision log as minutes, and the sign-off.

For this package only.
"""

from __future__ import annotations

from itertools import groupby

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import links, unbroken_hands
from hicm_desktop.export.pdf.cells import Cell, Link, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.entry import Kind as EntryKind
from hicm_desktop.workshop.record_words import NO_DECISIONS
from hicm_desktop.workshop.report_parts import NO_LOG
from hicm_desktop.workshop.report_values import Report, ReportEntry

_TIME, _WHERE = 42.0, 132.0
_WIDTHS = (_TIME, _WHERE, UPRIGHT_WIDTH - _TIME - _WHERE)
_WHOLE = (UPRIGHT_WIDTH,)
_COLUMNS = len(_WIDTHS)
_HANDS = (EntryKind.HANDS_BEFORE.words, EntryKind.HANDS_AFTER.words)
_EXPLAINED = "In the order in which it was decided. Decisions that were undone are left out."


def decision_log(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set out the minutes, day by day: when, where, what changed from what to what, and why."""
    rows = [title_row("Decision log", _COLUMNS, key="decision-log")]
    if report.minutes:
        rows.append(text_row((_EXPLAINED, looks.QUIET), columns=_COLUMNS, keeps=True))
        rows.append(head_row(("Time", "Row", "What was decided, and why")))
    else:
        left_out = NO_LOG in report.left_out
        nothing = "It is left out of this copy." if left_out else report.nothing(NO_DECISIONS)
        rows.append(text_row((nothing, looks.QUIET), columns=_COLUMNS))
    places = links(report)
    for day, entries in groupby(report.minutes, key=lambda entry: entry.day):
        rows.append(_band(day, looks.BAND, looks.LEVELS[1]))
        for heading, decided in groupby(entries, key=lambda entry: entry.change_heading):
            rows.append(_band(heading, looks.NAME, looks.PALE, places.get(heading)))
            rows += [_entry(entry) for entry in decided]
    return [lay(typeface, _WIDTHS, rows)]


def sign_off(typeface: Typeface, report: Report) -> list[Flowable]:
    """Say whether this is the record as it was signed off, by whom, and its fingerprint."""
    seal = report.seal
    rows = [title_row("Sign-off", 1, key="sign-off"), text_row((seal.words, looks.STRONG))]
    if seal.present:
        rows.append(title_row("Who was there", 1, depth=1, style=looks.PART))
        rows += [text_row((partner, looks.NOTE)) for partner in seal.present]
    if seal.fingerprint:
        rows.append(title_row("Fingerprint", 1, depth=1, style=looks.PART))
        rows.append(text_row((seal.fingerprint, looks.NOTE)))
    return [lay(typeface, _WHOLE, rows)]


def _band(words: str, style: Style, fill: str, link: Link | None = None) -> Row:
    cell = Cell(((words, style),), _COLUMNS, fill=fill, heads=True, link=link)
    return Row((cell,), keeps=True, padding=(5.0, 2.5))


def _entry(entry: ReportEntry) -> Row:
    reason = ((f"Reason: {entry.reason}", looks.NOTE),) if entry.reason else ()
    words = unbroken_hands(entry.words) if entry.what in _HANDS else entry.words
    return Row(
        (
            Cell(((entry.time, looks.NOTE),), heads=True),
            Cell(((entry.row_name, looks.NOTE_STRONG),)),
            Cell(((words, looks.NOTE), *reason)),
        ),
        padding=(5.0, 2.5),
    )
