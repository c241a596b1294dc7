"""What the frozen program puts right at its start. For the command line.

PyInstaller has Linux look for libraries in the program's folder first, by a variable that every
program it starts would inherit: the viewer of a PDF or a browser would load our libraries instead
of its own.
"""

from __future__ import annotations

from collections.abc import MutableMapping

_WHERE, _BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


def give_back(variables: MutableMapping[str, str]) -> None:
    """Put the variable back as it was before the program started; its own libraries are found."""
    before = variables.pop(_BEFORE, None)
    if before is None:
        variables.pop(_WHERE, None)
    else:
        variables[_WHERE] = before
