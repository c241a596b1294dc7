"""What an organisation has set for the computers it looks after, in a file that users only read.

For the composition root, the command line and `hicm_desktop.ui`. The file is TOML. It is read once,
at the start; the program never writes it. What is set there goes before what a user chose, and
shows as set. A file that cannot be understood sets nothing but what is strictest: private notes go
nowhere, and links are copied instead of opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

import msgspec

from hicm_desktop.workshop.report_parts import OPTIONAL, Parts

MOST_CHARACTERS = 300
"""How long a reminder may be: it stands over a list that has to be seen as well."""

_VARIABLE = re.compile(r"%\w+%|\$\w+|\$\{")
_LARGEST_BYTES = 64 * 1024

Colours: TypeAlias = Literal["light", "dark", "light, more contrast", "dark, more contrast"]
_Kind: TypeAlias = Literal["pdf", "xlsx", "docx", "ics"]


class _Folders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    workshops: str = ""
    exports: str = ""


class _Exports(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: _Kind | None = None
    evidence: bool | None = None
    differing_views: bool | None = None
    names: bool | None = None
    decision_log: bool | None = None
    guidance: bool | None = None
    private_notes: Literal["never", "if ticked"] = "if ticked"


class _Privacy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reminder: str = ""


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pack: str = ""


class _Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    colours: Colours | None = None


class _Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    open: bool = True


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, section by section."""

    folders: _Folders = _Folders()
    exports: _Exports = _Exports()
    privacy: _Privacy = _Privacy()
    content: _Content = _Content()
    window: _Look = _Look()
    room: _Look = _Look()
    links: _Links = _Links()


class Policy(msgspec.Struct, frozen=True):
    """What is set. None and an empty text are what is not.

    `parts` are the parts of an export that are always in or always out, by their names in `Parts`.
    `file` is where it was read, and `problem` says why it could not be, for the user.
    """

    workshops: Path | None = None
    exports: Path | None = None
    export_kind: str = ""
    parts: Mapping[str, bool] = MappingProxyType({})
    private_notes: bool = True
    reminder: str = ""
    content: Path | None = None
    window: Colours | None = None
    room: Colours | None = None
    opens_links: bool = True
    file: Path | None = None
    problem: str = ""

    def limit(self, parts: Parts) -> Parts:
        """Give the parts of an export as they may go out."""
        private = parts.private_notes and self.private_notes
        return msgspec.structs.replace(parts, **self.parts, private_notes=private)

    @property
    def names(self) -> bool | None:
        """Whether names of partners go out in whatever does; None where the user says."""
        return self.parts.get("names")


NO_POLICY = Policy()


def read_policy(files: Sequence[Path]) -> Policy:
    """Read the first of these files that is there. What is wrong with it is in its `problem`."""
    for file in files:
        try:
            if file.exists() and not file.is_file():
                return _refused(file, "it is no file")
            with file.open("rb") as opened:
                data = opened.read(_LARGEST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            return _refused(file, f"it cannot be read ({error.strerror or error})")
        return _understood(file, data)
    return NO_POLICY


def _understood(file: Path, data: bytes) -> Policy:
    if len(data) > _LARGEST_BYTES:
        return _refused(file, "it is larger than such a file can be")
    import tomllib  # noqa: PLC0415 - start-up: on most computers nothing is set

    try:
        written = msgspec.convert(tomllib.loads(data.decode("utf-8-sig")), _Written)
        return _policy(written, file)
    except UnicodeDecodeError:
        return _refused(file, "it is not in UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _refused(file, f"it is not TOML: {error}")
    except RecursionError:
        return _refused(file, "it is too deep to be understood")
    except (msgspec.ValidationError, ValueError) as error:
        return _refused(file, str(error))


def _refused(file: Path, why: str) -> Policy:
    problem = (
        f"What your organisation has set in {file} was not taken: {why}. Until that is mended, "
        "private notes go into no export and links are copied instead of opened. Please tell "
        "whoever looks after this computer."
    )
    return Policy(private_notes=False, opens_links=False, file=file, problem=problem)


def _policy(written: _Written, file: Path) -> Policy:
    """Give what was written. Raises ValueError, in words for whoever wrote it."""
    exports = written.exports
    if len(written.privacy.reminder) > MOST_CHARACTERS:
        raise ValueError(f"the reminder is longer than {MOST_CHARACTERS} characters")
    wanted = {name: getattr(exports, name) for name in OPTIONAL}
    return Policy(
        workshops=_folder("folders.workshops", written.folders.workshops),
        exports=_folder("folders.exports", written.folders.exports),
        export_kind=_KINDS.get(exports.kind, ""),
        parts=MappingProxyType({name: on for name, on in wanted.items() if on is not None}),
        private_notes=exports.private_notes != "never",
        reminder=" ".join(written.privacy.reminder.split()),
        content=_folder("content.pack", written.content.pack),
        window=written.window.colours,
        room=written.room.colours,
        opens_links=written.links.open,
        file=file,
    )


_KINDS: Mapping[str | None, str] = MappingProxyType(
    {"pdf": "PDF", "xlsx": "WORKBOOK", "docx": "WORD", "ics": "CALENDAR"}
)
"""The kinds of export by their endings, as the settings name them."""


def _folder(key: str, text: str) -> Path | None:
    """Read a folder, in which a user's own may be named: "~", "%NAME%" or "$NAME"."""
    if not text:
        return None
    found = os.path.expanduser(os.path.expandvars(text))  # noqa: PTH111 - of one text, in this order
    path = Path(found)
    if left := _VARIABLE.search(found):
        raise ValueError(f"{key} names {left[0]}, which is not set on this computer")
    if "\0" in found or not path.is_absolute():
        raise ValueError(f"{key} is no whole path on this computer: {found!r}")
    return path


def what_is_set(policy: Policy) -> tuple[str, ...]:
    """Say what is set, a line each, for the user and for a help desk."""
    private = "" if policy.private_notes else "Private notes go into no export"
    links = "" if policy.opens_links else "Links are copied, and no browser is opened"
    parts = (
        f"In exports, {name.replace('_', ' ')}: always {'in' if on else 'left out'}"
        for name, on in policy.parts.items()
    )
    said = (
        _said("New workshops go to {}", policy.workshops),
        _said("Exports are offered {} first", policy.exports),
        _said("The kind of export that is offered first: {}", policy.export_kind.lower()),
        *parts,
        private,
        _said("Before an export it is said of patients: {}", policy.reminder),
        _said("The model’s content comes from {}", policy.content),
        _said("The window’s colours are {}", policy.window),
        _said("The room view’s colours are {}", policy.room),
        links,
    )
    return tuple(filter(None, said))


def _said(words: str, value: object) -> str:
    return words.format(value) if value else ""
