"""A show of hands as a value: how many are at each level, and where each partner stands.

Pure. Hands are counted and never added over levels or averaged: what matters is how they spread,
which `spread` puts into words.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import msgspec

from hicm_desktop.workshop.value import Value

MOST_HANDS = 999
"""The most hands that are counted at one level; more is a slip of the hand."""


class When(enum.Enum):
    """When hands were shown: before the row was discussed, or after."""

    BEFORE = "before"
    AFTER = "after"

    @property
    def words(self) -> str:
        """The moment as it is written on the screen and in exports."""
        return f"{self.value.capitalize()} discussion"


class Hands(Value, frozen=True):
    """The hands at one level: a level id and their number, from 1 to `MOST_HANDS`."""

    level: str
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MOST_HANDS:
            raise ValueError(f"The hands at a level lie between 1 and {MOST_HANDS}")


class Position(Value, frozen=True):
    """Where one partner, by its id, stands: at a level, by its id."""

    partner: str
    level: str


class Tally(Value, frozen=True, omit_defaults=True):
    """One show of hands. Levels without a hand and partners without a position are left out."""

    hands: tuple[Hands, ...] = ()
    positions: tuple[Position, ...] = ()

    def __post_init__(self) -> None:
        levels = [hands.level for hands in self.hands]
        partners = [position.partner for position in self.positions]
        if len(set(levels)) < len(levels):
            raise ValueError("A level is counted twice")
        if len(set(partners)) < len(partners):
            raise ValueError("A partner has two positions")

    def number(self, level_id: str) -> int:
        """Give the hands counted at a level, or the partners that stand there if none were."""
        return self.hands_at(level_id) if self.hands else self.partners_at(level_id)

    def hands_at(self, level_id: str) -> int:
        """Give the hands counted at a level."""
        return next((h.number for h in self.hands if h.level == level_id), 0)

    def partners_at(self, level_id: str) -> int:
        """Give the number of partners that stand at a level."""
        return sum(1 for position in self.positions if position.level == level_id)

    def position(self, partner_id: str) -> str | None:
        """Give the level at which a partner stands."""
        return next((p.level for p in self.positions if p.partner == partner_id), None)

    def with_hands(self, level_id: str, number: int, order: Sequence[str]) -> Tally:
        """Give the tally with another number of hands at a level, 0 for none.

        `order` has the ids of the model's levels. Raises ValueError for a number out of bounds.
        """
        kept = [hands for hands in self.hands if hands.level != level_id]
        if number:
            kept.append(Hands(level=level_id, number=number))
        kept.sort(key=lambda hands: order.index(hands.level) if hands.level in order else -1)
        return msgspec.structs.replace(self, hands=tuple(kept))

    def with_position(self, partner_id: str, level_id: str | None) -> Tally:
        """Give the tally with a partner at a level, or at none; the order of the others stays."""
        levels = {p.partner: p.level for p in self.positions}
        if level_id is None:
            levels.pop(partner_id, None)
        else:
            levels[partner_id] = level_id
        positions = tuple(Position(partner=p, level=level) for p, level in levels.items())
        return msgspec.structs.replace(self, positions=positions)


NO_HANDS = Tally()
"""A show of hands that was not taken."""
