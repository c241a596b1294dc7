"""The profile: every row along the levels, on one page, told by shape and word.

For this package only. Type shrinks, and room between rows grows, until all of it fills one page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import (
    LEVELS_KEY,
    change_key,
    extract_rows,
    is_told,
    row_key,
)
from hicm_desktop.export.pdf.cells import Cell, Edge, Kind, Link, Row
from hicm_desktop.export.pdf.grid import Grid, lay
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.marks import BEFORE, DOWN, MARKS, UP, Track
from hicm_desktop.export.pdf.pages import BOTTOM, TOP, UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.record_words import AGREED
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportLevel, ReportRow
from hicm_desktop.workshop.values import Outcome

_HEIGHT = A4[1] - TOP - BOTTOM - 1.0
_NAME, _LEVELS, _MOST_LEVEL = 146.0, 210.0, 42.0
_FLOOR = 6.5
_HEADS, _LEAST_HEAD = 7.1, _FLOOR
_MOST_PADDING, _GOOD_PADDING, _LEAST_PADDING = 4.4, 1.3, 0.3
_SHORT = 80
_OVER_KEY = 5.0
_KEY_WIDTHS = (26.0, 64.0, 20.0, 118.0, 20.0, 52.0, 24.0, UPRIGHT_WIDTH - 324.0)
_LEANING = "Beside a mark: the room leans down or up from the level"
_BEFORE = "Level before, with an arrow to the level agreed now"
_MIDDLE = -0.06
"""How far the middle of a mark lies under that of its line, as a part of its size."""

_EXPLAINED = "Where each row stands along the levels, told by shape and word."


@dataclass(frozen=True, slots=True)
class _Setting:
    """The size of type, whether movement has a line of its own, and the room above each row."""

    size: float
    is_apart: bool
    padding: float = 0.0

    def style(self, face: str = looks.REGULAR, color: str = looks.INK) -> Style:
        return Style(self.size, self.size * 1.18, face, color)

    def head(self, color: str = looks.INK) -> Style:
        size = max(min(self.size, _HEADS), _LEAST_HEAD)
        return Style(size, size * 1.2, looks.BOLD, color)

    @property
    def mark(self) -> Style:
        """Give the style of the marks, which take no more height than a line of text."""
        return Style(self.size * 1.5, self.size * 1.18, looks.BOLD)


_TRIED = (
    *(_Setting(size, is_apart=True) for size in (9.0, 8.6, 8.2, 7.8)),
    *(_Setting(size, is_apart=False) for size in (8.2, 7.8, 7.4, 7.0, _FLOOR)),
)


def chapter(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set the profile on one page, in the largest type that lets it."""
    rows = sum(len(change.rows) + 1 for change in report.changes)
    key = _key(typeface, report)
    room = _HEIGHT - key.wrap(UPRIGHT_WIDTH, _HEIGHT)[1] - _OVER_KEY
    grid = _fitting(room, rows, lambda setting: _grid(typeface, report, setting))
    return [grid, space(_OVER_KEY), key]


def _fitting(room: float, rows: int, make: Callable[[_Setting], Grid]) -> Grid:
    for setting in _TRIED:
        spare = room - make(setting).wrap(UPRIGHT_WIDTH, _HEIGHT * 9)[1]
        padding = min(spare / (2 * max(rows, 1)), _MOST_PADDING)
        least = _LEAST_PADDING if setting is _TRIED[-1] else _GOOD_PADDING
        if padding >= least:
            return make(replace(setting, padding=padding))
    return make(replace(_TRIED[-1], padding=_LEAST_PADDING))


def _grid(typeface: Typeface, report: Report, setting: _Setting) -> Grid:
    count = len(report.levels)
    level = min(_MOST_LEVEL, _LEVELS / max(count, 1))
    widths = (_NAME, *(level,) * count, UPRIGHT_WIDTH - _NAME - count * level)
    quiet = Style(9.0, 11.5, color=looks.MUTED)
    rows = [
        title_row("Profile", count + 2, key="profile"),
        *extract_rows(report, count + 2),
        text_row((_EXPLAINED, quiet), columns=count + 2, keeps=True),
        _head(report.levels, setting),
    ]
    for change in report.changes:
        rows.append(_band(change, count, setting))
        rows += [_row(change, row, report.levels, setting) for row in change.rows]
    return lay(typeface, widths, rows)


def _head(levels: tuple[ReportLevel, ...], setting: _Setting) -> Row:
    name = Cell((("Row", setting.head()),), edge=Edge.NONE, heads=True)
    agreed = Cell(((AGREED, setting.head()),), edge=Edge.NONE, heads=True)
    cells = (name, *(_level_head(level, len(levels), setting) for level in levels), agreed)
    return Row(cells, keeps=True, repeats=True, padding=(2.0, 2.5))


