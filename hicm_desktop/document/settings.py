"""What the program remembers of its user between runs, in one small file of the local profile.

For `hicm_desktop.document` and `hicm_desktop.ui`. A value that cannot be read counts as not set.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QSettings

from hicm_desktop.document.policy import NO_POLICY, Policy
from hicm_desktop.workshop.report_parts import OPTIONAL, Parts

MOST_RECENT = 10

_ALL = "all"


class LeftAt(msgspec.Struct, frozen=True):
    """Where the facilitator was in a run that has not ended in good order, and when.

    `tab` counts from the Overview; `row` is the id of the row in focus; `room` says that the room
    view was on a screen of its own, with this `picture` of a row, by its name; `run` is the token
    of the run.
    """

    path: Path
    tab: int
    row: str
    room: bool
    run: str
    at: dt.datetime
    picture: str = ""


class Settings:
    """The user's folder, recent files and looks. What an organisation has set goes before them."""

    def __init__(self, file: Path, default_folder: Path, policy: Policy = NO_POLICY) -> None:
        """Read a settings file. One that is missing or damaged reads as empty."""
        self.policy = policy
        self._store = QSettings(str(file), QSettings.Format.IniFormat)
        self._default_folder = default_folder

    @property
    def folder(self) -> Path:
        """The folder that new workshops go to."""
        if self.policy.workshops is not None:
            return self.policy.workshops
        text = self._text("folder")
        return Path(text) if text else self._default_folder

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened last, newest first.

        Whether they are still there is not asked: a network drive that is away would hold up the
        window for as long as the system waits for it.
        """
        count = self._store.beginReadArray("recent")
        texts = []
        for i in range(count):
            self._store.setArrayIndex(i)
            texts.append(self._text("path"))
        self._store.endArray()
        return tuple(Path(text) for text in texts if text)

    def opened(self, path: Path) -> None:
        """Remember that a file was opened or made."""
        kept = [p for p in self.recent if p != path]
        self._keep_recent([path, *kept])

    def renamed(self, old: Path, new: Path) -> None:
        """Remember a file under its new name."""
        self._keep_recent([new if p == old else p for p in self.recent])

    @property
    def theme(self) -> str:
        """The name of the theme asked for, or an empty text."""
        return self.policy.window or self._text("theme")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    def scale(self, screen: str) -> float:
        """Give the scale that was last used on a screen, by the screen's name; 1 for a new one."""
        with contextlib.suppress(ValueError):
            return float(self._text(f"scale/{_key(screen)}"))
        return 1.0

    def set_scale(self, screen: str, scale: float) -> None:
        """Remember the scale used on a screen."""
        self._store.setValue(f"scale/{_key(screen)}", f"{scale:g}")

    @property
    def geometry(self) -> QByteArray | None:
        """The window's place and size, as Qt wrote them; None where there is none."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def hints_put_away(self) -> frozenset[str]:
        """The names of the hints that were followed or put away, and are not to be shown again."""
        return frozenset(self._text("hints/put_away").split())

    @hints_put_away.setter
    def hints_put_away(self, names: frozenset[str]) -> None:
        self._store.setValue("hints/put_away", " ".join(sorted(names)))

    @property
    def room_screen(self) -> str:
        """The name of the screen that was chosen for the room view, or an empty text."""
        return self._text("room/screen")

    @room_screen.setter
    def room_screen(self, name: str) -> None:
        self._store.setValue("room/screen", name)

    @property
    def left_at(self) -> LeftAt | None:
        """Where the facilitator was, as long as no run that was there has ended; else None."""
        with contextlib.suppress(ValueError):
            return LeftAt(
                path=Path(self._text("left/path")),
                tab=int(self._text("left/tab")),
                row=self._text("left/row"),
                room=self._text("left/room") == "yes",
                run=self._text("left/run"),
                at=dt.datetime.fromisoformat(self._text("left/at")),
                picture=self._text("left/picture"),
            )
        return None

    @left_at.setter
    def left_at(self, left: LeftAt | None) -> None:
        self._store.remove("left")
        if left is not None:
            self._store.setValue("left/path", str(left.path))
            self._store.setValue("left/tab", str(left.tab))
            self._store.setValue("left/row", left.row)
            self._store.setValue("left/room", "yes" if left.room else "no")
            self._store.setValue("left/run", left.run)
            self._store.setValue("left/at", left.at.isoformat())
            self._store.setValue("left/picture", left.picture)

    @property
    def export_kind(self) -> str:
        """The name of the kind of file that is offered first: set, or exported last, or empty."""
        return self.policy.export_kind or self._text("export/kind")

    @export_kind.setter
    def export_kind(self, name: str) -> None:
        self._store.setValue("export/kind", name)

    @property
    def export_folder(self) -> Path | None:
        """The folder that is offered for exports; whether it is still there is not asked."""
        if self.policy.exports is not None:
            return self.policy.exports
        text = self._text("export/folder")
        return Path(text) if text and "\0" not in text else None

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._store.setValue("export/folder", str(folder))

    @property
    def export_parts(self) -> Parts:
        """The parts that went out last, always without private notes.

        The changes are ids that some model had; whoever asks knows which of them there are.
        """
        usual = Parts()
        flags = {name: getattr(usual, name) for name in OPTIONAL}
        for name in OPTIONAL:
            with contextlib.suppress(KeyError):
                flags[name] = {"yes": True, "no": False}[self._text(f"export/{name}")]
        ids = tuple(self._text("export/changes").split())
        parts = Parts(changes=None if not ids or ids == (_ALL,) else ids, **flags)
        return self.policy.limit(parts)

    @export_parts.setter
    def export_parts(self, parts: Parts) -> None:
        ids = (_ALL,) if parts.changes is None else parts.changes
        self._store.setValue("export/changes", " ".join(ids))
        for name in OPTIONAL:
            if name not in self.policy.parts:  # what is set was not the user's choice
                self._store.setValue(f"export/{name}", "yes" if getattr(parts, name) else "no")

    def sync(self) -> None:
        """Write the file now."""
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    def _keep_recent(self, paths: Iterable[Path]) -> None:
        kept = list(dict.fromkeys(paths))[:MOST_RECENT]
        self._store.remove("recent")
        self._store.beginWriteArray("recent", len(kept))
        for i, path in enumerate(kept):
            self._store.setArrayIndex(i)
            self._store.setValue("path", str(path))
        self._store.endArray()


def _key(screen: str) -> str:
    """Make a screen's name a settings key: a slash would open a group."""
    return screen.replace("/", "-").replace("\\", "-") or "screen"
