"""What the folder is made of: every piece of software in it, its version, its licence and whose.

For the list of licences and for the bill of materials. It asks the environment that the program was
frozen in, and on Linux the system for what came from there.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence, Set
from importlib.metadata import Distribution, distribution, distributions, version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from packaging.utils import canonicalize_name

from distribution.contents import SYSTEM_LIBRARIES
from hicm_desktop import PRODUCT, __version__

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "distribution" / "licences"
SEE = "see its text"
"""Stands for a licence that is stated in no short form."""

_ICU = re.compile(r"libicudata\.so\.(\d+)")
_VENDORED = re.compile(r"(lib.+?)-[0-9a-f]{8}\.so\.([0-9.]+)")
_LICENCE_FILE = re.compile(r"(licen[cs]es?|copying|notice|authors)", re.IGNORECASE)
_PIN = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
_QT = ("pyside6-essentials", "shiboken6")
_LGPL = (TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt")


class NotKnown(Exception):  # noqa: N818 - read as a sentence where it is caught
    """What a part is cannot be found out here, so the folder must not be handed out."""


class Part(NamedTuple):
    """A piece of software: its name, version and licence, the texts of that, and where it is from.

    `purl` names it as a bill of materials does, where there is such a name.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    purl: str = ""
    about: str = ""


def parts_of(files: Iterable[Path], modules: Iterable[str]) -> tuple[Part, ...]:
    """Give the parts of a folder, ours first, as it was frozen by this very Python.

    `files` are its files, by their place in it; `modules` are those inside the executable.
    """
    held = tuple(files)
    tops = {module.partition(".")[0] for module in modules}
    tops |= {part.partition(".")[0] for file in held for part in file.parts[1:2]}
    inside = _beside_libraries(tops, held)
    return (*_ours(), *_python(), *_libraries(tops), *inside, *_system(held))


def _ours() -> Iterator[Part]:
    texts = (ROOT / "LICENSE",)
    yield Part(PRODUCT, __version__, "MIT", texts, about="this program")
    font = ROOT / "resources" / "fonts" / "OFL.txt"
    yield Part("Source Sans 3", "", "OFL-1.1", (font,), about="the typeface")


def _python() -> Iterator[Part]:
    places = (Path(sysconfig.get_paths()["stdlib"]), Path(sys.base_prefix))
    texts = tuple(place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file())
    yield Part(
        "CPython",
        platform.python_version(),
        "Python-2.0",
        texts[:1],
        f"pkg:generic/cpython@{platform.python_version()}",
        "the language it is written in",
    )
    freezer = next(d for d in distributions() if canonicalize_name(d.name) == "pyinstaller")
    yield Part(
        "PyInstaller",
        freezer.version,
        "GPL-2.0-or-later WITH Bootloader-exception",
        _texts(freezer),
        f"pkg:pypi/pyinstaller@{freezer.version}",
        "the start of the executable alone",
    )


def _libraries(tops: Set[str]) -> Iterator[Part]:
    """Give what the lock of the program names, as far as something of it is in the folder.

    `tops` are the outermost names of modules and of folders there.
    """
    named = set(_PIN.findall((ROOT / "requirements" / "app.txt").read_text("utf-8")))
    there = {canonicalize_name(d.name): d for d in distributions() if tops & _tops(d)}
    for name in sorted(named & there.keys()):
        library = there[name]
        is_qt = name in _QT
        yield Part(
            library.name,
            library.version,
            "LGPL-3.0-only" if is_qt else _licence(library),
            _LGPL if is_qt else _texts(library),
            f"pkg:pypi/{name}@{library.version}",
            library.metadata["Summary"] or "",
        )


