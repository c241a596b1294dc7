"""The PDF of the sample reads as it did when it was found good, and is the same on any machine."""

from __future__ import annotations

from hicm_desktop.export.pdf import render_pdf
from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.values import Workshop
from tests.export.conftest import FONTS
from tests.export.elsewhere import digests_of_sample
from tests.export.golden import assert_golden


def test_the_sample_reads_as_it_did_when_it_was_found_good(model: Model, sample: Workshop) -> None:
    """As a screen reader goes through it: what each text is, page by page."""
    lines = []
    with PdfFile(render_pdf(build_report(model, sample), FONTS)) as pdf:
        for number in range(len(pdf)):
            width, height = pdf.size(number)
            lines.append(f"== page {number + 1}, {width:.0f} x {height:.0f}")
            lines += [f"{part.role}: {' '.join(part.text.split())}" for part in pdf.parts(number)]

    assert_golden("sample.pdf.txt", "\n".join(lines) + "\n")


def test_the_same_record_gives_the_same_pdf_on_any_machine() -> None:
    assert len(digests_of_sample("tests.export.pdf_files", "rendered")) == 1
