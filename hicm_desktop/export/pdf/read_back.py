"""Reads back a PDF that was written, and counts it against the report, before it is put in place.

For this package only. It goes by the structure that screen readers are given, so that what is
counted is what can be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.export.replacing import not_whole
from hicm_desktop.export.watching import Watch, unwatched
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.words import count

_PASSED_OVER = ("Mn", "Cf", "Zs", "Cc")
"""Kinds of characters that a reader may put otherwise: accents on their own, and what is unseen."""

_HYPHENS = re.compile(r"[\s\u00ad\u2010\u2011-]+")


def opens(path: Path) -> None:
    """Raise ExportError where a PDF cannot be opened again, or holds nothing to be read."""
    with PdfFile(path) as pdf:
        if not _found(pdf):
            raise not_whole("it holds no text")


def pages(path: Path) -> None:
    """Raise ExportError where a PDF cannot be opened again, or has not the pages that it says."""
    with PdfFile(path) as pdf:
        _check_pages(pdf)


def record(
    path: Path, report: Report, shown: Callable[[str], str], watch: Watch = unwatched
) -> None:
    """Raise ExportError where the PDF of a report lacks any of it, and Cancelled.

    `shown` gives a text as the typeface shows it.
    """
    with PdfFile(path) as pdf:
        _check_pages(pdf)
        found = _found(pdf, watch)
    for what, texts in _expected(report):
        wanted = Counter(_squeezed(shown(text)) for text in texts)
        wanted.pop("", None)
        missing = wanted - found
        if missing:
            whole = wanted.total()
            raise not_whole(f"it holds {whole - missing.total()} of {count(whole, what)}")
        found -= wanted  # what was counted once stands for nothing else


def _check_pages(pdf: PdfFile) -> None:
    number = len(pdf)
    if not number or f"Page {number} of {number}" not in pdf.text(number - 1):
        raise not_whole(f"it has {count(number, 'page')}, and another number when it was set")


def _found(pdf: PdfFile, watch: Watch = unwatched) -> Counter[str]:
    """Count every text of the file that is an element, those that go on over pages once."""
    found: Counter[str] = Counter()
    going_on: dict[str, list[str]] = {}
    for page in range(len(pdf)):
        watch(page / len(pdf))
        for part in pdf.parts(page):
            if part.key:
                going_on.setdefault(part.key, []).append(part.text)
            else:
                found[_squeezed(part.text)] += 1
    found.update(_squeezed("".join(texts)) for texts in going_on.values())
    return found


def _expected(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Give the texts that must be there, by what they are called."""
    rows = [row for change in report.changes for row in change.rows]
    yield "heading of a change", [change.heading for change in report.changes]
    yield "row", [row.name for row in rows]
    yield "descriptor", [text for row in rows for text in row.descriptors]
    yield "level", [row.verdict for row in rows if row.level_name is not None]
    notes = [text.text for row in rows for text in (*row.texts, *row.facts)]
    yield "note", [*notes, *(text.text for change in report.changes for text in change.texts)]
    yield "action", [action.to_do for action in report.actions]
    others = ((a.where_now, a.due, a.success, a.owner) for a in report.actions)
    yield "part of an action", [text for texts in others for text in texts]
    yield "entry of the decision log", [entry.words for entry in report.minutes]
    partners = ((p.organisation, p.role, p.name) for p in report.partners)
    yield "part of a partner", [text for texts in partners for text in texts]
    said = report.summary
    yield "point of the summary", [p.words for p in (*said.agreed, *said.open, *said.differing)]
    answers = [text.text for record in report.unplaced for text in record.told]
    yield "answer that has no place in the model", answers
    yield "part of the sign-off", [report.seal.words, report.seal.fingerprint, *report.seal.present]
    yield "part of the details", [report.place, report.facilitator, report.populations]


def _squeezed(text: str) -> str:
    """Give a text without what a page sets otherwise: spaces, line ends, how letters are put.

    Hyphens go as well: one at the end of a line is read as if its word had been broken there.
    """
    plain = unicodedata.normalize("NFKD", _HYPHENS.sub("", text))
    return "".join(letter for letter in plain if unicodedata.category(letter) not in _PASSED_OVER)