def _level_head(level: ReportLevel, count: int, setting: _Setting) -> Cell:
    fill = looks.level_fill(level.number, count)
    color = looks.ink_on(fill)
    return Cell(
        ((level.name, setting.head(color)),),
        fill=fill,
        is_centred=True,
        heads=True,
        link=Link(key=LEVELS_KEY),
    )


def _band(change: ReportChange, count: int, setting: _Setting) -> Row:
    words = change.heading if change.in_scope else f"{change.heading} (not in scope)"
    band = Cell(
        ((words, setting.style(looks.BOLD, looks.ACCENT)),),
        count + 2,
        fill=looks.PALE,
        edge=Edge.NONE,
        heads=True,
        link=Link(key=change_key(change)),
    )
    return Row((band,), keeps=True, padding=(3.0, setting.padding))


def _row(
    change: ReportChange, row: ReportRow, levels: tuple[ReportLevel, ...], setting: _Setting
) -> Row:
    link = Link(key=row_key(row)) if is_told(row) else None
    name = Cell(((row.name, setting.style()),), edge=Edge.NONE, heads=True, link=link)
    return Row(
        (
            name,
            *(_place(row, level, setting) for level in levels),
            Cell(_words(change, row, levels, setting), edge=Edge.NONE),
        ),
        padding=(3.0, setting.padding),
        drawn=_track(row, len(levels), setting),
    )


def _track(row: ReportRow, levels: int, setting: _Setting) -> Track:
    size = setting.mark.size
    under = setting.padding + setting.mark.leading / 2 + _MIDDLE * size
    return Track(row.level_number, row.previous_number, row.lean, levels, size, under)


def _place(row: ReportRow, level: ReportLevel, setting: _Setting) -> Cell:
    """Mark where a row stands, or stood before; the line they stand on is drawn."""
    if level.number == row.level_number:
        mark, said = MARKS[row.outcome], _agreed(row)
        if level.number == row.previous_number:
            said = f"{said}. Here before as well"
    elif level.number == row.previous_number:
        mark, said = BEFORE, f"Level before: {level.name}"
    else:
        return Cell((), edge=Edge.NONE)
    return Cell(((mark, setting.mark),), is_centred=True, edge=Edge.NONE, said=said)


def _agreed(row: ReportRow) -> str:
    return f"{row.outcome.words}: {row.level_words}"


def _words(
    change: ReportChange, row: ReportRow, levels: tuple[ReportLevel, ...], setting: _Setting
) -> tuple[tuple[str, Style], ...]:
    strong, quiet = setting.style(looks.SEMIBOLD), setting.style(color=looks.MUTED)
    if row.level_name is None:
        if row.outcome is Outcome.NOT_DISCUSSED:
            return ((change.became(row), quiet),)
        said = ((f"{MARKS[row.outcome]} {row.outcome.words}", strong),)
        was = [level.name for level in levels if level.number == row.previous_number]
        # Where type is small for want of room its mark says it alone.
        return (*said, *((f"level before: {name}", quiet) for name in was if setting.is_apart))
    if not row.movement:
        return ((_agreed(row), strong),)
    moved = row.movement[0].lower() + row.movement[1:]
    if setting.is_apart:
        return ((_agreed(row), strong), (moved, quiet))
    return ((f"{_agreed(row)}; {moved}", strong),)


def _key(typeface: Typeface, report: Report) -> Grid:
    """Say what the marks stand for."""
    outcomes = tuple(
        (MARKS[outcome], outcome.words)
        for outcome in (
            Outcome.AGREED,
            Outcome.AGREED_WITH_RESERVATION,
            Outcome.PARKED,
            Outcome.NOT_APPLICABLE,
        )
    )
    rows = [_key_row(outcomes), _key_row(((f"{DOWN} {UP}", _LEANING),))]
    if report.baseline:
        is_short = len(report.baseline) <= _SHORT and report.baseline.isprintable()
        earlier = report.baseline if is_short else "see the cover"
        rows.append(_key_row(((BEFORE, f"{_BEFORE} ({earlier})"),)))
    return lay(typeface, _KEY_WIDTHS, rows)


def _key_row(marks: tuple[tuple[str, str], ...]) -> Row:
    """Set marks with their words side by side; the last takes the rest of the columns."""
    mark, words = Style(11.0, 11.0, looks.BOLD), Style(8.2, 11.0)
    cells = [
        cell
        for shown, said in marks
        for cell in (
            Cell(((shown, mark),), edge=Edge.NONE, is_centred=True),
            Cell(((said, words),), edge=Edge.NONE),
        )
    ]
    rest = len(_KEY_WIDTHS) - len(cells) + 1
    cells[-1] = replace(cells[-1], columns=rest)
    return Row(tuple(cells), padding=(0.0, 1.0), kind=Kind.TEXT)
