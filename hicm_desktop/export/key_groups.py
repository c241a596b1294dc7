"""What the card of keys holds, as values, and how its groups share the columns of a page.

For `hicm_desktop.ui.commands`, which fills it in, and for whatever shows or prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import msgspec

_SAID = {
    "+": "plus",
    "−": "minus",
    ".": "full stop",
    "↑": "Up",
    "↓": "Down",
    "PgUp": "Page Up",
    "PgDn": "Page Down",
}
"""What a screen reader would pass over as punctuation, or spell."""


class KeyLine(msgspec.Struct, frozen=True):
    """Keys and what they do. `keys` are written as “Ctrl+F”; `between` stands between two."""

    keys: tuple[str, ...]
    words: str
    between: str = "or"

    @property
    def caps(self) -> tuple[tuple[str, ...], ...]:
        """The caps of each of the keys, those that are held first: “Ctrl+F” has two."""
        return tuple(_caps(keys) for keys in self.keys)

    @property
    def said_keys(self) -> str:
        """The keys as they are read out: “Ctrl+plus or Ctrl+=”."""
        keys = ["+".join(_SAID.get(cap, cap) for cap in caps) for caps in self.caps]
        return f" {self.between} ".join(keys)

    @property
    def said(self) -> str:
        """The line as it is read out: “F5, Room view”."""
        return f"{self.said_keys}, {self.words}"


class KeyGroup(msgspec.Struct, frozen=True):
    """Lines under a heading."""

    heading: str
    lines: tuple[KeyLine, ...]


def share(heights: Sequence[float], columns: int) -> tuple[slice, ...]:
    """Put things of these heights one after another into columns, the tallest as low as can be.

    Each column holds one at least, so there may be fewer columns than asked for, and there are
    none for nothing.
    """
    count = len(heights)
    cuts = combinations(range(1, count), min(max(columns, 1), count) - 1) if count else ()
    ways = (tuple(slice(*ends) for ends in pairwise((0, *cut, count))) for cut in cuts)
    return min(ways, key=lambda way: max(sum(heights[part]) for part in way), default=())


def _caps(keys: str) -> tuple[str, ...]:
    """Part keys held together. The last may itself be a plus: “Ctrl++”."""
    *held, last = (*keys[:-1].split("+")[:-1], "+") if keys.endswith("+") else keys.split("+")
    return (*held, last)
