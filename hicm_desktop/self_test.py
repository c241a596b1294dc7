"""The self-test: the whole job on a workshop of its own, every step told, for a help desk.

For the command line, and for whoever freezes the program or is sent a folder of it. Nothing of the
user's is opened or altered: all of it happens in a temporary folder, but for a trial file in each
folder that the program would write in, which is gone at once.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hicm_desktop import machine, paths
from hicm_desktop.app import build, check_display, own_settings
from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.policy import what_is_set
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.saving import NotSaved, Saved
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import HicmError
from hicm_desktop.model.reader import read_model
from hicm_desktop.opening import qt_application
from hicm_desktop.published import published
from hicm_desktop.storage.incidents import fault_of
from hicm_desktop.ui.bringing_back import read_workbook
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE
from hicm_desktop.ui.export.kinds import Export, write_export
from hicm_desktop.ui.hints import Hint
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.unattended import out_of_sight, settle
from hicm_desktop.workshop.bring_back import compare
from hicm_desktop.workshop.edits import AddAction, RowField, WriteRow
from hicm_desktop.workshop.handouts import Handout
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.room import Picture
from hicm_desktop.workshop.values import Action, Workshop
from hicm_desktop.workshop.words import count

NETWORK = frozenset({"socket", "ssl", "_ssl", "PySide6.QtNetwork"})
"""The modules without which nothing in Python or Qt speaks to a network.

