"""The self-test, which help desks and the freezing of the program rely on: it must see faults."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QWidget

from hicm_desktop import cli, machine, paths, self_test
from hicm_desktop.document.document import Document
from hicm_desktop.errors import ExportError
from hicm_desktop.ui import bringing_back, dialogs
from hicm_desktop.ui.export import kinds
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.room.director import RoomDirector
from hicm_desktop.workshop.edits import AgreeLevel
from tests.disks import mounted
from tests.e2e.programs import run_through

ROOT = Path(__file__).resolve().parents[2]
WELL = "All is well."
NOT_WELL = "Not all is well. Please show this page to your help desk."

Told = Callable[..., tuple[int, dict[str, str], str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Told:
    """Run the self-test and give its exit code, what it says of each step, and all that it says.

    What runs these tests has long loaded what could speak to a network.
    """
    monkeypatch.setattr(self_test, "NETWORK", frozenset())

    def told(*arguments: str) -> tuple[int, dict[str, str], str]:
        code = cli.main(["self-test", *arguments])
        text = capsys.readouterr().out
        lines = [line for line in text.splitlines() if line.startswith(("well ", "FAULT"))]
        steps = {line[7:].partition(": ")[0]: line for line in lines}
        assert len(steps) == len(lines), "no two steps have one name"
        return code, steps, text

    return told


def faults(steps: dict[str, str]) -> list[str]:
    return [name for name, line in steps.items() if line.startswith("FAULT")]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() if p.is_file() else b"" for p in folder.rglob("*")}


def test_it_does_the_whole_job_and_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    (home / "XDG_CONFIG_HOME").mkdir()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = everything_in(home)
    done = run_through(["self-test"], cwd=tmp_path, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stdout + done.stderr
    assert WELL in done.stdout
    assert "FAULT" not in done.stdout
    assert "Model: 9 changes, 27 rows, 135 descriptors\n" in done.stdout
    for words in (*(export.words for export in Export), "Room view", "Opening again", "Network"):
        assert f"\nwell   {words}: " in done.stdout
    assert done.stderr == ""
    assert everything_in(home) == before
    assert list(temporary.iterdir()) == []


def test_a_fault_in_one_step_is_told_and_the_others_are_taken(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = kinds.write_export

    def write(export: Export, *given: object) -> Path:
        if export is Export.WORD:
            raise ExportError("There is no room on the disk.")
        return real(export, *given)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(self_test, "write_export", write)
    code, steps, text = told()
    assert code == 1
    assert faults(steps) == [Export.WORD.words]
    assert steps[Export.WORD.words].endswith(": There is no room on the disk.")
    assert NOT_WELL in text


def test_a_fault_in_a_slot_is_seen_and_named_by_its_place(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_room: RoomDirector, _row: str) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr(RoomDirector, "_follow_row", fail)
    code, steps, _ = told()
    assert code == 1
    assert "Recording" in faults(steps)
    assert "ZeroDivisionError at " in steps["Recording"]
    assert steps["Opening again"].startswith("well")


def test_a_level_that_is_not_recorded_is_a_fault(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Document.apply
    monkeypatch.setattr(
        Document, "apply", lambda d, e: False if isinstance(e, AgreeLevel) else real(d, e)
    )
    code, steps, _ = told()
    assert code == 1
    assert faults(steps)[0] == "Recording"
    assert "is not recorded" in steps["Recording"]


def test_a_folder_that_cannot_be_written_is_a_fault(told: Told, home: Path) -> None:
    (home / "XDG_DOCUMENTS_DIR").write_text("a file where a folder should be")
    code, steps, text = told()
    assert code == 1
    assert faults(steps) == ["Folder “Workshops”"]
    assert (
        f"cannot be written: {home / 'XDG_DOCUMENTS_DIR'} is not a folder"
        in steps["Folder “Workshops”"]
    )
    assert NOT_WELL in text


def test_what_could_speak_to_a_network_is_a_fault(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "NETWORK", frozenset({"pytest", "no_such_module"}))
    code, steps, _ = told()
    assert code == 1
    assert faults(steps) == ["Network"]
    assert ": pytest was loaded" in steps["Network"]


def test_without_its_content_it_says_so_and_what_was_not_tried(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "content"
    shutil.copytree(paths.content_dir(), pack)
    (pack / "front-matter.yaml").unlink()
    monkeypatch.setattr(paths, "content_dir", lambda _instead=None: pack)
    code, steps, _ = told()
    assert code == 1
    assert {"Model", "Window", "Recording", "PDF report"} <= set(faults(steps))
    assert "front-matter.yaml" in steps["Model"]
    assert "not tried" in steps["Recording"]
    assert steps["Card of keys"].startswith("well")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a real disk of 16 KB."""
    folder = tmp_path / "small"
    folder.mkdir()
    yield from mounted(folder, "size=16k", lazily=True)


