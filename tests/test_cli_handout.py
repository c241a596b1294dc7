"""`hicm-desktop handout`, through the real `main()`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from hicm_desktop.cli import main
from hicm_desktop.paths import resources_dir

SAMPLE = resources_dir() / "sample.hicm"


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Give a workshop file of one's own."""
    return Path(shutil.copy(SAMPLE, tmp_path / "Northbridge.hicm"))


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


@pytest.mark.parametrize(
    ("arguments", "pages", "width"),
    [
        (["matrices"], 9, 1190.55),
        (["matrices", "--paper", "a4"], 9, 841.89),
        (["matrices", "--change", "4", "--paper", "a4"], 1, 841.89),
        (["levels"], 1, 841.89),
        (["plan", "--paper", "a3"], 1, 1190.55),
        (["agenda"], 1, 595.28),
    ],
)
def test_each_is_written_and_named(
    arguments: list[str],
    pages: int,
    width: float,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out.pdf"

    assert main(["handout", arguments[0], str(out), *arguments[1:]]) == 0

    captured = capsys.readouterr()
    assert (captured.out, captured.err) == (f"{out}\n", "")
    reader = PdfReader(out)
    assert len(reader.pages) == pages
    assert float(reader.pages[0].mediabox.width) == pytest.approx(width, abs=0.1)


def test_the_matrix_of_one_change_is_that_one(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"

    assert main(["handout", "matrices", str(out), "--change", "4"]) == 0

    assert "Change 4: Home first" in text_of(out)


def test_an_agenda_is_of_the_workshop_named_and_without_names_unless_asked(
    workshop: Path, tmp_path: Path
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["details"]["partners"][0]["name"] = "Priya Shah"
    workshop.write_text(json.dumps(raw), "utf-8")
    out = tmp_path / "agenda.pdf"

    assert main(["handout", "agenda", str(out), "--workshop", str(workshop)]) == 0
    assert "Northbridge" in text_of(out)
    assert "Priya Shah" not in text_of(out)

    assert main(["handout", "agenda", str(out), "--workshop", str(workshop), "--names"]) == 0
    assert "Priya Shah" in text_of(out)


def test_what_looks_like_an_nhs_number_is_told_of_without_it(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["details"]["populations"] = "such as 943 476 5919"
    workshop.write_text(json.dumps(raw), "utf-8")
    out = tmp_path / "agenda.pdf"

    assert main(["handout", "agenda", str(out), "--workshop", str(workshop)]) == 0

    told = capsys.readouterr().err
    assert "what looks like an NHS number goes out with this agenda" in told
    assert "943" not in told
    assert "943 476 5919" in text_of(out), "it warns and alters nothing"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "the following arguments are required"),
        (["matrices"], "the following arguments are required"),
        (["posters", "out.pdf"], "invalid choice"),
        (["levels", "out.pdf", "--paper", "a5"], "invalid choice"),
        (["agenda", "out.pdf", "--paper", "a3"], "agenda: not made on A3"),
        (["matrices", "out.pdf", "--change", "10"], "the model has no change 10"),
        (["matrices", "out.pdf", "--change", "four"], "invalid int value"),
        (["plan", "out.pdf", "--change", "4"], "--change is for matrices"),
        (["levels", "out.pdf", "--names"], "--workshop and --names are for an agenda"),
        (["plan", "out.pdf", "--workshop", "x.hicm"], "--workshop and --names are for an agenda"),
        (["agenda", "x.hicm", "--workshop", "./x.hicm"], "x.hicm is the name of a workshop"),
        (["agenda", "x.hicm"], "x.hicm is the name of a workshop"),
        (["levels", "x.docx"], "a name that ends in .pdf, not x.docx"),
        (["levels", ""], "say which file to write"),
    ],
)
def test_what_is_not_understood_ends_with_2_and_writes_nothing(
    arguments: list[str],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["handout", *arguments]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage: hicm-desktop handout" in captured.err
    assert why in captured.err
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_or_written_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = tmp_path / "away.hicm"

    assert main(["handout", "agenda", str(tmp_path / "a.pdf"), "--workshop", str(away)]) == 1
    assert "is not there" in capsys.readouterr().err
    assert main(["handout", "levels", str(tmp_path / "away" / "l.pdf")]) == 1
    assert "is not there any more" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["handout", "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("usage: hicm-desktop handout")
    assert "matrices, levels, plan, agenda" in told
    main(["--help"])
    assert "handout KIND OUT.pdf" in capsys.readouterr().out
