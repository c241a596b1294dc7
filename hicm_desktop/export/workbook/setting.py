"""The sheets about the workshop: what it was, how to read the record, and who was there.

For this package only.
"""

from __future__ import annotations

from openpyxl.workbook.workbook import Workbook

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.sheet import CONTINUED, Entry, Sheet
from hicm_desktop.workshop.report_values import Report


def footer(report: Report) -> str:
    """Give the words at the foot of every printed page."""
    return f"{report.model_title}, {report.model_version}"


def about(book: Workbook, report: Report) -> None:
    """Add the sheet that says what this is, of which model, and how to read it."""
    sheet = Sheet(book, "About", (30, 26, 26, 48), footer(report))
    sheet.line(report.model_title, looks.TITLE)
    sheet.line("The record of a workshop", looks.SUBTITLE)
    sheet.gap()
    sheet.line(report.disclaimer, looks.STRONG)
    sheet.gap()
    _pair(sheet, Entry("System or place", looks.NAME), _given(report.place))
    held = Entry(report.held_on_words or "Not given", looks.CELL, report.held_on, columns=3)
    sheet.record(Entry("Date", looks.NAME), held)
    _pair(sheet, Entry("Facilitator", looks.NAME), _given(report.facilitator))
    _pair(sheet, Entry("Populations in focus", looks.NAME), _given(report.populations))
    if report.baseline:
        _pair(sheet, Entry("Compared with", looks.NAME), report.baseline)
    _sign_off(sheet, report)
    _pair(sheet, Entry("Model", looks.NAME), report.model_title)
    _pair(sheet, Entry("Version of the model", looks.NAME), report.model_version)
    _pair(sheet, Entry("Source", looks.NAME), report.model_source)
    _pair(sheet, Entry("Attribution", looks.NAME), report.model_attribution)
    sheet.gap()
    _levels(sheet, report)
    sheet.new_page()
    _scope(sheet, report)
    sheet.gap()
    _how_to_read(sheet, report)


def _sign_off(sheet: Sheet, report: Report) -> None:
    _pair(sheet, Entry("Sign-off", looks.NAME), report.seal.words)
    if report.seal.present:
        _pair(sheet, Entry("Who was there", looks.NAME), "\n".join(report.seal.present))
    if report.seal.fingerprint:
        _pair(sheet, Entry("Fingerprint", looks.NAME), report.seal.fingerprint)


def partners(book: Workbook, report: Report) -> None:
    """Add the sheet of the organisations and groups in the room."""
    sheet = Sheet(book, "Partners", (50, 40, 40), footer(report))
    sheet.record(
        Entry("Organisation or group", looks.HEADING),
        Entry("Role", looks.HEADING),
        Entry("Name", looks.HEADING),
    )
    sheet.freeze()
    for partner in report.partners:
        sheet.record(
            Entry(partner.organisation, looks.NAME), Entry(partner.role), Entry(partner.name)
        )
    if not report.partners:
        sheet.line("No partners were recorded.", looks.QUIET)


def _given(text: str) -> str:
    return text or "Not given"


def _pair(sheet: Sheet, label: Entry, text: str) -> None:
    sheet.record(label, Entry(text, columns=3))


def _levels(sheet: Sheet, report: Report) -> None:
    sheet.line("The levels", looks.SUBTITLE)
    sheet.record(Entry("Level", looks.HEADING), Entry("Definition", looks.HEADING, columns=3))
    for level in report.levels:
        _pair(sheet, Entry(level.name, looks.NAME), level.definition)


def _scope(sheet: Sheet, report: Report) -> None:
    sheet.line("What this workshop set out to cover", looks.SUBTITLE)
    sheet.record(
        Entry("Change", looks.HEADING, columns=2),
        Entry("In scope", looks.HEADING),
        Entry("Time planned", looks.HEADING),
    )
    for change in report.changes:
        sheet.record(
            Entry(change.heading, looks.NAME, columns=2),
            Entry("In scope" if change.in_scope else "Not in scope"),
            Entry(f"{change.minutes} minutes" if change.minutes else "None set"),
        )


def _how_to_read(sheet: Sheet, report: Report) -> None:
    sheet.line("How to read this workbook", looks.SUBTITLE)
    sheet.line(
        "“Profile” shows the level that partners agreed for each row, with what they recorded "
        "about it. Then each change has a sheet with its whole matrix. The descriptor of the level "
        "agreed has a heavy border and begins with a tick and the word “agreed”."
    )
    sheet.line(
        "“Action plan” has the five columns of the published model. Owner and progress are "
        "additions of this application. “Decision log” has the minutes: what was decided, when "
        "and why, without what was taken back. “Notes” holds every note and piece of evidence "
        "once more, one to a line. A text too long for one line of a sheet goes on in the next, "
        f"marked “{CONTINUED}”."
    )
    if report.how_to_read:
        sheet.gap()
        sheet.line("How to use the model", looks.SUBTITLE)
        for paragraph in report.how_to_read:
            sheet.line(paragraph)
