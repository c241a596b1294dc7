"""Opens a workbook that came from outside, within bounds: it neither hangs nor harms.

openpyxl unpacks and parses what it is given. So its file is looked through first: how large it is,
how much it would unpack to, how many tags it has, and that it declares no entities. For
`plan_reading` only.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from hicm_desktop.errors import FileError

LARGEST_FILE = 30 * 2**20
LARGEST_MEMBER = 64 * 2**20
LARGEST_WHOLE = 160 * 2**20
MOST_MEMBERS = 2_000
MOST_TAGS = 1_000_000
"""In a sheet, or in its texts: 5,000 actions take a third of it, and openpyxl seconds for all."""

MOST_OTHER_TAGS = 150_000
"""In any other part, such as the styles, of which openpyxl makes much more."""

MOST_SHEETS = 100
MOST_OF_FORMULAS = 3_000_000
"""Letters of formulas, each taken to be as long as the longest, which others may be copies of."""

_WORKBOOK = "xl/workbook.xml"
_OLD = b"\xd0\xcf\x11\xe0"
"""How the files of Excel before 2007 begin, and those that are protected by a password."""

_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_DECLARES = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>][^<]*")
_SAVE_ANEW = "Please open it in Excel, save it as an Excel workbook (.xlsx), and try again."
_NOTHING = "Nothing was read in, and the workshop is as it was."


class Guarded:
    """The content of a workbook's file, looked through.

    Raises FileError for what is no workbook, and for more than anyone would type.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._content = self._read(path)
        if self._content.startswith(_OLD):
            if _PROTECTED in self._content:
                raise self._refusal("it is protected by a password", "Please save it without one.")
            raise self._refusal("it is a workbook of Excel before 2007 (.xls)", _SAVE_ANEW)
        try:
            self._has_formulas = self._look_through()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as fault:
            raise self._refusal(
                "it is no Excel workbook, or not a whole one", _SAVE_ANEW
            ) from fault
        except (NotImplementedError, RuntimeError) as fault:
            raise self._refusal(
                "it is packed in a way that is not known here", _SAVE_ANEW
            ) from fault

    @property
    def has_formulas(self) -> bool:
        """Whether any sheet may have a formula."""
        return self._has_formulas

    def book(self, *, formulas: bool = False) -> Workbook:
        """Open it to be read row by row, with the results of formulas, or the formulas themselves.

        What openpyxl makes of a broken file may be any exception, here or while it is read.
        """
        with warnings.catch_warnings():
            # It warns of what it does not keep, which nobody here will miss.
            warnings.simplefilter("ignore")
            return load_workbook(
                io.BytesIO(self._content), read_only=True, data_only=not formulas, keep_links=False
            )

    def _read(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as fault:
            why = fault.strerror or str(fault)
            raise self._refusal(f"the disk says: {why}", "Is the drive still there?") from fault
        if len(content) > LARGEST_FILE:
            raise self._too_large()
        return content

    def _look_through(self) -> bool:
        """Hold the file against the bounds; tell whether it may have formulas."""
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            members = archive.infolist()
            sizes = [member.file_size for member in members]
            if len(members) > MOST_MEMBERS or sum(sizes) > LARGEST_WHOLE:
                raise self._too_large()
            if any(member.flag_bits & 1 for member in members):
                raise self._refusal("it is protected by a password", "Please save it without one.")
            if _WORKBOOK not in archive.namelist():
                raise self._refusal("it is no Excel workbook (.xlsx)", _SAVE_ANEW)
            if max(sizes) > LARGEST_MEMBER:
                raise self._too_large()
            found = [self._has_formula(archive, member) for member in members]
            return any(found)

    def _has_formula(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
        if not member.filename.endswith((".xml", ".rels")):
            return False
        # zipfile reads no more than the size that was declared, and checks what it read.
        content = archive.read(member)
        is_large = "worksheets/" in member.filename or "sharedStrings" in member.filename
        if content.count(b"<") > (MOST_TAGS if is_large else MOST_OTHER_TAGS):
            raise self._too_large()
        if any(word in content for word in _DECLARES):
            raise self._refusal("it declares entities, as no workbook does", _SAVE_ANEW)
        if member.filename == _WORKBOOK and content.count(b"sheetId=") > MOST_SHEETS:
            raise self._too_large()
        if "worksheets/" not in member.filename:
            return False
        lengths = [len(formula) for formula in _FORMULA.findall(content)]
        if len(lengths) * max(lengths, default=0) > MOST_OF_FORMULAS:
            raise self._too_large()
        return bool(lengths)

    def _too_large(self) -> FileError:
        return self._refusal(
            "it is far larger than an action plan",
            "Please copy the plan into a workbook of its own.",
        )

    def _refusal(self, why: str, do: str) -> FileError:
        return FileError(f"{self._name} could not be read, because {why}. {_NOTHING} {do}")

    def not_understood(self) -> FileError:
        """Say that what is in it makes no sense."""
        return self._refusal("what is in it could not be understood", _SAVE_ANEW)

    def refused(self, why: str, do: str) -> FileError:
        """Say why nothing is taken from it, and what to do."""
        return self._refusal(why, do)
