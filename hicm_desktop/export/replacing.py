"""Put a finished export in place of an earlier one, whole or not at all.

For the exporters of this package only.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from hicm_desktop import placing
from hicm_desktop.errors import ExportError, NotConfirmedError
from hicm_desktop.export.watching import Watch, unwatched

_FULL = (errno.ENOSPC, errno.EDQUOT)


def replace_file(
    target: Path,
    render: Callable[[], bytes],
    check: Callable[[Path], None],
    watch: Watch = unwatched,
) -> None:
    """Render an export, write it beside `target` under another name, then put it in place.

    Before it is put in place `check` is given what was written, to read it back; it raises
    ExportError by `not_whole` where anything is missing. Then `watch` is asked for the last time,
    and told that it is done. Whatever fails, an earlier file is left as it was and nothing is left
    beside it. Raises ExportError, in words for the user, for any fault of the disk; also where the
    export is in place and whole, and its drive did not confirm that it would stay there.
    """
    try:
        _place(target, render(), check, watch)
    except OSError as fault:
        raise ExportError(_words(target, fault)) from fault
    try:
        placing.sync_folder(target.parent)
    except OSError as fault:
        raise NotConfirmedError(_not_confirmed(target, fault)) from fault


def not_whole(missing: str) -> ExportError:
    """Say that a file was written and did not hold what it should when it was read back."""
    return ExportError(
        f"The export was written and read back, and it was not whole: {missing}. It was thrown "
        "away, an earlier file of that name is as it was, and the workshop is safe. Please try "
        "again, and on another drive if it happens again."
    )


def _place(target: Path, content: bytes, check: Callable[[Path], None], watch: Watch) -> None:
    mode = _mode(target)
    with placing.beside(target, "~hicm-") as draft:
        placing.write_anew(draft, content)
        check(draft)
        watch(1.0)
        if mode is not None:
            placing.set_mode(draft, mode)
        placing.replace(draft, target)


def _mode(target: Path) -> int | None:
    """Give the permissions of the earlier file, if there is one that may be replaced."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not mode & stat.S_IWUSR:
        # Moving a file over it would work all the same on some systems, against that mark.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return stat.S_IMODE(mode)


def _words(target: Path, fault: OSError) -> str:
    """Say what happened, what was kept and what to do."""
    if isinstance(fault, IsADirectoryError):
        happened = f"“{target.name}” is a folder or a device, not a file"
        do = "Please choose another name."
    elif isinstance(fault, PermissionError):
        happened = f"“{target.name}” or its folder may not be written to"
        do = (
            "If it is open in Excel, Word or a PDF viewer, close it there and try again. "
            "Otherwise please choose another name or folder."
        )
    elif not _holds(target.parent.is_dir):
        happened = f"the folder “{target.parent}” is not there any more"
        do = "Please connect the drive again, or choose another folder."
    elif fault.errno in _FULL:
        happened, do = "the disk is full", "Please make some room, or choose another folder."
    elif fault.errno == errno.EROFS:
        happened = f"the folder “{target.parent}” can only be read"
        do = "Please choose another folder."
    elif fault.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        happened = f"the name “{target.name}” cannot be used here"
        do = "Please choose a shorter, simpler name."
    else:
        reason = fault.strerror or str(fault)
        happened, do = f"of a fault of the disk ({reason})", "Please choose another folder."
    kept = (
        "The earlier file of that name is as it was"
        if _holds(target.is_file)
        else "No file has been made"
    )
    return f"The export was not written, because {happened}. {kept}, and the workshop is safe. {do}"


def _not_confirmed(target: Path, fault: OSError) -> str:
    """Say that an export is there, and may not outlast a power cut."""
    return (
        f"The export “{target.name}” was written and is whole, but its drive did not confirm that "
        f"it will stay ({fault.strerror or fault}). The workshop is safe. Please export it again, "
        "to another drive."
    )


def _holds(check: Callable[[], bool]) -> bool:
    """Ask about a path that may lie where we cannot even look."""
    try:
        return check()
    except OSError:
        return False
