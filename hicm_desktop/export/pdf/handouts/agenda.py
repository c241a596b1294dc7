"""The agenda: where and when, the changes in scope with their minutes, and the partners.

For this package only.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Edge, Kind, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.handouts.kit import (
    PAGE,
    height_of,
    largest,
    ruled,
    scaled,
    steps,
)
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.handouts import Agenda, AgendaLine, Attending
from hicm_desktop.workshop.report import NOT_FOR_RANKING

_UNITS = steps(1.1, 0.8, 0.05)
"""How large the type is against what is usual; at the least, partners are set in 7.6 pt."""

_OVERLEAF = 0.85
"""How large it is where not all of it fits on one page whatever its size."""

_ABREAST, _BETWEEN = 3, 14.0
"""How many partners stand side by side, and how far apart."""

_LABEL = 118.0
_START, _MINUTES = 54.0, 72.0
_PITCH = 21.0
"""How far apart lines to write on are."""

_PARTNER_LINES = 8
_FEWEST_NOTES = 4
"""How many lines for notes there must be room for, for there to be any."""

_STOOD_IN = "A character that this typeface cannot show is printed as □."
_WHOLE = (PAGE.width,)
_NOTHING = Cell((), edge=Edge.NONE)


def agenda(typeface: Typeface, said: Agenda) -> list[Flowable]:
    """Set an agenda on one page, in the largest type that fits; on several where none does."""

    def make(unit: float) -> list[Flowable] | None:
        page = _Page(typeface, said, unit)
        body, foot = page.body(), page.foot()
        left = PAGE.height - height_of([*body, *foot], PAGE.width)
        return [*body, *page.notes(left), *foot] if left >= 0 else None

    def overleaf() -> list[Flowable]:
        page = _Page(typeface, said, _OVERLEAF)
        return [*page.body(), *page.foot()]

    return largest(_UNITS, make) or overleaf()


@dataclass(frozen=True)
class _Page:
    """An agenda in type so many times as large as is usual."""

    typeface: Typeface
    said: Agenda
    unit: float

    def body(self) -> list[Flowable]:
        """Give all that the agenda says."""
        unit = self.unit
        return [
            lay(self.typeface, _WHOLE, [title_row("Agenda", 1)]),
            space(6 * unit),
            self._facts(),
            space(14 * unit),
            *self._changes(),
            space(14 * unit),
            self._partners(),
        ]

    def notes(self, left: float) -> list[Flowable]:
        """Fill so much room: with lines for notes, where there is enough for some."""
        title = title_row("Notes", 1, depth=1, style=self._style(looks.SUBTITLE))
        before = space(14 * self.unit)
        used = height_of([before, lay(self.typeface, _WHOLE, [title])], PAGE.width)
        count = int((left - used) / _PITCH)
        if count < _FEWEST_NOTES:
            return [space(left)]
        rest = space(left - used - count * _PITCH)
        return [before, lay(self.typeface, _WHOLE, [title, *_lines(count)]), rest]

    def foot(self) -> list[Flowable]:
        """Say what the model is not; and, now that all else is set, what could not be shown."""
        texts = [NOT_FOR_RANKING, *([_STOOD_IN] if self.typeface.stood_in else [])]
        row = text_row(*((text, looks.FOOT) for text in texts))
        return [space(_PITCH / 2), lay(self.typeface, _WHOLE, [row])]

    def _facts(self) -> Flowable:
        facts = (
            ("Place", self.said.place),
            ("Date", self.said.date),
            ("Facilitator", self.said.facilitator),
            ("Populations in focus", self.said.populations),
        )
        rows = [self._fact(label, text) for label, text in facts]
        return lay(self.typeface, (_LABEL, PAGE.width - _LABEL), rows)

    def _fact(self, label: str, text: str) -> Row:
        """Give what is known, or a line to write it on."""
        leading = 14 * self.unit
        named = Style(9.5 * self.unit, leading, looks.SEMIBOLD, looks.MUTED)
        told = Style(11 * self.unit, leading, looks.SEMIBOLD)
        cells = (
            Cell(((label, named),), edge=Edge.NONE),
            Cell(((text, told),), edge=Edge.NONE),
        )
        if text:
            return Row(cells, padding=(0.0, 1.5 * self.unit), kind=Kind.PAIR)
        over = (_PITCH - leading) / 2
        line = ruled(_PITCH, 0.0, foot=over + 0.5, skip=1)
        return Row(cells, padding=(0.0, over), kind=Kind.PAIR, drawn=line)

    def _changes(self) -> list[Flowable]:
        widths = (_START, PAGE.width - _START - _MINUTES, _MINUTES)
        if not self.said.lines:
            none = text_row(("No change is in scope.", self._style(looks.BODY)))
            return [lay(self.typeface, _WHOLE, [none])]
        rows = [head_row(("Start", "Change", "Minutes")), *map(self._line, self.said.lines)]
        story: list[Flowable] = [lay(self.typeface, widths, rows)]
        if self.said.planned:
            words = f"{self.said.planned} for the changes, breaks not counted."
            row = text_row((words, self._style(looks.QUIET)))
            story += [space(3), lay(self.typeface, _WHOLE, [row])]
        return story

    def _line(self, line: AgendaLine) -> Row:
        text = Style(10 * self.unit, 13 * self.unit)
        name = Style(10 * self.unit, 13 * self.unit, looks.SEMIBOLD)
        cells = (
            Cell((("", text),)),
            Cell(((line.heading, name),), heads=True),
            Cell(((line.minutes, text),)),
        )
        return Row(cells, padding=(6.0, 4.5 * self.unit))

    def _partners(self) -> Flowable:
        style = self._style(looks.SUBTITLE)
        partners = self.said.partners
        if not partners:
            title = title_row("Partners", 1, depth=1, style=style)
            return lay(self.typeface, _WHOLE, [title, *_lines(_PARTNER_LINES)])
        column = (PAGE.width - (_ABREAST - 1) * _BETWEEN) / _ABREAST
        widths = (*(column, _BETWEEN) * (_ABREAST - 1), column)
        title = title_row("Partners", len(widths), depth=1, style=style)
        starts = range(0, len(partners), _ABREAST)
        rows = [self._abreast(partners[start : start + _ABREAST]) for start in starts]
        return lay(self.typeface, widths, [title, *rows])

    def _abreast(self, partners: tuple[Attending, ...]) -> Row:
        """Set partners side by side, each with its people below."""
        name = Style(9.5 * self.unit, 11.8 * self.unit, looks.SEMIBOLD)
        person = Style(9.5 * self.unit, 11.8 * self.unit, color=looks.MUTED)
        cells: list[Cell] = []
        for partner in partners:
            if cells:
                cells.append(_NOTHING)
            people = ((role, person) for role in partner.people)
            cells.append(Cell(((partner.organisation, name), *people), edge=Edge.NONE))
        cells += [_NOTHING] * (2 * _ABREAST - 1 - len(cells))
        return Row(tuple(cells), padding=(0.0, 2.6 * self.unit), kind=Kind.TEXT)

    def _style(self, style: Style) -> Style:
        return scaled(style, self.unit)


def _lines(count: int) -> list[Row]:
    """Give so many lines to write on, over the whole width."""
    cell = Cell((("", Style(1.0, _PITCH)),), edge=Edge.NONE)
    line = ruled(_PITCH, 0.0, foot=0.5)
    return [Row((cell,), padding=(0.0, 0.0), kind=Kind.TEXT, drawn=line)] * count
