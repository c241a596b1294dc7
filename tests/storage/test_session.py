"""A run of the program, and whether it still goes on, asked of real processes."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hicm_desktop.errors import FileError
from hicm_desktop.storage import session
from hicm_desktop.storage.session import Session, is_alive, tidy

A_RUN = """
import sys
from pathlib import Path
from hicm_desktop.storage.session import Session
run = Session(Path(sys.argv[1]))
print(run.token, flush=True)
sys.stdin.readline()
run.end()
"""
DAY_S = 24 * 60 * 60


class Run:
    """Another process that holds a session until it is let go, or killed."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", A_RUN, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.token = self.process.stdout.readline().strip()

    def let_go(self) -> None:
        self.process.communicate("go\n", timeout=30)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "runs"


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    run = Run(folder)
    yield run
    run.kill()


def aged(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_a_run_that_is_killed_is_over_at_once(folder: Path, run: Run) -> None:
    assert len(run.token) == 16
    assert is_alive(folder, run.token)
    assert is_alive(folder, run.token), "asking does not end it"
    run.kill()
    assert not is_alive(folder, run.token)


def test_a_run_that_ends_in_good_order_leaves_nothing(folder: Path, run: Run) -> None:
    run.let_go()
    assert not is_alive(folder, run.token)
    assert list(folder.iterdir()) == []


def test_a_run_knows_itself_to_be_alive_until_it_ends(folder: Path) -> None:
    one, other = Session(folder), Session(folder)
    assert one.token != other.token
    one.end()
    assert (is_alive(folder, one.token), is_alive(folder, other.token)) == (False, True)
    other.end()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "a" * 15, "a" * 17, "A" * 16])
def test_what_is_no_token_is_nobody(token: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    with (folder / f"{token.replace('/', '-')}.session").open("xb") as file:
        session._lock(file, shared=False)
        assert is_alive(folder, token) is False


@pytest.mark.skipif(os.name != "posix", reason="Windows shares no lock")
def test_two_that_ask_at_once_do_not_take_each_other_for_the_run(folder: Path) -> None:
    folder.mkdir(parents=True)
    with (folder / f"{'a' * 16}.session").open("xb") as file:
        session._lock(file, shared=True)
        assert is_alive(folder, "a" * 16) is False


def test_a_run_that_cannot_be_asked_counts_as_going_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", shut)
        assert is_alive(folder, "a" * 16)
    assert not is_alive(folder, "a" * 16)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileError, match=r"own folder .*runs cannot be written: "):
        Session(tmp_path / "file" / "runs")


def test_a_second_run_never_takes_the_file_of_a_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hicm_desktop.storage.session.secrets.token_hex", lambda _: "a" * 16)
    first = Session(folder)
    with pytest.raises(FileError, match="cannot be written: File exists"):
        Session(folder)
    first.end()


def test_a_drive_that_locks_nothing_is_told_and_gathers_no_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as patch:
        patch.setattr(session, "_lock", unsupported)
        with pytest.raises(FileError, match="cannot be written: No locks available"):
            Session(folder)
    assert list(folder.iterdir()) == []
    Session(folder).end()


def test_ending_twice_or_with_the_file_gone_is_let_be(folder: Path) -> None:
    run = Session(folder)
    (folder / f"{run.token}.session").unlink()
    run.end()
    run.end()


def test_tidying_removes_what_ended_suddenly_more_than_a_day_ago(folder: Path, run: Run) -> None:
    ours = Session(folder)
    old, new = folder / f"{'a' * 16}.session", folder / f"{'b' * 16}.session"
    foreign, odd = folder / "notes.txt", folder / "mine.session"
    for path in (old, new, foreign, odd):
        path.write_bytes(b"")
    for path in folder.iterdir():
        aged(path, DAY_S + 60)
    aged(new, DAY_S - 60)
    tidy(folder)
    left = {path.name for path in folder.iterdir()}
    assert left == {
        f"{ours.token}.session",
        f"{run.token}.session",
        new.name,
        foreign.name,
        odd.name,
    }
    ours.end()


def test_tidying_what_is_not_there_is_let_be(tmp_path: Path) -> None:
    tidy(tmp_path / "gone")


def test_tidying_that_fails_is_let_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    old = folder / f"{'a' * 16}.session"
    old.write_bytes(b"")
    aged(old, DAY_S * 2)

    def shut(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", shut)
        tidy(folder)
    assert old.exists()
