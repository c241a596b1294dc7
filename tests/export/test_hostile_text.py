"""Hostile text in every field, exported and read back: it comes out as text, whole, as typed.

What cannot come out as typed comes out by a stated rule: line ends of all kinds are line ends, what
XML cannot hold is “�” in the workbook, and what the typeface lacks is “□” in the PDF, named there.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.export.workbook import fit, write_workbook
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.entry import Entry, Kind
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)
from tests.export.conftest import FONTS, as_pdf
from tests.export.workshops import MADE

ROW_FIELDS = [field for field in RowField if not field.is_private]
CHANGE_FIELDS = [field for field in ChangeField if not field.is_private]
OWN_NOTE = "the facilitator's own"

SAME = ""
# As typed, as it stands in the workbook, and as it stands in the PDF; SAME where that is as typed.
TEXTS: tuple[tuple[str, str, str], ...] = (
    ("=1+1", SAME, SAME),
    ("+1+1", SAME, SAME),
    ("-2+3", SAME, SAME),
    ("@SUM(A1)", SAME, SAME),
    ("\t=1+1", SAME, "    =1+1"),
    ("\r=1+1", "\n=1+1", "\n=1+1"),
    ("  =1+1", SAME, SAME),
    ("＝1+1", SAME, "□1+1"),
    ("'=1+1", SAME, SAME),
    ('=HYPERLINK("http://example.org","x")', SAME, SAME),
    ("=cmd|' /C calc'!A0", SAME, SAME),
    ("http://example.org/?a=b&c#d", SAME, SAME),
    ("mailto:a@example.org", SAME, SAME),
    ("#N/A", SAME, SAME),
    ("TRUE", SAME, SAME),
    ("007 1e3 2026-01-01", SAME, SAME),
    ("<b>not bold</b> & <br/>", SAME, SAME),
    ("</para><font color='red'>", SAME, SAME),
    ("&amp; &#65; &lt;", SAME, SAME),
    ("]]><!-- <?x", SAME, SAME),
    ("_x0041_ _x000D_ __x005F_", SAME, SAME),
    ("&[File] &D &P &&", SAME, SAME),
    ("a\x00b\x07c\x0bd\x1be", "a�b�c�d�e", "a□b□c□d□e"),
    ("half \ud83d alone", "half � alone", "half □ alone"),
    ("\ufdd0 \ufdd1 \ufffe \uffff", "\ufdd0 \ufdd1 � �", "□ □ □ □"),
    ("a\u2028b\u2029c", SAME, "a\nb\nc"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree", "one\ntwo\nthree"),
    ("  two  spaces\n\n  and more ", SAME, "  two  spaces\n\n  and more"),
    ("thin\u2009wide\u3000none\u200bend", SAME, "thin\u2009wide noneend"),
    ("\u202eturned\u202c round", SAME, "turned round"),
    ("שלום עולם", SAME, "□□□□ □□□□"),
    ("مرحبا", SAME, "□□□□□"),
    ("e\u0301 x\u0302\u0323", SAME, "é x\u0323\u0302"),
    ("😀 👍🏽 ❤️", SAME, "□ □□ ❤"),
    ("漢字 ﷽", SAME, "□□ □"),
)


def in_workbook(entry: tuple[str, str, str]) -> str:
    return entry[1] or entry[0]


def in_pdf(entry: tuple[str, str, str]) -> str:
    return entry[2] or entry[0]


def texts_of(fields: Iterable[RowField | ChangeField], text: str) -> dict[str, Any]:
    return {field.attribute: text for field in fields}


def spread(model: Model) -> Workshop:
    """Put every hostile text into every field that a workshop has."""
    typed = [entry[0] for entry in TEXTS]
    everything = "=1+1 " + " | ".join(typed)
    rows = [
        RowRecord(
            row=row,
            outcome=Outcome.PARKED if known else Outcome.AGREED_WITH_RESERVATION,
            level=None if known else f"level {text}",
            private_note=OWN_NOTE,
            **texts_of(ROW_FIELDS, text),
        )
        for text, row, known in (
            *zip(typed, (row.id for _, row in model.rows()), [True] * 99, strict=False),
            *((text, text, False) for text in typed),
        )
    ]
    changes = [
        ChangeRecord(
            change=change,
            private_note=OWN_NOTE,
            **texts_of(CHANGE_FIELDS, text),
        )
        for text, change in (
            *zip(typed, (change.id for change in model.changes), strict=False),
            *((text, text) for text in typed),
        )
    ]
    return Workshop(
        id="w",
        created_at=MADE,
        details=Details(
            place=everything,
            facilitator=everything,
            populations=everything,
            partners=tuple(Partner(organisation=t, role=t, name=t) for t in typed),
        ),
        rows=tuple(rows),
        changes=tuple(changes),
        actions=tuple(
            Action(
                id=text,
                change=text,
                row=text,
                where_now=text,
                to_do=text,
                due_words=text,
                success=text,
                owner=text,
            )
            for text in typed
        ),
        log=tuple(
            Entry(
                number=number,
                at=MADE + dt.timedelta(minutes=number),
                kind=Kind.DECISION,
                row=text,
                was=text,
                now=text,
                reason=text,
            )
            for number, text in enumerate(typed, start=1)
        ),
    )


@pytest.fixture(scope="module")
def xlsx(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.xlsx"
    write_workbook(build_report(model, spread(model)), path)
    return path


@pytest.fixture(scope="module")
def pdf(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.pdf"
    as_pdf(build_report(model, spread(model)), path)
    return path


def as_excel_reads(value: object) -> str:
    """Undo the escapes that Excel undoes when it reads a cell."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(value or ""))


