"""Real small disks, in memory, for the tests of what a full one does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def mounted(folder: Path, options: str, *, lazily: bool = False) -> Iterator[Path]:
    """Mount a small disk in memory for one test, or skip it where that is not allowed.

    `lazily` lets what is still open there keep the disk until it is closed.
    """
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],  # noqa: S607 - wherever it lies
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        pytest.skip(f"no small disk could be mounted: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        how = ["--lazy"] if lazily else []
        subprocess.run(["umount", *how, folder], check=True)  # noqa: S607 - as above
