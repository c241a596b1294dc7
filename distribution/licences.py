"""The licences of all in the folder: a list, and their texts. For `distribution.build`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from distribution.parts import Part

LIST = "LICENCES.txt"
_HEAD = """\
What this folder is made of, and under which licence each part of it is used. The texts lie beside
this list, in a folder for each part.

Qt, PySide6 and shiboken6 are used under the GNU Lesser General Public License, version 3,
as libraries in files of their own, unaltered but for what helps debugging, which is taken out on
Linux: whoever has this folder may put other builds of them in their place. Their source is
published by The Qt Company under the versions named here.

Of what comes inside a library of the list the larger parts are named as well. A library may include
more, which its own texts name.
"""


class NoText(Exception):  # noqa: N818 - read as a sentence where it is caught
    """A part has no text of its licence, so the folder must not be handed out."""


def write(parts: Sequence[Part], folder: Path) -> Path:
    """Write the list and the texts into a folder of their own, anew; gives the list's file.

    Raises NoText.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in parts:
        if not part.texts or not all(text.is_file() for text in part.texts):
            raise NoText(f"{part.name} {part.version}: no text of its licence was found")
        own = folder / folder_of(part)
        own.mkdir(exist_ok=True)
        for text in part.texts:
            (own / _name_of(text)).write_bytes(text.read_bytes())
    target = folder / LIST
    target.write_text(words(parts), "utf-8", newline="\n")
    return target


def words(parts: Sequence[Part]) -> str:
    """Give the list: a line for each part."""
    lines = [
        f"{' '.join(filter(None, (part.name, part.version))):<36}{part.licence}" for part in parts
    ]
    return "\n".join((_HEAD, *lines, ""))


def _name_of(text: Path) -> str:
    """Give a text a name that tells it from the others of its part, and that opens in Windows."""
    parts = text.parts
    inside = [i for i, part in enumerate(parts) if part.endswith(".dist-info")]
    told = (
        [part for part in parts[inside[-1] + 1 :] if part != "licenses"] if inside else parts[-1:]
    )
    name = "-".join(told)
    return name if name.endswith(".txt") else f"{name}.txt"


def folder_of(part: Part) -> str:
    """Give the name of the folder that has a part's texts."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", part.name)
