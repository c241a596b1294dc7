"""The chapters of what the room recorded: each change, and what has no place.

For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import (
    change_key,
    gap,
    is_told,
    level_head,
    row_key,
    unbroken_hands,
)
from hicm_desktop.export.pdf.cells import Cell, Edge, Entry, Kind, Row
from hicm_desktop.export.pdf.fitting import MANY, pages_taken
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.marks import BEFORE, MARKS
from hicm_desktop.export.pdf.pages import ACROSS_WIDTH, BOTTOM, TOP, UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.record_words import CHANGE_NOT_IN_SCOPE
from hicm_desktop.workshop.report_rows import FACTS, HANDS, PRIVATE, LabelledText
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportRow
from hicm_desktop.workshop.values import Outcome
from hicm_desktop.workshop.words import count

_LABEL, _MORE = 112.0, 180.0
_HALF = ACROSS_WIDTH / 2
_RECORDED = (_LABEL, _HALF - _LABEL, _MORE, _HALF - _MORE)
"""Columns for evidence in two halves, and for a label with a text of a length good to read."""

_COLUMNS = len(_RECORDED)
_NAME = 104.0
_EVIDENCE = (RowField.DATA.words, RowField.PEOPLE.words)
_UNDER_BOX = 4.0
_HEIGHT = A4[0] - TOP - BOTTOM - 1.0
_BLOCK, _MOST_LINES = _HEIGHT * 0.36, 90
"""How high a block may be that is never broken, and what surely is higher."""

_FEW_LINES = 4
"""More lines than these, each of a few words, stand in two columns."""

_WIDE_LETTERS = 40
"""How many of the widest letters fit on a line of the narrowest column that holds long texts."""

_SHORT = 10
_MANY_LINES = 16
"""Of more lines than these a row might be broken over pages, and then read in the wrong order."""

_LONG_LINE = 90


@dataclass(frozen=True, slots=True)
class _Setting:
    """How closely a change is set: the padding of its matrix and of what was recorded, and gaps.

    `size` is that of the type of the descriptors.
    """

    matrix: float
    lines: float
    between: float
    size: float = looks.DESCRIPTOR.size

    def descriptor(self, style: Style) -> Style:
        """Give the style of a descriptor in this size."""
        return replace(style, size=self.size, leading=style.leading * self.size / style.size)


_SETTINGS = (
    _Setting(matrix=5.0, lines=2.0, between=6.0),
    _Setting(matrix=3.5, lines=1.2, between=4.5),
    _Setting(matrix=2.5, lines=0.6, between=3.0, size=8.4),
)
"""From the usual one. One that is closer is taken where it saves a page, which has few lines."""


def change(typeface: Typeface, report: Report, change: ReportChange) -> list[Flowable]:
    """Set out a change: its words, its whole matrix, and what was recorded."""
    usual, *others = _SETTINGS
    story = _set(typeface, report, change, usual)
    pages = pages_taken(story, ACROSS_WIDTH, _HEIGHT)
    for setting in others if 1 < pages < MANY else ():
        closer = _set(typeface, report, change, setting)
        if pages_taken(closer, ACROSS_WIDTH, _HEIGHT) < pages:
            return closer
    return story


def _set(
    typeface: Typeface, report: Report, change: ReportChange, setting: _Setting
) -> list[Flowable]:
    story: list[Flowable] = [
        lay(typeface, (_HALF, _HALF), [*_opening(change), _about(change)]),
        space(setting.between),
        _matrix(typeface, report, change, setting),
    ]
    if _has_record(change):
        recorded = lay(typeface, _RECORDED, _recorded(typeface, change, setting))
        story += [space(setting.between + 4), recorded]
    return story


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
    plan = [] if change.in_scope else [CHANGE_NOT_IN_SCOPE]
    if change.minutes:
        plan.append(f"Planned time: {count(change.minutes, 'minute')}.")
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


def _matrix(
    typeface: Typeface, report: Report, change: ReportChange, setting: _Setting
) -> Flowable:
    levels = len(report.levels)
    widths = (_NAME, *((ACROSS_WIDTH - _NAME) / max(levels, 1),) * levels)
    heads = (level_head(level, levels) for level in report.levels)
    row = Cell((("Row", looks.HEAD),), fill=looks.PALE, heads=True)
    head = Row((row, *heads), keeps=True, repeats=True)
    return lay(
        typeface, widths, [head, *(_matrix_row(change, row, setting) for row in change.rows)]
    )


def _stands(change: ReportChange, row: ReportRow) -> Iterator[tuple[str, Style]]:
    """Say below the name of a row what became of it."""
    if row.level_name:
        yield f"{MARKS[row.outcome]} Level agreed:", looks.STANDING
        yield row.level_words, looks.STANDING
    elif row.outcome is Outcome.NOT_DISCUSSED:
        yield change.became(row), looks.STANDING_QUIET
    else:
        yield f"{MARKS[row.outcome]} {row.outcome.words}", looks.STANDING
    if row.movement:
        yield row.movement, looks.STANDING


def _matrix_row(change: ReportChange, row: ReportRow, setting: _Setting) -> Row:
    names = ((row.name, looks.NAME), *_stands(change, row))
    plain, chosen = map(setting.descriptor, (looks.DESCRIPTOR, looks.CHOSEN))
    cells = [Cell(names, fill=looks.PALE, heads=True)]
    for number, descriptor in enumerate(row.descriptors, start=1):
        if number == row.level_number:
            texts = ((row.verdict, looks.VERDICT), (descriptor, chosen))
            cells.append(Cell(texts, fill=looks.LEVELS[0], edge=Edge.HEAVY))
        elif number == row.previous_number:
            before = (f"{BEFORE} Level before", looks.EARLIER)
            cells.append(Cell((before, (descriptor, plain))))
        else:
            cells.append(Cell(((descriptor, plain),)))
    return Row(tuple(cells), padding=(6.0, setting.matrix))


def _has_record(change: ReportChange) -> bool:
    return bool(change.texts) or any(map(is_told, change.rows))


def _recorded(typeface: Typeface, change: ReportChange, setting: _Setting) -> list[Row]:
    rows = [title_row("What was recorded", _COLUMNS, depth=1, style=looks.SUBTITLE)]
    for row in filter(is_told, change.rows):
        block = list(_recorded_row(change, row, setting))
        rows += [gap(_COLUMNS, setting.between), *_together(typeface, block)]
    if change.texts:
        block = [_labelled(text, setting) for text in change.texts]
        band = _band("The change as a whole")
        rows += [gap(_COLUMNS, setting.between), *_together(typeface, [band, *block])]
    return rows


def _together(typeface: Typeface, rows: list[Row]) -> list[Row]:
    """Hold a block to one page, unless it is so high that half a page might be left empty."""
    if sum(map(_lines, rows)) > _MOST_LINES or lay(typeface, _RECORDED, rows).whole() > _BLOCK:
        return _with_last(rows)
    *others, last = rows
    return [*(replace(row, keeps=True) for row in others), last]


def _with_last(rows: list[Row]) -> list[Row]:
    """Hold the last row to the one before it, if that is short, so that no line stands alone."""
    if len(rows) > 1 and _lines(rows[-2]) <= _SHORT:
        rows[-2] = replace(rows[-2], keeps=True)
    return rows


def _lines(row: Row) -> int:
    """Give how many lines a row takes at most, whatever its letters."""
    texts = (text for cell in row.cells for text, _ in cell.texts)
    return max((text.count("\n") + len(text) // _WIDE_LETTERS + 1 for text in texts), default=0)


def _recorded_row(change: ReportChange, row: ReportRow, setting: _Setting) -> Iterator[Row]:
    """Tell of a row why it stands where it does, what that rests on, and who showed what."""
    became = ": ".join(filter(None, (change.became(row), row.level_words)))
    yield _band(f"{row.name} ({became})", row_key(row))
    reason = RowField.REASON.words
    yield from (_labelled(text, setting) for text in row.texts if text.label == reason)
    if row.data or row.people:
        if row.reason:
            yield gap(_COLUMNS, _UNDER_BOX)
        halves = zip(_EVIDENCE, (row.data, row.people), strict=True)
        yield Row(
            tuple(_evidence(label, text) for label, text in halves),
            padding=(6.0, 3.0),
            kind=Kind.TEXT,
        )
        yield replace(gap(_COLUMNS, _UNDER_BOX), keeps=False)
    told = (*_EVIDENCE, reason)
    yield from (_labelled(text, setting) for text in row.texts if text.label not in told)
    yield from (_labelled(fact, setting) for fact in row.facts)


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


def _labelled(text: LabelledText, setting: _Setting) -> Row:
    if text.label in PRIVATE:
        return _private(text)
    label = Cell(((text.label, looks.LABEL),), edge=Edge.NONE)
    words = unbroken_hands(text.text) if text.label in HANDS.values() else text.text
    # What the room wrote is one text, and is read back as one.
    *first, last = _columns(words) if text.label in FACTS else (words,)
    cells = (
        *(Cell(((part, looks.NOTE),), edge=Edge.NONE) for part in first),
        Cell(((last, looks.NOTE),), 2, edge=Edge.NONE),
    )
    return Row((label, *cells), padding=(6.0, setting.lines), kind=Kind.PAIR)


def _columns(text: str) -> tuple[str, ...]:
    """Part a list of many short lines, such as where partners stood, into two columns."""
    lines = text.split("\n")
    some = _FEW_LINES < len(lines) <= _MANY_LINES
    if not some or any(len(line) > _LONG_LINE for line in lines):
        return (text,)
    half = (len(lines) + 1) // 2
    return "\n".join(lines[:half]), "\n".join(lines[half:])


def _private(text: LabelledText) -> Row:
    """Set a private note so that nobody takes it for one of the room."""
    ours = ("The facilitator’s own. Please do not pass this copy on.", looks.SMALL)
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
