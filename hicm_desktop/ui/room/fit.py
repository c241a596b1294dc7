"""The largest type at which texts fit whole, and the widths of columns that let it. Pure.

For the pictures of the room view. Texts are measured once in ems, which hold for every size; what
is found so is laid out and checked before it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import msgspec


class Part(msgspec.Struct, frozen=True):
    """A part of a text that is not broken, and the space after it. Widths in ems.

    `ends` is the number of lines that end after it, whatever the width: 2 before a blank line.
    """

    width: float
    space: float = 0.0
    ends: int = 0


def largest(fits: Callable[[int], bool], least: int, most: int) -> int | None:
    """Give the largest size from `least` to `most` px that fits; None where not even `least` does.

    What fits at one size is taken to fit at every smaller one.
    """
    if most < least or not fits(least):
        return None
    low, high = least, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def lines(parts: Sequence[Part], width: float) -> int:
    """Give the number of lines a text takes at a width in ems; a part that is too wide has one."""
    count, used = (1, 0.0) if parts else (0, 0.0)
    for part in parts:
        if used and used + part.width > width:
            count, used = count + 1, 0.0
        used += part.width + part.space
        if part.ends:
            count, used = count + part.ends, 0.0
    return count


def widest(parts: Sequence[Part]) -> float:
    """Give the width of the widest part, which no column may be narrower than."""
    return max((part.width for part in parts), default=0.0)


def narrowest(parts: Sequence[Part], most: int) -> float:
    """Give the least width in ems at which a text takes `most` lines or fewer, or a little more."""
    low = widest(parts)
    whole = sum(part.width + part.space for part in parts)
    low = max(low, whole / max(most, 1) * 0.9)
    if lines(parts, low) <= most:
        return low
    high = max(whole, low)
    while high - low > _CLOSE:
        middle = (low + high) / 2
        low, high = (low, middle) if lines(parts, middle) <= most else (middle, high)
    return high


_CLOSE = 0.1
"""How near to the least width is near enough, in ems."""


def columns(needs: Sequence[float], total: float) -> tuple[int, ...] | None:
    """Share `total` px among columns that need so much, as evenly as they let it.

    None where they need more than there is. The widths are whole px and add up to `total`.
    """
    if sum(needs) + len(needs) > total or not needs:
        return None
    wide: set[int] = set()
    while True:
        rest = total - sum(math.ceil(needs[i]) for i in wide)
        even = rest / max(len(needs) - len(wide), 1)
        more = {i for i, need in enumerate(needs) if i not in wide and need > even}
        if not more:
            break
        wide |= more
    widths = [math.ceil(need) if i in wide else int(even) for i, need in enumerate(needs)]
    for i in range(int(total) - sum(widths)):
        widths[i % len(widths)] += 1
    return tuple(widths)


class Dots(msgspec.Struct, frozen=True):
    """How hands are drawn: in so many lines of dots, of this size and step in px.

    With `lines` 0 the numbers are too large for a dot each: there are none, and the numbers stand
    alone.
    """

    lines: int
    size: float
    step: float


def dots(numbers: Sequence[int], width: float, unit: float) -> Dots:
    """Give how the hands of a row are drawn, for all its levels alike, so that they compare.

    `width` is what the narrowest column has for them, in px; `unit` is the px of one 720th.
    """
    most = max(numbers, default=0)
    for count, size, step in ((1, 15.0, 19.0), (2, 11.0, 14.0)):
        if math.ceil(most / count) * step * unit <= width:
            return Dots(count, size * unit, step * unit)
    return Dots(0, 15.0 * unit, 19.0 * unit)
