"""File names that every system takes.

For the user interface and the command line, by way of `hicm_desktop.storage`. The rules are those
of Windows ("Naming Files, Paths, and Namespaces"), the strictest of the three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from hicm_desktop.errors import FileError

SUFFIX = ".hicm"

_MOST_BYTES = 120
"""Well within the 255 that a file system grants a name, for Windows counts the folders too."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.I)


def safe_name(text: str, otherwise: str = "Workshop") -> str:
    """Make a file name, without its ending, from any text; `otherwise` where nothing is left."""
    kept = "".join(
        " " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", text)
    )
    name = _tidy(_tidy(_FORBIDDEN.sub("-", kept))[:_MOST_BYTES])
    while len(name.encode()) > _MOST_BYTES:
        name = _tidy(name[:-1])
    if not name:
        return otherwise
    return f"_{name}" if _RESERVED.match(name) else name


def free_path(folder: Path, stem: str, avoid: Collection[Path] = ()) -> Path:
    """Give the path of a workshop file that no file in the folder has, in capitals or not.

    `avoid` are paths that someone has claimed without a file of that name being there yet.

    Raises FileError where the folder cannot be read. One that does not exist yet is empty.
    """
    try:
        taken = {_fold(entry.name) for entry in folder.iterdir()}
    except FileNotFoundError:
        taken = set()
    except OSError as error:
        raise FileError(
            f"The folder {folder.name} could not be read: {error.strerror}. Choose another folder."
        ) from error
    taken |= {_fold(path.name) for path in avoid}
    name = safe_name(stem)
    number = 1
    path = folder / f"{name}{SUFFIX}"
    while _fold(path.name) in taken:
        number += 1
        path = folder / f"{name} ({number}){SUFFIX}"
    return path


def _tidy(name: str) -> str:
    """Windows drops dots and spaces at the end; a dot at the start would hide the file."""
    return " ".join(name.split()).strip(". ")


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