@pytest.mark.usefixtures("home")
def test_a_full_disk_is_told_and_asks_nobody(small_disk: Path, tmp_path: Path) -> None:
    done = run_through(
        ["self-test", "--report", str(tmp_path / "report.txt")],
        TMPDIR=str(small_disk),
        within_s=120,
    )
    assert done.returncode == 1, done.stderr
    assert "\nFAULT  Saving: " in done.stdout
    assert "the disk is full" in done.stdout
    assert "\nwell   Network: " in done.stdout, "the other steps are taken"
    assert (tmp_path / "report.txt").read_text("utf-8") == done.stdout


@pytest.mark.usefixtures("home")
def test_without_a_temporary_folder_it_says_so(tmp_path: Path) -> None:
    script = (
        "import sys, tempfile\n"
        "def none(*_): raise FileNotFoundError(2, 'No usable temporary directory found')\n"
        "tempfile.gettempdir = tempfile.mkdtemp = none\n"
        "from hicm_desktop.cli import main\n"
        f"sys.exit(main(['self-test', '--report', {str(tmp_path / 'report.txt')!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert "FAULT  Temporary folder: none can be made" in (tmp_path / "report.txt").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="names of folders are bytes on Linux alone")
@pytest.mark.usefixtures("home")
def test_a_folder_whose_name_is_in_no_encoding_is_told_all_the_same(tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/home \xff")
    os.makedirs(odd)  # noqa: PTH103 - its name is no text
    done = run_through(
        ["self-test", "--report", str(tmp_path / "report.txt")],
        within_s=120,
        HOME=odd,
        XDG_CONFIG_HOME=f"{odd}/c",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\\udcff" in (tmp_path / "report.txt").read_text("utf-8")


def test_a_folder_below_one_that_is_shut_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root nothing is shut, so the system's refusal is put in its place."""
    real = Path.exists

    def exists(path: Path, **more: bool) -> bool:
        if "shut" in path.parts:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, **more)

    monkeypatch.setattr(Path, "exists", exists)
    assert str(tmp_path) in machine.folder_words(tmp_path / "shut" / "below")


def test_a_window_in_which_nothing_is_drawn_is_a_fault(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blank(widget: QWidget) -> QPixmap:
        pixmap = QPixmap(widget.size())
        pixmap.fill(QColor("#0F1B29"))  # the ground of the dark theme
        return pixmap

    monkeypatch.setattr(QWidget, "grab", blank)
    code, steps, _ = told()
    assert code == 1
    assert {"Window", "Room view"} <= set(faults(steps))
    assert steps["Window"].endswith(": nothing is drawn in it")


def test_a_question_that_comes_up_is_put_away_and_is_a_fault(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = bringing_back.read_workbook

    def ask(path: Path, columns: Sequence[str]) -> object:
        dialogs.tell(None, "Title", "Is anybody there?")
        return real(path, columns)

    monkeypatch.setattr(self_test, "read_workbook", ask)
    code, steps, _ = told()
    assert code == 1
    assert faults(steps) == ["Action plan brought back"]
    assert "Is anybody there?" in steps["Action plan brought back"]


def test_what_it_tells_is_kept_for_a_help_desk(told: Told, tmp_path: Path) -> None:
    report = tmp_path / "for the help desk.txt"
    _, _, text = told("--report", str(report))
    assert report.read_text("utf-8") == text


def test_a_report_goes_over_no_workshop_and_into_no_folder_that_is_not_there(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = file.read_bytes()
    assert cli.main(["self-test", "--report", str(file)]) == 2
    assert file.read_bytes() == held
    assert cli.main(["self-test", "--report", str(tmp_path / "no" / "such.txt")]) == 1
    assert "could not be written" in capsys.readouterr().err
