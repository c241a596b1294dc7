"""The log of what went wrong: it says where in the code, and nothing that was recorded."""

from __future__ import annotations

import errno
import faulthandler
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hicm_desktop.storage import incidents
from hicm_desktop.storage.incidents import Fault, Incidents, fault_of, without_values

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "943 476 5919"
NOTE = f"Mrs Bloggs of Elm Road, {NUMBER}"


@pytest.fixture
def log(tmp_path: Path) -> Incidents:
    return Incidents(tmp_path / "profile" / "log", "HICM Workshop 0.1, Qt 6.11")


def caught(note: str = NOTE) -> Exception:
    """Give an exception that has a note in its message, its notes, its values and its cause."""
    known: dict[str, str] = {}

    def take() -> None:
        try:
            known[note]
        except KeyError as error:
            raise ValueError(f"cannot take {note!r}") from error

    with pytest.raises(ValueError, match="cannot take") as met:
        take()
    met.value.add_note(note)
    return met.value


def raised(error: BaseException) -> BaseException:
    with pytest.raises(type(error)) as met:
        raise error
    return met.value


class TestAnException:
    def test_is_told_by_its_kind_and_its_places(self, log: Incidents) -> None:
        error = caught()
        words = log.met(error, "on the window’s thread")
        assert log.path.read_text("utf-8") == words
        first, what, kind, _, place, cause, from_where = words.splitlines()[:7]
        assert "HICM Workshop 0.1, Qt 6.11, Python 3." in first
        assert what == "unexpected, on the window’s thread"
        assert kind == "  ValueError"
        trace = error.__traceback__
        assert trace is not None
        assert trace.tb_next is not None
        assert place == f"    {__name__} caught.<locals>.take {trace.tb_next.tb_lineno}"
        assert cause == "  because of KeyError"
        assert f"{__name__} caught" in from_where
        assert " more" not in words

    def test_says_nothing_that_was_recorded(self, log: Incidents) -> None:
        words = log.met(caught(), "here")
        assert not [part for part in ("Bloggs", "Elm", "943", "5919", "cannot") if part in words]

    def test_names_no_user_and_no_folder(self, log: Incidents) -> None:
        words = log.met(raised(FileNotFoundError(errno.ENOENT, "gone", "/home/anna/x")), "a")
        assert "anna" not in words
        assert "/" not in words.split("\n", 1)[1], "no path at all"
        assert "  FileNotFoundError ENOENT\n" in words

    def test_of_the_system_is_told_by_its_name_or_number(self, log: Incidents) -> None:
        assert "  OSError ENOSPC\n" in log.met(raised(OSError(errno.ENOSPC, NOTE)), "a")
        assert "  OSError 99999\n" in log.met(raised(OSError(99999, NOTE)), "a")
        assert "  OSError\n" in log.met(raised(OSError(NOTE)), "a")

    def test_met_while_dealing_with_another_tells_of_both(self, log: Incidents) -> None:
        error = raised(TypeError(NOTE))
        error.__context__ = raised(ValueError(NOTE))
        words = log.met(error, "here")
        assert "  TypeError" in words
        assert "  while dealing with ValueError" in words

    def test_that_hides_another_tells_of_itself(self, log: Incidents) -> None:
        error = raised(TypeError(NOTE))
        error.__context__ = raised(ValueError(NOTE))
        error.__suppress_context__ = True
        assert "ValueError" not in log.met(error, "here")

    def test_in_a_circle_comes_to_an_end(self, log: Incidents) -> None:
        first, second = raised(ValueError()), raised(TypeError())
        first.__context__, second.__context__ = second, first
        words = log.met(first, "here")
        assert words.count("ValueError") == 1

    def test_of_many_is_told_up_to_a_bound(self, log: Incidents) -> None:
        many = ExceptionGroup(NOTE, [ValueError(NOTE) for _ in range(20)])
        words = log.met(raised(many), "here")
        assert words.count("  with ValueError") == 7
        assert "  and 13 more\n" in words

    def test_of_great_depth_leaves_out_the_middle(self, log: Incidents) -> None:
        def deep(left: int) -> None:
            if left == 0:
                raise RecursionError(NOTE)
            deep(left - 1)

        with pytest.raises(RecursionError) as met:
            deep(200)
        words = log.met(met.value, "here")
        assert words.count("\n    ") == 31
        assert "    … 172 more\n" in words

    @pytest.mark.parametrize(("places", "left_out"), [(30, []), (31, ["    … 1 more"])])
    def test_of_thirty_places_is_told_in_full(
        self, log: Incidents, places: int, left_out: list[str]
    ) -> None:
        def deep(left: int) -> None:
            if left == 0:
                raise RecursionError(NOTE)
            deep(left - 1)

        with pytest.raises(RecursionError) as met:
            deep(places - 2)  # this place and the first of `deep` are two
        words = log.met(met.value, "here")
        assert words.count("\n    ") == places
        assert [line for line in words.splitlines() if "…" in line] == left_out

    def test_from_code_without_a_module_is_placed_by_its_file(self, log: Incidents) -> None:
        code = compile("def f():\n  raise ValueError", "/home/anna/HICM/plug.py", "exec")
        names: dict[str, object] = {"__name__": 3}
        exec(code, names)  # noqa: S102 - a module that has no name
        made = names["f"]
        assert callable(made)
        with pytest.raises(ValueError) as met:  # noqa: PT011 - it says nothing
            made()
        words = log.met(met.value, "here")
        assert "    HICM_plug.py f 2\n" in words
        assert "anna" not in words

    def test_of_a_kind_of_ours_is_told_with_its_home_and_no_more(self, log: Incidents) -> None:
        kind = type(f"Odd\n{NOTE}", (Exception,), {"__module__": "plug in"})
        words = log.met(raised(kind()), "here")
        assert "  plug_in.Odd_Mrs_Bloggs" in words, "one line: names are the program's own"

    def test_that_has_been_nowhere_has_no_place(self) -> None:
        assert fault_of(ValueError()) == Fault("ValueError", "")

    def test_is_the_same_from_the_same_line_whatever_it_says(self) -> None:
        assert fault_of(caught("one")) == fault_of(caught("two"))
        assert fault_of(caught()) != fault_of(raised(ValueError()))


