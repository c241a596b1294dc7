"""The summary: the record in words, which counts nothing up, and what the room puts first.

For this package only. What it says was put into words by the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import PLAN_KEY, extract_rows, gap, links, unbroken_hands
from hicm_desktop.export.pdf.cells import Cell, Edge, Kind, Link, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.record_words import (
    AGREED,
    DIFFERING,
    NO_ACTIONS,
    NONE_AGREED,
    NONE_DIFFERING,
    NONE_OPEN,
    NONE_PUT_FIRST,
    OPEN,
    PUT_FIRST,
    VIEWS_LEFT_OUT,
)
from hicm_desktop.workshop.report_parts import NO_DIFFERING_VIEWS
from hicm_desktop.workshop.report_values import Point, Report, ReportAction

_MARK, _WHERE, _BETWEEN = 18.0, 142.0, 12.0
_WIDTHS = (_MARK, _WHERE - _MARK, _BETWEEN, UPRIGHT_WIDTH - _WHERE - _BETWEEN)
"""The number of an action or, over two columns, where a point belongs; then what is said."""

_COLUMNS = len(_WIDTHS)
_EXPLAINED = (
    "What came of the workshop, in words. Levels are not added up. The profile shows where each "
    "row stands, and each change has its own chapter."
)


def chapter(typeface: Typeface, report: Report) -> list[Flowable]:
    """Say what is to be done first, what was agreed, what is open, and where views differ."""
    told = report.summary
    places = links(report)
    left_out = NO_DIFFERING_VIEWS in report.left_out
    nobody = VIEWS_LEFT_OUT if left_out else report.nothing(NONE_DIFFERING)
    rows = [
        title_row("Summary", _COLUMNS, key="summary"),
        *extract_rows(report, _COLUMNS),
        _quiet(_EXPLAINED, keeps=True),
        *_first(report),
        *_part(AGREED, told.agreed, report.nothing(NONE_AGREED), places),
        *_part(OPEN, told.open, report.nothing(NONE_OPEN), places),
        *([_quiet(report.not_in_scope)] if report.not_in_scope else []),
        *_part(DIFFERING, told.differing, nobody, places),
    ]
    if left_out and told.differing:
        rows.append(_quiet(VIEWS_LEFT_OUT))
    return [lay(typeface, _WIDTHS, rows)]


def _head(title: str) -> tuple[Row, Row]:
    heading = title_row(title, _COLUMNS, depth=1, style=looks.SUBTITLE)
    return gap(_COLUMNS, 10), heading


def _first(report: Report) -> Iterable[Row]:
    yield from _head(PUT_FIRST)
    for action in report.first_actions:
        yield _action(action)
    if report.first_actions:
        return
    nothing = report.nothing(NONE_PUT_FIRST if report.actions else NO_ACTIONS)
    if report.actions:
        nothing = f"{nothing} All of them are in the action plan."
    link = Link(key=PLAN_KEY) if report.actions else None
    cell = Cell(((nothing, looks.BODY),), _COLUMNS, edge=Edge.NONE, link=link)
    yield Row((cell,), padding=(0.0, 2.0), kind=Kind.TEXT)


def _action(action: ReportAction) -> Row:
    texts: list[tuple[str, Style]] = [(action.to_do.strip() or NO_WORDING, looks.STRONG)]
    if action.where:
        texts.append((action.where, looks.NOTE))
    texts.append((f"{action.due_told} · {action.owner_told}", looks.QUIET))
    number = Cell(((f"{action.put_first}.", looks.BULLET),), edge=Edge.NONE)
    words = Cell(tuple(texts), _COLUMNS - 1, edge=Edge.NONE, link=Link(key=PLAN_KEY))
    return Row((number, words), padding=(0.0, 3.0), kind=Kind.PAIR)


def _part(
    title: str, points: Sequence[Point], nothing: str, places: Mapping[str, Link]
) -> Iterable[Row]:
    yield from _head(title)
    for point in points:
        yield _point(point, places)
    if not points:
        yield text_row((nothing, looks.BODY), columns=_COLUMNS)


def _quiet(words: str, *, keeps: bool = False) -> Row:
    return text_row((words, looks.QUIET), columns=_COLUMNS, keeps=keeps)


def _unbroken(words: str) -> str:
    """Hold hands to their levels in the line of the report that tells them."""
    *lines, last = words.split("\n")
    return "\n".join((*lines, unbroken_hands(last) if last.startswith("Hands: ") else last))


def _point(point: Point, places: Mapping[str, Link]) -> Row:
    where = Cell(((point.where, looks.NAME),), 2, edge=Edge.NONE, link=places.get(point.where))
    said = Cell(((_unbroken(point.words), looks.NOTE),), edge=Edge.NONE)
    return Row(
        (where, Cell((), edge=Edge.NONE), said),
        padding=(0.0, 3.0),
        kind=Kind.PAIR,
    )
