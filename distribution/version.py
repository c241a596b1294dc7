"""What Windows shows of the program under Properties, Details. For `build.spec`."""

from __future__ import annotations

import re

from hicm_desktop import PRODUCT

ABOUT = "Take a group through the High Impact Change Model and send out the record"


def windows_version(version: str, program: str) -> object:
    """Give the resource for an executable of this name, as PyInstaller takes it.

    Windows wants four numbers; what follows them in a version ("0.2.0rc1") stands in its text
    alone. PyInstaller is there only where the program is frozen.
    """
    from PyInstaller.utils.win32 import versioninfo as info  # noqa: PLC0415 - see above

    numbers = four_numbers(version)
    texts = {
        "FileDescription": ABOUT,
        "FileVersion": version,
        "InternalName": program,
        "OriginalFilename": f"{program}.exe",
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers, OS=0x40004, fileType=0x1),
        kids=[
            info.StringFileInfo(
                [info.StringTable("080904B0", [info.StringStruct(*text) for text in texts.items()])]
            ),
            info.VarFileInfo([info.VarStruct("Translation", [0x0809, 1200])]),
        ],
    )


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Give a version as Windows counts it: "0.1.0" is 0, 1, 0, 0."""
    found = [int(number) for number in re.match(r"\d+(?:\.\d+)*", version)[0].split(".")]  # type: ignore[index] # every version begins so
    first, second, third, fourth = (*found, 0, 0, 0, 0)[:4]
    return first, second, third, fourth
