"""Runs the program: as `python -m hicm_desktop`, installed, or frozen.

Nothing of ours imports it. What is imported before the opening is said is what the user waits for
with nothing to see.
"""

from __future__ import annotations

import os
import sys

from hicm_desktop import frozen, opening, paths

MISSING = (
    "Something that the program needs of this computer could not be loaded: {}. A Linux with a "
    "desktop has it. The page “For IT”, which lies beside the program, says what there has to be."
)


def main() -> int:
    """Start the program; gives its exit code.

    A Linux without a desktop lacks libraries of its own that every window needs: that is told.
    """
    if paths.is_frozen():
        frozen.give_back(os.environ)
    try:
        return _start()
    except ModuleNotFoundError:  # a part of the program, which is no fault of the computer
        raise
    except ImportError as error:
        if not (paths.is_frozen() and sys.platform == "linux"):
            raise
        sys.stderr.write(f"{MISSING.format(error)}\n")
        return 1


def _start() -> int:
    """Say that the program opens, where it does, and run the command line; gives its exit code."""
    card = opening.say_so(sys.argv[1:])

    from hicm_desktop.cli import main as run  # noqa: PLC0415 - see above

    code = run()
    if card is not None:
        card.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
