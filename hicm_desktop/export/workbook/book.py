"""A workbook that is put together sheet by sheet, and written without a file on the disk.

openpyxl writes everything but the rows: it makes an object of every cell, and takes several times
as long for them as all else takes together. `sheet` has the rows ready. For this package only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, SubElement

from hicm_desktop.export.archive import SettledZip
from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.looks import Look

Kind: TypeAlias = Literal["text", "typed", "date", "moment"]
"""What a cell holds. What is "typed" would turn into a formula if somebody opened it to edit it."""

_FORMATS = {"date": "[$-809]d mmmm yyyy", "moment": "[$-809]d mmmm yyyy hh:mm"}
_LINE_END = re.compile(rb"(?<!_x005F)_x000a_")
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads elsewhere: to a place in this workbook, or to an address on the web."""

    cell: str
    place: str = ""
    address: str = ""


class Drawn(Protocol):
    """What is known of a sheet once it is full."""

    @property
    def worksheet(self) -> Worksheet:
        """The sheet as openpyxl has it, without rows."""

    @property
    def rows(self) -> Sequence[str]:
        """Every row as XML, from the top."""

    @property
    def extent(self) -> str:
        """The cells it takes up, such as "A1:C9"."""

    @property
    def widths(self) -> Sequence[float]:
        """How wide its columns are, in characters."""

    @property
    def hidden(self) -> Collection[int]:
        """The columns that are hidden, counted from 1."""

    @property
    def merged(self) -> Sequence[str]:
        """The cells that are one, in order."""

    @property
    def links(self) -> Sequence[Link]:
        """The cells that lead elsewhere, in order."""


class Book:
    """A workbook. Its styles are there from the start; a sheet is added when it is begun."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        if self.workbook.active is not None:
            self.workbook.remove(self.workbook.active)
        looks.add_styles(self.workbook)
        self._model: Worksheet = self.workbook.create_sheet("styles")
        self.workbook.remove(self._model)
        self._styles: dict[tuple[str, Kind], int] = {}
        self._sheets: dict[str, Drawn] = {}
        self._table_names: set[str] = set()

    def free_table_name(self, name: str) -> str:
        """Give a table this name, or one like it where another table has it."""
        number = 1
        found = name
        while found.casefold() in self._table_names:
            number += 1
            found = f"{name}_{number}"
        self._table_names.add(found.casefold())
        return found

    def add(self, sheet: Drawn) -> None:
        """Add a sheet of `workbook` to those that are written."""
        self._sheets[sheet.worksheet.title] = sheet

    def written(self) -> bytes:
        """Give the file. The same sheets give the same bytes."""
        stream = io.BytesIO()
        with SettledZip(stream) as archive:
            # Not workbook.save(), which puts the time of day into the properties.
            _Writer(self.workbook, archive, self._sheets).write_data()
        return stream.getvalue()

    def style(self, look: Look, kind: Kind) -> int:
        """Give the number by which cells name a style."""
        key = look.name, kind
        if key not in self._styles:
            cell = Cell(self._model, row=1, column=1)
            cell.style = look.name
            if kind in _FORMATS:
                cell.number_format = _FORMATS[kind]
            cell.quotePrefix = kind == "typed"
            self._styles[key] = int(cell.style_id)
        return self._styles[key]


class _Writer(ExcelWriter):
    """Writes each sheet into memory, and its rows as they are."""

    def __init__(self, book: Workbook, archive: SettledZip, sheets: dict[str, Drawn]) -> None:
        super().__init__(book, archive)
        self._into = archive
        self._sheets = sheets

    def write_worksheet(self, ws: Worksheet) -> None:
        sheet = self._sheets[ws.title]
        stream = io.BytesIO()
        writer = _SheetWriter(ws, stream, sheet)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]  # noqa: SLF001 - as in ExcelWriter
        before, after = _NO_ROWS.split(stream.getvalue(), 1)
        # openpyxl escapes the line end of a footer, which LibreOffice then shows as letters.
        after = _LINE_END.sub(b"\n", after)
        rows = "".join(("<sheetData>", *sheet.rows, "</sheetData>")).encode()
        self._into.writestr(ws.path[1:], before + rows + after)
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes a sheet but for its rows, which openpyxl does not know of."""

    def __init__(self, ws: Worksheet, out: io.BytesIO, sheet: Drawn) -> None:
        super().__init__(ws, out)
        self._sheet = sheet

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(self._sheet.extent).to_tree())

    def write_cols(self) -> None:
        columns = Element("cols")
        for number, width in enumerate(self._sheet.widths, start=1):
            place = {"min": f"{number}", "max": f"{number}", "customWidth": "1"}
            hidden = {"hidden": "1"} if number in self._sheet.hidden else {}
            SubElement(columns, "col", {**place, **hidden, "width": f"{width:g}"})
        self.xf.send(columns)

    def write_merged_cells(self) -> None:
        if self._sheet.merged:
            cells = Element("mergeCells", {"count": f"{len(self._sheet.merged)}"})
            for area in self._sheet.merged:
                SubElement(cells, "mergeCell", {"ref": area})
            self.xf.send(cells)

    def write_hyperlinks(self) -> None:
        self.ws._hyperlinks = [  # type: ignore[union-attr]  # noqa: SLF001 - where openpyxl collects
            Hyperlink(link.cell, location=link.place or None, target=link.address or None)
            for link in self._sheet.links
        ]
        super().write_hyperlinks()
