"""How the workbook looks: type, colours, borders. One hue, light to dark, and ink on white.

For this package only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook.workbook import Workbook

from hicm_desktop.export.workbook import fit

INK, MUTED, ACCENT = "10243A", "51647A", "0B4F8A"
PALE, GROUND, MIDDLE, DARK = "F3F7FB", "E6EEF6", "C6DAEC", "0B3C6F"
WHITE, HAIRLINE = "FFFFFF", "9FB2C6"

_THIN = Side(style="thin", color=HAIRLINE)
_HEAVY = Side(style="thick", color=ACCENT)
_LINES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FRAME = Border(left=_HEAVY, right=_HEAVY, top=_HEAVY, bottom=_HEAVY)
_NO_LINES = Border()


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell is set: a named style of the workbook, which costs far less than a style each.

    `size` is in points, colours are six hexadecimal digits.
    """

    name: str
    size: float = fit.POINTS
    bold: bool = False
    color: str = INK
    fill: str | None = None
    border: Border = _NO_LINES
    vertical: Literal["top", "center"] = "top"
    underline: Literal["single"] | None = None


TITLE = Look("HICM title", size=16, bold=True, color=ACCENT)
SUBTITLE = Look("HICM subtitle", size=12, bold=True, color=ACCENT)
PLAIN = Look("HICM text")
STRONG = Look("HICM strong text", bold=True)
QUIET = Look("HICM quiet text", color=MUTED)
LINK = Look("HICM link", color=ACCENT, underline="single")
HEADING = Look("HICM heading", bold=True, color=WHITE, fill=DARK, border=_LINES, vertical="center")
OURS = Look("HICM added heading", bold=True, fill=MIDDLE, border=_LINES, vertical="center")
"""A heading of the application's own, beside the published ones."""

CELL = Look("HICM cell", border=_LINES)
STRONG_CELL = Look("HICM strong cell", bold=True, border=_LINES)
QUIET_CELL = Look("HICM quiet cell", color=MUTED, border=_LINES)
NAME = Look("HICM name", bold=True, fill=PALE, border=_LINES)
PRIVATE_CELL = Look("HICM private cell", fill=GROUND, border=_LINES)
"""What the facilitator alone should read; its heading says so in words."""

LINK_CELL = Look("HICM link cell", color=ACCENT, border=_LINES, underline="single")
CHOSEN = Look("HICM agreed level", bold=True, fill=GROUND, border=_FRAME)

_LOOKS = (
    *(TITLE, SUBTITLE, PLAIN, STRONG, QUIET, LINK, HEADING, OURS),
    *(CELL, STRONG_CELL, QUIET_CELL, PRIVATE_CELL, NAME, LINK_CELL, CHOSEN),
)


def add_styles(book: Workbook) -> None:
    """Give a workbook the styles that cells are then set in by name."""
    # Column widths are counted in digits of the first font, which is Calibri until it is replaced;
    # where Calibri is missing, they would follow whatever stands in for it.
    book._fonts[0] = Font(name=fit.FONT, sz=fit.POINTS)  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl has no public way
    for look in _LOOKS:
        style = NamedStyle(
            name=look.name,
            font=Font(name=fit.FONT, sz=look.size, b=look.bold, u=look.underline, color=look.color),
            border=look.border,
            alignment=Alignment(
                vertical=look.vertical,
                horizontal="left",
                indent=0 if look.border is _NO_LINES else 1,
                wrap_text=True,
            ),
        )
        if look.fill is not None:
            style.fill = PatternFill("solid", fgColor=look.fill)
        book.add_named_style(style)
