"""File names that every system takes, Windows first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.storage.names import free_path, safe_name

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Northbridge, 12 November", "Northbridge, 12 November"),
        ("Llanfair-ym-Muallt, Tŷ Gwyn", "Llanfair-ym-Muallt, Tŷ Gwyn"),
        ("Health/Care: who?", "Health-Care- who-"),
        ('a<b>c"d|e*f\\g', "a-b-c-d-e-f-g"),
        ("  North\n\tbridge  ", "North bridge"),
        ("Northbridge...", "Northbridge"),
        (".hidden", "hidden"),
        ("nul", "_nul"),
        ("COM1.notes", "_COM1.notes"),
        ("lpt³", "_lpt³"),
        ("Console", "Console"),
        ("Cafe\u0301", "Café"),
        ("mdoc\u202egpj", "mdoc gpj"),
        ("", "Workshop"),
        ("///", "---"),
        (" . ", "Workshop"),
    ],
)
def test_a_text_becomes_a_name_that_windows_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_text_with_nothing_left_gives_the_name_asked_for() -> None:
    assert safe_name("...", otherwise="Record") == "Record"


def test_a_long_text_is_cut_between_characters() -> None:
    assert safe_name("ŷ" * 300) == "ŷ" * 60
    assert safe_name("x" * 300) == "x" * 120
    assert safe_name("ŷ" + "x" * 300) == "ŷ" + "x" * 118


@given(text=ANY_TEXT)
def test_any_text_becomes_a_name_fit_for_every_system(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= 121
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name == name.strip(". ")
    assert name.isprintable()
    assert safe_name(name) == name


def test_any_such_name_can_be_written(tmp_path: Path) -> None:
    for text in ("Tŷ Gwyn: café/bar?", "nul", "x" * 400, "🙂" * 100):
        files.write(free_path(tmp_path, text), b"{}", None)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_free_path_never_collides_in_capitals_or_in_spelling(tmp_path: Path) -> None:
    names = []
    for stem in ("Café", "CAFÉ", "Cafe\u0301", "Café"):
        path = free_path(tmp_path, stem)
        path.touch()
        names.append(path.name)
    assert names == ["Café.hicm", "CAFÉ (2).hicm", "Café (3).hicm", "Café (4).hicm"]


def test_a_folder_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert free_path(tmp_path / "new", "x") == tmp_path / "new" / "x.hicm"


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="folder file could not be read"):
        free_path(tmp_path / "file", "x")
