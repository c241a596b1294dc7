"""The marks of the record: a shape for each outcome, which any print tells from the others.

For this package only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from hicm_desktop.export.pdf import looks
from hicm_desktop.workshop.values import Lean, Outcome

MARKS = {
    Outcome.AGREED: "●",
    Outcome.AGREED_WITH_RESERVATION: "◆",
    Outcome.PARKED: "■",
    Outcome.NOT_APPLICABLE: "—",
    Outcome.NOT_DISCUSSED: "",
}
BEFORE = "○"
UP, DOWN = "►", "◄"

_RULE, _TRACK, _ARROW = 0.4, 0.6, 1.2


@dataclass(frozen=True, slots=True)
class Track:
    """Draws, behind the marks of a row of the profile, the line of its levels.

    On it: the way from the level before to the one agreed, and a triangle beside the mark for the
    way the room leans. Levels count from 1; None stands for none. `size` is that of the marks'
    type, and `under` how far their middle lies under the top. The cells of the levels follow the
    first cell of the row.
    """

    now: int | None
    before: int | None
    lean: str
    levels: int
    size: float
    under: float

    def __call__(
        self, canvas: Canvas, sides: Sequence[tuple[float, float]], bottom: float, top: float
    ) -> None:
        """Draw it, given the sides of every cell, the bottom and the top."""
        _rule(canvas, sides, bottom)
        middles = [(left + right) / 2 for left, right in sides[1 : 1 + self.levels]]
        y = top - self.under
        canvas.setStrokeColor(HexColor(looks.LEVELS[2]))
        canvas.setLineWidth(_TRACK)
        for left, right in pairwise(middles):
            canvas.line(left, y, right, y)
        canvas.setFillColor(HexColor(looks.WHITE))
        for number, x in enumerate(middles, start=1):
            here = number in (self.now, self.before)
            canvas.circle(x, y, self.size * (0.42 if here else 0.16), stroke=not here, fill=1)
        if self.now is None:
            return
        x = middles[self.now - 1]
        if self.before is not None and self.before != self.now:
            self._way(canvas, middles[self.before - 1], x, y)
        self._triangle(canvas, x, y)

    def _way(self, canvas: Canvas, start: float, end: float, y: float) -> None:
        """Draw an arrow from where the row stood before to its mark, clear of both."""
        to = 1.0 if end > start else -1.0
        against = (self.lean == Lean.DOWN.words) if to > 0 else (self.lean == Lean.UP.words)
        start += to * self.size * 0.38
        end -= to * self.size * (1.08 if against else 0.5)
        head = self.size * 0.26
        canvas.setStrokeColor(HexColor(looks.INK))
        canvas.setLineWidth(_ARROW)
        canvas.line(start, y, end, y)
        canvas.line(end, y, end - to * head, y + head)
        canvas.line(end, y, end - to * head, y - head)

    def _triangle(self, canvas: Canvas, x: float, y: float) -> None:
        if not self.lean:
            return
        to = 1.0 if self.lean == Lean.UP.words else -1.0
        near, far, half = self.size * 0.46, self.size * 0.86, self.size * 0.27
        path = canvas.beginPath()
        path.moveTo(x + to * near, y + half)
        path.lineTo(x + to * far, y)
        path.lineTo(x + to * near, y - half)
        path.close()
        canvas.setFillColor(HexColor(looks.INK))
        canvas.drawPath(path, stroke=0, fill=1)


def _rule(canvas: Canvas, sides: Sequence[tuple[float, float]], bottom: float) -> None:
    canvas.setStrokeColor(HexColor(looks.LEVELS[1]))
    canvas.setLineWidth(_RULE)
    canvas.line(sides[0][0], bottom, sides[-1][1], bottom)
