"""The log of what went wrong in the program: where in the code, and never what was written.

For `hicm_desktop.ui` and the composition root. It stays on this computer, in the local profile, so
that whoever mends the program can be shown it. An exception's message may hold a note or a number
of the NHS, and a path names its user; so of an exception only its kind and the places in the code
are written: module, function, line. Qt's own messages, which are about widgets and seldom quote
anything, are kept as text: the first 200 characters up to a quotation mark or a path (for where
either ends, only its writer knows), with any run of six digits or more blanked, also where the
digits stand in groups.

The log is opened anew for each entry, which is written in one piece. When it is full it becomes
`….1`, in place of the one before. Nothing here ever raises: a log that cannot be written is not
worth a second fault.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import faulthandler
import os
import platform
import re
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

import msgspec

LIMIT_BYTES = 256 * 1024
"""How large the log may grow before it is put aside; there are two at most."""

MOST_ALIKE = 20
"""How often the same thing is written in one session; after that, every hundredth time."""

MOST_MESSAGES = 500
"""How many messages of Qt are written in one session."""

_MOST_FRAMES = 30
_MOST_LINKS = 8
_MOST_CHARACTERS = 200
_CRASH_BYTES = 64 * 1024
_BLANK = "…"

_QUOTED = re.compile(r"(?:[\"“”„«»`]|(?<!\w)['‘’]|['‘’](?!\w)).*", re.DOTALL)
_PATH = re.compile(r"(?:(?<!\w)[A-Za-z]:[\\/]|\\\\|file:|(?<![\w<])~?/(?=\w)).*", re.DOTALL)
_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){5,}")
_UNNAMEABLE = re.compile(r"[^\w.<>\[\]-]")
_CRASH_FRAME = re.compile(r'File "([^"]*)"')


class Fault(msgspec.Struct, frozen=True):
    """What tells one fault from another: the exception's kind, and the innermost place."""

    kind: str
    place: str


class Incidents:
    """The log of one program. Any thread may write to it."""

    def __init__(self, folder: Path, versions: str) -> None:
        """Keep the log in a folder, which is made when it is needed.

        `versions` says which program and which Qt this is; Python's and the system's are added.
        """
        self.path = folder / "incidents.log"
        self._crash = folder / "crash.log"
        self._versions = versions
        self._lock = threading.Lock()
        self._times: Counter[object] = Counter()
        self._messages = 0
        self._crash_file: TextIO | None = None

    def met(self, error: BaseException, during: str) -> str:
        """Write where an exception came from; `during` says, in our own words, who met it.

        Gives the lines as written, or an empty text where the same was written often enough.
        """
        with contextlib.suppress(Exception):
            return self._enter(fault_of(error), [f"unexpected, {during}", *_told(error)])
        return ""

    def message(self, kind: str, category: str, text: str, place: str = "") -> str:
        """Write a message of Qt's, without what it quotes; gives the lines as written."""
        with contextlib.suppress(Exception):
            if self._messages < MOST_MESSAGES:
                self._messages += 1
                said = f"Qt {_name(kind)}, {_name(category)}: {without_values(text)}"
                where = f" ({_name(place)})" if place else ""
                return self._enter(said, [said + where])
        return ""

    def watch_crashes(self) -> None:
        """Have Python write where it was when the program dies without a word.

        What the last run left is taken into the log first. Whoever watches already, goes on.
        """
        with contextlib.suppress(Exception):
            self._take_crash()
            if not faulthandler.is_enabled():
                self._crash.parent.mkdir(parents=True, exist_ok=True)
                self._crash_file = self._crash.open("a", encoding="utf-8")
                faulthandler.enable(self._crash_file)

    def end_watch(self) -> None:
        """Watch no more."""
        with contextlib.suppress(Exception):
            if self._crash_file is not None:
                faulthandler.disable()
                self._crash_file.close()
                self._crash_file = None

    def _take_crash(self) -> None:
        """Take what a run before this left, with the folders cut off, into the log."""
        with contextlib.suppress(FileNotFoundError), self._crash.open("r+b") as file:
            left = file.read(_CRASH_BYTES).decode("utf-8", "replace")
            if left.strip():
                lines = _CRASH_FRAME.sub(lambda m: f"File {_module(m[1])}", left).splitlines()
                self._enter("crash", ["an earlier run ended without a word", *lines])
                file.truncate(0)

    def _enter(self, key: object, lines: list[str]) -> str:
        with self._lock:
            self._times[key] += 1
            times = self._times[key]
            if times > MOST_ALIKE and times % 100:
                return ""
            again = [f"  for the {times}th time"] if times > MOST_ALIKE else []
            now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
            python = f"Python {platform.python_version()}, {platform.platform()}"
            text = "\n".join([f"{now}, {self._versions}, {python}", *lines, *again, "", ""])
            self._write(text.encode("utf-8", "backslashreplace"))
        return text

    def _write(self, data: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if self.path.stat().st_size + len(data) > LIMIT_BYTES:
                self.path.replace(self.path.with_suffix(".log.1"))
        # One write at the end of the file, so that two windows' entries do not run together.
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, data)
        finally:
            os.close(handle)


