"""The card of keys as a page, read back; and what its values say of themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from pypdf import PdfReader

from hicm_desktop import __version__
from hicm_desktop.cli import main
from hicm_desktop.errors import ExportError
from hicm_desktop.export.key_groups import KeyGroup, KeyLine, share
from hicm_desktop.export.pdf.key_card import write_key_card
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE

from .conftest import FONTS

LINES = [line for group in KEY_GROUPS for line in group.lines]
MARGIN = 28.0
"""What a printer may not reach, and a little more, in points."""


class Piece(msgspec.Struct, frozen=True):
    """Words as they were drawn, from their left end on the base line, in points."""

    words: str
    x: float
    y: float
    right: float


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("card") / "keys.pdf"
    write_key_card(KEY_GROUPS, KEYS_NOTE, FONTS, target)
    return target


@pytest.fixture(scope="module")
def pieces(page: Path) -> list[Piece]:
    return pieces_of(page)


def pieces_of(path: Path) -> list[Piece]:
    found: list[Piece] = []
    typeface = Typeface(FONTS)

    def take(
        text: str, _: Any, place: list[float], font: dict[str, str] | None, size: float
    ) -> None:
        if font is not None and (words := text.strip().replace("\u00a0", " ")):
            face = font["/BaseFont"].rpartition("-")[2].capitalize()
            width = typeface.width(words, Style(size, size, face))
            found.append(Piece(words, place[4], place[5], place[4] + width))

    PdfReader(path).pages[0].extract_text(visitor_text=take)
    return found


def test_it_is_one_page_of_a4_with_its_typeface_in_it(page: Path) -> None:
    (only,) = PdfReader(page).pages

    assert sorted((float(only.mediabox.width), float(only.mediabox.height))) == pytest.approx(
        [595.28, 841.89], abs=0.1
    )
    with pikepdf.open(page) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]
        faces = [obj for obj in fonts if obj.get("/Type") == "/Font"]
        kept = [obj for obj in fonts if "/FontFile2" in obj]
        assert faces
        assert {str(face["/FontDescriptor"]["/FontName"]) for face in faces} == {
            str(font["/FontName"]) for font in kept
        }
        assert str(pdf.Root["/Lang"]) == "en-GB"
        assert pdf.docinfo["/Title"] == "HICM Workshop: keys"


@pytest.mark.parametrize("line", LINES, ids=[line.said for line in LINES])
def test_every_line_has_its_caps_before_its_words_at_one_height(
    line: KeyLine, pieces: list[Piece]
) -> None:
    caps = [cap for keys in line.caps for cap in keys]
    starts = [piece for piece in pieces if line.words.startswith(piece.words)]

    assert any(caps_left_of(start, pieces)[-len(caps) :] == caps for start in starts)


def caps_left_of(start: Piece, pieces: list[Piece]) -> list[str]:
    near = [p for p in pieces if abs(p.y - start.y) < 3 and 0 < start.x - p.x < 260]
    return [p.words for p in sorted(near, key=lambda p: p.x) if p.words not in ("or", "to")]


def test_the_note_and_the_version_are_on_it(pieces: list[Piece]) -> None:
    said = " ".join(piece.words for piece in pieces)

    assert KEYS_NOTE.replace("\u00a0", " ") in said
    assert f"HICM Workshop {__version__}" in said


def test_nothing_is_where_a_printer_does_not_reach(page: Path, pieces: list[Piece]) -> None:
    box = PdfReader(page).pages[0].mediabox
    foot = min(piece.y for piece in pieces)

    assert min(piece.x for piece in pieces) >= MARGIN
    assert max(piece.right for piece in pieces) <= float(box.width) - MARGIN
    assert max(piece.y for piece in pieces) <= float(box.height) - MARGIN
    assert foot >= 16
    assert min(piece.y for piece in pieces if piece.y > foot) > foot + 10, "the foot stands alone"


def test_words_too_long_for_a_line_go_on_in_the_next(tmp_path: Path) -> None:
    words = "Have the room see the row, then the whole matrix, then the change with its statements"
    group = KeyGroup("The room", (KeyLine(("V",), words), KeyLine(("F5",), "Room view")))

    write_key_card([group], "", FONTS, tmp_path / "long.pdf")

    found = pieces_of(tmp_path / "long.pdf")
    parts = [piece for piece in found if piece.words and piece.words in words and piece.x > 40]
    assert " ".join(part.words for part in parts) == words
    assert len({part.y for part in parts}) == len(parts) > 1
    after = next(piece for piece in found if piece.words == "Room view")
    assert after.y < min(part.y for part in parts) - 10


def test_it_is_the_same_file_each_time(page: Path, tmp_path: Path) -> None:
    write_key_card(KEY_GROUPS, KEYS_NOTE, FONTS, tmp_path / "again.pdf")

    assert (tmp_path / "again.pdf").read_bytes() == page.read_bytes()


def test_without_the_typeface_an_earlier_file_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "keys.pdf"
    target.write_bytes(b"earlier")

    with pytest.raises(ExportError, match="typeface"):
        write_key_card(KEY_GROUPS, KEYS_NOTE, tmp_path, target)

    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["keys.pdf"]


def test_the_command_line_writes_it(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "keys.pdf"

    assert main(["keys", str(target)]) == 0

    assert capsys.readouterr().out == f"{target}\n"
    assert target.read_bytes() == page.read_bytes()


def test_the_command_line_says_why_it_could_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", str(tmp_path / "away" / "keys.pdf")]) == 1

    assert "is not there any more" in capsys.readouterr().err


# The values


@pytest.mark.parametrize(
    ("keys", "caps"),
    [
        ("F5", ("F5",)),
        ("Ctrl+F", ("Ctrl", "F")),
        ("Ctrl+Shift+Tab", ("Ctrl", "Shift", "Tab")),
        ("+", ("+",)),
        ("Ctrl++", ("Ctrl", "+")),
        ("−", ("−",)),
    ],
)
def test_keys_are_parted_into_caps(keys: str, caps: tuple[str, ...]) -> None:
    assert KeyLine((keys,), "").caps == (caps,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (KeyLine(("F5",), "Room view"), "F5, Room view"),
        (KeyLine(("1", "5"), "Agree", "to"), "1 to 5, Agree"),
        (KeyLine(("B", "Ctrl+B"), "Blank"), "B or Ctrl+B, Blank"),
        (KeyLine(("+", "−"), "Leaning"), "plus or minus, Leaning"),
        (KeyLine(("Ctrl++",), "Larger"), "Ctrl+plus, Larger"),
    ],
)
def test_a_line_is_said_in_words(line: KeyLine, said: str) -> None:
    assert line.said == said


@pytest.mark.parametrize(
    ("heights", "columns", "parts"),
    [
        ([], 3, []),
        ([5], 3, [[5]]),
        ([1, 1, 1, 3], 2, [[1, 1, 1], [3]]),
        ([3, 1, 1, 1], 2, [[3], [1, 1, 1]]),
        ([2, 2, 2, 2, 2, 2], 3, [[2, 2], [2, 2], [2, 2]]),
        ([9, 1, 1], 3, [[9], [1], [1]]),
        ([4, 4], 0, [[4, 4]]),
    ],
)
def test_columns_are_shared_so_that_the_tallest_is_low(
    heights: list[float], columns: int, parts: list[list[float]]
) -> None:
    assert [heights[part] for part in share(heights, columns)] == parts
