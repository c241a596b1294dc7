"""What goes wrong unforeseen: a copy is kept, the log is written, the user told, and it goes on.

pytest-qt listens to `sys.excepthook` in other tests; here nobody stands between.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QEvent,
    QObject,
    Qt,
    QTimer,
    QTimerEvent,
    Signal,
    qInstallMessageHandler,
    qWarning,
)
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.storage.incidents import Incidents
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.unexpected import Unexpected
from tests.modal import meet

pytestmark = pytest.mark.qt_no_exception_capture

NOTE = "Mrs Bloggs, 943 476 5919"
RECORDED = b"everything recorded"


class Asked(QObject):
    """Something that can be asked, as a button is."""

    asked = Signal()


class Boxes:
    """Reads each message and closes it, as its user would; and counts how many are open at once."""

    def __init__(self, qapp: QApplication) -> None:
        self.words: list[str] = []
        self.most = 0
        self.parents: list[QWidget | None] = []
        self.before_answer: Callable[[], object] = lambda: None
        self.choose = "Go on"
        self._look = QTimer(qapp, interval=10)
        self._look.timeout.connect(self._answer)
        self._look.start()

    def stop(self) -> None:
        self._look.stop()
        self._look.deleteLater()

    def _answer(self) -> None:
        boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
        boxes = [box for box in boxes if box.isVisible()]
        self.most = max(self.most, len(boxes))
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.words.append(f"{box.text()}\n{box.informativeText()}")
            self.parents.append(box.parentWidget())
            before, self.before_answer = self.before_answer, lambda: None
            before()
            wanted = [b for b in box.buttons() if b.text() == self.choose]
            (wanted or box.buttons())[0].click()


@pytest.fixture
def boxes(qapp: QApplication) -> Iterator[Boxes]:
    boxes = Boxes(qapp)
    yield boxes
    boxes.stop()


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Python's own hooks in place, as the program finds them; pytest has its own."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)


@pytest.fixture
def log(tmp_path: Path) -> Incidents:
    return Incidents(tmp_path / "profile" / "log", "HICM Workshop")


class Recorder:
    """Keeps copies as the open document does: really, in a folder of the profile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copies: list[Path] = []

    def snapshot(self) -> Path | None:
        path = self.folder / f"copy {len(self.copies)}" / "Northbridge.hicm"
        path.parent.mkdir(parents=True)
        files.write(path, RECORDED, None)
        self.copies.append(path)
        return path


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return Recorder(tmp_path / "profile" / "recovery")


@pytest.fixture
def watch(
    qtbot: QtBot, log: Incidents, recorder: Recorder, boxes: Boxes, tmp_path: Path
) -> Iterator[Unexpected]:
    assert not boxes.words
    window = QWidget()
    qtbot.addWidget(window)
    with Unexpected(log) as watch:
        watch.keep(window, recorder.snapshot, lambda: tmp_path / "Northbridge.hicm")
        yield watch


def fail() -> None:
    raise ValueError(NOTE)


def fail_otherwise() -> None:
    raise KeyError(NOTE)


def later(what: Callable[[], object]) -> None:
    QTimer.singleShot(0, what)


def written(log: Incidents) -> str:
    return log.path.read_text("utf-8") if log.path.exists() else ""


