"""PDFs read back for tests: their text, their outline, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
from pypdf import PdfReader
from pypdf.generic import Destination
from reportlab.lib.colors import HexColor

from hicm_desktop.export.pdf import looks, render_pdf
from hicm_desktop.paths import resources_dir
from hicm_desktop.workshop.report_values import Report


def rendered(report: Report) -> bytes:
    return render_pdf(report, resources_dir() / "fonts")


def faults(pdf: bytes) -> list[str]:
    """Give the rules of PDF/UA-1 that a PDF breaks."""
    profile = validation.ValidationProfile.PDF_UA_1
    report = validation.validate_pdf_bytes(pdf, profile=profile)
    assert report.rules.total > 100
    return [f"{fault.rule_id}: {fault.message}" for fault in report.failures]


def joined(text: str) -> str:
    """Take all spaces away: lines are broken where the page ends, which is not what is tested."""
    return "".join(text.split())


@cache
def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


@cache
def outline(path: Path) -> list[tuple[str, int]]:
    """Give the titles of the outline with the page, from 1, that each leads to."""
    reader = PdfReader(path)

    def walk(entries: list[Any]) -> Iterator[tuple[str, int]]:
        for entry in entries:
            if isinstance(entry, Destination):
                page = reader.get_destination_page_number(entry)
                yield str(entry.title), -1 if page is None else page + 1
            else:
                yield from walk(entry)

    return list(walk(list(reader.outline)))


def pages_of(path: Path, heading: str) -> list[str]:
    start = dict(outline(path))[heading]
    return pages(path)[start - 1 : start + 2]


def set_in(path: Path, face: str) -> str:
    """Give all that is set in a face, such as “SemiBold”, in the order it was drawn in."""
    found: list[str] = []

    def visit(text: str, _of_user: object, _of_text: object, font: Any, _size: float) -> None:
        if font is not None and str(font["/BaseFont"]).endswith(face):
            found.append(text)

    for page in PdfReader(path).pages:
        page.extract_text(visitor_text=visit)
    return joined("".join(found))


def heavy_frames(path: Path) -> int:
    accent = HexColor(looks.ACCENT)
    color = tuple(round(part, 3) for part in (accent.red, accent.green, accent.blue))
    stroke: tuple[float, ...] = ()
    count, width = 0, 0.0
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for step in pikepdf.parse_content_stream(page):
                operator = str(step.operator)
                if operator == "RG":
                    stroke = tuple(round(float(str(part)), 3) for part in step.operands)
                elif operator == "w":
                    width = float(str(step.operands[0]))
                elif operator == "S" and width > 2 and stroke == color:
                    count += 1
    return count
