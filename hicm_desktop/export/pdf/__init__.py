"""The PDF of a report. reportlab is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: reportlab is
slow to load.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import (
    cover,
    guidance,
    looks,
    minutes,
    plan,
    profile,
    read_back,
    record,
    setting,
    summary,
)
from hicm_desktop.export.pdf.contents import contents
from hicm_desktop.export.pdf.pages import ACROSS, UPRIGHT, LateGrid, about_record, write_pages
from hicm_desktop.export.pdf.parts import page_of, space
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.export.watching import Watch, part_of, reading_back, unwatched, writing
from hicm_desktop.workshop.report_values import Report

_BETWEEN = 14.0


def write_pdf(report: Report, fonts: Path, target: Path, watch: Watch = unwatched) -> None:
    """Write the PDF of a report to `target`, in place of an earlier one.

    `fonts` is the folder of the typeface. Raises ExportError where the disk does not let it, the
    typeface is missing or what was written is not whole, and Cancelled by `watch`; an earlier file
    is then as it was.
    """

    def check(draft: Path) -> None:
        typeface = Typeface(fonts)
        tail = reading_back(watch, ".pdf")
        read_back.record(draft, report, lambda text: typeface.shown(text, looks.REGULAR), tail)

    replace_file(target, lambda: render_pdf(report, fonts, writing(watch, ".pdf")), check, watch)


def render_pdf(report: Report, fonts: Path, watch: Watch = unwatched) -> bytes:
    """Give the PDF of a report. Raises ExportError without the typeface, and Cancelled."""
    typeface = Typeface(fonts)
    opening: list[Flowable] = cover.chapter(typeface, report)
    opening += [*page_of(UPRIGHT), LateGrid(partial(contents, typeface))]
    opening += [*page_of(UPRIGHT), *summary.chapter(typeface, report)]
    opening += [*page_of(UPRIGHT), *profile.chapter(typeface, report)]
    story: list[Flowable] = []
    for number, change in enumerate(report.changes):
        watch(number / max(len(report.changes), 1) / 4)
        story += [*page_of(ACROSS), *record.change(typeface, report, change)]
        if told := guidance.of_change(typeface, report, change):
            story += [*page_of(UPRIGHT), *told]
    story += [*page_of(ACROSS), *plan.chapter(typeface, report)]
    story += [*page_of(UPRIGHT), *minutes.decision_log(typeface, report)]
    story += page_of(UPRIGHT) if report.minutes else [space(_BETWEEN)]
    story += _closing(typeface, report)
    # Only now has the typeface met what was recorded, and these say what it could not show.
    opening += [*page_of(UPRIGHT), *setting.how_to_read(typeface, report)]
    story += [space(_BETWEEN), *setting.about(typeface, report)]
    parts = [*opening, *story]
    return write_pages(about_record(report), typeface, parts, watch=part_of(watch, 0.25, 1))


def _closing(typeface: Typeface, report: Report) -> list[Flowable]:
    chapters = (
        setting.partners(typeface, report),
        record.unplaced(typeface, report) if report.unplaced else [],
        minutes.sign_off(typeface, report),
        guidance.materials(typeface, report),
    )
    first, *others = filter(None, chapters)
    return [*first, *(part for found in others for part in (space(_BETWEEN), *found))]
