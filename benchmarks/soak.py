"""A soak: thousands of random things done to the real window, and what they leave behind.

    .venv/bin/python benchmarks/soak.py [EVENTS [SEED]]

Keys, clicks, typing, menus, dialogs answered at random, sizes, themes, searches, exports, another
workshop now and then: through the real `main()` and its event loop, over copies of the sample in a
profile of their own. It counts what Qt warns of, what Python raises or warns of, and how the memory
grows after the first 2,000 events; then it reads the file back and compares it with the workshop
in the window. Without a display the window is drawn offscreen. Exits with 1 where a promise is
missed. The file dialogs, which are the system's, are answered in place; nothing is opened outside.

Memory is what the process holds (RSS) once garbage is collected and the C library has given back
what it keeps for later (malloc_trim); the figure without that is printed beside it. It is taken
with the window as large as at first, at the usual size of text, on the same tab, with the sample
just opened: pictures of a larger window, a longer record and steps to undo are no leak.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from unittest.mock import patch

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import (
    QMessageLogContext,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QAction, QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from hicm_desktop.cli import main
from hicm_desktop.document.document import Document
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec, files
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow

EVENTS = 20_000
SETTLED = 2_000
MOST_MIB = 10.0
SETTLE_MS = 500
TYPED = (
    "Agreed with the acute trust ",
    "Wer hält nach? ",
    "=1+1 <b>bold</b> & more ",
    "العربية 🏥 ",
    "two wards, 38% within 48 h\n",
)
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton

PLAIN_KEYS = (
    *(Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5),
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Up, Key.Key_Down),
    *(Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown),
    *(Key.Key_N, Key.Key_C, Key.Key_T, Key.Key_M, Key.Key_E, Key.Key_L, Key.Key_D),
    *(Key.Key_G, Key.Key_W, Key.Key_P, Key.Key_X, Key.Key_U, Key.Key_Plus, Key.Key_Minus),
    *(Key.Key_H, Key.Key_R, Key.Key_A, Key.Key_K, Key.Key_B, Key.Key_F, Key.Key_V),
    *(Key.Key_Tab, Key.Key_Tab, Key.Key_Return, Key.Key_Space, Key.Key_Escape),
    *(Key.Key_Backspace, Key.Key_Delete, Key.Key_F1, Key.Key_F2, Key.Key_F8, Key.Key_F9),
)
CTRL_KEYS = (
    *(Key.Key_1, Key.Key_2, Key.Key_4, Key.Key_5, Key.Key_7, Key.Key_9, Key.Key_0),
    *(Key.Key_Z, Key.Key_Y, Key.Key_F, Key.Key_S, Key.Key_D, Key.Key_Return, Key.Key_Tab),
    *(Key.Key_A, Key.Key_C, Key.Key_X, Key.Key_V, Key.Key_Home),
)
SIZES = ((1366, 768), (1024, 768), (1920, 1080), (640, 480), (1280, 720))
NOT_ALONE = frozenset({Command.QUIT, Command.NEW, Command.SAMPLE})
"""Commands left to themselves: the end of it all, and those that open another workshop."""

COSTLY = frozenset({Command.LARGER, Command.SMALLER, Command.NORMAL})
"""What lays everything out anew and takes a second: seldom asked for in a workshop, and here."""


class User:
    """Does one random thing at a time to whatever is in front, and counts them."""

    def __init__(
        self, window: MainWindow, dice: random.Random, files: Sequence[Path], folder: Path
    ) -> None:
        self.window = window
        self.events = 0
        self.done: Counter[str] = Counter()
        self._dice = dice
        self._files = files
        self._folder = folder
        self._menus = {c: a for c, a in window.menus.actions.items() if c not in NOT_ALONE}
        patch.object(QDesktopServices, "openUrl", return_value=True).start()
        dialogs.choose_open = lambda *_: self._file()
        dialogs.choose_save = lambda _w, title, start, *_: self._named(title, start)
        dialogs.choose_folder = lambda *_: self._folder

    def act(self) -> None:
        """Do one thing."""
        self.events += 1
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            self._count("menu", lambda: self._in_menu(popup))
        elif popup is not None:
            self._count("popup", lambda: self._in_popup(popup))
        elif modal is not None:
            self._count("dialog", lambda: self._in_dialog(modal))
        else:
            name, what = self._dice.choices(self._CHOICES, self._WEIGHTS)[0]
            self._count(name, lambda: what(self))

    def in_front(self) -> QWidget | None:
        """Give what is open over the window."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()

    def clear(self) -> bool:
        """Close what is in front of the window; tells whether nothing is."""
        front = self.in_front()
        if isinstance(front, QDialog):
            front.done(0)  # without a question whether what was typed in it is to be kept
        elif front is not None:
            front.close()
        return front is None

    def start_over(self, file: Path) -> None:
        """Bring the window to its first state, with a file that nobody has written in."""
        self.window.showNormal()
        self.window.resize(*SIZES[0])
        self.window.menus.actions[Command.NORMAL].trigger()
        self.window.files.open_path(file)
        self.window.console.go_to_tab(1)

    def _count(self, name: str, what: Callable[[], object]) -> None:
        self.done[name] += 1
        what()

    def _file(self) -> Path | None:
        return self._dice.choice([*self._files, None])

    def _named(self, title: str, start: Path) -> Path | None:
        """Name one of a few files, so that they do not become many; or think better of it."""
        if self._dice.random() < 0.3:
            return None
        if start.suffix != ".hicm":
            return self._folder / f"export{start.suffix}"
        if title.startswith("Rename"):  # those that are opened by name stay what they are called
            return None if start in self._files else start.with_stem("renamed")
        return self._folder / "a copy.hicm"

    def _target(self, within: QWidget | None = None) -> QWidget:
        """Give where the keyboard is."""
        focus = QApplication.focusWidget()
        return focus or within or self.window

    def _key(self, within: QWidget | None = None) -> None:
        dice = self._dice.random()
        if dice < 0.75:
            held = SHIFT if self._dice.random() < 0.15 else NONE
            QTest.keyClick(self._target(within), self._dice.choice(PLAIN_KEYS), held)
        else:
            QTest.keyClick(self._target(within), self._dice.choice(CTRL_KEYS), CTRL)

    def _type(self, within: QWidget | None = None) -> None:
        target = self._target(within)
        if isinstance(target, QLineEdit | QTextEdit):
            text = self._dice.choice(TYPED)
            for letter in text[: self._dice.randint(1, len(text))]:
                if letter == "\n":
                    QTest.keyClick(target, Key.Key_Return)
                elif letter.isascii():
                    QTest.keyClicks(target, letter)
                else:
                    _insert(target, letter)
        else:
            self._key(within)

    def _click(self, within: QWidget | None = None) -> None:
        """Click somewhere, as often on a button as anywhere else, and now and then twice.

        It is the window that is clicked: to ask for each widget would make objects of Python's for
        what Qt made for itself, and those outlive it.
        """
        home = within or self.window
        handle = home.windowHandle()
        where = self._button(home) if self._dice.random() < 0.5 else None
        if where is None:
            across, down = self._dice.randrange(home.width()), self._dice.randrange(home.height())
            where = QPoint(across, down)
        if self._dice.random() < 0.1:
            QTest.mouseDClick(handle, LEFT, NONE, where)
        else:
            QTest.mouseClick(handle, LEFT, NONE, where)

    def _button(self, home: QWidget) -> QPoint | None:
        """Give a place on a button that can be seen."""
        rare = (Command.LARGER.plain, Command.SMALLER.plain)
        seen = [b for b in home.findChildren(QAbstractButton) if _in_view(b) and b.window() is home]
        if not seen:
            return None
        weights = [0.1 if b.accessibleName() in rare else 1 for b in seen]
        button = self._dice.choices(seen, weights)[0]
        return button.mapTo(home, button.visibleRegion().boundingRect().center())

    def _wheel(self) -> None:
        middle = self.window.rect().center()
        where = QPointF(middle + QPoint(self._dice.randint(-300, 300), 0))
        turn = QPoint(0, self._dice.choice([-360, -120, 120, 360]))
        widget = self.window.childAt(where.toPoint()) or self.window
        local = QPointF(widget.mapFrom(self.window, where.toPoint()))
        event = QWheelEvent(
            local,
            self.window.mapToGlobal(where),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's signature
        )
        QApplication.sendEvent(widget, event)

    def _command(self) -> None:
        commands = [c for c, a in self._menus.items() if a.isEnabled()]
        weights = [0.2 if c in COSTLY else 1 for c in commands]
        command = self._dice.choices(commands, weights)[0]
        self.done[f"command {command.name.lower()}"] += 1
        self._menus[command].trigger()

    def _menu(self) -> None:
        menu = self._dice.choice(list(self.window.menus.by_name.values()))
        menu.popup(self.window.mapToGlobal(QPoint(40, 60)))

    def _undo(self) -> None:
        command = self._dice.choice([Command.UNDO, Command.UNDO, Command.REDO])
        self.window.menus.actions[command].trigger()

    def _resize(self) -> None:
        self.window.showNormal()
        self.window.resize(*self._dice.choice(SIZES))

    def _tab(self) -> None:
        self.window.console.go_to_tab(self._dice.randrange(self.window.console.tabs.count()))

    def _search(self) -> None:
        self.window.show_search()

    def _another(self) -> None:
        """Open another workshop, or now and then a new one or the sample."""
        dice = self._dice.random()
        if dice < 0.1:
            self.window.menus.actions[Command.NEW].trigger()
        elif dice < 0.2:
            self.window.menus.actions[Command.SAMPLE].trigger()
        else:
            self.window.files.open_path(self._dice.choice(self._files))

    def _context(self) -> None:
        """Ask a text field for its menu."""
        target = self._target()
        if isinstance(target, QLineEdit | QTextEdit):
            QTest.mouseClick(target, Qt.MouseButton.RightButton)

    def _in_menu(self, menu: QMenu) -> None:
        """Choose something in a menu that is open, or close it."""
        quits = self.window.menus.actions[Command.QUIT]
        choices: list[QAction] = [
            a for a in menu.actions() if a.isEnabled() and not a.isSeparator() and a is not quits
        ]
        if not choices or self._dice.random() < 0.4:
            QTest.keyClick(menu, Key.Key_Escape)
        else:
            action = self._dice.choice(choices)
            place = menu.actionGeometry(action).center()
            QTest.mouseClick(menu, LEFT, NONE, place)

    def _in_popup(self, popup: QWidget) -> None:
        key = self._dice.choice([Key.Key_Down, Key.Key_Up, Key.Key_Return, Key.Key_Escape])
        QTest.keyClick(QApplication.focusWidget() or popup, key)

    def _in_dialog(self, dialog: QWidget) -> None:
        """Answer a message; do random things in another dialog, and close it at last."""
        dice = self._dice.random()
        if isinstance(dialog, QMessageBox):
            buttons: list[QAbstractButton] = dialog.buttons()
            if buttons and dice < 0.8:
                QTest.mouseClick(self._dice.choice(buttons), LEFT)
            else:
                QTest.keyClick(dialog, Key.Key_Escape)
        elif dice < 0.12 and isinstance(dialog, QDialog):
            dialog.accept() if dice < 0.06 else dialog.reject()
        elif dice < 0.5:
            self._click(dialog)
        elif dice < 0.8:
            self._type(dialog)
        else:
            self._key(dialog)

    _CHOICES = (
        ("key", _key),
        ("type", _type),
        ("click", _click),
        ("wheel", _wheel),
        ("command", _command),
        ("menu", _menu),
        ("undo", _undo),
        ("resize", _resize),
        ("tab", _tab),
        ("search", _search),
        ("another workshop", _another),
        ("context menu", _context),
    )
    _WEIGHTS = (30, 14, 30, 4, 5, 3, 4, 1, 4, 1.5, 0.7, 0.5)


