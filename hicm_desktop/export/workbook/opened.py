"""A workbook of this program opened again by openpyxl, and what its tables say.

For `read_back` alone. openpyxl has no hand in how our rows are written, and so doubts them as any
other program would.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel

from hicm_desktop.export.workbook.parts import Part, grouped, joined, read_part
from hicm_desktop.export.workbook.tables import PART, short

_HALF_A_SECOND = dt.timedelta(milliseconds=500)


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


class OpenedBook:
    """A workbook, open to be read. Raises what openpyxl, `zipfile` and XML raise, and KeyError."""

    def __init__(self, path: Path) -> None:
        # Handed over open: openpyxl takes no file by a name that does not end in .xlsx.
        self._file = path.open("rb")
        try:
            self._book = load_workbook(self._file, read_only=True)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> OpenedBook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()
        self._file.close()

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets, in order."""
        return tuple(self._book.sheetnames)

    def rows(self, title: str) -> list[Row]:
        """Give the rows of a sheet in which anything stands."""
        rows = self._book[title].iter_rows(values_only=True)
        return [
            Row(number, tuple(map(_text, values)))
            for number, values in enumerate(rows, start=1)
            if any(value is not None for value in values)
        ]


def day_words(days: float) -> str:
    """Write what a cell shows that holds this number of days as a date, as it is read back."""
    return _text(from_excel(days))


def _text(value: object) -> str:
    """Give what stands in a cell: a text, a number, or a date or moment to the second."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return (value + _HALF_A_SECOND).replace(microsecond=0).isoformat()
    return str(value).replace("_x005F_", "_")


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
    # A model's own column may be called so too: ours is the last.
    part = next((name for name in reversed(names) if short(name) == PART), "")
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
