"""The Excel workbook of a report. openpyxl is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: openpyxl is
slow to load.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from hicm_desktop.export.archive import settled
from hicm_desktop.export.plain_text import one_line
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.export.watching import Watch, part_of, unwatched
from hicm_desktop.export.workbook import looks, read_back, record, setting
from hicm_desktop.workshop.report_values import Report


def write_workbook(report: Report, target: Path, watch: Watch = unwatched) -> None:
    """Write the workbook of a report to `target`, in place of an earlier one.

    Raises ExportError where the disk does not let it or what was written is not whole, and
    Cancelled by `watch`; an earlier file is then as it was.
    """
    replace_file(target, lambda: render_workbook(report, part_of(watch, 0, 0.6)), read_back.record)
    watch(1.0)


def render_workbook(report: Report, watch: Watch = unwatched) -> bytes:
    """Give the workbook of a report. Raises Cancelled."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    looks.add_styles(book)
    setting.about(book, report)
    record.profile(book, report)
    for number, change in enumerate(report.changes):
        watch(number / max(len(report.changes), 1) / 2)
        record.change(book, report, change)
    record.action_plan(book, report)
    record.decision_log(book, report)
    record.notes(book, report)
    setting.partners(book, report)
    _describe(book, report)
    stream = io.BytesIO()
    # Not book.save(), which puts the time of day into a file that should depend on the record.
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return settled(stream.getvalue())


def _describe(book: Workbook, report: Report) -> None:
    properties = book.properties
    made = report.created_at
    if made.tzinfo is not None:
        made = made.astimezone(dt.UTC).replace(tzinfo=None)
    properties.created = properties.modified = made.replace(microsecond=0)
    properties.title = one_line(f"{report.model_title}: {report.place or 'workshop record'}")
    properties.subject = one_line(report.model_version)
    properties.description = one_line(report.model_source)
    properties.creator = one_line(report.facilitator)
    properties.language = "en-GB"
