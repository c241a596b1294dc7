"""The PDF of a report. reportlab is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: reportlab is
slow to load.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import minutes, record, setting
from hicm_desktop.export.pdf.pages import ACROSS, UPRIGHT, write_pages
from hicm_desktop.export.pdf.parts import page_of, space
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.workshop.report import Report


def write_pdf(report: Report, fonts: Path, target: Path) -> None:
    """Write the PDF of a report to `target`, in place of an earlier one.

    `fonts` is the folder of the typeface. Raises ExportError where the disk does not let it or
    the typeface is missing; an earlier file is then as it was.
    """
    replace_file(target, lambda: _render(report, fonts))


def _render(report: Report, fonts: Path) -> bytes:
    typeface = Typeface(fonts)
    story: list[Flowable] = setting.cover(typeface, report)
    story += [*page_of(UPRIGHT), *setting.how_to_read(typeface, report)]
    story += [*page_of(UPRIGHT), *setting.profile(typeface, report)]
    for change in report.changes:
        story += [*page_of(ACROSS), *record.change(typeface, report, change)]
    story += [*page_of(ACROSS), *record.action_plan(typeface, report)]
    story += [*page_of(UPRIGHT), *minutes.decision_log(typeface, report)]
    story += [*page_of(UPRIGHT), *setting.partners(typeface, report)]
    if report.unplaced:
        story += [space(20), *record.unplaced(typeface, report)]
    story += [space(20), *minutes.sign_off(typeface, report)]
    story += [space(20), *setting.about(typeface, report)]
    return write_pages(report, typeface, story)
