"""What all handouts share: their sheets, the largest type that fits, boxes to tick, lines to write.

For this package only. Lengths are in points.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from hicm_desktop import PRODUCT
from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Draw, Edge, Kind, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.pages import (
    ACROSS,
    ACROSS_WIDTH,
    BOTTOM,
    TOP,
    UPRIGHT,
    UPRIGHT_WIDTH,
    WALL,
    WALL_WIDTH,
    About,
)
from hicm_desktop.export.pdf.parts import PLAIN_PADDING
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.handouts import Paper
from hicm_desktop.workshop.words import model_words

_MADE = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
"""A handout has no workshop to be dated by, and no clock: made twice, it is the same file."""

_SPARE = 1.0
"""What is left free of a page, so that no rounding pushes a line over its foot."""

_RULE = 0.6
_NEAR = 0.75
_AFTER_LABEL = 6.0
_MIDDLE = 0.28
"""How far the middle of a line stands above its base line, as a part of the type size."""

_BOUNDARIES = re.compile(r"\s|(?<=[-/–—])")
_ENDLESS = 1e9
_Fit = TypeVar("_Fit")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: how it lies, and the room between its margins."""

    lies: str
    width: float
    height: float
    scale: float
    """How large type and spaces are on it against A4."""


CARD = Sheet(ACROSS, ACROSS_WIDTH, A4[0] - TOP - BOTTOM - _SPARE, 1.0)
POSTER = Sheet(WALL, WALL_WIDTH, A3[0] - TOP - BOTTOM - _SPARE, 1.4)
PAGE = Sheet(UPRIGHT, UPRIGHT_WIDTH, A4[1] - TOP - BOTTOM - _SPARE, 1.0)


def across(paper: Paper) -> Sheet:
    """Give the sheet that lies across."""
    return POSTER if paper is Paper.A3 else CARD


def about_handout(model: Model, title: str) -> About:
    """Give what a handout says about itself: the model, its version and its source."""
    foot = model_words(model.title, model.source, model.version)
    return About(
        title=f"{model.title}: {title}",
        author=PRODUCT,
        subject=foot,
        foot=foot,
        made=_MADE,
    )


def scaled(style: Style, factor: float) -> Style:
    """Give a style so many times as large."""
    return replace(
        style, size=style.size * factor, leading=style.leading * factor, gap=style.gap * factor
    )


def height(typeface: Typeface, widths: Sequence[float], rows: Sequence[Row]) -> float:
    """Give how high rows are in columns of these widths."""
    return lay(typeface, widths, rows).wrap(sum(widths), _ENDLESS)[1]


def height_of(story: Iterable[Flowable], width: float) -> float:
    """Give how high a story is that stands on one page."""
    return sum(part.wrap(width, _ENDLESS)[1] for part in story)


def largest(sizes: Sequence[float], make: Callable[[float], _Fit | None]) -> _Fit | None:
    """Make something of the largest size that fits, from the largest down; None where none does."""
    return next((made for size in sizes if (made := make(size)) is not None), None)


def steps(largest: float, least: float, step: float = 0.2) -> tuple[float, ...]:
    """Give the sizes to try, from the largest to the least."""
    count = round((largest - least) / step)
    return tuple(round(largest - number * step, 2) for number in range(count + 1))


def holds_words(typeface: Typeface, text: str, style: Style, width: float) -> bool:
    """Tell whether no word of a text is wider than its column, so that none is cut in two."""
    words = _BOUNDARIES.split(text)
    return all(typeface.width(word, style) <= width for word in words)


def levelled(heights: Sequence[float], room: float) -> tuple[float, ...]:
    """Share room among rows so that they are as equally high as what they hold lets them be.

    None gets lower; where there is no room to share all stay as they are.
    """
    if sum(heights) >= room:
        return tuple(heights)
    rest = room
    for taken, tallest in enumerate(sorted(heights, reverse=True)):
        share = rest / (len(heights) - taken)
        if tallest <= share:
            return tuple(max(height, share) for height in heights)
        rest -= tallest
    return tuple(heights)


def tick_boxes(side: float, inset: float, rise: float, skip: int = 1) -> Draw:
    """Give what draws a box to tick at the lower left of each cell but the first `skip`.

    `side` is how wide the box is, `inset` how far from the side of its cell, and `rise` how far
    above its foot.
    """

    def draw(
        canvas: Canvas, edges: Sequence[tuple[float, float]], bottom: float, _top: float
    ) -> None:
        canvas.setFillColor(HexColor(looks.WHITE))
        canvas.setStrokeColor(HexColor(looks.MUTED))
        canvas.setLineWidth(side / 12)
        for left, _right in edges[skip:]:
            canvas.rect(left + inset, bottom + rise, side, side, stroke=1, fill=1)

    return draw


def ruled(
    pitch: float, inset: float, *, foot: float = 0.0, under: float = 0.0, skip: int = 0
) -> Draw:
    """Give what draws lines to write on in each cell, `pitch` apart, from its foot upwards.

    The first `skip` cells have none. The lowest line is `foot` above the foot of the cell, or a
    whole `pitch`, as where the foot is a line itself. Nothing is drawn within `under` of the top,
    where a label stands, nor where the line above would be too near to write under.
    """

    def draw(
        canvas: Canvas, edges: Sequence[tuple[float, float]], bottom: float, top: float
    ) -> None:
        canvas.setStrokeColor(HexColor(looks.LEVELS[1]))
        canvas.setLineWidth(_RULE)
        y = bottom + (foot or pitch)
        while y <= top - max(under, pitch * _NEAR):
            for left, right in edges[skip:]:
                canvas.line(left + inset, y, right - inset, y)
            y += pitch

    return draw


def to_fill_in(typeface: Typeface, labels: Sequence[str], label: Style) -> Row:
    """Give a row of labels, each with a line after it to write on, as wide as its cell."""
    starts = [typeface.width(words, label) + _AFTER_LABEL for words in labels]

    # The base line of the label, less a little for what hangs below it.
    rise = PLAIN_PADDING[1] + label.gap + label.leading / 2 - label.size * _MIDDLE - 1.5

    def draw(
        canvas: Canvas, edges: Sequence[tuple[float, float]], bottom: float, _top: float
    ) -> None:
        canvas.setStrokeColor(HexColor(looks.HAIRLINE))
        canvas.setLineWidth(_RULE)
        for (left, right), start in zip(edges, starts, strict=True):
            between = _AFTER_LABEL * 2 if right < edges[-1][1] else 0.0
            canvas.line(left + start, bottom + rise, right - between, bottom + rise)

    cells = tuple(Cell(((words, label),), edge=Edge.NONE) for words in labels)
    return Row(cells, padding=PLAIN_PADDING, kind=Kind.TEXT, drawn=draw)
