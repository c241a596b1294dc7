"""A plan that people filled on is read in again: what they typed, where they typed it, and no more.

And whatever else is given for a plan is refused in kind words: it neither hangs nor crashes.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hicm_desktop.errors import FileError
from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.workbook import guarded, plan_reading, write_workbook
from hicm_desktop.export.workbook.plan_reading import read_plan
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_values import Report, ReportAction
from hicm_desktop.workshop.values import Workshop

COLUMNS = (
    "Impact change",
    "Where are you now?",
    "What do you need to do?",
    "When will it be done by?",
    "How will you know it has been successful?",
)
CHANCE = random.Random  # the same at each run
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def as_exported(action: ReportAction) -> tuple[object, ...]:
    return (
        *(action.id, plain(action.change_heading), plain(action.row_name)),
        *(plain(action.where_now), plain(action.to_do), plain(action.due), action.due_on),
        *(plain(action.success), plain(action.owner), action.progress.words),
    )


def as_read(line: PlanLine) -> tuple[object, ...]:
    return (
        *(line.id, line.change, line.row, line.where_now, line.to_do, line.due, line.due_on),
        *(line.success, line.owner, line.progress),
    )


class Plan:
    """The plan of an export, to be typed in as somebody would."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)
        self.sheet = cast("Worksheet", self.book["Action plan"])
        self.heads: list[object] = [cell.value for cell in self.sheet[3]]

    def column(self, heading: str) -> int:
        return next(n for n, h in enumerate(self.heads, start=1) if str(h).startswith(heading))

    def type(self, row: int, typed: Mapping[str, object]) -> None:
        for heading, value in typed.items():
            self.sheet.cell(row, self.column(heading)).value = value  # type: ignore[assignment]  # as a user would

    def rows(self) -> list[list[object]]:
        return [[cell.value for cell in line] for line in self.sheet.iter_rows(min_row=4)]

    def write(self, rows: Sequence[Sequence[object]], start: int = 4) -> None:
        self.sheet.delete_rows(start, self.sheet.max_row)
        for number, row in enumerate(rows, start=start):
            for column, value in enumerate(row, start=1):
                self.sheet.cell(number, column).value = value  # type: ignore[assignment]  # as read
                if isinstance(value, str):
                    self.sheet.cell(number, column).data_type = "s"

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


@pytest.fixture
def full_plan(full_xlsx: Path) -> Plan:
    return Plan(full_xlsx)


def test_an_export_comes_back_as_it_went_out(full_xlsx: Path, full: Report) -> None:
    lines = read_plan(full_xlsx, full.columns)

    assert [as_read(line) for line in lines] == [as_exported(action) for action in full.actions]
    assert [line.place for line in lines[:2]] == ["row 4", "row 5"]


def test_texts_that_take_several_rows_come_back_whole_however_they_were_sorted(
    hostile_xlsx: Path, hostile: Report, tmp_path: Path
) -> None:
    found = Plan(hostile_xlsx)
    rows = found.rows()
    assert len(rows) > len(hostile.actions) + 20
    CHANCE(7).shuffle(rows)
    found.write(rows)

    lines = read_plan(found.save(tmp_path / "sorted.xlsx"), hostile.columns)

    assert sorted(map(as_read, lines)) == sorted(map(as_exported, hostile.actions))


def test_an_empty_plan_has_no_lines_until_somebody_types(
    empty_xlsx: Path, empty: Report, tmp_path: Path
) -> None:
    assert read_plan(empty_xlsx, empty.columns) == ()
    found = Plan(empty_xlsx)
    found.type(4, {"What do you need": "Ring home"})
    found.type(5, {"What do you need": "Ring again"})

    lines = read_plan(found.save(tmp_path / "typed.xlsx"), empty.columns)

    assert [line.to_do for line in lines] == ["Ring home", "Ring again"]


def test_columns_are_found_by_their_headings_wherever_they_were_moved(
    full_plan: Plan, full: Report, tmp_path: Path
) -> None:
    order = list(range(len(full_plan.heads)))
    CHANCE(3).shuffle(order)
    rows: list[list[object]] = [full_plan.heads, *full_plan.rows()]
    moved: list[list[object]] = [["Ours", *(row[place] for place in order), "Cost"] for row in rows]
    moved[0][2] = f"  {str(moved[0][2]).upper()} "
    full_plan.write([["A line somebody put in"], [], *moved], start=1)

    lines = read_plan(full_plan.save(tmp_path / "moved.xlsx"), full.columns)

    assert [as_read(line) for line in lines] == [as_exported(action) for action in full.actions]
    assert lines[0].place == "row 4"


