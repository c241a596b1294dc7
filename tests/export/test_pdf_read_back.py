"""A PDF is counted against its report before it takes the place of an earlier file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pikepdf
import pytest

from hicm_desktop.errors import ExportError
from hicm_desktop.export.pdf import read_back, write_pdf
from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Outcome, Workshop
from tests.export.conftest import FONTS


def check(path: Path, report: Report) -> None:
    read_back.record(path, report, str)


@pytest.fixture
def written(sample_report: Report, tmp_path: Path) -> Path:
    write_pdf(sample_report, FONTS, tmp_path / "record.pdf")
    return tmp_path / "record.pdf"


@pytest.fixture
def sample_report(model: Model, sample: Workshop) -> Report:
    return build_report(model, sample)


def test_what_holds_its_report_is_whole(written: Path, sample_report: Report) -> None:
    check(written, sample_report)


@pytest.mark.parametrize(
    ("also", "words"),
    [
        ("note", "it holds 88 of 89 notes"),
        ("level", "it holds 20 of 21 levels"),
        ("action", "it holds 12 of 13 actions"),
    ],
)
def test_what_its_report_has_and_it_has_not_is_told_by_number(
    written: Path, also: str, words: str, model: Model, sample: Workshop
) -> None:
    rows = {row.row: row for row in sample.rows}
    if also == "action":
        actions = (*sample.actions, Action(id="new", to_do="Never written"))
        more = msgspec.structs.replace(sample, actions=actions)
    else:
        change: dict[str, object] = {"note": "Never written"} if also == "note" else {}
        if also == "level":
            change = {"outcome": Outcome.AGREED, "level": "mature", "reason": ""}
        row = rows["planned"] if also == "note" else rows["choice-protocol"]
        changed = msgspec.structs.replace(row, **change)
        others = tuple(r for r in sample.rows if r.row != row.row)
        more = msgspec.structs.replace(sample, rows=(*others, changed))

    with pytest.raises(ExportError, match=words):
        check(written, build_report(model, more))


def test_a_page_that_is_missing_is_noticed(written: Path, sample_report: Report) -> None:
    with pikepdf.open(written, allow_overwriting_input=True) as pdf:
        del pdf.pages[-1]
        pdf.save()

    with pytest.raises(ExportError, match="another number when it was set"):
        check(written, sample_report)


def test_what_is_no_pdf_is_told_as_such(tmp_path: Path, sample_report: Report) -> None:
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7\nand nothing more")

    with pytest.raises(ExportError, match="could not be read"):
        check(tmp_path / "torn.pdf", sample_report)
    with pytest.raises(ExportError, match="could not be read"):
        read_back.opens(tmp_path / "not there.pdf")


def test_a_picture_of_a_page_has_the_width_that_was_asked_for(written: Path) -> None:
    with PdfFile(written) as pdf:
        width, height = pdf.size(0)
        picture = pdf.picture(0, 300)

    assert picture.width == 300
    assert picture.height == pytest.approx(300 * height / width, abs=2)
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert len(set(picture.pixels)) > 10
