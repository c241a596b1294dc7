"""What the commands do with files: read a workshop and what is set, and leave alone what is there.

For `hicm_desktop.cli_commands` and `hicm_desktop.cli_export`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from hicm_desktop import paths
from hicm_desktop.cli_common import tell
from hicm_desktop.document.policy import Policy, read_policy
from hicm_desktop.errors import FileError
from hicm_desktop.export.open_elsewhere import holder_of
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files
from hicm_desktop.storage.names import SUFFIX

_START_BYTES = 4096
"""As much of a file as tells whether it is a workshop: its format stands first in it."""


def policy() -> Policy:
    """Read what an organisation has set, and tell what is wrong with it, if anything is."""
    found = read_policy(paths.policy_files())
    if found.problem:
        tell(found.problem)
    return found


def opened(file: Path, model: Model) -> codec.Decoded:
    """Read a workshop. Raises FileError, which names the file in whatever is wrong with it."""
    data = files.read(file)
    try:
        return codec.decode(data, model)
    except FileError as error:
        raise FileError(f"{file}: {error}") from error


def check_outputs(parser: argparse.ArgumentParser, outputs: Mapping[str, tuple[Path, str]]) -> None:
    """Refuse, by the parser, names that what is written may not have.

    `outputs` has the path and the ending it must have, by the argument that gave it.
    """
    taken: dict[Path, Path] = {}
    for argument, (path, ending) in outputs.items():
        if path == Path():  # what an empty text comes to
            parser.error(f"argument {argument}: say which file to write, such as plan{ending}")
        if path.suffix.lower() == SUFFIX:
            parser.error(
                f"argument {argument}: {path} is the name of a workshop, and nothing else is "
                f"written there; give a name that ends in {ending}"
            )
        other = taken.setdefault(path.resolve(), path)
        if other is not path:
            parser.error(
                f"argument {argument}: {path} is to be written already; give each file a name of "
                "its own"
            )
    for argument, (path, ending) in outputs.items():
        if path.suffix.lower() != ending:
            parser.error(
                f"argument {argument}: what is written there is a {ending} file; give a name that "
                f"ends in {ending}, not {path}"
            )


def leave_alone(out: Path) -> None:
    """Refuse to write where a workshop lies, or what is open in an office program.

    Raises FileError. A workshop counts as one whatever its name, and though it is damaged or of a
    newer version.
    """
    if _is_workshop(out):
        raise FileError(
            f"{out} holds a workshop, so it was left as it is. Nothing was written. Give another "
            "name."
        )
    holder = holder_of(out)
    if holder is not None:
        raise FileError(
            f"{out} is open in {holder.words}. Nothing was written. Close it there and try again, "
            "or give another name."
        )


def _is_workshop(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            start = file.read(_START_BYTES)
    except OSError:
        return False  # nothing is there to lose; where it cannot be written, writing says so
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and f'"{codec.FORMAT}"'.encode() in start
