"""The chapters of what the room recorded: each change, and what has no place.

For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import change_key, gap, is_told, row_key
from hicm_desktop.export.pdf.cells import Cell, Edge, Entry, Kind, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.marks import BEFORE, MARKS
from hicm_desktop.export.pdf.pages import ACROSS_WIDTH, UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.report_rows import LabelledText
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportRow
from hicm_desktop.workshop.words import count

_LABEL, _MORE = 112.0, 180.0
_HALF = ACROSS_WIDTH / 2
_RECORDED = (_LABEL, _HALF - _LABEL, _MORE, _HALF - _MORE)
"""Columns for evidence in two halves, and for a label with a text of a length good to read."""

_COLUMNS = len(_RECORDED)
_NAME = 96.0
_EVIDENCE = (RowField.DATA.words, RowField.PEOPLE.words)
_PRIVATE = (RowField.PRIVATE_NOTE.words, ChangeField.PRIVATE_NOTE.words)
_BETWEEN, _UNDER_BOX = 6.0, 4.0
_FEW_LINES = 4
"""More lines than these, each of a few words, stand in two columns."""

_WIDE_LETTERS = 40
"""How many of the widest letters fit on a line of the narrowest column that holds long texts."""

_SHORT = 10
_MANY_LINES = 16
"""Of more lines than these a row might be broken over pages, and then read in the wrong order."""

_LONG_LINE = 90


def change(typeface: Typeface, report: Report, change: ReportChange) -> list[Flowable]:
    """Set out a change: its words, its whole matrix, and what was recorded."""
    return [
        lay(typeface, (_HALF, _HALF), [*_opening(change), _about(change)]),
        space(6),
        _matrix(typeface, report, change),
        *([space(10), lay(typeface, _RECORDED, _recorded(change))] if _has_record(change) else ()),
    ]


def unplaced(typeface: Typeface, report: Report) -> list[Flowable]:
    """Keep what was recorded about rows and changes that this model does not have."""
    explained = "They were recorded with another version of the model and are kept as they were."
    rows = [
        title_row("Answers to rows and changes that this model does not have", 2),
        text_row((explained, looks.BODY), columns=2, keeps=True),
        head_row(("Not in this model", "What was recorded")),
    ]
    for record in report.unplaced:
        rows += [_unplaced_row(record.row_id, text) for text in record.told]
    return [lay(typeface, (150, UPRIGHT_WIDTH - 150), rows)]


def _opening(change: ReportChange) -> list[Row]:
    rows = [title_row(change.heading, 2, key=change_key(change))]
    plan = [] if change.in_scope else ["This change was not in scope for this workshop."]
    if change.minutes:
        were = "was" if change.minutes == 1 else "were"
        plan.append(f"{count(change.minutes, 'minute')} {were} planned for it.")
    if not _has_record(change):
        plan.append("Nothing was recorded.")
    if plan:
        rows.append(text_row((" ".join(plan), looks.QUIET), columns=2, keeps=True))
    return rows


def _about(change: ReportChange) -> Row:
    sayings = (("I", change.i_statement), ("We", change.we_statement))
    said = tuple(
        part
        for who, words in sayings
        if words
        for part in ((f"{who} statement", looks.LABEL), (words, looks.SAYING))
    )
    described = Cell(((change.description, looks.ABOUT),), fill=looks.PALE, edge=Edge.NONE)
    return Row(
        (described, Cell(said, fill=looks.PALE, edge=Edge.NONE)),
        padding=(8.0, 5.0),
        kind=Kind.TEXT,
    )


def _matrix(typeface: Typeface, report: Report, change: ReportChange) -> Flowable:
    levels = len(report.levels)
    widths = (_NAME, *((ACROSS_WIDTH - _NAME) / max(levels, 1),) * levels)
    head = head_row(("Row", *(level.name for level in report.levels)))
    return lay(typeface, widths, [head, *(_matrix_row(row) for row in change.rows)])


def _matrix_row(row: ReportRow) -> Row:
    agreed = f"Level agreed: {_level(row)}" if row.level_name else row.outcome.words
    names = [(row.name, looks.NAME), (f"{MARKS[row.outcome]} {agreed}".strip(), looks.HEAD_SMALL)]
    if row.movement:
        names.append((row.movement, looks.HEAD_SMALL))
    cells = [Cell(tuple(names), fill=looks.PALE, heads=True)]
    for number, descriptor in enumerate(row.descriptors, start=1):
        if number == row.level_number:
            words = ", ".join(filter(None, (row.outcome.words, row.lean)))
            verdict = (f"✓ {words.upper()}", looks.VERDICT)
            cells.append(
                Cell((verdict, (descriptor, looks.CHOSEN)), fill=looks.LEVELS[0], edge=Edge.HEAVY)
            )
        elif number == row.previous_number:
            before = (f"{BEFORE} Level before", looks.EARLIER)
            cells.append(Cell((before, (descriptor, looks.DESCRIPTOR))))
        else:
            cells.append(Cell(((descriptor, looks.DESCRIPTOR),)))
    return Row(tuple(cells), padding=(6.0, 5.0))


def _has_record(change: ReportChange) -> bool:
    return bool(change.texts) or any(map(is_told, change.rows))


def _recorded(change: ReportChange) -> list[Row]:
    rows = [title_row("What was recorded", _COLUMNS, depth=1, style=looks.SUBTITLE)]
    for row in filter(is_told, change.rows):
        rows += [gap(_COLUMNS, _BETWEEN), *_with_last(list(_recorded_row(row)))]
    if change.texts:
        rows += [gap(_COLUMNS, _BETWEEN), _band("The change as a whole")]
        rows += _with_last([_labelled(text) for text in change.texts])
    return rows


def _with_last(rows: list[Row]) -> list[Row]:
    """Hold the last row to the one before it, if that is short, so that no line stands alone."""
    if len(rows) > 1 and _lines(rows[-2]) <= _SHORT:
        rows[-2] = replace(rows[-2], keeps=True)
    return rows


def _lines(row: Row) -> int:
    """Give how many lines a row takes at most, whatever its letters."""
    texts = (text for cell in row.cells for text, _ in cell.texts)
    return max((text.count("\n") + len(text) // _WIDE_LETTERS + 1 for text in texts), default=0)


def _recorded_row(row: ReportRow) -> Iterator[Row]:
    """Tell of a row why it stands where it does, what that rests on, and who showed what."""
    agreed = f"{row.outcome.words}: {_level(row)}" if row.level_name else row.outcome.words
    yield _band(f"{row.name} ({agreed})", row_key(row))
    reason = RowField.REASON.words
    yield from (_labelled(text) for text in row.texts if text.label == reason)
    if row.data or row.people:
        halves = zip(_EVIDENCE, (row.data, row.people), strict=True)
        yield Row(
            tuple(_evidence(label, text) for label, text in halves),
            padding=(6.0, 3.0),
            kind=Kind.TEXT,
        )
        yield replace(gap(_COLUMNS, _UNDER_BOX), keeps=False)
    told = (*_EVIDENCE, reason)
    yield from (_labelled(text) for text in row.texts if text.label not in told)
    yield from (_labelled(fact) for fact in row.facts)


def _level(row: ReportRow) -> str:
    return ", ".join(filter(None, (row.level_name, row.lean)))


def _band(words: str, key: str = "") -> Row:
    band = Cell(((words, looks.BAND),), _COLUMNS, fill=looks.LEVELS[0], edge=Edge.NONE)
    return Row(
        (band,),
        keeps=True,
        entry=Entry(words, 2, key),
        padding=(6.0, 3.0),
        kind=Kind.HEADING,
        names=True,
    )


def _evidence(label: str, text: str) -> Cell:
    said = (text, looks.NOTE) if text else ("Nothing was recorded.", looks.QUIET)
    return Cell(((label, looks.LABEL), said), 2)


def _labelled(text: LabelledText) -> Row:
    if text.label in _PRIVATE:
        return _private(text)
    label = Cell(((text.label, looks.LABEL),), edge=Edge.NONE)
    *first, last = _columns(text.text)
    cells = (
        *(Cell(((part, looks.NOTE),), edge=Edge.NONE) for part in first),
        Cell(((last, looks.NOTE),), 2, edge=Edge.NONE),
    )
    return Row((label, *cells), padding=(6.0, 2.0), kind=Kind.PAIR)


def _columns(text: str) -> tuple[str, ...]:
    """Part a list of many short lines, such as where partners stood, into two columns."""
    lines = text.split("\n")
    if len(lines) <= _FEW_LINES or any(len(line) > _LONG_LINE for line in lines):
        return (text,)
    if len(lines) > _MANY_LINES:
        return (text,)
    half = (len(lines) + 1) // 2
    return "\n".join(lines[:half]), "\n".join(lines[half:])


def _private(text: LabelledText) -> Row:
    """Set a private note so that nobody takes it for one of the room."""
    ours = ("The facilitator’s own. Please do not pass it on.", looks.SMALL)
    label = Cell(((text.label, looks.PRIVATE), ours), edge=Edge.NONE)
    note = Cell(((text.text, looks.NOTE),), 2, edge=Edge.HEAVY)
    return Row((label, note), padding=(6.0, 5.0), kind=Kind.PAIR)


def _unplaced_row(name: str, text: LabelledText) -> Row:
    return Row(
        (
            Cell(((name, looks.NAME),), fill=looks.PALE, heads=True),
            Cell(((text.label, looks.LABEL), (text.text, looks.NOTE))),
        )
    )
