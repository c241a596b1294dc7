"""What an organisation has set, on the command line: in force there as in the window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from hicm_desktop import paths
from hicm_desktop.cli import main

Set = Callable[[str], Path]
PRIVATE = "Ring both before the write-up goes out"
"""From a private note of the sample."""
NAME = "Priya Shah"


@pytest.fixture
def has_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Set:
    """Have an organisation set something on this computer."""

    def has_set(text: str) -> Path:
        file = tmp_path / "policy.toml"
        file.write_text(text, "utf-8")
        monkeypatch.setattr(paths, "policy_files", lambda: (file,))
        return file

    return has_set


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "s.hicm"
    assert main(["sample", str(file)]) == 0
    return file


@pytest.fixture
def named(file: Path) -> Path:
    """A workshop in which a partner has a name."""
    raw = json.loads(file.read_bytes())
    raw["workshop"]["details"]["partners"][0]["name"] = NAME
    file.write_text(json.dumps(raw), "utf-8")
    return file


def words_of(workbook: Path) -> str:
    cells = (c for sheet in load_workbook(workbook) for line in sheet.iter_rows() for c in line)
    return " ".join(str(cell.value) for cell in cells)


def test_private_notes_are_refused_where_they_are_never_to_go_out(
    has_set: Set, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    export = ["export", str(file), "--xlsx", str(out)]
    assert main([*export, "--private-notes"]) == 0
    assert PRIVATE in words_of(out)
    out.unlink()
    has_set('[exports]\nprivate_notes = "never"\n')
    assert main([*export, "--private-notes"]) == 2
    assert "your organisation has set that" in capsys.readouterr().err
    assert not out.exists()
    assert main(export) == 0
    assert PRIVATE not in words_of(out)


def test_parts_go_out_and_stay_out_as_they_are_set_and_that_is_told(
    has_set: Set, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = has_set("[exports]\nevidence = false\n")
    out = tmp_path / "out.xlsx"
    assert main(["export", str(file), "--xlsx", str(out)]) == 0
    assert f"as your organisation has set in {policy}" in capsys.readouterr().err
    assert "Social work was at nine in ten" not in words_of(out)
    assert main(["export", str(file), "--xlsx", str(out), "--without", "evidence"]) == 0
    assert capsys.readouterr().err == "", "what was asked for is what is set"


def test_names_stay_off_an_agenda_where_that_is_set_and_it_is_told(
    has_set: Set, named: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "agenda.pdf"
    agenda = ["handout", "agenda", str(out), "--workshop", str(named), "--names"]

    def printed() -> str:
        return " ".join(page.extract_text() for page in PdfReader(out).pages)

    assert main(agenda) == 0
    assert NAME in printed()
    policy = has_set("[exports]\nnames = false\n")
    capsys.readouterr()
    assert main(agenda) == 0
    assert NAME not in printed()
    assert f"as your organisation has set in {policy}" in capsys.readouterr().err
    assert main(agenda[:-1]) == 0
    assert capsys.readouterr().err == "", "what was asked for is what is set"
    has_set("[exports]\nnames = true\n")
    assert main(["handout", "agenda", str(out)]) == 0
    assert capsys.readouterr().err == "", "a blank one has no names"


def test_names_on_an_agenda_are_the_user_s_choice_where_nothing_is_set_of_them(
    has_set: Set, named: Path, tmp_path: Path
) -> None:
    out = tmp_path / "agenda.pdf"
    has_set("[exports]\nevidence = false\n")
    assert main(["handout", "agenda", str(out), "--workshop", str(named), "--names"]) == 0
    assert NAME in PdfReader(out).pages[0].extract_text()


def test_what_is_damaged_is_told_and_holds_private_notes_back(
    has_set: Set, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    has_set("[exports\n")
    out = tmp_path / "out.xlsx"
    assert main(["export", str(file), "--xlsx", str(out), "--private-notes"]) == 2
    assert "it is not TOML" in capsys.readouterr().err
    assert not out.exists()
    assert main(["export", str(file), "--xlsx", str(out)]) == 0
    assert out.exists()


def test_the_content_comes_from_where_it_is_set(
    has_set: Set, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "content"
    shutil.copytree(paths.content_dir(), pack)
    index = pack / "index.yaml"
    text = index.read_text("utf-8")
    assert text.count("\ntitle: ") == 1
    index.write_text(text.replace("\ntitle: ", "\ntitle: Local "), "utf-8")
    has_set(f"[content]\npack = '{pack}'\n")
    out = tmp_path / "out.xlsx"
    assert main(["export", str(file), "--xlsx", str(out)]) == 0
    assert "Local High Impact Change Model" in words_of(out)
    index.unlink()
    assert main(["export", str(file), "--xlsx", str(out)]) == 1
    assert str(index.name) in capsys.readouterr().err
