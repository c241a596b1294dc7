"""A PDF is counted against its report before it takes the place of an earlier file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import page as validation
import pikepdf
import pytest

from hicm_desktop.errors import ExportError
from hicm_desktop.export.pdf import (
    looks,
    read_back,
    record,
    summary,
    write_pdf,
)
from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, ChangeRecord, Outcome, RowRecord, Workshop
from tests.export.conftest import FONTS

ROW, CHANGE = tuple(RowField), tuple(ChangeField)


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
        ("note", "it holds 127 of 128 notes"),
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


@pytest.mark.parametrize("lines", [1, 4, 5, 16, 17, 60])
def test_notes_of_any_number_of_short_lines_are_read_back_whole(
    lines: int, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    """Some are set in two columns; that once passed for a loss."""
    texts = {
        field.attribute: "\n".join(f"{field.words} {n}" for n in range(lines)) for field in ROW
    }
    row = msgspec.structs.replace(RowRecord(row="planned", outcome=Outcome.PARKED), **texts)
    of_change = {
        field.attribute: "\n".join(f"- {field.words} {n}" for n in range(lines)) for field in CHANGE
    }
    change = msgspec.structs.replace(ChangeRecord(change="early-discharge-planning"), **of_change)
    workshop = msgspec.structs.replace(blank, rows=(row,), changes=(change,))

    write_pdf(build_report(model, workshop, Parts(private_notes=True)), FONTS, tmp_path / "a.pdf")

    assert (tmp_path / "a.pdf").exists()


def test_every_character_that_the_typeface_has_is_read_back(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    """Those above U+FFFF too, which the library writes as no reader reads them."""
    letters = sorted(Typeface(FONTS).letters(looks.REGULAR) - {0x0D, 0x0A})
    words = [" ".join(map(chr, letters[n : n + 40])) for n in range(0, len(letters), 40)]
    actions = tuple(Action(id=f"a{n}", to_do=text) for n, text in enumerate(words))
    report = build_report(model, msgspec.structs.replace(blank, actions=actions))
    assert letters[-1] > 0xFFFF

    write_pdf(report, FONTS, tmp_path / "all.pdf")

    assert validation.is_pdf_compliant(
        tmp_path / "all.pdf", profile=validation.ValidationProfile.PDF_UA_1
    )


def test_half_a_character_in_what_is_put_first_stops_no_export(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    actions = (Action(id="a", to_do="bad \ud800 half", owner="\udc00"),)
    workshop = msgspec.structs.replace(blank, actions=actions, first_actions=("a",))

    write_pdf(build_report(model, workshop), FONTS, tmp_path / "half.pdf")

    assert (tmp_path / "half.pdf").exists()


@pytest.mark.parametrize("chapter", ["summary", "unplaced"])
def test_a_chapter_that_is_missing_is_noticed(
    chapter: str, full: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name = {
        "summary": (summary, "chapter"),
        "unplaced": (record, "unplaced"),
    }[chapter]
    monkeypatch.setattr(module, name, lambda *_: [])

    with pytest.raises(ExportError, match="it was not whole"):
        write_pdf(full, FONTS, tmp_path / "less.pdf")