class TestAFault:
    def test_in_a_slot_is_kept_logged_and_told_and_it_goes_on(
        self,
        watch: Unexpected,
        boxes: Boxes,
        log: Incidents,
        recorder: Recorder,
        qtbot: QtBot,
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        asked = Asked()
        asked.asked.connect(fail)
        asked.asked.emit()
        assert [copy.read_bytes() for copy in recorder.copies] == [RECORDED], "before anything else"
        assert "ValueError" in written(log)
        qtbot.waitUntil(lambda: bool(boxes.words))
        words = boxes.words[0]
        assert "Something in this program went wrong." in words
        assert f"Everything recorded is in {tmp_path / 'Northbridge.hicm'}." in words
        assert f"A copy of everything recorded is in {recorder.copies[0].parent}." in words
        assert "You can go on." in words
        assert str(log.path) in words
        later_on: list[int] = []
        later(lambda: later_on.append(1))
        qtbot.waitUntil(lambda: bool(later_on))
        said = written(log) + words + capfd.readouterr().err
        assert "Bloggs" not in said
        assert "5919" not in said

    @pytest.mark.parametrize("how", ["key", "paint", "close"])
    def test_in_what_qt_calls_of_ours_is_answered(
        self, how: str, watch: Unexpected, boxes: Boxes, log: Incidents, qtbot: QtBot
    ) -> None:
        class Faulty(QWidget):
            paints = 0

            def keyPressEvent(self, event: QKeyEvent) -> None:
                if how == "key":
                    fail()

            def paintEvent(self, event: QPaintEvent) -> None:
                self.paints += 1
                painter = QPainter(self)
                painter.end()
                if how == "paint":
                    fail()

            def closeEvent(self, event: QCloseEvent) -> None:
                if how == "close":
                    event.ignore()
                    fail()

        widget = Faulty()
        widget.resize(80, 60)
        later(widget.show)
        qtbot.waitUntil(lambda: widget.paints > 0)
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
        QApplication.postEvent(widget, key)
        later(widget.close)
        qtbot.waitUntil(lambda: bool(boxes.words))
        how = "over"
        for _ in range(3):
            widget.update()
            QTest.qWait(20)
        assert boxes.most == 1
        assert "ValueError" in written(log)
        assert widget.paints > 1, "it goes on"
        widget.close()
        widget.deleteLater()

    def test_in_a_virtual_method_is_answered(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, qtbot: QtBot
    ) -> None:
        class Faulty(QObject):
            def timerEvent(self, event: QTimerEvent) -> None:
                self.killTimer(event.timerId())
                fail()

        faulty = Faulty()
        faulty.startTimer(1)
        qtbot.waitUntil(lambda: bool(boxes.words))
        assert "Faulty.timerEvent" in written(log)

    def test_on_another_thread_is_told_on_the_windows(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, recorder: Recorder, qtbot: QtBot
    ) -> None:
        kept_on: list[int] = []
        snapshot = recorder.snapshot

        def keep() -> Path | None:
            kept_on.append(threading.get_ident())
            return snapshot()

        watch.keep(QWidget(), keep, lambda: None)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        assert "unexpected, on another thread" in written(log), "logged at once"
        assert not recorder.copies, "no copy is made on that thread"
        qtbot.waitUntil(lambda: bool(boxes.words))
        assert kept_on == [threading.get_ident()]

    def test_where_it_cannot_be_raised_is_answered(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, qtbot: QtBot
    ) -> None:
        class Faulty:
            def __del__(self) -> None:
                fail()

        Faulty()
        gc.collect()
        qtbot.waitUntil(lambda: bool(boxes.words))
        assert "unexpected, where it could not be raised" in written(log)


class TestTelling:
    def test_the_same_fault_is_told_once_and_logged_each_time(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, recorder: Recorder, qtbot: QtBot
    ) -> None:
        for _ in range(3):
            later(fail)
            QTest.qWait(60)
        assert len(boxes.words) == 1
        assert written(log).count("  ValueError\n") == 3
        assert len(recorder.copies) == 1, "a fault at every paint must not fill the disk"
        later(fail_otherwise)
        qtbot.waitUntil(lambda: len(boxes.words) == 2)
        assert len(recorder.copies) == 2

    def test_a_fault_that_comes_again_much_later_has_another_copy(
        self, log: Incidents, boxes: Boxes, recorder: Recorder, qtbot: QtBot
    ) -> None:
        now = [0.0]
        with Unexpected(log, lambda: now[0]) as watch:
            watch.keep(QWidget(), recorder.snapshot, lambda: None)
            for seconds in (0.0, 59.0, 61.0):
                now[0] = seconds
                later(fail)
                QTest.qWait(60)
        assert len(recorder.copies) == 2
        assert len(boxes.words) == 1

    def test_never_two_messages_at_once(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, qtbot: QtBot
    ) -> None:
        def meanwhile() -> None:
            later(fail_otherwise)
            QTest.qWait(50)

        boxes.before_answer = meanwhile
        later(fail)
        qtbot.waitUntil(lambda: bool(boxes.words))
        QTest.qWait(60)
        assert boxes.most == 1
        assert len(boxes.words) == 1, "what came meanwhile was told with it"
        assert "KeyError" in written(log)

    def test_over_a_dialog_that_is_open(
        self, watch: Unexpected, boxes: Boxes, qtbot: QtBot
    ) -> None:
        dialog = QDialog()
        qtbot.addWidget(dialog)
        later(fail)
        QTimer.singleShot(300, dialog.accept)
        assert dialog.exec() == QDialog.DialogCode.Accepted, "the dialog goes on"
        assert boxes.parents == [dialog]

    def test_over_a_menu_that_is_open(self, watch: Unexpected, boxes: Boxes, qtbot: QtBot) -> None:
        menu = QMenu()
        qtbot.addWidget(menu)
        menu.addAction("Undo")
        menu.popup(menu.pos())
        later(fail)
        qtbot.waitUntil(lambda: bool(boxes.words))
        assert not menu.isVisible()

    def test_the_folder_is_copied_where_it_cannot_be_shown(
        self,
        watch: Unexpected,
        boxes: Boxes,
        recorder: Recorder,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
        boxes.choose = "Show the folder"
        later(fail)
        qtbot.waitUntil(lambda: len(boxes.words) == 2)
        assert QGuiApplication.clipboard().text() == str(recorder.copies[0].parent)

    def test_enter_and_escape_go_on(self, qtbot: QtBot, tmp_path: Path) -> None:
        seen: list[tuple[QAbstractButton | None, QAbstractButton | None, list[str]]] = []

        def look(box: QMessageBox) -> None:
            names = [button.text() for button in box.buttons()]
            seen.append((box.defaultButton(), box.escapeButton(), names))
            assert box.escapeButton().text() == box.defaultButton().text() == "Go on"
            box.reject()

        dealt = meet(QMessageBox, look)
        dialogs.unexpected(None, None, None, tmp_path / "log", ended=False)
        dealt()
        assert sorted(seen[0][2]) == ["Go on", "Show the folder"]


class TestWhatCannotBeKept:
    def test_is_said(self, watch: Unexpected, boxes: Boxes, qtbot: QtBot) -> None:
        watch.keep(QWidget(), lambda: None, lambda: None)
        later(fail)
        qtbot.waitUntil(lambda: bool(boxes.words))
        assert "No copy of what is recorded could be made just now." in boxes.words[0]

    def test_for_a_second_fault_is_said_and_logged(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, qtbot: QtBot
    ) -> None:
        def snapshot() -> Path | None:
            raise FileError(NOTE)

        watch.keep(QWidget(), snapshot, lambda: None)
        later(fail)
        qtbot.waitUntil(lambda: bool(boxes.words))
        assert "No copy of what is recorded could be made just now." in boxes.words[0]
        assert "unexpected, while a copy was kept\n  hicm_desktop.errors.FileError" in written(log)

    def test_a_fault_within_the_answer_is_logged_and_no_more(
        self, watch: Unexpected, boxes: Boxes, log: Incidents, qtbot: QtBot
    ) -> None:
        asked = Asked()
        asked.asked.connect(fail_otherwise)
        times: list[int] = []

        def snapshot() -> Path | None:
            times.append(1)
            asked.asked.emit()
            return None

        watch.keep(QWidget(), snapshot, lambda: None)
        later(fail)
        qtbot.waitUntil(lambda: bool(boxes.words))
        QTest.qWait(60)
        assert len(times) == len(boxes.words) == 1
        assert "KeyError" in written(log)

    def test_a_message_that_cannot_be_shown_is_logged(
        self, watch: Unexpected, log: Incidents, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError(NOTE)

        monkeypatch.setattr(dialogs, "unexpected", broken)
        later(fail)
        qtbot.waitUntil(lambda: "while it was told" in written(log))


class TestTheCourseOfTheProgram:
    def test_a_fault_at_the_start_is_told_and_ends_it(self, log: Incidents, boxes: Boxes) -> None:
        with Unexpected(log) as watch:
            fail()
        assert watch.ended
        assert "ValueError" in written(log)
        assert "The program has to close. Please start it again." in boxes.words[0]

    def test_a_fault_that_nobody_was_told_of_is_told_at_the_end(
        self, log: Incidents, boxes: Boxes
    ) -> None:
        with Unexpected(log) as watch:
            asked = Asked()
            asked.asked.connect(fail)
            asked.asked.emit()
            assert not boxes.words
        assert not watch.ended
        assert len(boxes.words) == 1

    def test_so_is_one_on_another_thread(
        self, log: Incidents, boxes: Boxes, recorder: Recorder
    ) -> None:
        with Unexpected(log) as watch:
            watch.keep(QWidget(), recorder.snapshot, lambda: None)
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
        assert len(boxes.words) == len(recorder.copies) == 1

    def test_a_fault_in_words_for_the_user_is_left_to_others(self, log: Incidents) -> None:
        with pytest.raises(FileError), Unexpected(log):
            raise FileError("The folder is shut.")
        assert written(log) == ""

    @pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
    def test_the_users_wish_to_end_it_goes_the_usual_way(
        self, log: Incidents, end: type[BaseException], boxes: Boxes
    ) -> None:
        with pytest.raises(end), Unexpected(log):
            raise end
        assert written(log) == ""
        assert not boxes.words

    def test_what_is_no_fault_elsewhere_is_none_here(self, log: Incidents, boxes: Boxes) -> None:
        class Ending:
            def __del__(self) -> None:
                raise KeyboardInterrupt

        with Unexpected(log):
            thread = threading.Thread(target=sys.exit)
            thread.start()
            thread.join()
            Ending()
            gc.collect()
        assert written(log) == ""
        assert not boxes.words

    def test_an_interruption_in_a_slot_is_handed_on(
        self, log: Incidents, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[type[BaseException]] = []
        monkeypatch.setattr(sys, "excepthook", lambda kind, *_: heard.append(kind))

        def interrupt() -> None:
            raise KeyboardInterrupt

        with Unexpected(log):
            asked = Asked()
            asked.asked.connect(interrupt)
            asked.asked.emit()
        assert heard == [KeyboardInterrupt]
        assert written(log) == ""

    def test_hooks_of_others_hear_of_it_too(
        self, log: Incidents, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[str] = []
        monkeypatch.setattr(sys, "excepthook", lambda *_: heard.append("raised"))
        monkeypatch.setattr(threading, "excepthook", lambda _: heard.append("thread"))
        monkeypatch.setattr(sys, "unraisablehook", lambda _: heard.append("unraisable"))

        class Faulty:
            def __del__(self) -> None:
                fail()

        with Unexpected(log):
            asked = Asked()
            asked.asked.connect(fail)
            asked.asked.emit()
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
            Faulty()
            gc.collect()
        assert heard == ["raised", "thread", "unraisable"]
        assert written(log).count("unexpected, ") == 3

    def test_everything_is_as_before_afterwards(self, log: Incidents) -> None:
        said: list[str] = []
        before = qInstallMessageHandler(lambda _kind, _context, text: said.append(text))
        try:
            hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
            with Unexpected(log):
                assert sys.excepthook is not hooks[0]
            assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks
            qWarning("after")
            assert said == ["after"]
            assert written(log) == ""
        finally:
            qInstallMessageHandler(before)


class TestWhatQtSays:
    def test_is_logged_and_handed_on(self, log: Incidents) -> None:
        said: list[str] = []
        before = qInstallMessageHandler(lambda _kind, _context, text: said.append(text))
        try:
            with Unexpected(log):
                qWarning(f"No such thing: '{NOTE}'")
        finally:
            qInstallMessageHandler(before)
        assert said == [f"No such thing: '{NOTE}'"]
        assert "Qt warning, default: No such thing: …" in written(log)
        assert "Bloggs" not in written(log)

    def test_is_said_to_the_terminal_as_it_is_logged(
        self, log: Incidents, capfd: pytest.CaptureFixture[str]
    ) -> None:
        before = qInstallMessageHandler(None)
        try:
            with Unexpected(log):
                qWarning(f"No such thing: '{NOTE}'")
        finally:
            qInstallMessageHandler(before)
        assert "No such thing: …" in capfd.readouterr().err

    def test_a_terminal_that_is_gone_does_no_harm(
        self, log: Incidents, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        with Unexpected(log):
            asked = Asked()
            asked.asked.connect(fail)
            asked.asked.emit()
        assert len(boxes.words) == 1