def _beside_libraries(tops: Set[str], files: Sequence[Path]) -> Iterator[Part]:
    """Give what comes inside the wheels: advisories are about these, by names of their own."""
    qt = version("pyside6-essentials")
    yield Part("Qt", qt, "LGPL-3.0-only", _LGPL, f"pkg:generic/qt@{qt}", "windows, text, drawing")
    for file in files:
        if match := _ICU.fullmatch(file.name):
            text = (TEXTS / "Unicode-3.0.txt",)
            purl = f"pkg:generic/icu@{match[1]}"
            yield Part("ICU", match[1], "Unicode-3.0", text, purl, "letters, for Qt")
        elif file.parent.name == "pillow.libs" and (match := _VENDORED.match(file.name)):
            yield _inside("pillow", match[1], match[2], "pictures, for Pillow")
    if "pypdfium2_raw" in tops:
        told = json.loads(
            distribution("pypdfium2").read_text("../pypdfium2_raw/version.json") or ""
        )
        number = ".".join(str(told[key]) for key in ("major", "minor", "build", "patch"))
        yield _inside("pypdfium2", "PDFium", number, "reads PDF back")
    if "lxml" in tops:
        from lxml import etree  # noqa: PLC0415 - asked of this very build of it

        for name, numbers in (
            ("libxml2", etree.LIBXML_VERSION),
            ("libxslt", etree.LIBXSLT_VERSION),
        ):
            yield _inside("lxml", name, ".".join(map(str, numbers)), "XML, for lxml")
    if "yaml" in tops:
        from yaml import _yaml  # noqa: PLC0415 - asked of this very build of it

        yield _inside("pyyaml", "libyaml", _yaml.get_version_string(), "YAML, for PyYAML")


def _inside(wheel: str, name: str, number: str, about: str) -> Part:
    """Give a part that came inside a wheel, whose texts state its licence as well."""
    purl = f"pkg:generic/{quote(name.lower())}@{quote(number)}"
    return Part(name, number, SEE, _texts(distribution(wheel)), purl, about)


def _system(files: Sequence[Path]) -> Iterator[Part]:
    """Give the packages of Linux that files come from. Raises NotKnown where dpkg is not there."""
    if platform.system() != "Linux":
        return
    if shutil.which("dpkg-query") is None:
        raise NotKnown("on Linux it is frozen on Debian or its kin, whose dpkg says what is whose")
    own = (file.name for file in files if not file.parent.name.endswith(".libs"))  # of wheels
    packages = {_package_of(name) for name in own if SYSTEM_LIBRARIES.match(name)}
    system = platform.freedesktop_os_release()["ID"]
    for package in sorted(packages):
        text = Path("/usr/share/doc") / package / "copyright"
        asked = "${Version} ${Architecture}"
        released, machine = _asked("dpkg-query", "-W", f"-f={asked}", package).split()
        purl = f"pkg:deb/{system}/{package}@{quote(released, safe='')}?arch={machine}"
        yield Part(package, released, SEE, (text,), purl, "a window on Linux")


def _package_of(library: str) -> str:
    found = _asked("dpkg", "-S", f"*/{library}")
    return found.partition(":")[0]


def _asked(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _tops(library: Distribution) -> Set[str]:
    """Give the outermost names of a library's modules and folders."""
    return {file.parts[0].partition(".")[0] for file in library.files or ()} - {"__pycache__"}


def _texts(library: Distribution) -> tuple[Path, ...]:
    """Give the files of a library that state its licence and its authors."""
    found = (
        Path(str(library.locate_file(file)))
        for file in library.files or ()
        if ".dist-info" in str(file)
        and ("licenses" in file.parts or _LICENCE_FILE.match(file.name))
    )
    return tuple(sorted(path for path in found if path.is_file()))


def _licence(library: Distribution) -> str:
    """Give the licence as its package states it, in one line."""
    data = library.metadata
    stated = data["License-Expression"] or (data["License"] or "").partition("\n")[0].strip()
    return _KNOWN.get(canonicalize_name(library.name), stated) or SEE


_KNOWN = {"reportlab": "BSD-3-Clause", "pypdfium2": "BSD-3-Clause AND Apache-2.0"}
"""Of two packages that state it in words of their own, how others would."""
