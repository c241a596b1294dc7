"""An export takes the place of an earlier one whole, or leaves it as it was, and says why."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hicm_desktop.errors import ExportError
from hicm_desktop.export.pdf import write_pdf
from hicm_desktop.export.replacing import not_whole, replace_file
from hicm_desktop.export.watching import Cancelled
from hicm_desktop.export.workbook import write_workbook
from hicm_desktop.workshop.report_values import Report
from tests.export.conftest import FONTS, Exporter

OLD = b"the export of last month"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "record"
    target.write_bytes(OLD)
    return target


def believed(_path: Path) -> None:
    """Take what was written for whole."""


class Held:
    """Another program that holds the file for some tries, as Windows tells of it."""

    def __init__(self, patch: pytest.MonkeyPatch, winerror: int, times: int) -> None:
        self.made = 0
        self.pauses: list[float] = []
        real = Path.replace

        def replace(old: Path, new: Path) -> Path:
            self.made += 1
            if self.made <= times:
                error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                setattr(error, "winerror", winerror)  # noqa: B010 - Windows alone gives it one
                raise error
            return real(old, new)

        patch.setattr(Path, "replace", replace)
        patch.setattr("hicm_desktop.placing.time.sleep", self.pauses.append)


def assert_kept(target: Path) -> None:
    assert target.read_bytes() == OLD
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_an_export_takes_the_place_of_an_earlier_one(
    export: Exporter, empty: Report, target: Path
) -> None:
    export(empty, target)

    assert target.read_bytes()[:2] in (b"PK", b"%P")
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "close it there"),
        (errno.EROFS, "can only be read"),
        (errno.EIO, "a fault of the disk"),
        (errno.ENAMETOOLONG, "cannot be used here"),
    ],
)
@pytest.mark.parametrize("step", ["open", "replace"])
def test_a_disk_that_fails_leaves_the_earlier_export(
    export: Exporter,
    empty: Report,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    words: str,
    step: str,
) -> None:
    real = getattr(Path, step)

    def fail(path: Path, *given: object, **named: object) -> object:
        if path.name.startswith("~hicm-"):
            raise OSError(code, os.strerror(code))
        return real(path, *given, **named)

    monkeypatch.setattr(Path, step, fail)

    with pytest.raises(ExportError, match=words) as caught:
        export(empty, target)

    monkeypatch.undo()
    assert "as it was" in str(caught.value)
    assert_kept(target)


def test_a_disk_that_fills_up_in_the_midst_of_it_leaves_the_earlier_export(
    export: Exporter, empty: Report, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(ExportError, match="the disk is full"):
        export(empty, target)

    assert_kept(target)


def test_a_rendering_that_breaks_leaves_the_earlier_export(target: Path) -> None:
    def render() -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace_file(target, render, believed)

    assert_kept(target)


def test_a_temporary_drive_that_is_full_is_told_as_such(target: Path) -> None:
    def render() -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ExportError, match="the disk is full"):
        replace_file(target, render, believed)

    assert_kept(target)


def test_a_folder_of_that_name_is_not_replaced(
    export: Exporter, empty: Report, tmp_path: Path
) -> None:
    (tmp_path / "record").mkdir()

    with pytest.raises(ExportError, match="is a folder") as caught:
        export(empty, tmp_path / "record")

    assert "No file has been made" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["record"]


def test_a_folder_that_is_gone_is_told_as_such(
    export: Exporter, empty: Report, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="not there any more"):
        export(empty, tmp_path / "gone" / "record")


def test_an_export_marked_read_only_is_not_replaced(
    export: Exporter, empty: Report, target: Path
) -> None:
    target.chmod(0o444)

    with pytest.raises(ExportError, match="may not be written to"):
        export(empty, target)

    assert_kept(target)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the rule does not hold for this user"
)
def test_a_folder_that_is_read_only_keeps_its_earlier_export(
    export: Exporter, empty: Report, target: Path
) -> None:
    target.parent.chmod(0o555)
    try:
        with pytest.raises(ExportError, match="may not be written to"):
            export(empty, target)
        assert_kept(target)
    finally:
        target.parent.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_an_export_keeps_the_permissions_of_the_earlier_one(
    export: Exporter, empty: Report, target: Path
) -> None:
    target.chmod(0o664)

    export(empty, target)

    assert target.stat().st_mode & 0o777 == 0o664


def test_a_memory_stick_that_sets_no_permissions_takes_an_export(
    export: Exporter, empty: Report, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "chmod", refuse)

    export(empty, target)

    assert target.read_bytes() != OLD


@pytest.mark.parametrize(("winerror", "times"), [(5, 1), (32, 7), (33, 2)])
def test_an_export_that_is_held_for_a_moment_is_put_in_place_once_it_is_let_go(
    winerror: int, times: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = Held(monkeypatch, winerror, times)

    replace_file(target, lambda: b"new", believed)

    assert target.read_bytes() == b"new"
    assert (tries.made, len(tries.pauses)) == (times + 1, times)
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_an_export_that_is_open_in_another_program_is_told_after_a_second(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        tries = Held(patch, 32, 100)
        with pytest.raises(ExportError, match="close it there and try again"):
            replace_file(target, lambda: b"new", believed)

    assert sum(tries.pauses) == pytest.approx(1.0)
    assert_kept(target)


@pytest.mark.skipif(os.name != "posix", reason="folders are synced on POSIX systems")
@pytest.mark.parametrize("code", [errno.EIO, errno.EINVAL])
def test_a_drive_that_does_not_confirm_an_export_is_told_where_it_could_have(
    code: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(code, os.strerror(code))
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    if code == errno.EINVAL:
        replace_file(target, lambda: b"new", believed)
    else:
        with pytest.raises(ExportError, match="“record” was written and is whole, but its drive"):
            replace_file(target, lambda: b"new", believed)

    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_missing_typeface_is_told_and_leaves_the_earlier_export(
    empty: Report, target: Path
) -> None:
    with pytest.raises(ExportError, match="typeface"):
        write_pdf(empty, FONTS.parent, target)

    assert_kept(target)


def test_the_export_package_loads_none_of_its_libraries() -> None:
    libraries = {"openpyxl", "reportlab", "pypdfium2", "docx", "lxml", "icalendar"}
    check = f"import sys, hicm_desktop.export; print({libraries} & set(sys.modules))"

    told = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "set()"


def test_what_is_not_whole_when_it_is_read_back_is_thrown_away(target: Path) -> None:
    read = []

    def doubt(draft: Path) -> None:
        read.append(draft.read_bytes())
        assert draft.parent == target.parent
        raise not_whole("it holds 26 rows and not 27")

    with pytest.raises(ExportError, match="it holds 26 rows and not 27"):
        replace_file(target, lambda: b"new", doubt)

    assert read == [b"new"]
    assert_kept(target)


@pytest.mark.parametrize("part", [0.2, 0.8])
def test_a_cancelled_export_leaves_the_earlier_one(full: Report, target: Path, part: float) -> None:
    def stop(done: float) -> None:
        if part < done < 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_pdf(full, FONTS, target, stop)
    assert_kept(target)
    if part < 0.6:  # of a workbook, what comes after that is its being read back
        with pytest.raises(Cancelled):
            write_workbook(full, target, stop)
        assert_kept(target)
