"""Puts together again what a table parted: the rows that one text, or several, go on in.

The other way round from `tables`. For this package only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from hicm_desktop.export.workbook.tables import CONTINUED, short

_WORDS = re.compile(
    rf"\s*(\d{{1,6}})\s+of\s+(\d{{1,6}})\b(?:\s*\({CONTINUED[1:-1]}:\s*(.*))?", re.S
)


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell of the column "Part" says: which part it is, and which texts go on in it.

    `of` is how many parts there are.
    """

    number: int = 1
    goes_on: str = ""
    of: int = 1

    def holds_more_of(self, heading: str) -> bool:
        """Whether the text under this heading goes on here."""
        return f"; {short(heading)};" in f"; {self.goes_on};"


def read_part(words: str) -> Part:
    """Read what the column "Part" says. What it does not say is taken for a first part."""
    found = _WORDS.match(words)
    if found is None:
        return Part()
    told = (found[3] or "").rstrip().removesuffix(")")
    return Part(int(found[1]), told, int(found[2]))


def are_whole(parts: Sequence[Part]) -> bool:
    """Tell whether these are all the parts that there are of something."""
    numbers = {part.number for part in parts}
    return len(parts) == len(numbers) == max(numbers) == max(part.of for part in parts)


def copies(parts: Sequence[Part]) -> list[list[int]]:
    """Say which rows of one id, in the order of a sheet, belong together, the first part first.

    Rows that were sorted are of one thing; a part that is there once more is of a copy of it.
    """
    runs: list[dict[int, int]] = []
    rounds: list[dict[int, int]] = []
    turns: Counter[int] = Counter()
    for place, part in enumerate(parts):
        if not runs or part.number in runs[-1]:
            runs.append({})
        runs[-1][part.number] = place
        turn = turns[part.number]
        turns[part.number] += 1
        if turn == len(rounds):
            rounds.append({})
        rounds[turn][part.number] = place
    # One below the other, as a rule; if they were sorted since, the first of each belong together.
    found = next((f for f in (runs, rounds) if all(map(partial(_are_whole, parts), f))), None)
    if found is None:
        found = rounds if len(rounds) == 1 else runs
    return [[run[number] for number in sorted(run)] for run in found]


def _are_whole(parts: Sequence[Part], run: Mapping[int, int]) -> bool:
    return are_whole([parts[place] for place in run.values()])


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
