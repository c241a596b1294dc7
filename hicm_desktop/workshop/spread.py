"""Puts a show of hands into words: how many at which level, and how far apart. Never an average.

Pure. For whatever shows a workshop.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from hicm_desktop.model.values import Level, Model
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import RowRecord, Workshop
from hicm_desktop.workshop.words import count

WIDE = 2
"""Views lie wide apart from this many steps between the lowest and the highest level on."""

_Shown: TypeAlias = tuple[Level, int]


class WideRow(msgspec.Struct, frozen=True):
    """A row whose hands lie wide apart, by its id, with its spread in words."""

    row: str
    words: str


def hands_words(model: Model, tally: Tally) -> str:
    """List the hands by level: "Plans in place 2, Established 5"; empty where there are none.

    Positions of partners stand for hands where none were counted, and else follow them:
    "Established 5; partners: Mature 1". Levels that the model does not have go last, by their ids.
    """
    counted = [(hands.level, hands.number) for hands in tally.hands]
    stood = [(level, tally.partners_at(level)) for level in _levels_of_positions(tally)]
    hands, partners = (
        _listed(shown, _unknown(model, all_))
        for shown, all_ in ((_hands(model, tally), counted), (_partners(model, tally), stood))
    )
    return f"{hands}; partners: {partners}" if hands and partners else hands or partners


def spread_words(model: Model, tally: Tally) -> str:
    """Say how the hands lie: "8 hands, from Plans in place to Mature"; empty where there are none.

    Where partners took positions, the same is said of them: "; 3 partners, all at Mature".
    """
    parts = (_spread(_hands(model, tally), "hand"), _spread(_partners(model, tally), "partner"))
    return "; ".join(filter(None, parts))


def reach(model: Model, tally: Tally) -> int:
    """Give how many steps lie between the lowest hand or partner and the highest; 0 for none."""
    numbers = [v.number for v, _ in (*_hands(model, tally), *_partners(model, tally))]
    return max(numbers) - min(numbers) if numbers else 0


def last_tally(record: RowRecord) -> Tally:
    """Give the hands after discussion, or before where none were shown after."""
    return record.tally(_last(record))


def last_words(model: Model, record: RowRecord) -> str:
    """Say how the hands shown last lie, and when that was; empty where there are none."""
    words = spread_words(model, last_tally(record))
    return f"{_last(record).words}: {words}" if words else ""


def first_words(model: Model, record: RowRecord) -> str:
    """Say how the hands before discussion lie, where some were shown after it too; else nothing."""
    both = record.before != Tally() and record.after != Tally()
    return f"{When.BEFORE.words}: {spread_words(model, record.before)}" if both else ""


def wide_rows(model: Model, workshop: Workshop) -> tuple[WideRow, ...]:
    """Give the rows whose hands lie wide apart, in the published order: none is ranked."""
    found = []
    for _, row in model.rows():
        tally = last_tally(workshop.row(row.id))
        if reach(model, tally) >= WIDE:
            found.append(WideRow(row.id, spread_words(model, tally)))
    return tuple(found)


def _last(record: RowRecord) -> When:
    return When.AFTER if record.after != Tally() else When.BEFORE


def _hands(model: Model, tally: Tally) -> list[_Shown]:
    """Give the levels that have hands, with their number, the lowest first."""
    numbers = ((level, tally.hands_at(level.id)) for level in model.levels)
    return [(level, number) for level, number in numbers if number]


def _partners(model: Model, tally: Tally) -> list[_Shown]:
    """Give the levels at which partners stand, with their number, the lowest first."""
    numbers = ((level, tally.partners_at(level.id)) for level in model.levels)
    return [(level, number) for level, number in numbers if number]


def _unknown(model: Model, shown: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(level, number) for level, number in shown if not model.has_level(level)]


def _levels_of_positions(tally: Tally) -> list[str]:
    return list(dict.fromkeys(position.level for position in tally.positions))


def _listed(shown: list[_Shown], unknown: list[tuple[str, int]]) -> str:
    named = [*((level.name, number) for level, number in shown), *unknown]
    return ", ".join(f"{name} {number}" for name, number in named)


def _spread(shown: list[_Shown], one: str) -> str:
    if not shown:
        return ""
    of = count(sum(number for _, number in shown), one)
    if len(shown) == 1:
        return f"{of}, all at {shown[0][0].name}"
    low, high = shown[0][0], shown[-1][0]
    if high.number - low.number == 1:
        return f"{of}, at {low.name} and {high.name}"
    between = "" if len(shown) > 2 else ", none between"  # noqa: PLR2004 - lowest and highest
    return f"{of}, from {low.name} to {high.name}{between}"
