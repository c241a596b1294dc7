"""Puts together again what a table parted: the rows that one text, or several, go on in.

The other way round from `tables`. For this package only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hicm_desktop.export.workbook.tables import CONTINUED, short

_WORDS = re.compile(rf"\s*(\d{{1,6}})\s+of\s+\d+(?:\s*\({CONTINUED[1:-1]}:\s*(.*))?", re.S)


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell of the column "Part" says: which part it is, and which texts go on in it."""

    number: int = 1
    goes_on: str = ""

    def holds_more_of(self, heading: str) -> bool:
        """Whether the text under this heading goes on here."""
        return f"; {short(heading)};" in f"; {self.goes_on};"


def read_part(words: str) -> Part:
    """Read what the column "Part" says. What it does not say is taken for a first part."""
    found = _WORDS.match(words)
    if found is None:
        return Part()
    told = (found[2] or "").rstrip().removesuffix(")")
    return Part(int(found[1]), told)


def joined(parts: Sequence[tuple[Part, Mapping[str, str]]], heading: str) -> str:
    """Give the text that was parted, of parts in their order."""
    first, *others = parts
    more = (texts.get(heading, "") for part, texts in others if part.holds_more_of(heading))
    return "".join((first[1].get(heading, ""), *more))


def grouped(
    rows: Iterable[tuple[Part, Mapping[str, str]]],
) -> list[list[tuple[Part, Mapping[str, str]]]]:
    """Gather rows that follow one another by what they are parts of."""
    groups: list[list[tuple[Part, Mapping[str, str]]]] = []
    for part, texts in rows:
        if part.number == 1 or not groups:
            groups.append([])
        groups[-1].append((part, texts))
    return groups
