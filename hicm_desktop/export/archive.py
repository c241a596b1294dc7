"""Zip files that depend on what they hold and on nothing else: same in, same out.

For the exporters of this package, whose libraries put the time of day into what they write.
"""

from __future__ import annotations

import io
import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file knows, which stands for none."""


def settled(archive: bytes) -> bytes:
    """Give the same zip file with no time in it, its members in their order."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.create_system = 0  # whatever the machine
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
