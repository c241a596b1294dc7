"""Counts the pages that a chapter would take, so that the best of several settings can be chosen.

For this package only.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf.grid import Grid

MANY = 9
"""So many pages are not counted on: nobody minds how full the last of them is."""


def pages_taken(story: Sequence[Flowable], width: float, height: float) -> int:
    """Give how many pages of this size a story takes that begins on a new one, up to `MANY`.

    The story can be set afterwards as if it had not been counted.
    """
    left = [part.draft({}) if isinstance(part, Grid) else part for part in reversed(story)]
    pages, room = 1, height
    while left and pages < MANY:
        part = left.pop()
        taken = part.wrap(width, room)[1]
        if taken <= room:
            room -= taken
            continue
        parts = part.split(width, room)
        left += reversed(parts[1:]) if parts else [part]
        pages, room = pages + 1, height
    return pages
