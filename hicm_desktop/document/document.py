"""The open workshop: one value, changed by edits alone, undone and redone by name.

The user interface reads `workshop`, calls `apply`, and redraws on `changed`; data goes one way.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.profile import Profile
from hicm_desktop.document.reading import read_workshop
from hicm_desktop.document.rescue import Rescue, RescueState, keep_at_once
from hicm_desktop.document.saving import Autosave, NoFileYet, ReadOnly, Saved, SaveState
from hicm_desktop.document.versions import Versions
from hicm_desktop.document.writing import Place
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, lock, recovery
from hicm_desktop.storage.recovery import Belongs, Kept
from hicm_desktop.workshop import decisions
from hicm_desktop.workshop.edits import Edit, TakeTheirs
from hicm_desktop.workshop.history import History, Step
from hicm_desktop.workshop.values import Workshop


def _now() -> dt.datetime:
    """Tell the time of day with its zone, to the second."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


class Document(QObject):
    """A workshop that is open, with its history and its file.

    `changed` carries the workshop before and after. `recorded` says the same just before, for the
    room, which is to see it before anything else is done. `travelled` carries the edit that Undo
    or Redo took back or made again, so that the window can show where. `refused` says that an edit
    was not made, since the workshop is open to be read only. `rescue_changed` carries what is kept
    in the local profile while the file does not hold everything; `low_disk` how many more bytes
    the drive has room for, once.
    """

    recorded = Signal()
    changed = Signal(object, object)
    travelled = Signal(object)
    refused = Signal()
    save_state_changed = Signal(object)
    rescue_changed = Signal(object)
    renamed = Signal(object)
    low_disk = Signal(object)

    def __init__(
        self,
        model: Model,
        workshop: Workshop,
        path: Path,
        on_disk: files.Fingerprint | None = None,
        *,
        hold: lock.Hold | None = None,
        profile: Profile | None = None,
        versions: Versions | None = None,
        recovered: Kept | None = None,
        read_only: str = "",
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = _now,
        parent: QObject | None = None,
    ) -> None:
        """Open a workshop. `on_disk` is None for one that has no file yet.

        With a profile the file is locked while it is open (`hold`, where it is already), and what
        it cannot hold is kept there; `versions` keeps earlier ones. `recovered` is a copy of an
        earlier run: its workshop goes into the file, and the copy goes once it is there.
        `read_only` says why nothing may be recorded. `clock` is a steady one, in seconds, for what
        is typed without a pause; `now` tells the time of day for what is recorded.
        """
        super().__init__(parent)
        self.model = model
        self._history = History()
        self._workshop = workshop
        self._clock = clock
        self._now = now
        self._profile = profile
        self._versions = versions
        self._last_written = b""
        self._read_only = read_only
        self._snapshots: list[Kept] = []
        saved = None if on_disk is None or recovered is not None else workshop
        self._saving = Autosave(model, Place(path, on_disk, hold), saved, profile, parent=self)
        self._rescue: Rescue | None = None
        if profile is not None and not read_only:
            self._rescue = Rescue(model, profile.new_recovery(), recovered, parent=self)
            self._rescue.changed.connect(self.rescue_changed)
        self._saving.state_changed.connect(self._follow)
        self._saving.path_changed.connect(self.renamed)
        self._saving.written.connect(self._keep_version)
        self._saving.low_disk.connect(self.low_disk)
        if recovered is not None:
            self._want(at_once=True)

    @property
    def workshop(self) -> Workshop:
        """What is recorded, as it is now."""
        return self._workshop

    @property
    def history(self) -> History:
        """What Undo and Redo would do, as it is now."""
        return self._history

    @property
    def path(self) -> Path:
        """The workshop's file. It may not exist before something is recorded."""
        return self._saving.place.path

    @property
    def save_state(self) -> SaveState:
        """What is true of the file now."""
        return ReadOnly(self._read_only) if self._read_only else self._saving.state

    @property
    def rescue(self) -> RescueState:
        """What is kept in the local profile for want of the file."""
        return None if self._rescue is None else self._rescue.state

    @property
    def is_read_only(self) -> bool:
        """Whether edits are refused."""
        return bool(self._read_only)

    def apply(self, edit: Edit) -> bool:
        """Make an edit. One that changes nothing leaves no trace in the history.

        The new workshop is computed before anything is touched, so an edit that raises changes
        nothing. A workshop that is open to be read only stays as it is, and views that show
        otherwise are told to look again. Gives whether the edit stands.
        """
        if self._read_only:
            self.changed.emit(self._workshop, self._workshop)
            self.refused.emit()
            return False
        before, made = self._workshop, edit.apply(self._workshop)
        if made == before:
            return True
        theirs = isinstance(edit, TakeTheirs)
        after = decisions.written(self.model, before, made, self._now(), brings_log=theirs)
        entries = decisions.entries_of(before, after, brings_log=theirs)
        step = Step(edit, edit.describe(self.model), before, after, self._clock(), entries)
        self._show(after, self._history.record(step), at_once=edit.merge_key is None)
        return True

    def end_typing(self) -> None:
        """Have the next edit undone apart from the last: the user has left the field."""
        self._history = self._history.end_typing()

    def undo(self) -> None:
        """Take the last edit back, where there is one."""
        if self._history.past:
            step = self._history.past[-1]
            self._travel(step, step.before, self._history.undo(self._workshop), taken_back=True)

    def redo(self) -> None:
        """Make the edit again that was last taken back, where there is one."""
        if self._history.future:
            step = self._history.future[-1]
            self._travel(step, step.after, self._history.redo(), taken_back=False)

    def now(self) -> dt.datetime:
        """Tell the time of day, as it is recorded."""
        return self._now()

    def start_file(self) -> SaveState:
        """Make the file now, before anything is recorded; gives the state that came of it."""
        if not self._read_only:
            self._saving.want(self._workshop, at_once=True)
        return self.flush()

    def save_copy(self, path: Path) -> None:
        """Write the workshop to another file and stay with this one. Raises FileError."""
        files.write(path, codec.encode(self._workshop, self.model), files.fingerprint_of(path))

    def go_on_in(self, path: Path) -> None:
        """Write the workshop to another file and go on there. Raises FileError."""
        if self._read_only:
            raise FileError(
                f"{self.path.name} is open to be read only, so it was left as it is. Choose "
                "another name."
            )
        self._saving.go_on_in(path, self._workshop)

    def theirs(self) -> Workshop:
        """Read what the file holds by now. Raises FileError."""
        return read_workshop(self.path, self.model).workshop

    def take_theirs(self) -> None:
        """Go on with what the file holds by now, as an edit that Undo takes back.

        Raises FileError, and nothing is changed.
        """
        theirs = read_workshop(self.path, self.model)
        if self._versions is not None:
            mine = codec.encode(self._workshop, self.model)
            self._versions.taking_theirs(self._workshop.id, self.path, mine)
        self._saving.accept(theirs.workshop, theirs.fingerprint)
        self.apply(TakeTheirs(theirs.workshop))

    def rename(self, path: Path) -> None:
        """Give the workshop's file another name. Raises FileError, and nothing is changed."""
        self._saving.move_to(path)
        self.renamed.emit(path)

    def hurry(self) -> None:
        """Have what was typed written now, and do not wait for it: the user looks elsewhere."""
        self._saving.hurry()

    def flush(self) -> SaveState:
        """Write what is not in the file yet, wait for it, and give the state that came of it.

        What the file would not take is kept in the local profile by then.
        """
        self._saving.flush()
        if self._rescue is not None:
            self._rescue.finish()
        return self.save_state

    def snapshot(self) -> Path | None:
        """Keep a copy in the local profile here and now, whatever the file holds.

        For an emergency: gives the copy's file, or None where none could be kept.
        """
        if self._profile is None:
            return None
        kept = keep_at_once(
            self.model, self._profile.new_recovery(), self._workshop, self._belongs()
        )
        if kept is None:
            return None
        self._snapshots.append(kept)
        return kept.file

    def close(self) -> None:
        """Stop saving. Call `flush` first to lose nothing."""
        if self._versions is not None and self._last_written:
            self._versions.closing(self._workshop.id, self.path, self._last_written)
        if isinstance(self._saving.state, Saved | NoFileYet):
            for kept in self._snapshots:
                recovery.drop(kept)
        self._saving.close()
        if self._rescue is not None:
            self._rescue.close()

    def _travel(self, step: Step, to: Workshop, history: History, *, taken_back: bool) -> None:
        """Go to the other side of a step; the decision log goes on, and says which way it was."""
        there = decisions.moved(self._workshop, to, step.entries, taken_back=taken_back)
        self._show(there, history, at_once=True)
        self.travelled.emit(step.edit)

    def _show(self, workshop: Workshop, history: History, *, at_once: bool) -> None:
        before, self._workshop = self._workshop, workshop
        self._history = history
        self._want(at_once=at_once)
        self.recorded.emit()
        self.changed.emit(before, workshop)

    def _want(self, *, at_once: bool) -> None:
        self._saving.want(self._workshop, at_once=at_once)
        self._keep_pace()

    def _follow(self, state: SaveState) -> None:
        self._keep_pace()
        self.save_state_changed.emit(state)

    def _keep_version(self, data: bytes) -> None:
        self._last_written = data
        if self._versions is not None:
            self._versions.saved(self._workshop.id, self.path, data)

    def _keep_pace(self) -> None:
        if self._rescue is not None:
            self._rescue.follow(self._workshop, self._belongs(), self._saving.state)

    def _belongs(self) -> Belongs:
        place = self._saving.place
        return Belongs(str(place.path), place.on_disk)
