"""Puts a show of hands into words: how many at which level, and how far apart. Never an average.

Pure. For whatever shows a workshop.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.model.values import Level, Model
from hicm_desktop.workshop.tally import Tally
from hicm_desktop.workshop.values import RowRecord, Workshop
from hicm_desktop.workshop.words import count

WIDE = 2
"""Views lie wide apart from this many steps between the lowest and the highest level on."""


class WideRow(msgspec.Struct, frozen=True):
    """A row whose hands lie wide apart, by its id, with its spread in words."""

    row: str
    words: str


def hands_words(model: Model, tally: Tally) -> str:
    """List the hands by level: "Plans in place 2, Established 5"; empty where there are none."""
    return ", ".join(f"{level.name} {number}" for level, number in _shown(model, tally))


def spread_words(model: Model, tally: Tally) -> str:
    """Say how the hands lie: "8 hands, from Plans in place to Mature"; empty where there are none.

    Where partners took positions and no hands were counted, it speaks of partners.
    """
    shown = _shown(model, tally)
    if not shown:
        return ""
    of = count(sum(number for _, number in shown), "hand" if tally.hands else "partner")
    if len(shown) == 1:
        return f"{of}, all at {shown[0][0].name}"
    low, high = shown[0][0], shown[-1][0]
    if high.number - low.number == 1:
        return f"{of}, at {low.name} and {high.name}"
    between = "" if len(shown) > 2 else ", none between"  # noqa: PLR2004 - lowest and highest
    return f"{of}, from {low.name} to {high.name}{between}"


def reach(model: Model, tally: Tally) -> int:
    """Give how many steps of level lie between the lowest hand and the highest; 0 for no hands."""
    shown = _shown(model, tally)
    return shown[-1][0].number - shown[0][0].number if shown else 0


def last_tally(record: RowRecord) -> Tally:
    """Give the hands after discussion, or before where none were shown after."""
    return record.after if record.after != Tally() else record.before


def wide_rows(model: Model, workshop: Workshop) -> tuple[WideRow, ...]:
    """Give the rows whose hands lie wide apart, in the published order: none is ranked."""
    found = []
    for _, row in model.rows():
        tally = last_tally(workshop.row(row.id))
        if reach(model, tally) >= WIDE:
            found.append(WideRow(row.id, spread_words(model, tally)))
    return tuple(found)


def _shown(model: Model, tally: Tally) -> list[tuple[Level, int]]:
    """Give the levels that have hands, with their number, the lowest first."""
    numbers = ((level, tally.number(level.id)) for level in model.levels)
    return [(level, number) for level, number in numbers if number]
