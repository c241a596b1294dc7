"""Runs the program: as `python -m hicm_desktop`, installed, or frozen.

Nothing of ours imports it. What is imported before the opening is said is what the user waits for
with nothing to see.
"""

from __future__ import annotations

import os
import sys

from hicm_desktop import frozen, opening, paths


def main() -> int:
    """Say that the program opens, where it does, and run the command line; gives its exit code."""
    if paths.is_frozen():
        frozen.give_back(os.environ)
    card = opening.say_so(sys.argv[1:])

    from hicm_desktop.cli import main as run  # noqa: PLC0415 - see above

    code = run()
    if card is not None:
        card.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
