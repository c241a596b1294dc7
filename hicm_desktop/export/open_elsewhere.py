"""Says whether a document is open in an office program, by the file that it leaves beside it.

For the user interface. Office keeps `~$NAME` beside a document while it is open, and LibreOffice
`.~lock.NAME#`. One may be left by a program that ended badly, so it is a warning and no more. A
PDF viewer leaves nothing, and on Windows is told of by the disk (`hicm_desktop.export.replacing`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_MOST_BYTES = 4096
"""More than any such file holds; what lies there under its name is not read further."""

_OFFICE: Mapping[str, str] = MappingProxyType({".xlsx": "Excel", ".docx": "Word"})
_FIELD = re.compile(r"((?:\\.|[^,;\\])*)[,;]")
_LONGEST_NAME = 52
"""The most letters of a user's name that Office writes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that has a document open, and whoever uses it; empty where it does not say."""

    program: str
    who: str = ""

    @property
    def words(self) -> str:
        """Say it: "LibreOffice, by Ann Lee on WARD-3"."""
        return f"{self.program}, by {self.who}" if self.who else self.program


def holder_of(target: Path) -> Holder | None:
    """Give who has a document open, as far as a file beside it says so.

    A document that is not there is not open, whatever lies beside it. Raises nothing: where the
    folder cannot be read, writing there will say so.
    """
    try:
        if not target.exists():
            return None
        lock = target.with_name(f".~lock.{target.name}#")
        if lock.exists():
            return Holder("LibreOffice", _by_libreoffice(_start_of(lock)))
        program = _OFFICE.get(target.suffix.lower())
        for owner in _owners(target) if program is not None else ():
            if program is not None and owner.exists():
                return Holder(program, _by_office(_start_of(owner)))
    except (OSError, ValueError):
        return None
    return None


def free_name(target: Path) -> Path:
    """Give a name beside this one that no file has: "Plan (2).xlsx". Raises OSError."""
    number = 2
    while (path := target.with_name(f"{target.stem} ({number}){target.suffix}")).exists():
        number += 1
    return path


def _owners(target: Path) -> tuple[Path, ...]:
    """Give the names that Office uses: in a long one `~$` takes the place of letters."""
    name = target.name
    return tuple(target.with_name(f"~${name[cut:]}") for cut in range(3))


def _start_of(file: Path) -> bytes:
    """Read such a file, as far as it can be read: Office keeps others from reading its own."""
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES)
    except OSError:
        return b""


def _by_libreoffice(data: bytes) -> str:
    """Read who it is: the name given to LibreOffice, else that of the account; and the computer."""
    fields = [
        re.sub(r"\\(.)", r"\1", field).strip()
        for field in _FIELD.findall(data.decode("utf-8", "replace"))
    ]
    name, account, computer = (*fields, "", "", "")[:3]
    who = _shown(name or account)
    return f"{who} on {_shown(computer)}" if who and _shown(computer) else who


def _by_office(data: bytes) -> str:
    """Read who it is: the length of the name in the first byte, then the name."""
    length = data[0] if data else 0
    if not 0 < length <= _LONGEST_NAME:
        return ""
    return _shown(data[1 : 1 + length].decode("cp1252", "replace"))


def _shown(text: str) -> str:
    """Give a name only where it looks like one."""
    text = text.strip()
    return text if text.isprintable() and "\ufffd" not in text else ""