class TestAgainAndAgain:
    def test_the_same_is_written_a_few_times_and_then_now_and_then(self, log: Incidents) -> None:
        written = [log.met(caught(), "here") != "" for _ in range(250)]
        assert [n for n, was in enumerate(written, 1) if was] == [*range(1, 21), 100, 200]
        told = log.path.read_text("utf-8")
        assert told.count(" time\n") == 2
        assert "  for the 200th time\n" in told

    def test_qt_is_not_listened_to_for_ever(self, log: Incidents) -> None:
        said = [bool(log.message("warning", "qt", f"{chr(97 + i % 26)}{i}")) for i in range(600)]
        assert sum(said) == 500

    def test_a_full_log_is_put_aside_once(
        self, log: Incidents, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(incidents, "LIMIT_BYTES", 2_000)
        last = ""
        for _ in range(20):
            last = log.met(caught(), "here") or last
        aside = log.path.with_name("incidents.log.1")
        assert {p.name for p in log.path.parent.iterdir()} == {"incidents.log", aside.name}
        assert log.path.read_text("utf-8").endswith(last)
        for part in (log.path, aside):
            assert 0 < part.stat().st_size <= 2_000
            assert part.read_text("utf-8").startswith("2"), "no entry is cut in two"

    def test_a_log_may_be_full_to_the_last_byte(self, log: Incidents) -> None:
        size = len(log.met(caught(), "here").encode())
        room = 256 * 1024 - size
        for there, left in ((room, 256 * 1024), (room + 1, size)):
            log.path.write_bytes(b"-" * there)
            assert log.met(caught(), "here")
            assert log.path.stat().st_size == left

    def test_many_threads_do_not_run_together(self, log: Incidents) -> None:
        threads = [threading.Thread(target=lambda: log.met(caught(), "here")) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        entries = log.path.read_text("utf-8").split("\n\n")[:-1]
        assert len(entries) == 16
        assert len({entry.split("\n", 1)[1] for entry in entries}) == 1


class TestAMessageOfQt:
    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("QBackingStore::endPaint() called with active painter",) * 2,
            ('QObject::connect: no "Mrs Bloggs" here', "QObject::connect: no …"),
            ("It’s ‘a note’ and “another”", "It’s …"),
            ("It doesn't take 'a note'", "It doesn't take …"),
            ("left open: 'a note, and more", "left open: …"),
            ("«a note» `more`", "…"),
            ('cut: "Mrs Bloggs', "cut: …"),
            (f"number {NUMBER}!", "number …!"),
            ("943-476-5919 or 9434765919", "… or …"),
            ("943_476_5919 and 12345", "… and 12345"),
            ("QFile: /home/anna/My notes.hicm", "QFile: …"),
            ("no C:\\Users\\anna\\My notes.hicm", "no …"),
            ("no \\\\server\\anna\\notes", "no …"),
            ("~/notes and more", "…"),
            ("and/or", "and/or"),
            ("two\nlines", "two lines"),
        ],
    )
    def test_is_kept_up_to_what_it_quotes(self, said: str, kept: str) -> None:
        assert without_values(said) == kept

    def test_is_kept_to_its_first_two_hundred_characters(self) -> None:
        assert without_values("word " * 1000) == ("word " * 1000)[:200]
        assert without_values(" " * 800 + "and nothing far behind is looked at") == ""

    @settings(deadline=None)
    @given(st.text(), st.text(alphabet=st.characters(exclude_characters='"')), st.text())
    def test_never_holds_what_stood_in_quotes(self, before: str, note: str, after: str) -> None:
        marked = f"¤{note}¤"
        said = f'{before.replace("¤", "")}"{marked}"{after}'
        assert "¤" not in without_values(said)

    def test_is_written_with_its_kind_and_its_place(self, log: Incidents) -> None:
        words = log.message("warning", "qt.qpa", "Something", "QWidget::show() 12")
        assert "Qt warning, qt.qpa: Something (QWidget__show___12)\n" in words
        assert log.path.read_text("utf-8") == words
        assert log.message("warning", "qt", "Else").endswith("Qt warning, qt: Else\n\n")


