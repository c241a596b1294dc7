"""Typed errors: each carries words a facilitator can act on.

Any layer may import it; it imports none of ours.
"""

from __future__ import annotations

from pathlib import Path

import msgspec


class HicmError(Exception):
    """Something a user must be told, in plain words: what happened, what was kept, what to do."""


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault of a content pack. `line` counts from 1; 0 stands for the file as a whole."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.text}"


class ContentError(HicmError):
    """A content pack falls short. Holds every problem that was found, not the first alone."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class FileError(HicmError):
    """A workshop file could not be read or written; the file on disk is as it was."""


class ExportError(HicmError):
    """An export could not be written; an earlier file of that name is as it was."""


class NotConfirmedError(ExportError):
    """An export was written and is whole, but its drive did not confirm that it would stay."""


class NoDisplayError(HicmError):
    """There is no screen to open a window on."""
