"""The command line: opens the window, or hands over to the command that was asked for.

The composition root below the window, imported by `hicm_desktop.__main__` and by what packages the
program. What only a command needs is imported where one was asked for: no window waits for it.

Exit codes: 0 done, 1 something falls short or failed, 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from hicm_desktop import __version__
from hicm_desktop.cli_common import FELL_SHORT, NOT_UNDERSTOOD, PROGRAM, tell
from hicm_desktop.errors import HicmError
from hicm_desktop.opening import COMMANDS

_COMMANDS_HELP = """\
commands, which open no window:
  export FILE --xlsx OUT --pdf OUT   write a workshop as a workbook, a PDF, or both; with
       --docx OUT --ics OUT          its action plan for Word, and its dates for a calendar
  sample OUT.hicm                    write the sample workshop, to look around in
  check FILE|FOLDER ...              say whether workshops and content packs can be read
  keys OUT.pdf                       write every key on one page, to print
  handout KIND OUT.pdf               write what is printed before a workshop: matrices, levels,
                                     a blank action plan, or an agenda
  demo FOLDER                        take pictures of the program with the sample workshop
  self-test                          do a whole workshop of its own, and say what this computer
                                     is and whether all went well, for a help desk

Type `hicm-desktop COMMAND --help` for more about one. To open a workshop whose name is that of a
command, put its folder first: `hicm-desktop ./export`.

exit codes: 0 done, 1 something falls short or failed, 2 the command was not understood
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments, or those it was started with; gives its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file's name may be in no encoding
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except HicmError as error:
        tell(str(error))
        return FELL_SHORT
    except BrokenPipeError:
        # Who read our output has gone. Python would say so again when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FELL_SHORT
    except SystemExit as ended:  # argparse has written its help, or what it did not understand
        return ended.code if isinstance(ended.code, int) else NOT_UNDERSTOOD
    return code


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] in COMMANDS:
        from hicm_desktop.cli_commands import BY_NAME  # noqa: PLC0415 - what no window needs

        return BY_NAME[arguments[0]](arguments[1:])
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Take a group through the High Impact Change Model and send out the record.",
        epilog=_COMMANDS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a workshop (.hicm) to open")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    given: str | None = parser.parse_args(arguments).file
    file = None if given is None else Path(given)
    if file is not None and file.name == given and not file.suffix and not file.exists():
        parser.error(f"{given} is neither a command nor a file")

    from hicm_desktop.app import run_app  # noqa: PLC0415 - Qt only where a window opens

    return run_app(file)