@cache
def book(path: Path) -> Workbook:
    return load_workbook(path)


@cache
def lines_of(path: Path, title: str) -> list[list[str]]:
    lines = book(path)[title].iter_rows(values_only=True)
    return [[as_excel_reads(value) for value in line] for line in lines]


def table(path: Path, title: str, number: int = 0) -> list[list[str]]:
    """Give what stands in a real table of a sheet, its headings first."""
    area = list(book(path)[title].tables.values())[number].ref
    return [[as_excel_reads(cell.value) for cell in line] for line in book(path)[title][area]]


# The workbook


def test_the_fields_of_the_texts_are_all_the_fields_there_are() -> None:
    """A field that is added to a record must be added here too."""
    told_by_facts = {"lean", "before", "after", "previous_shown"}
    assert {*RowRecord.__struct_fields__} == {"row", "outcome", "level"} | told_by_facts | {
        field.attribute for field in RowField
    }
    assert {*ChangeRecord.__struct_fields__} == {"change"} | {
        field.attribute for field in ChangeField
    }
    assert len(Action.__struct_fields__) == 10
    assert len(Details.__struct_fields__) + len(Partner.__struct_fields__) == 10
    assert len(Entry.__struct_fields__) == 12


def test_rows_come_back_as_typed_in_every_column(xlsx: Path, model: Model) -> None:
    lines = table(xlsx, "Profile")[1:]

    for entry, (_, row), line in zip(TEXTS, model.rows(), lines, strict=False):
        assert line[1] == row.name
        assert line[4:] == [in_workbook(entry)] * len(ROW_FIELDS), entry


def test_changes_and_rows_come_back_as_typed_on_their_sheet(xlsx: Path, model: Model) -> None:
    titles = book(xlsx).sheetnames
    rows = iter(TEXTS)
    for change, whole in zip(model.changes, TEXTS, strict=False):
        title = next(t for t in titles if t.startswith(f"{change.number} "))
        labels = {field.words for field in CHANGE_FIELDS}
        told = [line[1] for line in lines_of(xlsx, title) if line[0] in labels]
        assert told == [in_workbook(whole)] * len(CHANGE_FIELDS)
        for line, row, entry in zip(table(xlsx, title, 1)[1:], change.rows, rows, strict=False):
            assert line == [row.name, *[in_workbook(entry)] * len(ROW_FIELDS)], entry


