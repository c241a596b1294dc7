"""The floor for the PDF: a bare reportlab script that sets the same texts on about as many pages.

It knows neither columns, frames, marks, links nor tags: every text is a paragraph in one style, in
the typeface of the program, with a page for each chapter. Run it as
`python -m benchmarks.export_floor_pdf` to compare both by processor time.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from hicm_desktop.export.pdf import render_pdf
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model, Tip
from hicm_desktop.model.values import Paragraph as Words
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportGuidance
from hicm_desktop.workshop.values import Action, Workshop

RUNS = 5
PLANS, MANY = (100, 1_000, 5_000), 500
_FONT = "Floor"
_SIDE = 42.0
_SIZE, _LEADING, _AFTER = 9.5, 12.0, 3.0


def floor_pdf(report: Report, fonts: Path) -> bytes:
    """Set every text of a report, one below the other, as a PDF."""
    registerFont(TTFont(_FONT, fonts / "SourceSans3-Regular.ttf"))
    style = ParagraphStyle(
        "floor", fontName=_FONT, fontSize=_SIZE, leading=_LEADING, spaceAfter=_AFTER
    )
    story: list[Flowable] = []
    for chapter in _chapters(report):
        texts = (escape(text).replace("\n", "<br/>") for text in chapter if text)
        story += [*(Paragraph(text, style) for text in texts), PageBreak()]
    stream = io.BytesIO()
    SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=_SIDE,
        rightMargin=_SIDE,
        topMargin=_SIDE,
        bottomMargin=_SIDE,
    ).build(story)
    return stream.getvalue()


def _chapters(report: Report) -> Iterator[list[str]]:
    yield list(_cover(report))
    yield list(_summary(report))
    yield [row.name + " " + row.standing for change in report.changes for row in change.rows]
    yield list(_model(report))
    for change in report.changes:
        yield list(_matrix(change))
        yield list(_recorded(change))
        if change.guidance is not None:
            yield list(_guidance(change.guidance))
    yield list(_plan(report))
    yield list(_minutes(report))
    yield list(_end(report))


def _cover(report: Report) -> Iterator[str]:
    yield from (report.model_title, report.place, report.held_on_words, report.facilitator)
    yield from (report.populations, report.baseline, report.seal.words, report.model_version)
    yield from (report.model_source, report.disclaimer)


def _summary(report: Report) -> Iterator[str]:
    for action in report.first_actions:
        yield from (action.to_do, action.change_heading, action.row_name, action.due, action.owner)
    told = report.summary
    for point in (*told.agreed, *told.open, *told.differing):
        yield from (point.where, point.words)


def _model(report: Report) -> Iterator[str]:
    for level in report.levels:
        yield from (level.name, level.definition)
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            yield from (block.text,) if isinstance(block, Words) else block.items


def _matrix(change: ReportChange) -> Iterator[str]:
    yield from (change.heading, change.description, change.i_statement, change.we_statement)
    for row in change.rows:
        yield from (row.name, row.standing, row.movement, *row.descriptors)


def _recorded(change: ReportChange) -> Iterator[str]:
    for row in change.rows:
        yield f"{row.name} ({row.standing})"
        for text in (*row.texts, *row.facts):
            yield from (text.label, text.text)
    for text in change.texts:
        yield from (text.label, text.text)


def _guidance(guidance: ReportGuidance) -> Iterator[str]:
    yield from _tips(guidance.tips)
    for box in guidance.boxes:
        yield from (box.title, box.text)
    for material in guidance.materials:
        yield from (material.title, material.url or "")
    for example in guidance.examples:
        yield from (example.title, example.description or "", example.url or "")


def _tips(tips: tuple[Tip, ...]) -> Iterator[str]:
    for tip in tips:
        yield tip.text
        yield from _tips(tip.tips)


def _plan(report: Report) -> Iterator[str]:
    yield from report.columns
    for action in report.actions:
        yield from (action.change_heading, action.row_name, action.where_now, action.to_do)
        yield from (action.due, action.success, action.owner, action.progress.words)


def _minutes(report: Report) -> Iterator[str]:
    for entry in report.minutes:
        yield from (entry.time, entry.row_name, entry.words, entry.reason)


def _end(report: Report) -> Iterator[str]:
    for partner in report.partners:
        yield from (partner.organisation, partner.role, partner.name)
    yield from (material.title for material in report.materials)
    yield report.model_attribution


def _measure(make: Callable[[], bytes], runs: int) -> tuple[float, int]:
    """Give the median of the processor time of some runs in seconds, and how many pages it is."""
    taken = []
    made = b""
    for _ in range(runs):
        start = time.process_time()
        made = make()
        taken.append(time.process_time() - start)
    return statistics.median(taken), made.count(b"/Type /Page\n")


def _with_plan(model: Model, actions: int) -> Report:
    plan = tuple(
        Action(
            id=f"a{number}",
            row=next(row.id for _, row in model.rows()),
            where_now="Dates are set in time on weekdays, and seldom over a weekend.",
            to_do="Agree one route for the weekend, and who holds the list.",
            due_words="end of March, if the post is filled",
            success="Fewer people wait over a weekend, and carers say they were rung.",
            owner="Discharge hub manager",
        )
        for number in range(actions)
    )
    made = codec.decode((resources_dir() / "sample.hicm").read_bytes(), model).workshop.created_at
    return build_report(model, Workshop(id="w", created_at=made, actions=plan))


def main() -> None:
    """Print how both compare for the sample, and how they grow with the action plan."""
    model, fonts = read_model(content_dir()), resources_dir() / "fonts"
    sample = codec.decode((resources_dir() / "sample.hicm").read_bytes(), model).workshop
    reports = {
        "sample": build_report(model, sample),
        "sample with guidance": build_report(model, sample, Parts(guidance=True)),
        **{f"{actions:,} actions": _with_plan(model, actions) for actions in PLANS},
    }
    for name, report in reports.items():
        runs = 1 if len(report.actions) > MANY else RUNS
        ours, pages = _measure(partial(render_pdf, report, fonts), runs)
        floor, floor_pages = _measure(partial(floor_pdf, report, fonts), runs)
        print(
            f"{name}: {ours:.2f} s on {pages} pages, the floor {floor:.2f} s on {floor_pages}: "
            f"{ours / floor:.2f} times"
        )


if __name__ == "__main__":
    main()
