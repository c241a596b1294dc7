"""Runs a program and tells whether it went near a network, by what it asked of Linux.

For `distribution.build` and the tests. What a program asks of the system is seen from outside, in
all its threads and whatever they were written in; what it loads or says of itself is not trusted.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_FAMILY = re.compile(r"\b(?:AF|PF)_([A-Z0-9]+)")
_CALL = re.compile(r"^\d+ +(?:\[pid +\d+\] )?([a-z0-9_]+)\(")
_WATCHED_S, _PLAIN_S = 900, 600
_LOCAL = frozenset({"UNIX", "LOCAL"})
"""Families that do not leave the computer: the display and the bus of screen readers are there."""


def can_watch() -> bool:
    """Whether this system can be asked: Linux, with strace."""
    return sys.platform == "linux" and shutil.which("strace") is not None


def watched(
    command: Sequence[str], variables: Mapping[str, str], folder: Path
) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run a command in a folder, and give what came of it and each line that left the computer.

    Where the system cannot be asked there are no such lines.
    """
    watches = can_watch()
    with tempfile.TemporaryDirectory() as own:
        log = Path(own) / "calls"
        watch = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log)]
        strace = watch if watches else []
        done = subprocess.run(
            [*strace, *command],
            env=dict(variables),
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_WATCHED_S if watches else _PLAIN_S,
        )
        lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
    return done, outward(lines)


def outward(lines: Sequence[str]) -> list[str]:
    """Give the lines of strace in which another family of sockets than the local one is named."""
    return [
        line
        for line in lines
        if _CALL.match(line) and not _LOCAL.issuperset(_FAMILY.findall(line) or _LOCAL)
    ]
