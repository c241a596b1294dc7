"""The PDF of a report. reportlab is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: reportlab is
slow to load.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import minutes, read_back, record, setting
from hicm_desktop.export.pdf.pages import ACROSS, UPRIGHT, about_record, write_pages
from hicm_desktop.export.pdf.parts import page_of, space
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.export.watching import Watch, part_of, unwatched
from hicm_desktop.workshop.report_values import Report


def write_pdf(report: Report, fonts: Path, target: Path, watch: Watch = unwatched) -> None:
    """Write the PDF of a report to `target`, in place of an earlier one.

    `fonts` is the folder of the typeface. Raises ExportError where the disk does not let it, the
    typeface is missing or what was written is not whole, and Cancelled by `watch`; an earlier file
    is then as it was.
    """
    replace_file(
        target, lambda: render_pdf(report, fonts, part_of(watch, 0, 0.9)), read_back.record
    )
    watch(1.0)


def render_pdf(report: Report, fonts: Path, watch: Watch = unwatched) -> bytes:
    """Give the PDF of a report. Raises ExportError without the typeface, and Cancelled."""
    typeface = Typeface(fonts)
    story: list[Flowable] = setting.cover(typeface, report)
    story += [*page_of(UPRIGHT), *setting.how_to_read(typeface, report)]
    story += [*page_of(UPRIGHT), *setting.profile(typeface, report)]
    for number, change in enumerate(report.changes):
        watch(number / max(len(report.changes), 1) / 2)
        story += [*page_of(ACROSS), *record.change(typeface, report, change)]
    story += [*page_of(ACROSS), *record.action_plan(typeface, report)]
    story += [*page_of(UPRIGHT), *minutes.decision_log(typeface, report)]
    story += [*page_of(UPRIGHT), *setting.partners(typeface, report)]
    if report.unplaced:
        story += [space(20), *record.unplaced(typeface, report)]
    story += [space(20), *minutes.sign_off(typeface, report)]
    story += [space(20), *setting.about(typeface, report)]
    return write_pages(about_record(report), typeface, story)