def _in_view(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()


def _insert(target: QLineEdit | QTextEdit, letter: str) -> None:
    """Type what is on no key, as an input method would."""
    if isinstance(target, QLineEdit):
        target.insert(letter)
    elif not target.isReadOnly():
        target.insertPlainText(letter)


class Held(msgspec.Struct, frozen=True):
    """The memory held after so many events, in MiB: as it was, and with what is free given back."""

    events: int
    raw: float
    trimmed: float


def held(events: int) -> Held:
    """Measure the memory that is held now."""
    raw = _resident_mib()
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return Held(events, raw, _resident_mib())


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


class Faults:
    """Counts what should not have happened, and says each the first time."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def watch(self) -> None:
        """Hear of everything; the program hands on what it hears of first."""
        sys.excepthook = self._raised
        sys.unraisablehook = lambda u: self.add(f"unraisable {u.exc_value!r} in {u.object!r}")
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, kind, *_: self.add(f"{kind.__name__}: {message}")
        qInstallMessageHandler(self._said)

    def add(self, what: str) -> None:
        """Count a fault."""
        self.counts[what] += 1
        if self.counts[what] == 1:
            print(f"  ! {what}", file=sys.stderr, flush=True)

    def _raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_qualname} {trace.tb_lineno}" if trace else "nowhere"
        self.add(f"{kind.__name__} in {where}: {error}")

    def _said(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        quiet = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not quiet and not text.startswith("This plugin does not support "):
            self.add(f"Qt: {text}")


class Soak:
    """One run, from the start of the program to its end."""

    def __init__(self, events: int, seed: int, folder: Path) -> None:
        self._events = events
        self._folder = folder
        self._dice = random.Random(seed)
        self._files = [folder / f"Northbridge {i}.hicm" for i in range(3)]
        self._user: User | None = None
        self._held: list[Held] = []
        self._kept: list[bool] = []
        self._began = time.perf_counter()

    def run(self) -> bool:
        """Run the program, and tell whether every promise was kept."""
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
            os.environ[name] = str(self._folder / name)
        for file in self._files:
            if main(["sample", str(file)]) != 0:
                raise RuntimeError("the sample could not be written")
        faults = Faults()
        faults.watch()
        QTimer.singleShot(0, self._start)
        code = main([str(self._files[0])])
        gc.collect()
        qInstallMessageHandler(None)
        return self._report(faults.counts, code)

    def _start(self) -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        self._user = User(windows[0], self._dice, self._files, self._folder)
        self._step(self._user)

    def _step(self, user: User) -> None:
        """Do one thing. The next is on its way before it: this one may open a dialog and stay."""
        due = user.events in (SETTLED, self._events) or user.events % 2_000 == 0
        if due and all(h.events != user.events for h in self._held):
            self._compare(user)
        elif user.events >= self._events:
            self._end(user)
        else:
            QTimer.singleShot(1, lambda: self._step(user))
            user.act()

    def _compare(self, user: User) -> None:
        """Bring the window to where it was before, and measure; only like compares with like."""
        if user.clear():
            self._check(user)
            file = self._folder / f"Sample {user.events}.hicm"
            shutil.copy(resources_dir() / "sample.hicm", file)
            user.start_over(file)
            QTimer.singleShot(SETTLE_MS, lambda: self._measure(user))
        else:
            QTimer.singleShot(20, lambda: self._compare(user))

    def _check(self, user: User) -> None:
        """See whether the file holds what is in the window."""
        user.window.console.finish_editing()
        user.window.document.flush()
        self._kept.append(_in_file(user.window.document))

    def _measure(self, user: User) -> None:
        if user.clear():
            self._held.append(held(user.events))
            took, now = time.perf_counter() - self._began, self._held[-1].trimmed
            print(f"{user.events:7} events {took:6.0f} s  {now:7.1f} MiB", flush=True)
            self._step(user)
        else:  # an export was ready meanwhile
            QTimer.singleShot(20, lambda: self._measure(user))

    def _end(self, user: User) -> None:
        """Close the window, and what may come up over it by then."""
        if user.clear():
            self._check(user)
            user.window.close()
        if user.window.isVisible():
            QTimer.singleShot(20, lambda: self._end(user))

    def _report(self, faults: Counter[str], code: int) -> bool:
        first = next((h for h in self._held if h.events >= SETTLED), self._held[0])
        last = self._held[-1]
        grown = last.trimmed - first.trimmed
        if self._user is not None:
            print(", ".join(f"{what} {n}" for what, n in sorted(self._user.done.items())))
        memory = (
            f"memory from event {first.events} to {last.events}: {grown:+.1f} MiB "
            f"({first.trimmed:.1f} to {last.trimmed:.1f}; untrimmed {first.raw:.1f} to "
            f"{last.raw:.1f}), less than {MOST_MIB:g} promised"
        )
        checks = (
            (grown < MOST_MIB, memory),
            (not faults, f"{faults.total()} warnings and exceptions, none promised"),
            (all(self._kept), f"the file held what was in the window, {len(self._kept)} times"),
            (code == 0, f"the program ended with {code}"),
        )
        for met, words in checks:
            print(f"{'met' if met else 'MISSED':7}{words}")
        for what, number in faults.most_common():
            print(f"       {number} × {what}")
        return all(met for met, _ in checks)


def _in_file(document: Document) -> bool:
    """Tell whether the file holds what is in the window; a workshop without a word has none."""
    if not document.path.exists():
        return not document.history.past
    return codec.decode(files.read(document.path), document.model).workshop == document.workshop


def run(arguments: list[str]) -> int:
    """Soak for as many events as asked for; gives 1 where a promise is missed."""
    faulthandler.enable()
    events = int(arguments[0]) if arguments else EVENTS
    seed = int(arguments[1]) if len(arguments) > 1 else 20261121
    if not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "xcb" if os.environ.get("DISPLAY") else "offscreen"
    print(f"{events} events, seed {seed}, screen: {os.environ['QT_QPA_PLATFORM']}")
    with tempfile.TemporaryDirectory() as folder:
        return 0 if Soak(events, seed, Path(folder)).run() else 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
