"""The command line, through the real `main()` and through a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import pytest

from hicm_desktop import __version__
from hicm_desktop.cli import main
from hicm_desktop.paths import content_dir, resources_dir

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = resources_dir() / "sample.hicm"


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Give a workshop file of one's own."""
    return Path(shutil.copy(SAMPLE, tmp_path / "Northbridge.hicm"))


def run(*arguments: str | Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, or some code in its place."""
    start = ["-c", code] if code else ["-m", "hicm_desktop"]
    return subprocess.run(
        [sys.executable, "-W", "error", *start, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


# Help and usage


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hicm-desktop {__version__}\n"


@pytest.mark.parametrize("command", [[], ["export"], ["sample"], ["check"], ["keys"], ["demo"]])
def test_help_says_how_to_use_each_command(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(" ".join(["usage: hicm-desktop", *command]))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    for words in ("export FILE", "sample OUT.hicm", "check FILE", "demo FOLDER", "./export"):
        assert words in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["--unheard-of"],
        ["one.hicm", "two.hicm"],
        ["export"],
        ["export", "x.hicm"],
        ["export", "x.hicm", "--pdf"],
        ["export", "x.hicm", "--pdf", "x.hicm"],
        ["export", "x.hicm", "--pdf", "out", "--xlsx", "./out"],
        ["export", "x.hicm", "--docx", "out", "--ics", "./out"],
        ["export", "x.hicm", "--ics", "x.hicm"],
        ["export", "x.hicm", "--pdf", "out.pdf", "--changes", "four"],
        ["export", "x.hicm", "--pdf", "out.pdf", "--changes", "1,,4"],
        ["export", "x.hicm", "--pdf", "out.pdf", "--changes", "10"],
        ["export", "x.hicm", "--pdf", "out.pdf", "--without", "evidence,private-notes"],
        ["export", "x.hicm", "--pdf", "out.pdf", "--with", "evidence"],
        ["sample"],
        ["check"],
        ["keys"],
        ["demo"],
    ],
)
def test_what_is_not_understood_ends_with_2_and_says_why(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage: hicm-desktop" in captured.err
    assert "error:" in captured.err


# The window


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, function: str) -> list[Path | None]:
    """Put a module in place of one that opens a window, and give what it is called with."""
    called: list[Path | None] = []
    module = types.ModuleType(name)

    def record(path: Path | None) -> int:
        called.append(path)
        return 7

    setattr(module, function, record)
    monkeypatch.setitem(sys.modules, name, module)
    return called


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        ([], None),
        (["Northbridge.hicm"], Path("Northbridge.hicm")),
        (["./export"], Path("export")),
    ],
)
def test_the_window_opens_with_the_file_that_was_named(
    arguments: list[str], file: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = stand_in(monkeypatch, "hicm_desktop.app", "run_app")
    assert main(arguments) == 7
    assert called == [file]


def test_a_demonstration_goes_to_the_folder_that_was_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called = stand_in(monkeypatch, "hicm_desktop.demo", "run_demo")
    assert main(["demo", "pictures"]) == 7
    assert called == [Path("pictures")]


# The sample


def test_the_sample_is_written_as_it_ships(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sample.hicm"
    assert main(["sample", str(out)]) == 0
    assert out.read_bytes() == SAMPLE.read_bytes()
    assert capsys.readouterr().out == f"{out}\n"


def test_the_sample_replaces_a_file_only_when_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mine.hicm"
    out.write_text("mine")
    assert main(["sample", str(out)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "already a file called mine.hicm" in captured.err
    assert "--force" in captured.err
    assert out.read_text() == "mine"
    assert main(["sample", "--force", str(out)]) == 0
    assert out.read_bytes() == SAMPLE.read_bytes()


def test_forcing_where_no_file_is_makes_one(tmp_path: Path) -> None:
    assert main(["sample", "--force", str(tmp_path / "new.hicm")]) == 0
    assert (tmp_path / "new.hicm").is_file()


# Checking


def test_sound_files_and_packs_are_ok(workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(workshop), str(content_dir())]) == 0
    assert capsys.readouterr().out == f"{workshop}: ok\n{content_dir()}: ok\n"


def test_every_file_is_checked_though_the_first_falls_short(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.hicm"
    empty.touch()
    gone = tmp_path / "gone.hicm"
    assert main(["check", str(empty), str(gone), str(workshop)]) == 1
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{empty}: This file is empty")
    assert second.startswith(f"{gone}: gone.hicm could not be read")
    assert third == f"{workshop}: ok"


def test_every_problem_of_a_pack_is_told_beneath_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = Path(shutil.copytree(content_dir(), tmp_path / "pack"))
    for name in ("change-2-demand-and-capacity.yaml", "change-4-home-first.yaml"):
        page = pack / name
        page.write_text(page.read_text("utf-8").replace("title:", "tittle:", 1), "utf-8")
    assert main(["check", str(pack)]) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"{pack}: falls short in {len(rest)} places"
    assert all(line.startswith("  ") for line in rest)
    for name in ("change-2-demand-and-capacity.yaml", "change-4-home-first.yaml"):
        assert any(name in line for line in rest)


def test_a_pack_with_one_problem_has_one_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == f"{tmp_path}: falls short in 1 place"


def test_what_is_kept_of_another_version_is_told_beneath(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["rows"].append({"row": "gone", "note": "x"})
    workshop.write_text(json.dumps(raw))
    assert main(["check", str(workshop)]) == 0
    _, notice = capsys.readouterr().out.splitlines()
    assert notice.startswith("  1 answer is about a row this model does not have")


# Exporting


def test_a_workshop_is_exported_as_workbook_and_pdf(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    xlsx, pdf = tmp_path / "out.xlsx", tmp_path / "out.pdf"
    assert main(["export", str(workshop), "--xlsx", str(xlsx), "--pdf", str(pdf)]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{xlsx}\n{pdf}\n"
    assert captured.err == ""
    assert xlsx.read_bytes().startswith(b"PK")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_the_action_plan_is_exported_for_word_and_as_a_calendar(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docx, ics = tmp_path / "out.docx", tmp_path / "out.ics"
    assert main(["export", str(workshop), "--docx", str(docx), "--ics", str(ics)]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{docx}\n{ics}\n"
    assert captured.err.startswith("3 actions have no date, and so are not in the calendar:\n")
    assert docx.read_bytes().startswith(b"PK")
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_actions_that_are_not_in_the_calendar_are_told_without_a_number_of_a_patient(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["actions"][2]["to_do"] = "Ring 943 476 5919"
    workshop.write_text(json.dumps(raw))
    assert main(["export", str(workshop), "--ics", str(tmp_path / "out.ics")]) == 0
    told = capsys.readouterr().err
    assert "  Ring (NHS number) (end of March)\n" in told
    assert "943" not in told


def test_a_plan_without_a_date_is_no_calendar_and_what_else_was_asked_for_is_written(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    for action in raw["workshop"]["actions"]:
        action.pop("due_on", None)
    workshop.write_text(json.dumps(raw))
    docx, ics = tmp_path / "out.docx", tmp_path / "out.ics"
    assert main(["export", str(workshop), "--ics", str(ics), "--docx", str(docx)]) == 1
    captured = capsys.readouterr()
    assert captured.out == f"{docx}\n"
    assert "No action has a date yet" in captured.err
    assert not ics.exists()


def written(workshop: Path, out: Path, *options: str) -> bytes:
    """Give what a workbook holds that was exported with these options."""
    assert main(["export", str(workshop), "--xlsx", str(out), *options]) == 0
    with zipfile.ZipFile(out) as book:
        return b"".join(book.read(name) for name in book.namelist())


@pytest.mark.parametrize("by_name", [[], ["--private-notes"], ["--with", "private-notes"]])
def test_private_notes_go_out_only_where_they_are_asked_for_by_name(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], by_name: list[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["rows"][0]["private_note"] = "Mine alone 401-023-2137"
    workshop.write_text(json.dumps(raw))
    held = written(workshop, tmp_path / "out.xlsx", *by_name)
    assert (b"Mine alone" in held) is bool(by_name)
    assert ("NHS number goes out" in capsys.readouterr().err) is bool(by_name)


def test_only_the_changes_and_parts_that_were_asked_for_go_out(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    for row, number in (("emergency", 1), ("discharge-support", 8)):
        record = next(r for r in raw["workshop"]["rows"] if r["row"] == row)
        record |= {"data": f"Data of {number} 943 476 5919", "note": f"Note on {number}"}
    raw["workshop"]["details"]["partners"][0]["name"] = "Ann Lee"
    workshop.write_text(json.dumps(raw))
    whole = written(workshop, tmp_path / "whole.xlsx")
    told = capsys.readouterr().err
    for text in (b"Data of 1", b"Data of 8", b"Note on 1", b"Note on 8", b"Ann Lee"):
        assert text in whole
    assert told.count("NHS number goes out") == 2

    some = written(
        workshop, tmp_path / "some.xlsx", "--changes", "4, 1", "--without", "evidence,names"
    )

    assert b"Note on 1" in some
    for text in (b"Data of 1", b"Data of 8", b"Note on 8", b"Ann Lee"):
        assert text not in some
    assert "NHS number" not in capsys.readouterr().err, "it is not in what goes out"


def test_what_is_kept_of_another_version_is_told_while_exporting(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["model"]["version"] = "another"
    workshop.write_text(json.dumps(raw))
    assert main(["export", str(workshop), "--xlsx", str(tmp_path / "out.xlsx")]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{tmp_path / 'out.xlsx'}\n"
    assert "another version of the model" in captured.err


def test_an_export_says_where_a_number_of_a_patient_seems_to_stand_and_never_the_number(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["rows"].append({"row": "943 476 5919", "note": "x 401-023-2137"})
    raw["workshop"]["actions"][0]["due_words"] = "by 943 476 5919"
    raw["workshop"]["actions"][0].pop("due_on", None)
    workshop.write_text(json.dumps(raw))
    pdf = tmp_path / "out.pdf"
    assert main(["export", str(workshop), "--pdf", str(pdf)]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{pdf}\n"
    assert pdf.exists()
    assert "943 476 5919" not in captured.err
    told = [line for line in captured.err.splitlines() if "NHS number goes out" in line]
    assert [line.removeprefix(f"{workshop}: ").split(": what")[0] for line in told] == [
        "Action plan · Change 1: Early discharge planning · Emergency · When will it be done by?",
        "Not in this model · (NHS number) · Note",
    ]
    assert not {"943", "401", "5919", "2137"} & set(re.findall(r"\d+", "".join(told)))


@pytest.mark.parametrize("content", [None, b"{}"])
def test_a_workshop_that_cannot_be_read_is_not_exported(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.hicm"
    if content is not None:
        file.write_bytes(content)
    assert main(["export", str(file), "--pdf", str(tmp_path / "out.pdf")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "bad.hicm" in captured.err
    assert not (tmp_path / "out.pdf").exists()


def test_an_export_that_cannot_be_written_is_told(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(workshop), "--xlsx", str(tmp_path / "gone" / "out.xlsx")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err


# What is left alone


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "docx", "ics"])
@pytest.mark.parametrize("options", [["--changes", "1"], []])
def test_no_export_is_written_over_a_workshop_or_by_its_ending(
    workshop: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    options: list[str],
) -> None:
    other = Path(shutil.copy(SAMPLE, tmp_path / "other.HICM"))
    hidden = Path(shutil.copy(SAMPLE, tmp_path / f"hidden.{kind}"))
    new = tmp_path / "new.hicm"
    for out, code, words in (
        (workshop, 2, "is the name of a workshop"),
        (other, 2, "is the name of a workshop"),
        (new, 2, "is the name of a workshop"),
        (hidden, 1, "holds a workshop, so it was left as it is"),
    ):
        assert main(["export", str(workshop), f"--{kind}", str(out), *options]) == code
        captured = capsys.readouterr()
        assert captured.out == ""
        assert words in captured.err
    assert not new.exists()
    for file in (workshop, other, hidden):
        assert file.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbf { "format": "hicm-workshop", "version": 99',
        b'{"format":"hicm-workshop","version":2}',
    ],
)
@pytest.mark.parametrize("command", [["keys"], ["handout", "plan"]])
def test_a_workshop_by_any_name_is_left_alone_though_it_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, command: list[str]
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(content)
    assert main([*command, str(out)]) == 1
    assert f"{out} holds a workshop" in capsys.readouterr().err
    assert out.read_bytes() == content
    out.write_bytes(b"%PDF-1.4 hicm-workshop")
    assert main([*command, str(out)]) == 0, "an earlier file of the kind is replaced"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--pdf", "b.xlsx"], "--pdf: what is written there is a .pdf file"),
        (["--xlsx", "b.pdf"], "--xlsx: what is written there is a .xlsx file"),
        (["--docx", "b"], "a name that ends in .docx, not b"),
        (["--ics", "b.ics.txt"], "a name that ends in .ics"),
        (["--pdf", "a.pdf", "--xlsx", "./a.pdf"], "a.pdf is to be written already"),
        (["--pdf", ""], "--pdf: say which file to write, such as plan.pdf"),
    ],
)
def test_a_name_that_does_not_go_with_what_is_written_is_refused_in_plain_words(
    workshop: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", str(workshop), *options]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [workshop]


def test_what_is_open_in_an_office_program_is_left_alone(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docx, pdf = tmp_path / "plan.docx", tmp_path / "plan.pdf"
    docx.write_bytes(b"mine")
    lock = tmp_path / "~$plan.docx"
    lock.write_bytes(b"\x07Ann Lee")
    arguments = ["export", str(workshop), "--pdf", str(pdf), "--docx", str(docx)]
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert f"{docx} is open in Word, by Ann Lee. Nothing was written." in captured.err
    assert (captured.out, docx.read_bytes(), pdf.exists()) == ("", b"mine", False)
    lock.unlink()
    assert main(arguments) == 0


@pytest.mark.parametrize("by_name", [["--private-notes"], ["--with", "private-notes"]])
def test_private_notes_that_go_out_are_said_and_not_where_none_can(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], by_name: list[str]
) -> None:
    words = f"{workshop}: your private notes go out with this export. Do not pass it on."
    for kind, is_said in (("pdf", True), ("docx", False)):
        out = tmp_path / f"out.{kind}"
        assert main(["export", str(workshop), f"--{kind}", str(out), *by_name]) == 0
        assert (words in capsys.readouterr().err) is is_said


def test_a_number_is_told_only_of_what_the_file_holds(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(workshop.read_bytes())
    raw["workshop"]["rows"][0]["note"] = "x 943 476 5919"
    workshop.write_text(json.dumps(raw))
    for kind, is_told in (("docx", False), ("ics", False), ("xlsx", True)):
        assert main(["export", str(workshop), f"--{kind}", str(tmp_path / f"out.{kind}")]) == 0
        assert ("NHS number" in capsys.readouterr().err) is is_told


# In a process of its own


QT = ("PySide6", "shiboken6")
WITHOUT_QT = """
import sys
from hicm_desktop.cli import main
code = main(sys.argv[1:])
print(code, sorted(m for m in sys.modules if m.partition(".")[0] in {heavy!r}))
"""


def test_what_opens_no_window_loads_no_qt(workshop: Path, tmp_path: Path) -> None:
    light = WITHOUT_QT.format(heavy=(*QT, "openpyxl", "reportlab", "docx", "icalendar", "lxml"))
    for arguments in (
        ["check", str(workshop), str(content_dir())],
        ["sample", str(tmp_path / "sample.hicm")],
    ):
        assert run(*arguments, code=light).stdout.splitlines()[-1] == "0 []"
    export: list[str | Path]
    outputs = [(f"--{kind}", tmp_path / f"o.{kind}") for kind in ("xlsx", "pdf", "docx", "ics")]
    export = ["export", workshop, *(part for output in outputs for part in output)]
    keys: list[str | Path] = ["keys", tmp_path / "keys.pdf"]
    code = WITHOUT_QT.format(heavy=QT)
    for command in (export, keys):
        assert run(*command, code=code).stdout.splitlines()[-1] == "0 []"


def test_the_program_runs_as_a_module(tmp_path: Path) -> None:
    gone = tmp_path / "gone.hicm"
    done = run("check", gone)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"{gone}: ")


def test_a_reader_that_goes_away_is_no_fault_to_speak_of(workshop: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "hicm_desktop", "check", workshop],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(os.name != "posix", reason="file names in no encoding")
def test_a_file_whose_name_is_in_no_encoding_is_told(tmp_path: Path) -> None:
    done = run("check", os.fsdecode(os.fsencode(tmp_path) + b"/\xff.hicm"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "could not be read" in done.stdout


def test_a_program_without_a_console_says_nothing_and_works(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["check", str(workshop)]) == 0
    assert main(["export", str(tmp_path / "gone.hicm"), "--pdf", str(tmp_path / "x.pdf")]) == 1
    assert main(["--unheard-of"]) == 2


def test_a_word_that_is_neither_a_command_nor_a_file_is_not_understood(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["frobnicate"]) == 2
    assert "neither a command nor a file" in capsys.readouterr().err


def test_without_a_display_the_window_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 1
    assert "no display" in capsys.readouterr().err