What they are built on is not in the frozen program; from source, a library looks at its type.
"""

_QUESTION_MS = 500
_OFFSCREEN = "This plugin does not support "
"""What Qt says of windows that are drawn in memory alone."""

_COLOURS = 12
"""Fewer than these has no picture with words in it, whose edges are smooth."""

_NOTE = "Written by the self-test: Größe, Łódź, £ 5, ½"

_Steps: TypeAlias = tuple[tuple[str, Callable[[], str]], ...]


class Outcome(msgspec.Struct, frozen=True):
    """What came of one step: what was found, or what was wrong."""

    step: str
    words: str
    is_sound: bool


class Fault(Exception):  # noqa: N818 - read as a sentence where it is caught
    """Something is not as it should be, in words for a help desk."""


def run_self_test(tell: Callable[[str], None], *, on_screen: bool = False) -> bool:
    """Do the whole job and tell of it, a line at a time; gives whether all of it went well.

    Windows are drawn in memory alone unless they are to be seen `on_screen`, where there has to be
    one: raises NoDisplayError.
    """
    if on_screen:
        check_display()
    qt = qt_application() if on_screen else out_of_sight()
    settings = own_settings()
    for fact in machine.facts(settings):
        tell(f"{fact.name:<18}{fact.words}")
    tell("")
    sound = True
    with contextlib.ExitStack() as held:
        strays = held.enter_context(_Strays())
        try:
            temporary = tempfile.TemporaryDirectory(
                prefix="hicm-self-test-", ignore_cleanup_errors=True
            )
            job = _Job(qt, Path(held.enter_context(temporary)), settings)
        except OSError as error:
            tell(f"FAULT  Temporary folder: none can be made: {error.strerror or error}")
            steps: _Steps = ()
            sound = False
        else:
            held.callback(job.end)
            steps = job.steps
        for name, step in steps:
            outcome = _outcome(name, step, strays)
            sound = sound and outcome.is_sound
            tell(f"{'well ' if outcome.is_sound else 'FAULT'}  {outcome.step}: {outcome.words}")
    for words in strays.said:
        tell(f"Qt says: {words}")
    tell("")
    tell("All is well." if sound else "Not all is well. Please show this page to your help desk.")
    tell("This page names folders of this computer, and so perhaps its user.")
    return sound


def _outcome(name: str, step: Callable[[], str], strays: _Strays) -> Outcome:
    """Take a step, and say what came of it. Nothing that goes wrong in it ends the self-test."""
    try:
        words = step()
        strays.raise_first()
    except (Fault, HicmError) as error:
        return Outcome(name, str(error), is_sound=False)
    except Exception as error:  # whatever it is, it is told, and the next step is taken
        fault = fault_of(error)
        return Outcome(name, f"{fault.kind} at {fault.place}: {error}", is_sound=False)
    return Outcome(name, words, is_sound=True)


def _folder(folder: Path) -> str:
    trouble = machine.trouble_with(folder)
    if trouble:
        raise Fault(f"{folder} {trouble}")
    return "can be written"


def _look_at(widget: QWidget) -> None:
    """See that something is drawn: more colours than a ground and a few edges have."""
    image = widget.grab().toImage()
    places = product(range(0, image.width(), 3), range(0, image.height(), 3))
    if len({image.pixel(x, y) for x, y in places}) < _COLOURS:
        raise Fault("nothing is drawn in it")


def _network() -> str:
    loaded = [name for name in NETWORK if sys.modules.get(name) is not None]
    if loaded:
        raise Fault(f"{', '.join(sorted(loaded))} was loaded, which the program has no use for")
    if not paths.is_frozen():
        return "nothing was loaded that could speak to one"
    inside = [name for name in NETWORK if importlib.util.find_spec(name) is not None]
    if inside:
        raise Fault(f"{', '.join(sorted(inside))} is in the program, which has no use for it")
    return "nothing that could speak to one was loaded, nor is in the program"


def _dated(workshop: Workshop) -> Workshop:
    """Give every action a date, that of the workshop."""
    on = workshop.created_at.date()
    dated = (msgspec.structs.replace(action, due_on=on) for action in workshop.actions)
    return msgspec.structs.replace(workshop, actions=tuple(dated))


class _Job:
    """The steps, in the order of a workshop, and what each leaves for those after it."""

    def __init__(self, qt: QApplication, folder: Path, settings: Settings) -> None:
        self._qt = qt
        self._folder = folder
        self._file = folder / "Self-test with räum.hicm"
        self._set = settings.policy
        self._fonts = paths.resources_dir() / "fonts"
        self._profile: Profile | None = None
        self._window: MainWindow | None = None
        self.steps: _Steps = (
            *((f"Folder “{name}”", partial(_folder, at)) for name, at in machine.folders(settings)),
            ("Set by the organisation", self._policy),
            ("Model", self._model),
            ("Window", self._open),
            ("Tabs", self._tabs),
            ("Room view", self._room),
            ("Recording", self._record),
            ("Saving", self._save),
            ("Opening again", self._reopen),
            *((export.words, partial(self._export, export)) for export in Export),
            ("Action plan brought back", self._bring_back),
            *((handout.title, partial(self._handout, handout)) for handout in Handout),
            ("Card of keys", self._keys),
            ("Network", _network),
        )

    def end(self) -> None:
        """Put the window and the file away, without a question about what could not be saved."""
        if self._window is not None:
            self._window.document.close()
            self._window.hide()
            self._window.deleteLater()
            settle()
        if self._profile is not None:
            self._profile.end()

    @property
    def _document(self) -> Document:
        return self._there().document

    def _there(self) -> MainWindow:
        if self._window is None:
            raise Fault("not tried, since the window did not open")
        return self._window

    def _policy(self) -> str:
        if self._set.problem:
            raise Fault(self._set.problem)
        where = "nothing" if self._set.file is None else self._set.file
        return "; ".join((str(where), *what_is_set(self._set)))

    def _model(self) -> str:
        model = read_model(paths.content_dir(self._set.content))
        if published(self._set) != model:
            raise Fault("what was prepared when the program was built says something else")
        rows = [row for _, row in model.rows()]
        descriptors = sum(len(row.descriptors) for row in rows)
        if not rows or descriptors != len(rows) * len(model.levels):
            raise Fault(f"{descriptors} descriptors for {len(rows)} rows")
        return (
            f"{count(len(model.changes), 'change')}, {count(len(rows), 'row')}, "
            f"{count(descriptors, 'descriptor')}"
        )

    def _open(self) -> str:
        # Folders are the self-test's own, whatever is set.
        policy = msgspec.structs.replace(self._set, workshops=None, exports=None)
        settings = Settings(self._folder / "settings.ini", self._folder, policy)
        settings.hints_put_away = frozenset(hint.remembered for hint in Hint)
        self._profile = open_profile(self._folder / "profile")
        window = build(self._qt, settings, None, self._profile).window
        self._window = window
        window.document.go_on_in(self._file)
        window.show()
        settle()
        if not window.isVisible():
            raise Fault("it does not come")
        _look_at(window)
        return f"drawn, {window.width()} × {window.height()}"

    def _tabs(self) -> str:
        console = self._there().console
        for index in range(console.tabs.count()):
            console.go_to_tab(index)
            settle(40)
            if console.tabs.currentIndex() != index:
                raise Fault(f"tab {index + 1} of {console.tabs.count()} does not open")
        return f"{count(console.tabs.count(), 'tab')} opened"

    def _room(self) -> str:
        window = self._there()
        window.console.go_to_change(window.document.model.changes[0].id)
        window.room.toggle()
        settle()
        shown = window.room.projector.window
        if shown is None:
            raise Fault("it does not come")
        for _ in Picture:
            _look_at(shown)
            window.room.next_picture()
            settle()
        pictures = count(len(Picture), "picture")
        window.room.toggle()
        settle()
        if window.room.projector.is_open:
            raise Fault("it does not close")
        return f"{pictures} drawn, and closed"

    def _record(self) -> str:
        """Agree a level for every row by its descriptor, write a note, and make an action."""
        window, model = self._there(), self._document.model
        for number, (change, row) in enumerate(model.rows()):
            level = model.levels[number % len(model.levels)]
            window.console.go_to_row(row.id)
            matrix = window.console.changes.page_of(change.id).matrix
            matrix.row(row.id).descriptors[level.number - 1].click()
            if self._document.workshop.row(row.id).level != level.id:
                raise Fault(f"a click on {level.name} for {row.name} is not recorded")
        first = model.changes[0].rows[0]
        self._document.apply(WriteRow(first.id, RowField.NOTE, _NOTE))
        self._document.apply(
            AddAction(Action(id="self-test", row=first.id, change=model.changes[0].id, to_do=_NOTE))
        )
        return f"a level for each of {count(len(self._document.workshop.rows), 'row')}, by a click"

    def _save(self) -> str:
        state = self._document.flush()
        if isinstance(state, NotSaved):
            raise Fault(state.reason)
        if not isinstance(state, Saved) or not self._file.is_file():
            raise Fault("there is no file")
        return f"{self._file.stat().st_size:,} bytes"

    def _reopen(self) -> str:
        recorded = self._document.workshop
        own = Settings(self._folder / "other.ini", self._folder)
        library = Library(self._document.model, own, paths.resources_dir() / "sample.hicm")
        again = library.open(self._file).document
        found = again.workshop
        again.close()
        if found != recorded:
            raise Fault("the file does not hold what was recorded")
        return "the file holds what was recorded"

    def _export(self, export: Export) -> str:
        """Write it; its writer reads it back before it says that it is done."""
        model, workshop = self._document.model, self._document.workshop
        if export is Export.CALENDAR:  # which holds actions with a date alone
            workshop = _dated(workshop)
        path = self._folder / f"self-test{export.suffix}"
        write_export(export, build_report(model, workshop), self._fonts, path)
        return f"{path.stat().st_size:,} bytes, read back"

    def _bring_back(self) -> str:
        model = self._document.model
        path = self._folder / f"self-test{Export.WORKBOOK.suffix}"
        brought = compare(model, self._document.workshop, read_workbook(path, model.columns))
        if brought.lines or brought.missing:
            raise Fault("what was written differs from what was read")
        return "nothing differs"

    def _handout(self, handout: Handout) -> str:
        from hicm_desktop.export.pdf.handouts import write_handout  # noqa: PLC0415 - start-up

        path = self._folder / f"{handout.word}.pdf"
        write_handout(handout, self._document.model, None, self._fonts, path)
        return f"{path.stat().st_size:,} bytes, read back"

    def _keys(self) -> str:
        from hicm_desktop.export.pdf.key_card import write_key_card  # noqa: PLC0415 - start-up

        path = self._folder / "keys.pdf"
        write_key_card(KEY_GROUPS, KEYS_NOTE, self._fonts, path)
        return f"{path.stat().st_size:,} bytes, read back"


class _Strays:
    """Keeps what goes wrong out of any step's own course: in a slot of Qt, or on another thread.

    A question that comes up has nobody to answer it: it is put away, and counts as gone wrong.
    `said` has what Qt said meanwhile, each thing once.
    """

    def __init__(self) -> None:
        self.said: list[str] = []
        self._found: list[BaseException] = []
        self._before = (sys.excepthook, threading.excepthook)
        self._said_before: Callable[..., object] | None = None
        self._look = QTimer(interval=_QUESTION_MS)
        self._look.timeout.connect(self._put_away)

    def __enter__(self) -> _Strays:
        sys.excepthook = self._meet
        threading.excepthook = lambda args: self._meet(args.exc_type, args.exc_value, None)
        self._said_before = qInstallMessageHandler(self._hear)
        self._look.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._look.stop()
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._said_before)

    def _put_away(self) -> None:
        asked = QApplication.activeModalWidget()
        if asked is not None:
            words = getattr(asked, "text", asked.windowTitle)()
            self._found.append(Fault(f"it asked something: {words}"))
            asked.reject() if isinstance(asked, QDialog) else asked.close()

    def _hear(self, _kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if text not in self.said and not text.startswith(_OFFSCREEN):
            self.said.append(text)

    def raise_first(self) -> None:
        """Raise what was met first since the last time, if anything was."""
        found, self._found = self._found, []
        if found:
            raise found[0]

    def _meet(
        self, kind: type[BaseException], error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._found.append(error or kind())
