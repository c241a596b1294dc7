"""What an export holds, as it is told before and after it is written: contents and sheets."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.export.workbook.reading import sheet_names
from hicm_desktop.workshop.report_values import Report


def test_every_line_of_the_contents_leads_to_the_page_it_names(
    full_pdf: Path, full: Report
) -> None:
    with PdfFile(full_pdf) as pdf:
        headings = pdf.contents()
        pages = [" ".join(pdf.text(page).split()) for page in range(len(pdf))]
    assert {c.heading for c in full.changes} <= {h.words for h in headings}
    assert [h for h in headings if h.words not in pages[h.page]] == []
    assert min(h.depth for h in headings) == 0


def test_the_sheets_are_named_from_a_file_and_from_memory(full_xlsx: Path) -> None:
    names = tuple(load_workbook(full_xlsx).sheetnames)
    assert len(names) > 10
    assert sheet_names(full_xlsx) == sheet_names(full_xlsx.read_bytes()) == names
