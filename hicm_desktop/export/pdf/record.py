"""The chapters of what the room recorded: each change, the action plan, and what has no place.

For this package only.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.grid import Cell, Edge, Row, lay
from hicm_desktop.export.pdf.pages import ACROSS_WIDTH, UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.report_rows import LabelledText
from hicm_desktop.workshop.report_values import Report, ReportAction, ReportChange, ReportRow
from hicm_desktop.workshop.words import count

_LABEL = 120.0
_HALF = ACROSS_WIDTH / 2
_RECORDED = (_LABEL, _HALF - _LABEL, 190.0, _HALF - 190.0)
"""Columns for evidence in two halves, and for a label with a text of a length good to read."""

_EVIDENCE = (RowField.DATA.words, RowField.PEOPLE.words)


def change(typeface: Typeface, report: Report, change: ReportChange) -> list[Flowable]:
    """Set out a change: its words, its whole matrix, and what was recorded."""
    return [
        lay(typeface, (ACROSS_WIDTH,), _opening(change)),
        lay(typeface, (_HALF, _HALF), [_about(change)]),
        space(6),
        _matrix(typeface, report, change),
        space(12),
        lay(typeface, _RECORDED, _recorded(change)),
    ]


def action_plan(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set out the published columns, then those that the application adds."""
    widths = (106, 136, 136, 90, 132, 82, ACROSS_WIDTH - 682)
    published = tuple(_head(name) for name in report.columns)
    title = title_row("Action plan", len(widths))
    opening: list[Flowable] = []
    if report.first_actions:
        first = [title, *_put_first(report.first_actions, len(widths))]
        opening = [lay(typeface, widths, first), space(8)]
    rows = [
        *([] if opening else [title]),
        Row((*published, _added("Owner"), _added("Progress")), keeps=True, repeats=True),
        *(_action(action) for action in report.actions),
    ]
    if not report.actions:
        rows.append(text_row(("No actions were recorded.", looks.QUIET), columns=len(widths)))
    return [*opening, lay(typeface, widths, rows)]


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


def _put_first(actions: Sequence[ReportAction], columns: int) -> list[Row]:
    """Name the actions the room puts first, before the whole plan."""
    head = text_row(("The room puts first", looks.SUBTITLE), columns=columns, keeps=True)
    return [head, *(_first(action, columns) for action in actions)]


def _first(action: ReportAction, columns: int) -> Row:
    """Give an action that is put first on one line: its number, its wording, where it belongs."""
    where = ", ".join(filter(None, (action.change_heading, action.row_name)))
    told = f"{action.put_first}.  {action.to_do.strip() or NO_WORDING}"
    texts = ((told, looks.STRONG), *(((where, looks.QUIET),) if where else ()))
    return text_row(*texts, columns=columns)


def _opening(change: ReportChange) -> list[Row]:
    rows = [title_row(change.heading, 1)]
    plan = [] if change.in_scope else ["This change was not in scope for this workshop."]
    if change.minutes:
        were = "was" if change.minutes == 1 else "were"
        plan.append(f"{count(change.minutes, 'minute')} {were} planned for it.")
    if plan:
        rows.append(text_row((" ".join(plan), looks.QUIET), keeps=True))
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
    return Row((described, Cell(said, fill=looks.PALE, edge=Edge.NONE)), padding=(8.0, 4.0))


def _matrix(typeface: Typeface, report: Report, change: ReportChange) -> Flowable:
    count = len(report.levels)
    name = 96.0
    widths = (name, *((ACROSS_WIDTH - name) / max(count, 1),) * count)
    head = Row(
        (_head("Row"), *(_head(level.name) for level in report.levels)), keeps=True, repeats=True
    )
    return lay(typeface, widths, [head, *(_matrix_row(row) for row in change.rows)])


def _matrix_row(row: ReportRow) -> Row:
    agreed = f"Level agreed: {_level(row)}" if row.level_name else row.outcome.words
    cells = [Cell(((row.name, looks.NAME), (agreed, looks.HEAD_SMALL)), fill=looks.PALE)]
    for number, descriptor in enumerate(row.descriptors, start=1):
        if number == row.level_number:
            words = ", ".join(filter(None, (row.outcome.words, row.lean)))
            verdict = (f"✓ {words.upper()}", looks.VERDICT)
            cells.append(
                Cell((verdict, (descriptor, looks.CHOSEN)), fill=looks.LEVELS[0], edge=Edge.HEAVY)
            )
        else:
            cells.append(Cell(((descriptor, looks.DESCRIPTOR),)))
    return Row(tuple(cells), padding=(6.0, 5.0))


def _recorded(change: ReportChange) -> list[Row]:
    heading = "What was recorded"
    rows = [text_row((heading, looks.SUBTITLE), columns=4, keeps=True)]
    for row in change.rows:
        if row.texts or row.facts:
            rows += _recorded_row(row)
    if change.texts:
        rows.append(_band("The change as a whole"))
        rows += [_labelled(text) for text in change.texts]
    if len(rows) == 1:
        rows.append(text_row(("Nothing was recorded.", looks.QUIET), columns=4))
    return rows


def _recorded_row(row: ReportRow) -> list[Row]:
    agreed = f"{row.outcome.words}: {_level(row)}" if row.level_name else row.outcome.words
    rows = [_band(f"{row.name} ({agreed})"), *(_labelled(fact) for fact in row.facts)]
    if row.data or row.people:
        halves = zip(_EVIDENCE, (row.data, row.people), strict=True)
        rows.append(
            Row(tuple(_evidence(label, text) for label, text in halves), padding=(6.0, 4.0))
        )
    return rows + [_labelled(text) for text in row.texts if text.label not in _EVIDENCE]


def _level(row: ReportRow) -> str:
    return ", ".join(filter(None, (row.level_name, row.lean)))


def _band(words: str) -> Row:
    band = Cell(((words, looks.BAND),), 4, fill=looks.LEVELS[0], edge=Edge.NONE)
    return Row((band,), keeps=True, padding=(6.0, 3.0))


def _evidence(label: str, text: str) -> Cell:
    said = (text, looks.NOTE) if text else ("Nothing was recorded.", looks.QUIET)
    return Cell(((label, looks.LABEL), said), 2)


def _labelled(text: LabelledText) -> Row:
    label = Cell(((text.label, looks.LABEL),), edge=Edge.NONE)
    return Row((label, Cell(((text.text, looks.NOTE),), 2, edge=Edge.NONE)), padding=(6.0, 3.0))


def _head(name: str) -> Cell:
    return Cell(((name, looks.HEAD_LIGHT),), fill=looks.LEVELS[4])


def _added(name: str) -> Cell:
    ours = ("(added by this application)", looks.HEAD_SMALL)
    return Cell(((name, looks.HEAD), ours), fill=looks.LEVELS[1])


def _action(action: ReportAction) -> Row:
    texts: Sequence[str] = (
        action.where_now,
        action.to_do,
        action.due,
        action.success,
        action.owner,
        action.progress.words,
    )
    first = f"Put first: {action.put_first}" if action.put_first else ""
    names = (
        (action.change_heading, looks.NAME),
        (action.row_name, looks.NOTE),
        (first, looks.PROFILE_STRONG),
    )
    named = Cell(tuple(name for name in names if name[0]), fill=looks.PALE)
    return Row((named, *(Cell(((text, looks.NOTE),)) for text in texts)))


def _unplaced_row(name: str, text: LabelledText) -> Row:
    return Row(
        (
            Cell(((name, looks.NAME),), fill=looks.PALE),
            Cell(((text.label, looks.LABEL), (text.text, looks.NOTE))),
        )
    )
