"""What the document says: the opening, what the room puts first, and the plan as one table.

For this package only. `cells` and `first_words` are what each action comes to in words; reading
back goes by them.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm
from docx.table import Table, _Cell

from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.watching import Watch
from hicm_desktop.export.word import looks, markup
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.record_words import (
    LEAVES_OUT,
    NO_ACTIONS,
    NOT_GIVEN,
    PUT_FIRST,
)
from hicm_desktop.workshop.report_parts import NO_DIFFERING_VIEWS, NO_EVIDENCE, NO_LOG
from hicm_desktop.workshop.report_values import Report, ReportAction
from hicm_desktop.workshop.words import ADDED_BY_US, ADDED_COLUMNS, model_words

FREE_LINES = 4
"""The lines to fill in that stand in a plan without actions."""

_WIDTHS_MM = (42, 47, 52, 28, 42, 29, 27)
_LETTERS_PER_MM = 0.56
"""How many letters of a cell's type take a millimetre, roughly."""

_SHORT_LINES = 16
"""A row of so many lines is moved to the next page whole; a longer one would leave a great gap."""

_NEVER_HELD = (NO_EVIDENCE, NO_DIFFERING_VIEWS, NO_LOG)
"""Parts of a record that no plan has, so that none lacks them."""

_FREE_HEIGHT = Mm(16)


def write(document: Document, report: Report, watch: Watch) -> None:
    """Write the whole document. Raises Cancelled by `watch`."""
    _opening(document, report)
    if report.first_actions:
        document.add_heading(PUT_FIRST, 1)
        for action in report.first_actions:
            _first(document, action)
    document.add_heading("Actions", 1)
    if not report.actions:
        document.add_paragraph(
            f"{report.nothing(NO_ACTIONS)} Here are a few lines to fill in. In Word, the "
            "Tab key adds another after the last."
        )
    _table(document, report, watch)
    document.add_paragraph(plain(report.model_attribution), looks.QUIET)
    _footer(document, report)


def cells(action: ReportAction) -> tuple[str, ...]:
    """Give what the plan says of an action, column by column."""
    texts = (action.where_now, action.to_do, action.due, action.success)
    names = [name for name, _ in _names(action)]
    return (
        "\n".join(names),
        *(plain(text) for text in (*texts, action.owner, action.progress.words)),
    )


def first_words(action: ReportAction) -> str:
    """Give what is said of an action that the room puts first: what is to be done, and where."""
    told = plain(action.to_do).strip() or NO_WORDING
    return "\n".join(filter(None, (told, _about(action))))


def headings(report: Report) -> tuple[str, ...]:
    """Give the headings of the columns: the published ones, then ours, marked as such."""
    return (*map(plain, report.columns), *(f"{name}\n{ADDED_BY_US}" for name in ADDED_COLUMNS))


def _opening(document: Document, report: Report) -> None:
    document.add_paragraph("Action plan", looks.TITLE)
    document.add_paragraph(plain(f"{report.model_title}, {report.model_version}"), looks.SUBTITLE)
    details = (
        ("System or place", report.place),
        ("Date", report.held_on_words),
        ("Facilitator", report.facilitator),
        ("Sign-off", report.seal.words),
    )
    for label, text in details:
        line = document.add_paragraph(style=looks.DETAIL)
        line.add_run(f"{label}: ", looks.STRONG)
        line.add_run(plain(text) or NOT_GIVEN)
    document.add_paragraph(plain(report.disclaimer), looks.NOTICE)
    left_out = [part for part in report.left_out if part not in _NEVER_HELD]
    if left_out:
        line = document.add_paragraph(style=looks.NOTICE)
        line.add_run(f"{LEAVES_OUT} ", looks.STRONG)
        line.add_run(plain("; ".join(left_out)) + ".")
    if report.has_private_notes:
        document.add_paragraph("No private notes are in this plan.", looks.NOTICE)


def _first(document: Document, action: ReportAction) -> None:
    told, *about = first_words(action).rsplit("\n", 1) if _about(action) else [first_words(action)]
    line = document.add_paragraph(told, looks.NUMBERED)
    for words in about:
        line.add_run(f"\n{words}", looks.QUIET_WORDS)


def _about(action: ReportAction) -> str:
    """Say on one line where an action belongs, by when it is to be done, and whose it is."""
    due = f"due: {action.due}" if action.due.strip() else ""
    owner = f"owner: {action.owner}" if action.owner.strip() else ""
    parts = (action.change_heading, action.row_name, due, owner)
    return " · ".join(" ".join(plain(part).split()) for part in parts if part.strip())


def _names(action: ReportAction) -> list[tuple[str, str]]:
    """Give what stands in the first column, each with its style."""
    first = f"Put first: {action.put_first}" if action.put_first else ""
    names = (
        (action.change_heading, looks.NAME),
        (action.row_name, looks.CELL),
        (first, looks.FIRST),
    )
    return [(plain(name), style) for name, style in names if name]


def _table(document: Document, report: Report, watch: Watch) -> None:
    titles = headings(report)
    table = document.add_table(0, len(titles), looks.TABLE)
    table.autofit = False
    markup.describe(
        table,
        "Action plan",
        "A row to each action. The first five columns are those of the published plan; owner and "
        "progress are added by this application. The first row names the columns.",
    )
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    _head(table, titles, len(report.columns))
    for number, action in enumerate(report.actions):
        watch(number / len(report.actions))
        _row(table, action)
    for _ in range(0 if report.actions else FREE_LINES):
        row = markup.new_row(table)
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, _FREE_HEIGHT
        for cell in row.cells:
            _fill(cell, [("", looks.CELL)])


def _head(table: Table, titles: tuple[str, ...], published: int) -> None:
    row = markup.new_row(table)
    markup.keep_whole(row)
    markup.repeat(row)
    for number, (cell, title) in enumerate(zip(row.cells, titles, strict=True)):
        if number < published:
            _fill(cell, [(title, looks.COLUMN)])
        else:
            name, ours = title.split("\n")
            _fill(cell, [(name, looks.ADDED), (ours, looks.CELL)])
            markup.mark_as_added(cell)


def _row(table: Table, action: ReportAction) -> None:
    row = markup.new_row(table)
    names, *others = cells(action)
    if _lines((names, *others)) <= _SHORT_LINES:
        markup.keep_whole(row)
    first, *rest = row.cells
    _fill(first, _names(action) or [("", looks.CELL)])
    for cell, text in zip(rest, others, strict=True):
        _fill(cell, [(text, looks.CELL)])


def _fill(cell: _Cell, paragraphs: list[tuple[str, str]]) -> None:
    for number, (text, style) in enumerate(paragraphs):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.add_run(text)
        paragraph.style = style


def _lines(texts: tuple[str, ...]) -> int:
    """Give about how many lines high a row is."""
    return max(
        sum(1 + int(len(line) / (width * _LETTERS_PER_MM)) for line in text.split("\n"))
        for text, width in zip(texts, _WIDTHS_MM, strict=True)
    )


def _footer(document: Document, report: Report) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.style = looks.FOOTER
    model = model_words(report.model_title, report.model_source, report.model_version)
    line.add_run(plain(f"{model}\tPage "))
    markup.field(line, "PAGE")
    line.add_run(" of ")
    markup.field(line, "NUMPAGES")