def test_records_without_a_place_come_back_with_their_hostile_ids(xlsx: Path) -> None:
    found = [tuple(line) for line in table(xlsx, "Notes")]

    for entry in TEXTS:
        text = in_workbook(entry)
        kept = [line[3] for line in found if line[:2] == ("Not in this model", text)]
        assert kept.count(text) == len(ROW_FIELDS) + len(CHANGE_FIELDS), entry
        assert f"Agreed with reservation, level “level {text}”" in kept


def test_lines_of_the_decision_log_come_back_as_typed(xlsx: Path) -> None:
    lines = table(xlsx, "Decision log")[1:]

    assert len(lines) == len(TEXTS)
    for entry, line in zip(TEXTS, lines, strict=True):
        assert line[2] == in_workbook(entry)
        assert line[4:7] == [in_workbook(entry)] * 3, entry


def test_no_private_note_is_in_an_export_unless_it_is_asked_for(
    xlsx: Path, pdf_text: str, model: Model, tmp_path: Path
) -> None:
    def cells(path: Path) -> list[str]:
        titles = book(path).sheetnames
        return [cell for title in titles for line in lines_of(path, title) for cell in line]

    assert not [cell for cell in cells(xlsx) if OWN_NOTE in cell]
    assert joined(OWN_NOTE) not in joined(pdf_text)
    whole = spread(model)
    # A row and a change of the hostile record are enough: it takes 20 s to write all of it.
    row = Workshop(id="w", created_at=MADE, rows=whole.rows[:1])
    change = Workshop(id="w", created_at=MADE, changes=whole.changes[:1])
    for name, few in (("row", row), ("change", change)):
        report = build_report(model, few, parts=Parts(private_notes=True))
        write_workbook(report, tmp_path / f"{name}.xlsx")
        as_pdf(report, tmp_path / f"{name}.pdf")
        assert OWN_NOTE in cells(tmp_path / f"{name}.xlsx")
        pages = PdfReader(tmp_path / f"{name}.pdf").pages
        assert joined(OWN_NOTE) in joined("".join(page.extract_text() for page in pages))


def test_actions_come_back_as_typed_in_every_column(xlsx: Path) -> None:
    lines = table(xlsx, "Action plan")[1:]

    assert len(lines) == len(TEXTS)
    for entry, line in zip(TEXTS, lines, strict=True):
        text = in_workbook(entry)
        assert line[:7] == [text] * 7, entry
        assert line[8] == text, "the id"


def test_partners_and_details_come_back_as_typed(xlsx: Path) -> None:
    assert table(xlsx, "Partners")[1:] == [[in_workbook(entry)] * 3 for entry in TEXTS]
    everything = "=1+1 " + " | ".join(map(in_workbook, TEXTS))
    assert [line[1] for line in lines_of(xlsx, "About")].count(everything) == 3


def parts(path: Path, start: str) -> dict[str, ET.Element]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: ET.fromstring(archive.read(name))  # noqa: S314 - the file is our own
            for name in archive.namelist()
            if name.startswith(start) and name.endswith((".xml", ".rels"))
        }


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_no_part_of_the_file_is_live(xlsx: Path) -> None:
    names = [*parts(xlsx, "")]

    assert not [name for name in names if re.search("external|connection|query|macro|ole", name)]
    for name, root in parts(xlsx, "").items():
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"f", "oleObject", "ddeLink"}, name
        assert not [e for e in root.iter() if e.get("TargetMode") == "External"], name
    for name, root in parts(xlsx, "xl/worksheets/sheet").items():
        cells = [cell for cell in root.iter(f"{MAIN}c") if len(cell)]
        assert {cell.get("t", "n") for cell in cells} <= {"inlineStr", "n"}, name
        for cell in cells:
            if cell.get("t", "n") == "n":  # the moment of a decision, and nothing that was typed
                assert (cell.get("r") or "").startswith("A")
                assert float(cell.findtext(f"{MAIN}v") or "") > 40_000