def test_blank_rows_are_skipped_and_hidden_ones_are_not(
    full_plan: Plan, full: Report, tmp_path: Path
) -> None:
    rows = full_plan.rows()
    full_plan.write([*rows[:3], [], ["  ", None, "\n"], *rows[3:]])
    full_plan.sheet.row_dimensions[5].hidden = True

    lines = read_plan(full_plan.save(tmp_path / "blank.xlsx"), full.columns)

    assert [line.id for line in lines] == [action.id for action in full.actions]
    assert [line.place for line in lines[2:4]] == ["row 6", "row 9"]


def test_a_line_that_was_added_has_no_id_and_says_what_was_typed(
    full_plan: Plan, full: Report, tmp_path: Path
) -> None:
    last = full_plan.sheet.max_row + 1
    typed = {"Impact": 4, "Where": True, "What do": 12.5, "How": "ok", "Owner": 7, "Progress": "x"}
    full_plan.type(last, typed)
    full_plan.type(
        last + 3, {"What do": "Ring home", "Row": "Planned", "Where": dt.date(2027, 2, 1)}
    )

    lines = read_plan(full_plan.save(tmp_path / "added.xlsx"), full.columns)[-2:]

    assert as_read(lines[0]) == ("", "4", "", "TRUE", "12.5", "", None, "ok", "7", "x")
    assert as_read(lines[1])[:5] == ("", "", "Planned", "1 February 2027", "Ring home")
    assert lines[1].place == f"row {last + 3}"


@pytest.mark.parametrize(
    ("typed", "due_on", "due"),
    [
        (dt.date(2027, 3, 31), dt.date(2027, 3, 31), "31 March 2027"),
        (dt.datetime(2027, 3, 31, 9, 30), dt.date(2027, 3, 31), "31 March 2027"),  # noqa: DTZ001 - Excel's have no zone
        ("31/3/2027", dt.date(2027, 3, 31), "31 March 2027"),
        (" 31.03.27 ", dt.date(2027, 3, 31), "31 March 2027"),
        ("Wed 31st March 2027", dt.date(2027, 3, 31), "31 March 2027"),
        ("end of March, if the post is filled", None, "end of March, if the post is filled"),
        (2027, None, "2027"),
        (None, None, ""),
    ],
)
def test_a_time_is_a_date_where_it_is_plainly_one(
    full_plan: Plan, full: Report, tmp_path: Path, typed: object, due_on: dt.date | None, due: str
) -> None:
    full_plan.type(4, {"When": typed})

    line = read_plan(full_plan.save(tmp_path / "dated.xlsx"), full.columns)[0]

    assert (line.due_on, line.due) == (due_on, due)


def test_a_line_that_was_copied_is_there_twice_with_its_id(
    full_plan: Plan, full: Report, tmp_path: Path
) -> None:
    rows = full_plan.rows()
    full_plan.write([*rows, rows[0]])

    lines = read_plan(full_plan.save(tmp_path / "copied.xlsx"), full.columns)

    assert [line.id for line in lines] == [action.id for action in (*full.actions, full.actions[0])]
    assert lines[-1].to_do == full.actions[0].to_do


def of_several_rows(found: Plan) -> list[list[object]]:
    """Give the rows of an action that takes three or more."""
    action, part = found.column("Action id") - 1, found.column("Part") - 1
    rows = found.rows()
    long = next(row for row in rows if str(row[part]).startswith("3 of"))
    return [row for row in rows if row[action] == long[action]]


@pytest.mark.parametrize("is_sorted", [False, True])
def test_a_line_of_several_rows_that_was_copied_is_there_twice_and_whole(
    hostile_xlsx: Path, hostile: Report, tmp_path: Path, *, is_sorted: bool
) -> None:
    found = Plan(hostile_xlsx)
    part = found.column("Part") - 1
    rows = of_several_rows(found) * 2
    if is_sorted:
        rows.sort(key=lambda row: str(row[part]), reverse=True)
    found.write(rows)

    one, other = read_plan(found.save(tmp_path / "copied.xlsx"), hostile.columns)

    (was,) = (as_exported(action) for action in hostile.actions if action.id == one.id)
    assert as_read(one) == as_read(other) == was
    assert one.is_whole
    assert other.is_whole


