"""How an export tells how far it is, and is told to stop.

For the exporters of this package, and for whoever starts one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Watch: TypeAlias = Callable[[float], None]
"""Is called now and then with how much is done, from 0 to 1. Raises Cancelled to end the export."""


class Cancelled(Exception):  # noqa: N818 - read as a sentence where it is caught
    """The export is no longer wanted. Nothing was put in place of an earlier file."""


def unwatched(_done: float) -> None:
    """Let an export run to its end."""


def part_of(watch: Watch, start: float, stop: float) -> Watch:
    """Give a watch for a part of the work, which takes it from `start` to `stop` of the whole."""
    return lambda done: watch(start + (stop - start) * done)
