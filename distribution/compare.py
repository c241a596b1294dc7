"""Tells in what two builds differ. For whoever doubts that one commit gives one program.

python -m distribution.compare ONE.zip OTHER.zip
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path


def differences(one: Path, other: Path) -> Iterator[str]:
    """Give a line for every file that the two do not hold alike."""
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        ours, theirs = (
            {
                entry.filename: (entry.CRC, entry.file_size, entry.external_attr)
                for entry in archive.infolist()
            }
            for archive in (first, second)
        )
    for name in sorted({*ours, *theirs}):
        if name not in theirs:
            yield f"{name}: only in {one.name}"
        elif name not in ours:
            yield f"{name}: only in {other.name}"
        elif ours[name] != theirs[name]:
            yield f"{name}: {ours[name][1]:,} and {theirs[name][1]:,} bytes, not the same"


def main(arguments: Sequence[str]) -> int:
    """Compare two archives; gives 1 where they differ."""
    one, other = map(Path, arguments)
    found = list(differences(one, other))
    sys.stdout.write(
        "".join(f"{line}\n" for line in found) or "They hold the same, byte for byte.\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