def fault_of(error: BaseException) -> Fault:
    """Tell which fault an exception is: the same kind from the same line is the same."""
    places = _places(error.__traceback__)
    return Fault(_kind(error), places[-1] if places else "")


def without_values(text: str) -> str:
    """Give the first characters of a text without what may come from a workshop or a user."""
    text = " ".join(text[: 4 * _MOST_CHARACTERS].split())
    text = _QUOTED.sub(_BLANK, text)
    text = _PATH.sub(_BLANK, text)
    return _NUMBER.sub(_BLANK, text)[:_MOST_CHARACTERS]


def _told(error: BaseException) -> Iterator[str]:
    """Tell of an exception, and of those that led to it, the last first."""
    seen: set[int] = set()
    waiting: list[tuple[str, BaseException]] = [("", error)]
    while waiting and len(seen) < _MOST_LINKS:
        how, link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield f"  {how}{_kind(link)}{_number(link)}"
        yield from (f"    {place}" for place in _shortened(_places(link.__traceback__)))
        if isinstance(link, BaseExceptionGroup):
            waiting += [("with ", inner) for inner in link.exceptions]
        if link.__cause__ is not None:
            waiting.append(("because of ", link.__cause__))
        elif link.__context__ is not None and not link.__suppress_context__:
            waiting.append(("while dealing with ", link.__context__))
    if waiting:
        yield f"  and {len(waiting)} more"


def _places(trace: TracebackType | None) -> list[str]:
    """Give the places in the code that an exception came through, the innermost last."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        named = trace.tb_frame.f_globals.get("__name__")
        module = named if isinstance(named, str) else _module(code.co_filename)
        places.append(f"{_name(module)} {_name(code.co_qualname)} {trace.tb_lineno}")
        trace = trace.tb_next
    return places


def _shortened(places: list[str]) -> list[str]:
    """Leave out the middle of what goes too deep."""
    if len(places) <= _MOST_FRAMES:
        return places
    half = _MOST_FRAMES // 2
    return [*places[:half], f"{_BLANK} {len(places) - 2 * half} more", *places[-half:]]


def _kind(error: BaseException) -> str:
    kind = type(error)
    home = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return _name(f"{home}{kind.__qualname__}")


def _number(error: BaseException) -> str:
    """Say which error of the system it is, by its name: the disk is full, the file is shut."""
    number = error.errno if isinstance(error, OSError) else None
    return f" {errno.errorcode.get(number, number)}" if isinstance(number, int) else ""


def _module(path: str) -> str:
    """Give the file's name and its folder's: the folders above that are the user's affair."""
    return "/".join(re.split(r"[\\/]", path)[-2:])


def _name(text: str) -> str:
    """Keep of a name what names are made of."""
    return _UNNAMEABLE.sub("_", text)[:_MOST_CHARACTERS]
