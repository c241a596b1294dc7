"""The page for IT: the PDF in the folder says what the page says, and is tagged as exports are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from distribution import page_for_it
from hicm_desktop.paths import resources_dir
from tests.export.pdf_files import faults, joined, outline, pages

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "for-it.md"
FONTS = resources_dir() / "fonts"
_MARKS = re.compile(r"^[#>\-\s\d.]*|[`*|]|-{3,}", re.MULTILINE)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("it") / "For IT.pdf"
    page_for_it.write(PAGE, FONTS, target, 1_700_000_000)
    return target


def test_every_word_of_the_page_is_in_the_pdf(pdf: Path) -> None:
    said = joined("".join(pages(pdf)))
    lines = [_MARKS.sub(" ", line) for line in PAGE.read_text("utf-8").splitlines()]
    words = [word for line in lines for word in line.split() if len(word) > 2]
    assert len(words) > 1000
    assert [word for word in words if joined(word) not in said] == []


def test_its_headings_lead_to_their_pages(pdf: Path) -> None:
    headings = re.findall(r"^##? (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [title for title, _ in outline(pdf) if title in headings] == headings


def test_it_is_tagged_and_the_same_each_time(pdf: Path, tmp_path: Path) -> None:
    assert faults(pdf.read_bytes()) == []
    again = tmp_path / "again.pdf"
    page_for_it.write(PAGE, FONTS, again, 1_700_000_000)
    assert again.read_bytes() == pdf.read_bytes()


@pytest.mark.parametrize("text", ["![a picture](x.png)", "> a quotation", "#### too deep"])
def test_what_would_be_lost_is_refused(text: str, tmp_path: Path) -> None:
    source = tmp_path / "page.md"
    source.write_text(f"# Title\n\n{text}\n")
    with pytest.raises(page_for_it.NotSet):
        page_for_it.write(source, FONTS, tmp_path / "page.pdf", 0)
