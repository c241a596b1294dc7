"""The sheets of what the room recorded: profile, changes, action plan, minutes and notes.

For this package only.
"""

from __future__ import annotations

from openpyxl.workbook.workbook import Workbook

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.setting import footer
from hicm_desktop.export.workbook.sheet import Entry, Sheet
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.report_rows import FACTS, PARTNERS
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportRow

NOTHING = "Nothing was recorded."
OURS = "(added by this application)"


def profile(book: Workbook, report: Report) -> None:
    """Add the sheet of every row with its level and what was recorded about it."""
    fields = [field for field in RowField if not field.is_private]
    told = {fact.label for c in report.changes for row in c.rows for fact in row.facts}
    facts = [label for label in FACTS if label in told - {*PARTNERS.values()}]
    widths = (21, 21, 16, 15, *(27,) * len(facts), *(25,) * len(fields))
    sheet = Sheet(book, "Profile", widths, footer(report))
    names = ("Change", "Row", "Level", "Outcome", *facts, *(field.words for field in fields))
    sheet.record(*(Entry(name, looks.HEADING) for name in names))
    sheet.freeze(columns=2)
    for change in report.changes:
        for row in change.rows:
            by_label = {fact.label: fact.text for fact in row.facts}
            texts = (row.reason, row.data, row.people)
            more = (row.local_interpretation, row.differing_view, row.note)
            sheet.record(
                Entry(change.heading, looks.NAME),
                Entry(row.name, looks.NAME),
                Entry(_level(row), looks.STRONG_CELL if row.level_name else looks.QUIET_CELL),
                Entry(row.outcome.words),
                *(Entry(by_label.get(label, "")) for label in facts),
                *(Entry(text) for text in (*texts, *more)),
            )
    sheet.gap()
    sheet.line(report.disclaimer, looks.QUIET)


def change(book: Workbook, report: Report, change: ReportChange) -> None:
    """Add the sheet of a change: its whole matrix, then what was recorded."""
    widths = (20, 21, *(29,) * len(report.levels))
    sheet = Sheet(book, f"{change.number} {change.title}", widths, footer(report))
    sheet.line(change.heading, looks.TITLE)
    sheet.record(
        Entry("Row", looks.HEADING),
        Entry("Level agreed", looks.HEADING),
        *(Entry(level.name, looks.HEADING) for level in report.levels),
    )
    sheet.freeze(columns=2)
    for row in change.rows:
        sheet.record(
            Entry(row.name, looks.NAME), Entry(_level_and_outcome(row)), *_descriptors(row)
        )
    sheet.gap()
    if not change.in_scope:
        sheet.line("This change was not in scope for this workshop.", looks.STRONG)
        sheet.gap()
    about = (
        ("The change", change.description),
        ("I statement", change.i_statement),
        ("We statement", change.we_statement),
    )
    for label, text in about:
        if text:
            sheet.record(Entry(label, looks.NAME), _rest(sheet, text, taken=1))
    sheet.gap()
    _recorded(sheet, change)


def action_plan(book: Workbook, report: Report) -> None:
    """Add the action plan: the published columns, then those of the application."""
    ours = ["Owner", "Progress", *(["Put first"] if report.first_actions else [])]
    widths = (24, 38, 38, 19, 38, 22, 16, *(16,) * (len(ours) - 2))
    sheet = Sheet(book, "Action plan", widths, footer(report))
    sheet.record(
        *(Entry(column, looks.HEADING) for column in report.columns),
        *(Entry(f"{name} {OURS}", looks.OURS) for name in ours),
    )
    sheet.freeze()
    for action in report.actions:
        first = Entry(
            f"Put first: {action.put_first}" if action.put_first else "", looks.STRONG_CELL
        )
        sheet.record(
            Entry("\n".join(filter(None, (action.change_heading, action.row_name))), looks.NAME),
            Entry(action.where_now),
            Entry(action.to_do),
            Entry(action.due, date=action.due_on),
            Entry(action.success),
            Entry(action.owner),
            Entry(action.progress.words),
            *([first] if report.first_actions else []),
        )
    if not report.actions:
        sheet.line("No actions were recorded.", looks.QUIET)


