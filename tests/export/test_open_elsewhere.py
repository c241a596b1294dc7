"""A document that is open in an office program is found out by what lies beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hicm_desktop.export.open_elsewhere import Holder, free_name, holder_of

LIBREOFFICE = ",ann,ward-3.example,27.11.2026 10:32,file:///home/ann/.config/libreoffice/4;"
NAMED = r"Lee\, Ann,ann,ward-3,27.11.2026 10:32,file:///home/ann;"
OFFICE = bytes([7]) + b"Ann Lee" + b" " * 47 + bytes([7, 0]) + "Ann Lee".encode("utf-16-le")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "Northbridge workbook.xlsx"
    target.write_bytes(b"PK")
    return target


@pytest.mark.parametrize(
    ("lock", "held", "who"),
    [
        (".~lock.Northbridge workbook.xlsx#", LIBREOFFICE.encode(), "ann on ward-3.example"),
        (".~lock.Northbridge workbook.xlsx#", NAMED.encode(), "Lee, Ann on ward-3"),
        (".~lock.Northbridge workbook.xlsx#", b"", ""),
        (".~lock.Northbridge workbook.xlsx#", b"\xff\x00nothing of ours" * 900, ""),
        ("~$Northbridge workbook.xlsx", OFFICE, "Ann Lee"),
        ("~$orthbridge workbook.xlsx", OFFICE, "Ann Lee"),
        ("~$rthbridge workbook.xlsx", OFFICE, "Ann Lee"),
        ("~$Northbridge workbook.xlsx", b"", ""),
        ("~$Northbridge workbook.xlsx", b"\xf0" + b"x" * 90, ""),
    ],
)
def test_the_program_and_the_user_are_told_as_far_as_the_file_says(
    target: Path, lock: str, held: bytes, who: str
) -> None:
    assert holder_of(target) is None
    target.with_name(lock).write_bytes(held)
    program = "Excel" if lock.startswith("~$") else "LibreOffice"
    assert holder_of(target) == Holder(program, who)


def test_a_word_document_is_open_in_word(tmp_path: Path) -> None:
    target = tmp_path / "plan.docx"
    target.write_bytes(b"PK")
    (tmp_path / "~$plan.docx").write_bytes(OFFICE)
    holder = holder_of(target)
    assert holder is not None
    assert holder.words == "Word, by Ann Lee"


def test_office_says_nothing_of_a_pdf_nor_of_another_document(target: Path) -> None:
    pdf = target.with_suffix(".pdf")
    pdf.write_bytes(b"%PDF")
    target.with_name(f"~${pdf.name}").write_bytes(OFFICE)
    target.with_name(".~lock.Southbridge workbook.xlsx#").write_text(LIBREOFFICE)
    assert holder_of(pdf) is None
    assert holder_of(target) is None


def test_what_is_not_there_is_not_open_whatever_a_program_left(target: Path) -> None:
    target.with_name(f".~lock.{target.name}#").write_text(LIBREOFFICE)
    target.unlink()
    assert holder_of(target) is None
    assert holder_of(target.parent / "gone" / target.name) is None


def test_a_lock_that_cannot_be_read_still_says_that_it_is_open(target: Path) -> None:
    target.with_name(f".~lock.{target.name}#").mkdir()
    assert holder_of(target) == Holder("LibreOffice")


def test_a_free_name_is_one_that_no_file_has(target: Path) -> None:
    assert free_name(target).name == "Northbridge workbook (2).xlsx"
    free_name(target).touch()
    assert free_name(target).name == "Northbridge workbook (3).xlsx"
