"""Zip files that depend on what they hold and on nothing else: same in, same out.

For the exporters of this package, whose libraries put the time of day into what they write.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file knows, which stands for none."""


class SettledZip(zipfile.ZipFile):
    """A zip file to write, with no time and no machine in it. Members are given by `writestr`."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, "w", zipfile.ZIP_DEFLATED)

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, *given: Any, **named: Any) -> None:
        """Add a member: of what is said of it, its name alone is kept."""
        if isinstance(zinfo_or_arcname, zipfile.ZipInfo):
            zinfo_or_arcname = zinfo_or_arcname.filename
        member = zipfile.ZipInfo(zinfo_or_arcname, _FIRST_DAY)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.create_system = 0  # whatever the machine
        super().writestr(member, *given, **named)


def settled(archive: bytes) -> bytes:
    """Give the same zip file with no time in it, its members in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, SettledZip(stream) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stream.getvalue()
