"""The Excel workbook of a report. openpyxl is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: openpyxl is
slow to load.
"""

from __future__ import annotations

from pathlib import Path

from hicm_desktop.export.plain_text import one_line
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.export.watching import Watch, reading_back, unwatched, writing
from hicm_desktop.export.workbook import front, plan, read_back, record, setting
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.workshop.report_parts import NO_LOG
from hicm_desktop.workshop.report_values import Report


def write_workbook(report: Report, target: Path, watch: Watch = unwatched) -> None:
    """Write the workbook of a report to `target`, in place of an earlier one.

    It is read back first and held against the report. Raises ExportError where the disk does not
    let it or what was written is not whole, and Cancelled by `watch`; an earlier file is then as
    it was.
    """
    replace_file(
        target,
        lambda: render_workbook(report, writing(watch, ".xlsx")),
        lambda draft: read_back.check(draft, report, reading_back(watch, ".xlsx")),
        watch,
    )


def render_workbook(report: Report, watch: Watch = unwatched) -> bytes:
    """Give the workbook of a report. The same report gives the same bytes. Raises Cancelled."""
    book = Book()
    contents = front.contents(book, report)
    front.summary(book, report)
    scope = setting.about(book, report)
    profile = record.profile(book, report)
    held = [
        ("Summary", "Summary", "What was agreed, what is open and where views differ, in words."),
        ("About", "About", "The workshop, the model, the levels, and what was in scope."),
        ("Profile", "Profile", "Every row with its level, and what was recorded about it."),
    ]
    for number, change in enumerate(report.changes):
        watch(number / max(len(report.changes), 1) / 2)
        title = record.change(book, report, change)
        held.append(
            (
                title,
                change.heading,
                "The whole matrix, with the levels agreed, and what was recorded.",
            )
        )
    plan.action_plan(book, report, scope.from_anywhere("Change"), profile.from_anywhere(record.ROW))
    held.append(
        (
            plan.TITLE,
            plan.TITLE,
            "What will be done, by when, and how it will be known to have worked.",
        )
    )
    watch(0.6)
    if NO_LOG not in report.left_out:
        record.decision_log(book, report)
        held.append(("Decision log", "Decision log", "What was decided, when and why."))
    record.notes(book, report)
    held.append(("Notes", "Notes", "Every note and piece of evidence, one to a row."))
    setting.partners(book, report)
    held.append(("Partners", "Partners", "The organisations and groups in the room."))
    if setting.has_guidance(report):
        setting.guidance(book, report)
        held.append(
            ("Guidance", "Guidance", "The model’s own tips, supporting materials and examples.")
        )
    front.fill_contents(contents, report, held)
    watch(0.8)
    _describe(book, report)
    content = book.written()
    watch(1.0)
    return content


def _describe(book: Book, report: Report) -> None:
    properties = book.workbook.properties
    made = report.recorded_utc.replace(tzinfo=None, microsecond=0)  # the file's zone is UTC
    properties.created = properties.modified = made
    properties.title = one_line(f"{report.model_title}: {report.place or 'workshop record'}")
    properties.subject = one_line(report.model_version)
    properties.description = one_line(report.model_source)
    properties.creator = one_line(report.facilitator)
    properties.language = "en-GB"