def test_what_would_turn_live_when_edited_is_marked_as_text(xlsx: Path) -> None:
    live = re.compile(r"\s*[-=+@＝]|\t")
    checked = 0
    for found in load_workbook(xlsx).worksheets:
        for line in found.iter_rows():
            for cell in line:
                if live.match(str(cell.value or "")):
                    assert cell.quotePrefix, (found.title, cell.coordinate)
                    checked += 1
    assert checked > 100


def shown_by_footer(written: str) -> str:
    """Read a footer as Excel does: && is an ampersand, and codes are not shown."""
    code = re.compile(r'&(&)|&"[^"]*"|&\d+ ?|&K[0-9A-F]{6}|&([A-Z])')
    return code.sub(lambda found: found[1] or f"<{found[2]}>" * bool(found[2]), written)


@pytest.mark.parametrize(
    "title", ["&[File] &D & Co", "&&&", "12 _x0041_ &\x07", "&" * 300, "A & B " * 60, "&[" * 90]
)
def test_footer_and_properties_are_shown_to_the_letter(
    title: str, model: Model, tmp_path: Path
) -> None:
    """Both come of the model's own title, and the properties of place and facilitator too."""
    other = msgspec.structs.replace(model, title=title, version="1")
    details = Details(place=f"{title}<b>&amp;", facilitator="=1+1 <i>&\x07\ud800 ﷽")
    workshop = Workshop(id="w", created_at=MADE, details=details)
    path = tmp_path / "titled.xlsx"

    write_workbook(build_report(other, workshop), path)

    first = " ".join(f"{title}<b>&amp;".replace("\x07", "�").split())
    second = " ".join(f"{title}. {model.source}, 1".replace("\x07", "�").split())
    for root in parts(path, "xl/worksheets/sheet").values():
        written = as_excel_reads(root.findtext(f".//{MAIN}oddFooter"))
        assert len(written) <= 255
        left, _, right = shown_by_footer(written).removeprefix("<L>").rpartition("<R>")
        foot, _, named = left.partition("\n")
        assert first.startswith(foot)
        assert second.startswith(" ".join(named.split()))
        assert len(foot) >= 24 or foot == first
        assert len(named) >= 24 or title.startswith("&[&["), "of these each takes many letters"
        assert right == "<A>, page <P> of <N>"
    (core,) = parts(path, "docProps/core").values()
    assert core.findtext("{*}creator") == "=1+1 <i>&�� ﷽"
    told = core.findtext("{*}title") or ""
    assert f"{title}: {title}<b>&amp;".replace("\x07", "�").startswith(told)
    assert len(told) > 8


# A cell that overflows


@pytest.mark.parametrize(
    "text",
    ["_x0041_" * 9_000, "_" * 70_000, "😀" * 40_000, "x\n" * 40_000, "=" * 40_000, "&<" * 20_000],
    ids=["escapes", "underscores", "emoji", "lines", "equals", "markup"],
)
def test_what_overflows_a_cell_goes_on_in_the_next_with_nothing_lost(
    text: str, model: Model, tmp_path: Path
) -> None:
    partner = Partner(organisation="a\x07", role=text)
    workshop = Workshop(id="w", created_at=MADE, details=Details(partners=(partner,)))
    write_workbook(build_report(model, workshop), tmp_path / "long.xlsx")

    head, *lines = table(tmp_path / "long.xlsx", "Partners")

    assert len(lines) > 1
    assert "".join(line[1] for line in lines) == text
    assert [line[0] for line in lines] == ["a�"] * len(lines), "filtering keeps them together"
    assert head[3] == "Part"
    assert lines[1][3] == f"2 of {len(lines)} (continued: Role)"


def test_a_text_of_more_rows_than_anyone_would_turn_is_whole_and_says_so(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "MOST_ROWS", 10)
    text = "\n".join(f"line {number}" for number in range(9_000))
    partner = Partner(organisation="Trust", role=text)
    workshop = Workshop(id="w", created_at=MADE, details=Details(partners=(partner,)))

    write_workbook(build_report(model, workshop), tmp_path / "crowded.xlsx")

    sheet = load_workbook(tmp_path / "crowded.xlsx")["Partners"]
    lines = table(tmp_path / "crowded.xlsx", "Partners")[1:]
    assert "".join(line[1] for line in lines) == text
    assert 11 < len(lines) < 20
    assert [line[3] for line in lines[10:]] == [
        f"{number} of {len(lines)} (continued: Role; more lines than a row can show)"
        for number in range(11, len(lines) + 1)
    ]
    assert all((d.height or 0) <= 409 for d in sheet.row_dimensions.values())