def test_a_line_whose_first_row_was_copied_is_whole_and_the_copy_is_not(
    hostile_xlsx: Path, hostile: Report, tmp_path: Path
) -> None:
    found = Plan(hostile_xlsx)
    first, *others = of_several_rows(found)
    copy = [*first]
    copy[found.column("What do") - 1] = "Another one"
    found.write([copy, first, *others])

    one, other = read_plan(found.save(tmp_path / "copied.xlsx"), hostile.columns)

    assert (one.to_do, one.is_whole, one.place) == ("Another one", False, "row 4")
    (was,) = (as_exported(action) for action in hostile.actions if action.id == one.id)
    assert (as_read(other), other.is_whole) == (was, True)


def test_of_a_line_whose_first_row_was_deleted_only_what_each_row_repeats_is_known(
    hostile_xlsx: Path, hostile: Report, tmp_path: Path
) -> None:
    found = Plan(hostile_xlsx)
    _, *others = of_several_rows(found)
    found.write(others)

    (line,) = read_plan(found.save(tmp_path / "deleted.xlsx"), hostile.columns)

    (was,) = (action for action in hostile.actions if action.id == line.id)
    assert (line.where_now, line.to_do, line.success) == (None, None, None)
    assert line.progress == was.progress.words
    assert not line.is_whole


@pytest.mark.parametrize("column", ["Row", "Owner", "Progress"])
def test_what_has_no_column_in_the_file_is_not_taken_for_emptied(
    full_plan: Plan, full: Report, tmp_path: Path, column: str
) -> None:
    full_plan.sheet.delete_cols(full_plan.column(column))
    full_plan.sheet.tables.clear()

    lines = read_plan(full_plan.save(tmp_path / "deleted.xlsx"), full.columns)

    name = column.lower()
    assert {getattr(line, name) for line in lines} == {None}
    kept = {"row", "owner", "progress"} - {name}
    assert all(getattr(line, other) is not None for line in lines for other in kept)


def test_without_our_columns_the_published_ones_are_read(
    full_plan: Plan, full: Report, tmp_path: Path
) -> None:
    full_plan.sheet.delete_cols(6, 20)

    lines = read_plan(full_plan.save(tmp_path / "published.xlsx"), full.columns)

    assert [line.to_do for line in lines] == [action.to_do for action in full.actions]
    assert {(line.id, line.row, line.owner, line.progress) for line in lines} == {
        ("", None, None, None)
    }


def test_what_is_written_beside_a_further_part_is_kept(
    hostile_xlsx: Path, hostile: Report, tmp_path: Path
) -> None:
    found = Plan(hostile_xlsx)
    part = found.column("Part")
    row = next(
        n
        for n in range(4, found.sheet.max_row)
        if str(found.sheet.cell(n, part).value).startswith("2 of")
        and "successful" not in str(found.sheet.cell(n, part).value)
    )
    action = str(found.sheet.cell(row, found.column("Action id")).value)
    found.type(row, {"How will": "and this"})

    lines = read_plan(found.save(tmp_path / "beside.xlsx"), hostile.columns)

    success = next(line.success for line in lines if line.id == action)
    was = next(plain(a.success) for a in hostile.actions if a.id == action)
    assert success == f"{was}\nand this"


# Files as other programs write them, and as nobody would.