class TestTheLogItself:
    def test_never_raises(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "file").write_text("no folder")
        log = Incidents(tmp_path / "file", "")
        assert log.met(caught(), "here") == ""
        assert log.message("warning", "qt", "Something") == ""
        log.watch_crashes()
        log.end_watch()

    def test_is_for_its_user_alone(self, log: Incidents) -> None:
        log.met(caught(), "here")
        if sys.platform != "win32":
            assert log.path.stat().st_mode & 0o077 == 0

    def test_is_shut_after_each_entry(self, log: Incidents) -> None:
        def next_handle() -> int:
            handle = os.open(os.devnull, os.O_RDONLY)
            os.close(handle)
            return handle

        before = next_handle()
        log.met(caught(), "here")
        assert next_handle() == before

    def test_takes_odd_characters(self, log: Incidents) -> None:
        log.message("warning", "qt", "half a \ud83d pair")
        assert "half a \\ud83d pair" in log.path.read_text("utf-8")


@pytest.fixture
def unwatched() -> Iterator[None]:
    """Have nobody watch for crashes meanwhile; pytest does."""
    watched = faulthandler.is_enabled()
    faulthandler.disable()
    yield
    if watched:
        faulthandler.enable(sys.__stderr__ or 2)


class TestACrash:
    def test_is_told_by_the_next_run_without_folders(self, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path\n"
            "from hicm_desktop.storage.incidents import Incidents\n"
            "Incidents(Path(sys.argv[1]), '').watch_crashes()\n"
            "import faulthandler; faulthandler._sigabrt()\n"
        )
        command = [sys.executable, "-P", "-c", code, str(tmp_path)]
        ended = subprocess.run(command, env={"PYTHONPATH": str(ROOT)}, check=False)
        assert ended.returncode != 0
        with (tmp_path / "crash.log").open("a") as file:
            file.write('  File "/home/anna/hicm/ui/tabs.py", line 3\n')
        log = Incidents(tmp_path, "")
        log.watch_crashes()
        log.end_watch()
        words = log.path.read_text("utf-8")
        assert "an earlier run ended without a word\nFatal Python error: Aborted\n" in words
        assert "  File ui/tabs.py, line 3\n" in words
        assert "anna" not in words
        assert (tmp_path / "crash.log").stat().st_size == 0

    def test_is_told_whatever_was_left_up_to_a_bound(self, log: Incidents) -> None:
        log.path.parent.mkdir(parents=True)
        (log.path.parent / "crash.log").write_bytes(b"\xff" + b"-" * (64 * 1024 - 1) + b"late")
        log.watch_crashes()
        log.end_watch()
        assert log.path.read_text("utf-8").endswith("---\n\n")

    def test_that_cannot_be_watched_to_the_end_is_let_be(
        self, log: Incidents, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(faulthandler, "is_enabled", lambda: False)
            patch.setattr(faulthandler, "enable", lambda _: None)
            patch.setattr(faulthandler, "disable", fail)
            log.watch_crashes()
            log.end_watch()
            patch.setattr(faulthandler, "disable", lambda: None)
            log.end_watch()

    @pytest.mark.usefixtures("unwatched")
    def test_is_watched_for_until_the_end(self, log: Incidents) -> None:
        log.watch_crashes()
        assert faulthandler.is_enabled()
        log.end_watch()
        assert not faulthandler.is_enabled()
        log.end_watch()
        log.watch_crashes()
        log.end_watch()
        assert not log.path.exists(), "nothing has happened"

    def test_is_left_to_whoever_watches_already(self, log: Incidents) -> None:
        assert faulthandler.is_enabled(), "pytest watches"
        log.watch_crashes()
        log.end_watch()
        assert faulthandler.is_enabled()
        assert not log.path.parent.exists()
