"""How an export tells how far it is, and is told to stop.

For the exporters of this package, and for whoever starts one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

Watch: TypeAlias = Callable[[float], None]
"""Is called now and then with how much is done, from 0 to 1. Raises Cancelled to end the export."""


READS_BACK_FROM: Mapping[str, float] = MappingProxyType(
    {".pdf": 0.7, ".xlsx": 0.6, ".docx": 0.8, ".ics": 0.8}
)
"""How much is done when a file is read back, by its ending: the rest of the time that takes."""


class Cancelled(Exception):  # noqa: N818 - read as a sentence where it is caught
    """The export is no longer wanted. Nothing was put in place of an earlier file."""


def unwatched(_done: float) -> None:
    """Let an export run to its end."""


def part_of(watch: Watch, start: float, stop: float) -> Watch:
    """Give a watch for a part of the work, which takes it from `start` to `stop` of the whole."""
    return lambda done: watch(start + (stop - start) * done)


def writing(watch: Watch, suffix: str) -> Watch:
    """Give a watch for the writing of a file with this ending."""
    return part_of(watch, 0, READS_BACK_FROM[suffix])


def reading_back(watch: Watch, suffix: str) -> Watch:
    """Give a watch for the reading back of a file with this ending."""
    return part_of(watch, READS_BACK_FROM[suffix], 1)
