"""Remembers what was computed of a frozen value, by the very value it was computed of.

Pure, as long as what is remembered is. Values that are equal may still be told apart, such as one
moment in two time zones; and to compare large ones would cost what is to be saved.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Generic, TypeVar

_V = TypeVar("_V")
_R = TypeVar("_R")


class _Same(Generic[_V]):
    """A value that equals itself alone."""

    def __init__(self, value: _V) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def by_identity(most: int) -> Callable[[Callable[[_V], _R]], Callable[[_V], _R]]:
    """Have a function of one value remember what it gave for the last so many of them."""

    def remembering(compute: Callable[[_V], _R]) -> Callable[[_V], _R]:
        @lru_cache(maxsize=most)
        def of(same: _Same[_V]) -> _R:
            return compute(same.value)

        @wraps(compute)
        def ask(value: _V) -> _R:
            return of(_Same(value))

        return ask

    return remembering
