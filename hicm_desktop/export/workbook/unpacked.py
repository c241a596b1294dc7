"""A workbook of this program as it lies in its file: fast to read, and no more than its rows.

For `read_back` alone, which trusts the writer and doubts the disk. What others wrote is read by
`plan_reading`, with openpyxl.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from hicm_desktop.export.workbook.parts import Part, grouped, joined, read_part
from hicm_desktop.export.workbook.tables import PART, short

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ROW, _SHEET = f"{{{SHEET_MAIN_NS}}}row", f"{{{SHEET_MAIN_NS}}}sheet"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number, and what stands in its cells from the first on."""

    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a table says in one row, or in several that are parts of one, by its headings."""

    number: int
    texts: dict[str, str]


class Unpacked:
    """A workbook, open to be read. Raises what `zipfile` and XML raise, and KeyError."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        targets = {
            relation.get("Id"): str(relation.get("Target")).removeprefix("/")
            for relation in self._tree(_RELATIONS)
        }
        sheets = self._tree(_BOOK).iter(_SHEET)
        self._members = {s.get("name"): targets[s.get(f"{{{REL_NS}}}id")] for s in sheets}

    def __enter__(self) -> Unpacked:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets, in order."""
        return tuple(self._members)

    def rows(self, title: str) -> list[Row]:
        """Give the rows of a sheet that there are."""
        return [
            Row(int(row.get("r")), tuple(_text(cell) for cell in row))
            for row in self._tree(self._members[title]).iter(_ROW)
        ]

    def _tree(self, member: str) -> Any:
        return fromstring(self._archive.read(member))


def _text(cell: Any) -> str:
    """Give what stands in a cell: a text, or a number as it was written."""
    if len(cell) == 0:
        return ""
    text = cell[0][0].text if len(cell[0]) else cell[0].text
    return (text or "").replace("_x005F_", "_")


def table(rows: Sequence[Row], *first: str) -> list[Record] | None:
    """Give what a table says whose first headings are these; None where there is none.

    It ends where a row is missing. Rows that are parts of one are put together.
    """
    start = next((n for n, row in enumerate(rows) if row.texts[: len(first)] == first), None)
    if start is None:
        return None
    names = rows[start].texts
    lines: list[tuple[int, dict[str, str]]] = []
    for row in rows[start + 1 :]:
        if row.number != rows[start].number + len(lines) + 1:
            break
        lines.append((row.number, dict(zip(names, row.texts, strict=False))))
    part = next((name for name in names if short(name) == PART), "")
    parted = [(read_part(texts.get(part, "")), number, texts) for number, texts in lines]
    return _records(parted, names)


def _records(
    lines: Sequence[tuple[Part, int, dict[str, str]]], names: Sequence[str]
) -> list[Record]:
    records: list[Record] = []
    numbers = [number for part, number, _ in lines if part.number == 1]
    groups = grouped((part, texts) for part, _, texts in lines)
    for number, group in zip(numbers, groups, strict=False):
        texts = group[0][1] if len(group) == 1 else {n: joined(group, n) for n in names}
        records.append(Record(number, dict(texts)))
    return records
