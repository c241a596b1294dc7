"""What the command line says and how: its name, its exit codes, and where its lines go.

For `hicm_desktop.cli` and its commands.
"""

from __future__ import annotations

import argparse
import sys
from typing import TextIO

OK, FELL_SHORT, NOT_UNDERSTOOD = 0, 1, 2
PROGRAM = "hicm-desktop"


def parser_of(command: str, description: str) -> argparse.ArgumentParser:
    """Make what reads the arguments of a command."""
    return argparse.ArgumentParser(prog=f"{PROGRAM} {command}", description=description)


def say(text: str) -> None:
    """Write a line of what was done."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write a line of what to know beside it."""
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    """Write a line. A program without a console, as on Windows, has no such stream."""
    if stream is not None:
        stream.write(f"{text}\n")
        stream.flush()  # whoever waits for a long command sees how far it is