def decision_log(book: Workbook, report: Report) -> None:
    """Add the minutes: what changed from what to what, when, where and why."""
    sheet = Sheet(book, "Decision log", (24, 28, 24, 24, 36, 36, 36), footer(report))
    names = ("When", "Change", "Row", "What", "From", "To", "Reason")
    sheet.record(*(Entry(name, looks.HEADING) for name in names))
    sheet.freeze()
    for entry in report.minutes:
        texts = (entry.row_name, entry.what, entry.was, entry.now, entry.reason)
        sheet.record(
            Entry(f"{entry.day} {entry.time}", looks.NAME, moment=entry.at),
            Entry(entry.change_heading, looks.NAME),
            *(Entry(text) for text in texts),
        )
    if not report.minutes:
        sheet.line("Nothing has been decided yet.", looks.QUIET)


def notes(book: Workbook, report: Report) -> None:
    """Add every note and piece of evidence, one to a row, those without a place included."""
    sheet = Sheet(book, "Notes", (30, 30, 28, 90), footer(report))
    names = ("Change", "Row", "About", "What was recorded")
    sheet.record(*(Entry(name, looks.HEADING) for name in names))
    sheet.freeze()
    found = [
        (change.heading, place, text.label, text.text)
        for change in report.changes
        for place, texts in (
            ("The change as a whole", change.texts),
            *((row.name, (*row.facts, *row.texts)) for row in change.rows),
        )
        for text in texts
    ]
    if report.populations:
        found.insert(0, ("The workshop", "", "Populations in focus", report.populations))
    for heading, place, label, text in found:
        sheet.record(
            Entry(heading, looks.NAME), Entry(place, looks.NAME), Entry(label), Entry(text)
        )
    if not found:
        sheet.line(NOTHING, looks.QUIET)
    if report.unplaced:
        _unplaced(sheet, report)


def _unplaced(sheet: Sheet, report: Report) -> None:
    sheet.gap()
    sheet.line("Answers to rows and changes that this model does not have", looks.SUBTITLE)
    sheet.line("They were recorded with another version of the model and are kept as they were.")
    for record in report.unplaced:
        for text in record.told:
            sheet.record(
                Entry("Not in this model", looks.NAME),
                Entry(record.row_id, looks.NAME),
                Entry(text.label),
                Entry(text.text),
            )


def _recorded(sheet: Sheet, change: ReportChange) -> None:
    sheet.line("What was recorded", looks.SUBTITLE)
    written = [(row.name, t) for row in change.rows for t in (*row.facts, *row.texts)]
    written += [("The change as a whole", text) for text in change.texts]
    for name, text in written:
        sheet.record(
            Entry(name, looks.NAME),
            Entry(text.label, looks.STRONG_CELL),
            _rest(sheet, text.text, taken=2),
        )
    if not written:
        sheet.line(NOTHING, looks.QUIET)


def _rest(sheet: Sheet, text: str, *, taken: int) -> Entry:
    return Entry(text, columns=sheet.columns - taken)


def _descriptors(row: ReportRow) -> list[Entry]:
    """Give a row's descriptors; the one agreed says so in words, since colour may not be seen."""
    return [
        Entry(f"✓ {_verdict(row).upper()}\n{descriptor}", looks.CHOSEN)
        if number == row.level_number
        else Entry(descriptor)
        for number, descriptor in enumerate(row.descriptors, start=1)
    ]


def _verdict(row: ReportRow) -> str:
    return ", ".join(filter(None, (row.outcome.words, row.lean)))


def _level(row: ReportRow) -> str:
    return ", ".join(filter(None, (row.level_name, row.lean))) or "No level agreed"


def _level_and_outcome(row: ReportRow) -> str:
    return f"{_level(row)}\n{row.outcome.words}" if row.level_name else row.outcome.words
