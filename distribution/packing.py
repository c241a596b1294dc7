"""The archive of a folder, the same whenever it is packed, and the sums to check it by.

Pure but for the files. For `distribution.build` and `distribution.compare`.
"""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_EARLIEST = 315_532_800
"""1 January 1980: no archive can tell of an earlier time."""


def files_in(folder: Path) -> dict[str, Path]:
    """Give every file and link of a folder by its place in it, in order, with / between names."""
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return dict(sorted((path.relative_to(folder).as_posix(), path) for path in found))


def sums_of(files: Mapping[str, Path]) -> dict[str, str]:
    """Give the SHA-256 of each file, by its place."""
    return {place: digest_of(path) for place, path in files.items()}


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file; of a link, that of where it leads."""
    if path.is_symlink():
        return hashlib.sha256(os.fsencode(path.readlink())).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(folder: Path, target: Path, moment: int) -> None:
    """Put a folder into an archive, in order, every file dated by `moment` (seconds since 1970)."""
    dated = time.gmtime(max(moment, _EARLIEST))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place, path in files_in(folder).items():
            entry = zipfile.ZipInfo(f"{folder.name}/{place}", dated)
            is_link, is_program = path.is_symlink(), bool(path.lstat().st_mode & 0o100)
            mode = 0o120777 if is_link else 0o100755 if is_program else 0o100644
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, so that what may be run stays so
            archive.writestr(entry, os.fsencode(path.readlink()) if is_link else path.read_bytes())


def write_sums(files: Iterable[Path], target: Path) -> None:
    """Write the SHA-256 of files as `sha256sum -c` reads them."""
    lines = [f"{digest_of(path)}  {path.name}\n" for path in sorted(files)]
    target.write_text("".join(lines), "ascii", newline="\n")
