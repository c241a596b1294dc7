"""A workbook is held against the report before it is kept: what is lost from it is told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from hicm_desktop.errors import ExportError
from hicm_desktop.export import workbook
from hicm_desktop.export.workbook import read_back, render_workbook, write_workbook
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Details, Partner, Workshop
from tests.export.workshops import MADE

Damage = Callable[[str], str]


@pytest.fixture(scope="module")
def rich(model: Model, sample: Workshop) -> Report:
    return build_report(model, sample, Parts(guidance=True))


def damaged(report: Report, target: Path, member: str, damage: Damage) -> Path:
    """Write a workbook in which one member of its archive is not as it was."""
    target.write_bytes(render_workbook(report))
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    done = damage(parts[member])
    assert done != parts[member]
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {**parts, member: done}.items():
            archive.writestr(name, content)
    return target


def without(pattern: str) -> Damage:
    return lambda content: re.sub(pattern, "", content, count=1, flags=re.S)


def replaced(old: str, new: str) -> Damage:
    return lambda content: content.replace(old, new, 1)


def row(number: int) -> str:
    return rf'<row r="{number}".*?</row>'


def last_row(content: str) -> str:
    start = content.rindex("<row ")
    return content[:start] + content[content.index("</row>", start) + len("</row>") :]


@pytest.mark.parametrize("which", ["full", "empty", "hostile", "rich"])
def test_what_is_whole_is_found_whole(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    report: Report = request.getfixturevalue(which)
    done: list[float] = []
    path = tmp_path / "whole.xlsx"
    path.write_bytes(render_workbook(report))

    read_back.check(path, report, done.append)

    assert done == sorted(done)
    assert done[-1] <= 1


NO_PARTNERS = Partner(organisation="No partners were recorded.")
NO_ACTION = Action(id="a", change="No actions were recorded.")
UNKNOWN = Action(id="a", change="gone" * 900, to_do="Ring")
ODD = {
    "words that stand for nothing": Workshop(
        "w", MADE, details=Details(partners=(NO_PARTNERS,)), actions=(NO_ACTION,)
    ),
    "a blank partner": Workshop("w", MADE, details=Details(partners=(Partner(""), Partner("A")))),
    "a label longer than a row": Workshop("w", MADE, actions=(UNKNOWN,), first_actions=("a",)),
}


@pytest.mark.parametrize("workshop", ODD.values(), ids=ODD.keys())
def test_whatever_was_recorded_can_be_exported(
    workshop: Workshop, model: Model, tmp_path: Path
) -> None:
    write_workbook(build_report(model, workshop, Parts(private_notes=True)), tmp_path / "odd.xlsx")

    assert (tmp_path / "odd.xlsx").exists()


def test_a_model_may_head_a_column_and_begin_a_text_as_we_do(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    first = model.changes[0]
    rows = tuple(
        msgspec.structs.replace(row, descriptors=tuple(f"✓ {d}" for d in row.descriptors))
        for row in first.rows
    )
    other = msgspec.structs.replace(
        model,
        changes=(msgspec.structs.replace(first, rows=rows), *model.changes[1:]),
        columns=("Row", "Owner", "Part", "Progress", "Action id"),
    )

    write_workbook(build_report(other, sample), tmp_path / "odd.xlsx")

    assert (tmp_path / "odd.xlsx").exists()


def sheet(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def sheet_left_out(title: str) -> Damage:
    """Take a sheet out of the list of sheets, and what is named by the places of sheets."""
    sheet = without(rf'<sheet [^>]*name="{title}.*?/>')
    names = without(r"<definedNames>.*?</definedNames>")
    return lambda content: names(sheet(content))


@pytest.mark.parametrize(
    ("member", "damage", "words"),
    [
        ("xl/workbook.xml", sheet_left_out("Notes"), "“Notes” is missing"),
        ("xl/workbook.xml", sheet_left_out("4 Home"), "for 8 changes of 9"),
        (sheet(2), replaced("Plans in place", "Mature"), "“Summary” does not hold all of"),
        (sheet(3), replaced("Northbridge", "Northbridg"), "hold all of “System or place”"),
        (sheet(4), without(row(30)), "“Profile” holds 26 rows of 27"),
        (sheet(4), without(row(9)), "“Profile”"),
        (sheet(4), replaced("Established", "Mature"), "row 4 of the sheet “Profile”.*“Level”"),
        (sheet(5), replaced("✓ AGREED\n", ""), "“1 Early planning” does not hold"),
        (sheet(5), replaced("in the community.", "in the"), "under “Not yet established”"),
        (sheet(5), replaced(">What the data says<", "><"), "a table of the sheet “1 Early"),
        (sheet(14), last_row, "“Action plan” holds 11 actions of 12"),
        (sheet(14), replaced("action-12", "action-13"), "“Action plan”.*Action id"),
        (sheet(15), last_row, "“Decision log” holds"),
        (sheet(16), last_row, "“Notes” holds"),
        (sheet(17), last_row, "“Partners” holds"),
        (sheet(18), last_row, "“Guidance” holds"),
        (sheet(16), without(row(3)), "a table of the sheet “Notes” is missing"),
        (sheet(16), lambda content: content[:900], "could not be opened again"),
        ("xl/workbook.xml", lambda content: content[:90], "could not be opened again"),
    ],
)
def test_what_is_missing_is_told(
    member: str, damage: Damage, words: str, rich: Report, tmp_path: Path
) -> None:
    path = damaged(rich, tmp_path / "damaged.xlsx", member, damage)

    with pytest.raises(ExportError, match=words) as caught:
        read_back.check(path, rich)

    assert "it was not whole" in str(caught.value)


def test_every_text_that_was_recorded_is_looked_for(rich: Report, tmp_path: Path) -> None:
    """A letter lost from any text of any row is found, on whichever sheet it stands."""
    texts = [text.text for change in rich.changes for row in change.rows for text in row.texts]
    plain_texts = [text for text in texts if re.fullmatch(r"[\w ,.;]+", text)]
    assert len(plain_texts) > 10
    for text in plain_texts[:6]:
        for number in (4, 16):
            path = damaged(rich, tmp_path / "cut.xlsx", sheet(number), replaced(text, text[:-1]))
            with pytest.raises(ExportError, match="does not hold all"):
                read_back.check(path, rich)


def test_a_file_that_is_not_whole_takes_no_earlier_ones_place(
    rich: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "record.xlsx"
    target.write_bytes(b"the export of last month")
    whole = Book.written
    monkeypatch.setattr(Book, "written", lambda book: whole(book)[:-900])

    with pytest.raises(ExportError, match="could not be opened again"):
        write_workbook(rich, target)

    assert target.read_bytes() == b"the export of last month"
    assert [path.name for path in tmp_path.iterdir()] == ["record.xlsx"]


def test_a_sheet_that_was_never_made_is_missed(
    rich: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook.record, "notes", lambda *_given: None)

    with pytest.raises(ExportError, match="the sheet “Notes” is missing"):
        write_workbook(rich, tmp_path / "record.xlsx")
