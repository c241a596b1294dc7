"""Opens a workbook that came from outside, within bounds: it neither hangs nor harms.

openpyxl unpacks and parses what it is given. So its file is looked through first: how large it is,
how much it would unpack to, how many tags it has, and that it declares no entities, in whichever
of its members. For
`plan_reading` only.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook.workbook import Workbook

from hicm_desktop.errors import FileError

LARGEST_FILE = 30 * 2**20
LARGEST_MEMBER = 64 * 2**20
LARGEST_WHOLE = 160 * 2**20
MOST_MEMBERS = 2_000
MOST_TAGS = 1_000_000
"""In all of it: 5,000 actions take half of it, and openpyxl seconds for all."""

MOST_CELLS = 150_000
MOST_OTHER_TAGS = 100_000
"""Of all but cells and what is in them: of rows and styles openpyxl makes much more."""

MOST_SHEETS = 100
MOST_OF_FORMULAS = 3_000_000
"""Letters of formulas, each taken to be as long as the longest, which others may be copies of."""

_WORKBOOK = "xl/workbook.xml"
_OLD = b"\xd0\xcf\x11\xe0"
"""How the files of Excel before 2007 begin, and those that are protected by a password."""

_PDF = b"%PDF"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"\x01\x00\x00\x00")
"""How images begin, and nothing that could be read as XML."""

_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
_PREFIX = rb"(?:[^\s<>/:]+:)?"
_CHEAP = re.compile(rb"</?" + _PREFIX + rb"(?:c|v|f|is|t)[\s/>]")
_CELL = re.compile(rb"<" + _PREFIX + rb"c[\s/>]")
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s/>][^<]*")
_WORKBOOK_ALONE = "Only the Excel workbook can be brought back."
_SAVE_ANEW = "Please open it in Excel, save it as an Excel workbook (.xlsx), and try again."
_NOTHING = "Nothing was read in, and the workshop is as it was."


class _Reader(ExcelReader):
    """Reads no member as more than one sheet, each of which would take its time again."""

    def read_worksheets(self) -> None:
        parts = [relation.target for _, relation in self.parser.find_sheets()]
        if len(parts) > len(set(parts)):
            raise ValueError("two sheets are the same part of the file")
        super().read_worksheets()


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
        if self._content.startswith(_PDF):
            raise self._refusal("it is a PDF", _WORKBOOK_ALONE)
        try:
            self._has_formulas = self._look_through()
        except FileError:
            raise
        except Exception as fault:
            # What zipfile makes of a broken file may be any exception, too.
            raise self._refusal(
                "it is no Excel workbook, or not a whole one", _SAVE_ANEW
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
            reader = _Reader(
                io.BytesIO(self._content), read_only=True, data_only=not formulas, keep_links=False
            )
            reader.read()
        book: Workbook = reader.wb
        return book

    def _read(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as fault:
            why = fault.strerror or str(fault)
            raise self._refusal(f"the disk says: {why}", "Is the drive still there?") from fault
        if len(content) > LARGEST_FILE:
            raise self.too_large()
        return content

    def _look_through(self) -> bool:
        """Hold the file against the bounds; tell whether it may have formulas."""
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            members = archive.infolist()
            sizes = [member.file_size for member in members]
            if len(members) > MOST_MEMBERS or sum(sizes) > LARGEST_WHOLE:
                raise self.too_large()
            if any(member.flag_bits & 1 for member in members):
                raise self._refusal("it is protected by a password", "Please save it without one.")
            if _WORKBOOK not in archive.namelist():
                raise self._refusal("it is no Excel workbook (.xlsx)", _WORKBOOK_ALONE)
            if any(member.compress_type not in _PACKED for member in members):
                raise self._refusal("it is packed in a way that is not known here", _SAVE_ANEW)
            if max(sizes) > LARGEST_MEMBER:
                raise self.too_large()
            return self._look_at(archive.read(member) for member in members)

    def _look_at(self, contents: Iterable[bytes]) -> bool:
        """Hold what is in its members against the bounds, whatever they are called.

        A workbook says itself which of them is a sheet or a style. zipfile reads no more of each
        than the size that was declared, and checks what it read.
        """
        tags = cells = others = sheets = formulas = longest = 0
        for packed in contents:
            if packed.startswith(_IMAGES):
                continue
            # Without the zeros, letters of two bytes are read like those of one.
            content = packed.replace(b"\0", b"")
            if any(word in content for word in _DECLARES):
                raise self._refusal("it declares entities, as no workbook does", _SAVE_ANEW)
            own = content.count(b"<")
            tags += own
            if tags > MOST_TAGS:
                raise self.too_large()
            others += own - len(_CHEAP.findall(content))
            cells += len(_CELL.findall(content))
            sheets += content.count(b"sheetId=")
            lengths = [len(formula) for formula in _FORMULA.findall(content)]
            formulas += len(lengths)
            longest = max(longest, *lengths, 0)
        if (
            others > MOST_OTHER_TAGS
            or cells > MOST_CELLS
            or sheets > MOST_SHEETS
            or formulas * longest > MOST_OF_FORMULAS
        ):
            raise self.too_large()
        return formulas > 0

    def too_large(self) -> FileError:
        """Say that it is more than anyone would type."""
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