def column_name(place: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def text_cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row_xml(number: int, cells: Sequence[str]) -> str:
    shown = (
        text if text.startswith("<c") else text_cell(f"{column_name(place)}{number}", text)
        for place, text in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(shown)}</row>'


HEADINGS = row_xml(1, COLUMNS)
A_LINE = row_xml(2, ["Change 4: Home first", "Plans", "Ring home", "31/3/2027", "They say so"])
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def by_hand(
    path: Path,
    rows: str = HEADINGS + A_LINE,
    *,
    before: str = "",
    strings: str = "",
    title: str = "Action plan",
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a workbook of one sheet, as small as can be, with the parts that are given."""
    kinds = {"workbook": "sheet.main", "sheet1": "worksheet", "sharedStrings": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/xl/{"worksheets/" if name == "sheet1" else ""}{name}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        f'{kind}+xml"/>'
        for name, kind in {**kinds, "styles": "styles"}.items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>',
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{escape(title)}" sheetId="1" r:id="a"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="b" Type="{OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
    return path


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    """With shared strings, a date by its style alone, carriage returns, and text in pieces."""
    strings = (
        "<si><t>Change 4</t></si><si><t>one_x000D_\ntwo_x000D_three</t></si>"
        "<si><r><t>Ring </t></r><r><rPr><b/></rPr><t>home</t></r></si><si><t>_x005F_x0041_</t></si>"
    )
    cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>'
    cells += '<c r="D2" s="1"><v>46477</v></c><c r="E2" t="s"><v>3</v></c>'
    path = by_hand(tmp_path / "p.xlsx", f'{HEADINGS}<row r="2">{cells}</row>', strings=strings)

    (line,) = read_plan(path, COLUMNS)

    assert (line.change, line.where_now, line.to_do) == ("Change 4", "one\ntwo\nthree", "Ring home")
    assert (line.due_on, line.success) == (dt.date(2027, 3, 31), "_x0041_")


def test_a_sheet_that_was_given_another_name_is_found(tmp_path: Path) -> None:
    (line,) = read_plan(by_hand(tmp_path / "p.xlsx", title="Our plan"), COLUMNS)

    assert (line.to_do, line.due_on, line.place) == ("Ring home", dt.date(2027, 3, 31), "row 2")


def formula(name: str, result: str) -> str:
    return f'<c r="{name}" t="str"><f>A2&amp;"!"</f>{result}</c>'


def test_of_a_formula_the_result_is_read(tmp_path: Path) -> None:
    cells = ["Change 4", formula("B2", "<v>Change 4!</v>"), "Ring home"]
    path = by_hand(tmp_path / "p.xlsx", HEADINGS + row_xml(2, cells))

    assert read_plan(path, COLUMNS)[0].where_now == "Change 4!"


def test_a_formula_without_a_result_is_told_with_its_place(tmp_path: Path) -> None:
    cells = ["Change 4", formula("B2", ""), "Ring home"]
    path = by_hand(tmp_path / "p.xlsx", HEADINGS + row_xml(2, cells))

    with pytest.raises(FileError, match=r"“Where are you now\?” in row 2 is a formula"):
        read_plan(path, COLUMNS)
    alone = by_hand(tmp_path / "p.xlsx", HEADINGS + A_LINE + row_xml(3, [formula("A3", "")]))
    with pytest.raises(FileError, match="“Impact change” in row 3 is a formula"):
        read_plan(alone, COLUMNS)


def test_a_sheet_that_claims_to_be_huge_is_read_all_the_same(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    wide = (
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Wide</t></is></c><c r="XFD3"><v>1</v></c></row>'
    )
    path = by_hand(
        tmp_path / "p.xlsx",
        HEADINGS + A_LINE + wide + far,
        before='<dimension ref="A1:XFD1048576"/>',
    )

    assert [line.change for line in read_plan(path, COLUMNS)] == ["Change 4: Home first", "Wide"]


def old_excel(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))


def protected(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"))


def truncated(path: Path) -> None:
    path.write_bytes(by_hand(path).read_bytes()[:-60])


def locked_member(path: Path) -> None:
    content = bytearray(by_hand(path).read_bytes())
    for start in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[start] |= 1
    path.write_bytes(content)


def another_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")


def bomb(path: Path) -> None:
    by_hand(path, more={"xl/media.xml": bytes(guarded.LARGEST_MEMBER + 1)})


def bombs(path: Path) -> None:
    one = bytes(guarded.LARGEST_WHOLE // 3 + 1)
    by_hand(path, more={f"xl/{name}.xml": one for name in "abc"})


def lying_bomb(path: Path) -> None:
    """A member that says it is small, and is not."""
    content = bytearray(by_hand(path, more={"xl/big.xml": b" " * 3_000_000}).read_bytes())
    true, lie = struct.pack("<L", 3_000_000), struct.pack("<L", 30)
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, lie))


def entities(path: Path) -> None:
    lol = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">' + "".join(
        f'<!ENTITY x{n} "{f"&x{n - 1 or str()};" * 10}">' for n in range(1, 9)
    )
    sheet = f'{lol}]><worksheet xmlns="{MAIN}"><sheetData>&x8;</sheetData></worksheet>'
    by_hand(path, more={"xl/worksheets/sheet1.xml": sheet.encode()})


def entities_in_other_letters(path: Path) -> None:
    text = (
        f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "x">]><a xmlns="{MAIN}"/>'
    )
    by_hand(path, more={"xl/sharedStrings.xml": text.encode("utf-16")})


def elsewhere(path: Path, sheet: str) -> None:
    """Have the sheet in a member that is not called like one."""
    parts = f"{OFFICE}/worksheet"
    book = (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{parts}" Target="plan.dat"/></Relationships>'
    )
    by_hand(path, more={"xl/_rels/workbook.xml.rels": book.encode(), "xl/plan.dat": sheet.encode()})


def entities_elsewhere(path: Path) -> None:
    elsewhere(path, f'<!DOCTYPE a [<!ENTITY x "x">]><worksheet xmlns="{MAIN}">&x;</worksheet>')


def many_cells_elsewhere(path: Path) -> None:
    row = f"<row>{'<c/>' * (guarded.MOST_CELLS + 1)}</row>"
    elsewhere(path, f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>')


def many_cells_of_wide_letters(path: Path) -> None:
    row = f"<row>{'<c/>' * (guarded.MOST_CELLS + 1)}</row>"
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    by_hand(path, more={"xl/worksheets/sheet1.xml": sheet.encode("utf-16")})


def many_cells_in_many_parts(path: Path) -> None:
    row = f"<row>{'<c/>' * (guarded.MOST_CELLS // 4)}</row>"
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'.encode()
    by_hand(path, more={f"xl/worksheets/sheet{number}.xml": sheet for number in range(2, 7)})


def one_part_for_two_sheets(path: Path) -> None:
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="a"/>' for n in (1, 2))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    by_hand(path, more={"xl/workbook.xml": book.encode()})


def repacked(path: Path, packed: int, damage: bytes = b"") -> None:
    by_hand(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        start = archive.getinfo("xl/styles.xml").header_offset + 30 + len("xl/styles.xml") + 20
    whole = path.read_bytes()
    path.write_bytes(whole[:start] + damage + whole[start + len(damage) :])


def one_long_text_in_every_cell(path: Path) -> None:
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 5 + "</row>") * 200
    text = "x" * (plan_reading.MOST_LETTERS // 900)
    by_hand(path, HEADINGS + rows, strings=f"<si><t>{text}</t></si>")


def many_tags(path: Path) -> None:
    by_hand(path, strings="<si/>" * (guarded.MOST_TAGS + 1))


def many_styles(path: Path) -> None:
    styles = STYLES.replace('<xf numFmtId="14"/>', '<xf numFmtId="14"/>' * guarded.MOST_OTHER_TAGS)
    by_hand(path, more={"xl/styles.xml": styles.encode()})


def many_sheets(path: Path) -> None:
    sheets = "".join(
        f'<sheet name="s{number}" sheetId="{number}" r:id="a"/>'
        for number in range(1, guarded.MOST_SHEETS + 2)
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    by_hand(path, row_xml(1, ["Week"]), more={"xl/workbook.xml": book.encode()})


def long_formulas(path: Path) -> None:
    shared = '<c><f t="shared" si="1"/></c>' * 1_000
    long = f'<c><f t="shared" si="1" ref="A2:A9">{"A1+" * 3_000}1</f></c>'
    by_hand(path, f"{HEADINGS}<row>{long}{shared}</row>")


def deep(path: Path) -> None:
    tags = "<extLst>" * 45_000 + "</extLst>" * 45_000
    by_hand(
        path, more={"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{tags}</styleSheet>'.encode()}
    )


def broken_xml(path: Path) -> None:
    by_hand(path, more={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})


def no_string_of_that_number(path: Path) -> None:
    by_hand(path, f'{HEADINGS}<row r="2"><c r="A2" t="s"><v>99</v></c></row>')


def no_plan(path: Path) -> None:
    by_hand(path, row_xml(1, ["Week", "Beds"]))


def lacks_columns(path: Path) -> None:
    by_hand(path, row_xml(1, COLUMNS[:3]))


def too_many_lines(path: Path) -> None:
    lines = (row_xml(number, ["Change 4"]) for number in range(2, plan_reading.MOST_LINES + 3))
    by_hand(path, HEADINGS + "".join(lines))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.exists, "No such file"),
        (lambda path: path.mkdir(), "directory"),
        (lambda path: path.write_bytes(b""), "no Excel workbook"),
        (lambda path: path.write_text("Impact change,Where are you now?"), "no Excel workbook"),
        (old_excel, "before 2007"),
        (protected, "protected by a password"),
        (locked_member, "protected by a password"),
        (truncated, "not a whole one"),
        (another_archive, "no Excel workbook .* Only the Excel workbook can be brought back"),
        (lambda path: path.write_bytes(b"%PDF-1.7"), "a PDF.* Only the Excel workbook can be"),
        (lambda path: repacked(path, zipfile.ZIP_LZMA), "packed in a way that is not known"),
        (lambda path: repacked(path, zipfile.ZIP_LZMA, b"\xff"), "packed in a way that is not"),
        (lambda path: repacked(path, zipfile.ZIP_BZIP2), "packed in a way that is not known"),
        (entities_elsewhere, "it declares entities"),
        (many_cells_elsewhere, "far larger than an action plan"),
        (many_cells_of_wide_letters, "far larger than an action plan"),
        (many_cells_in_many_parts, "far larger than an action plan"),
        (one_part_for_two_sheets, "could not be understood"),
        (one_long_text_in_every_cell, "far larger than an action plan"),
        (bomb, "far larger than an action plan"),
        (bombs, "far larger than an action plan"),
        (lying_bomb, "not a whole one"),
        (entities, "it declares entities"),
        (entities_in_other_letters, "it declares entities"),
        (many_tags, "far larger than an action plan"),
        (many_styles, "far larger than an action plan"),
        (many_sheets, "far larger than an action plan"),
        (long_formulas, "far larger than an action plan"),
        (deep, "could not be understood"),
        (broken_xml, "could not be understood"),
        (no_string_of_that_number, "could not be understood"),
        (no_plan, "it has no action plan"),
        (lacks_columns, "no column headed “When will it be done by\\?” and “How will you know"),
        (too_many_lines, "more than 20,000 lines"),
    ],
)
def test_what_is_no_plan_is_refused_in_kind_words(
    make: Callable[[Path], object], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "their plan.xlsx"
    make(path)

    with pytest.raises(FileError, match=words) as caught:
        read_plan(path, COLUMNS)

    assert str(caught.value).startswith("their plan.xlsx could not be read, because ")
    assert "Nothing was read in, and the workshop is as it was. " in str(caught.value)


def test_a_file_larger_than_the_bound_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = by_hand(tmp_path / "p.xlsx")
    monkeypatch.setattr(guarded, "LARGEST_FILE", path.stat().st_size - 1)

    with pytest.raises(FileError, match="far larger"):
        read_plan(path, COLUMNS)


def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    whole = by_hand(tmp_path / "whole.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = CHANCE(20)
    outcomes = set()
    for number in range(250):
        path = tmp_path / "damaged.xlsx"
        if number % 2:
            content = bytearray(whole)
            content[chance.randrange(len(content))] = chance.randrange(256)
            path.write_bytes(
                content[: chance.choice((len(content), chance.randrange(len(content))))]
            )
        else:
            name = chance.choice([*parts])
            damaged = bytearray(parts[name])
            for _ in range(chance.randrange(1, 4)):
                damaged[chance.randrange(len(damaged))] = chance.choice(b'<>/"&0 a\x00\xff')
            by_hand(path, more={name: bytes(damaged)})
        try:
            outcomes.add(len(read_plan(path, COLUMNS)))
        except FileError:
            outcomes.add(-1)
    assert {-1, 1} <= outcomes


def test_what_stands_in_an_empty_plan_names_no_change(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    """Whoever types beside it means a line of no change, and not one of that name."""
    path = tmp_path / "empty.xlsx"
    write_workbook(build_report(model, blank), path)
    assert read_plan(path, model.columns) == ()
    book = load_workbook(path)
    book["Action plan"].cell(4, 3).value = "Ring home"
    book.save(path)

    (line,) = read_plan(path, model.columns)

    assert (line.change, line.to_do) == ("", "Ring home")
