"""Every workbook is built as Excel wants it: what it would offer to repair is found here.

openpyxl opens much that Excel does not, so the parts of the file are looked at as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from hicm_desktop.export.workbook import render_workbook
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.values import Workshop
from tests.export import workshops

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "tableParts"),
)
"""The elements of a sheet that we write, in the order that the format asks for."""

Area = tuple[int, int, int, int]


class Package:
    """A workbook as the parts it is made of. What is wrong with it is gathered, not raised."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = self._archive.namelist()
        styles = self._part("xl/styles.xml").find(f"{MAIN}cellXfs")
        assert styles is not None
        self._styles = len(styles)
        self._titles = [
            decoded(sheet.get("name", ""))
            for sheet in self._part("xl/workbook.xml").iter(f"{MAIN}sheet")
        ]
        self._tables: set[str] = set()

    def faults(self) -> Iterator[object]:
        """Give all that Excel would not take."""
        for title in self._titles:
            if not title or units(title) > 31 or set(title) & set("[]:*?/\\"):
                yield "title of a sheet", title
        if len({title.casefold() for title in self._titles}) < len(self._titles):
            yield "two sheets of one title"
        if len(set(self._names)) < len(self._names):
            yield "two members of one name"
        for name in self._names:
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                yield from ((name, *fault) for fault in self._faults_of_sheet(name))

    def _part(self, name: str) -> ET.Element:
        return ET.fromstring(self._archive.read(name))  # noqa: S314 - the file is our own

    def _faults_of_sheet(self, name: str) -> Iterator[tuple[object, ...]]:
        sheet = self._part(name)
        tags = [child.tag.removeprefix(MAIN) for child in sheet]
        if tags != sorted(tags, key=ORDER.index):
            yield "order", tags
        cells: dict[str, str] = {}
        yield from self._faults_of_cells(sheet, cells)
        merged = [area(m.get("ref", "")) for m in sheet.iter(f"{MAIN}mergeCell")]
        yield from (("merged twice", a, b) for a, b in pairwise(sorted(merged)) if overlap(a, b))
        yield from self._faults_of_tables(name, sheet, cells, merged)
        for link in sheet.iter(f"{MAIN}hyperlink"):
            place = decoded(link.get("location", ""))
            if place and place[1:].rsplit("'!", 1)[0].replace("''", "'") not in self._titles:
                yield "link to", place
        foot = sheet.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") or ""
        if not foot or units(foot) > 255:
            yield "footer", foot

    def _faults_of_cells(
        self, sheet: ET.Element, cells: dict[str, str]
    ) -> Iterator[tuple[object, ...]]:
        last_row = 0
        for row in sheet.iter(f"{MAIN}row"):
            number = int(row.get("r", ""))
            if number <= last_row or float(row.get("ht", "")) > 409:
                yield "row", number
            last_row, last_column = number, 0
            for cell in row:
                place = cell.get("r", "")
                column, row_number, _, _ = area(place)
                text = decoded("".join(cell.itertext()))
                if row_number != number or column <= last_column:
                    yield "order of cells", place
                if int(cell.get("s", "")) >= self._styles:
                    yield "style", place
                if units(text) > 32_767:
                    yield "length", place
                cells[place] = text
                last_column = column

    def _faults_of_tables(
        self, name: str, sheet: ET.Element, cells: dict[str, str], merged: list[Area]
    ) -> Iterator[tuple[object, ...]]:
        taken: list[Area] = []
        for part in sheet.iter(f"{MAIN}tablePart"):
            table = self._part(self._target(name, part.get(RELATION, "")))
            shown = table.get("displayName", "").casefold()
            left, top, right, bottom = found = area(table.get("ref", ""))
            columns = [decoded(c.get("name", "")) for c in table.iter(f"{MAIN}tableColumn")]
            heads = [cells[f"{get_column_letter(n)}{top}"] for n in range(left, right + 1)]
            if shown in self._tables or not re.fullmatch(r"[a-z_]\w*", shown):
                yield "name of a table", shown
            if columns != heads or len({c.casefold() for c in columns}) < len(columns):
                yield "headings", columns, heads
            if any(units(column) > 255 for column in columns):
                yield "length of a heading", shown
            if bottom <= top or any(overlap(found, other) for other in (*merged, *taken)):
                yield "area of a table", shown
            self._tables.add(shown)
            taken.append(found)

    def _target(self, name: str, relation: str) -> str:
        listed = self._part(name.replace("worksheets/", "worksheets/_rels/") + ".rels")
        return next(e.get("Target", "") for e in listed if e.get("Id") == relation)[1:]


def decoded(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def area(ref: str) -> Area:
    left, top, right, bottom = range_boundaries(ref)
    assert left is not None
    assert top is not None
    assert right is not None
    assert bottom is not None
    return left, top, right, bottom


def overlap(one: Area, other: Area) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def odd_model(model: Model) -> Model:
    """Give a model whose words strain what Excel allows: long, alike, and with its own escapes."""
    first = msgspec.structs.replace(model.changes[0], title="_x0041_ it", short_title="'A/B:*" * 9)
    same = (msgspec.structs.replace(change, number=1, title="Same") for change in model.changes[1:])
    return msgspec.structs.replace(
        model,
        title="😀&[File]" * 90,
        columns=("a\nb", "A b", "x_x000a_y", "Owner", "c" * 250),
        changes=(first, *same),
    )


@pytest.mark.parametrize("which", ["sample", "full", "hostile", "empty", "odd"])
def test_the_file_is_built_as_excel_wants_it(which: str, model: Model, sample: Workshop) -> None:
    used = odd_model(model) if which == "odd" else model
    workshop = {
        "sample": sample,
        "full": workshops.full_workshop(model),
        "hostile": workshops.hostile_workshop(model),
    }.get(which, workshops.empty_workshop())
    parts = Parts(guidance=True, private_notes=True)

    content = render_workbook(build_report(used, workshop, parts))

    assert list(Package(content).faults()) == []


def test_a_file_that_is_not_so_is_found_out(model: Model, sample: Workshop, tmp_path: Path) -> None:
    """Each fault is put into the first sheet of a change, which has all there is."""
    member = "xl/worksheets/sheet5.xml"
    content = render_workbook(build_report(model, sample))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for old, new in (
        ('r="A4"', 'r="A5"'),
        (' ht="', ' ht="9'),
        (' s="1"', ' s="999"'),
        (">Level agreed<", ">Level<"),
        ("<oddFooter>", "<oddFooter>" + "x" * 255),
        ("'Contents'!A1", "'Nowhere'!A1"),
    ):
        damaged = parts | {member: parts[member].replace(old, new, 1)}
        assert damaged != parts, old
        with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as archive:
            for name, text in damaged.items():
                archive.writestr(name, text)
        assert list(Package((tmp_path / "bad.xlsx").read_bytes()).faults()), old
