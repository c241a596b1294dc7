"""A text laid out once for a width and drawn many times. For `hicm_desktop.ui`.

Nothing is ever cut short: a word too long for the line is broken rather than lost.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption

LEADING = 1.27
"""From line to line, in sizes of type: closer than the font asks, so that a row is in view."""


class TextBlock:
    """One text in one font, wrapped to a width in px."""

    def __init__(self, text: str, font: QFont, width: float, leading: float = LEADING) -> None:
        """Lay the text out. The font's size is in px; paragraphs are parted by blank lines.

        `leading` is from line to line, in sizes of type.
        """
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        step = math.ceil(font.pixelSize() * leading)
        lines = 0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            line.setPosition(QPointF(0, lines * step + (step - line.height()) / 2))
            lines += 1
        self._layout.endLayout()
        self.line_height = step
        """From one line to the next, in px."""
        self.natural_width = math.ceil(self._layout.maximumWidth())
        """The width of its longest line, in px."""
        self.height = lines * step
        """The height it takes, in px."""

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it in the painter's pen with its top left corner here."""
        self._layout.draw(painter, QPointF(x, y))