# The PDF


def joined(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@pytest.fixture(scope="module")
def pdf_text(pdf: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(pdf).pages)


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: ascii(entry[0]))
def test_every_field_stands_in_the_pdf_as_typed(entry: tuple[str, str, str], pdf_text: str) -> None:
    actions, partners, ids, log = 7, 3, 3, 4
    unplaced = (len(ROW_FIELDS) + 1) * 2 + len(CHANGE_FIELDS) * 2
    told = actions + partners + ids + log + unplaced
    assert joined(pdf_text).count(joined(in_pdf(entry))) >= told


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: ascii(entry[0]))
def test_lines_and_white_space_of_the_pdf_are_as_typed(entry: tuple[str, str, str]) -> None:
    lines = Typeface(FONTS).lines(entry[0], looks.NOTE, 900)
    # One space ends a line, so that its last word and the next line's first are read as two.
    assert "\n".join(lines).replace(" \n", "\n") == in_pdf(entry)


def test_runs_of_spaces_are_kept_in_the_file(pdf_text: str) -> None:
    assert "two  spaces" in pdf_text


def test_what_the_typeface_lacks_is_named(pdf_text: str) -> None:
    shown = joined(pdf_text)
    for words in (
        *("U+1F600 grinning face", "U+05E9 hebrew letter shin", "U+FFFF without a name"),
        *("U+0000 without a name", "U+D83D without a name", "U+FF1D fullwidth equals sign"),
    ):
        assert joined(words) in shown
    assert "U+202E" not in shown


def test_no_more_characters_are_named_than_a_reader_would_read(
    model: Model, tmp_path: Path
) -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 1_000)))
    workshop = Workshop(id="w", created_at=MADE, details=Details(populations=many))
    as_pdf(build_report(model, workshop), tmp_path / "many.pdf")

    text = joined("".join(page.extract_text() for page in PdfReader(tmp_path / "many.pdf").pages))

    assert text.count("U+4E") == 200
    assert joined("; and 800 others.") in text


def test_the_properties_of_the_pdf_are_plain_words_and_nothing_in_it_acts(pdf: Path) -> None:
    reader = PdfReader(pdf)

    assert reader.metadata is not None
    assert (reader.metadata.author or "").startswith("=1+1 =1+1 | +1+1 | -2+3 | @SUM(A1)")
    assert "\x00" not in (reader.metadata.title or "")
    assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & {*reader.root_object}
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    assert {link["/Subtype"] for link in links} == {"/Link"}
    assert not [link for link in links if "/A" in link]  # they stay within the document


def test_accents_are_put_together_whatever_their_number() -> None:
    """All at once this takes Python longer than a test run: a square of the run of accents."""
    text = "e" + "\u0315\u0301" * 200_000
    (line,) = Typeface(FONTS).lines(text, looks.NOTE, 1e9)
    assert sorted(set(line)) == ["e", "\u0301", "\u0315"] or line.startswith("é")
    typed = "w\u0302y" * 900
    assert Typeface(FONTS).lines(typed, looks.NOTE, 1e9) == (unicodedata.normalize("NFC", typed),)


def test_a_full_cell_leaves_room_for_what_has_to_be_escaped(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written, each of these takes thirteen letters of the cell and not seven."""
    monkeypatch.setattr(fit, "MOST_ROWS", 1)
    text = "_x0041_ " * 9_000
    workshop = Workshop(
        id="w", created_at=MADE, details=Details(partners=(Partner(organisation="T", role=text),))
    )
    write_workbook(build_report(model, workshop), tmp_path / "escaped.xlsx")

    lines = table(tmp_path / "escaped.xlsx", "Partners")[1:]

    assert "".join(line[1] for line in lines) == text
