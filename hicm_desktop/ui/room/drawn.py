"""Keeps pictures of cards that were drawn ahead, so that showing them is to copy them.

For `hicm_desktop.ui.room`. A picture is kept by all that it depends on, so none is out of date.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

MOST_PX = 12_000_000
"""About seven rows at 1920 × 1080, or 46 MiB."""


class Drawn:
    """The pictures, up to so many px in all: those that were asked for longest ago go first."""

    def __init__(self, most: int = MOST_PX) -> None:
        self._most = most
        self._pictures: dict[Hashable, QPixmap] = {}

    def __contains__(self, key: Hashable) -> bool:
        return key in self._pictures

    def get(self, key: Hashable) -> QPixmap | None:
        """Give a picture, where it was drawn."""
        picture = self._pictures.pop(key, None)
        if picture is not None:
            self._pictures[key] = picture
        return picture

    def draw(
        self, key: Hashable, size: QSize, ratio: float, paint: Callable[[QPainter], None]
    ) -> None:
        """Have a picture painted, at so many px of the screen to one of the widget's.

        Whatever paints covers all of it. Pictures at a ratio that is no whole number are not kept:
        what is copied to a place between two px is blurred.
        """
        if ratio != int(ratio) or self._px(size, ratio) > self._most:
            return
        picture = QPixmap(size * int(ratio))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        paint(painter)
        painter.end()
        self._pictures[key] = picture
        while sum(self._px(p.size(), 1) for p in self._pictures.values()) > self._most:
            del self._pictures[next(iter(self._pictures))]

    def _px(self, size: QSize, ratio: float) -> int:
        return math.ceil(size.width() * size.height() * ratio * ratio)
