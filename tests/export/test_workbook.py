"""The workbook, read back: what it holds, and that nothing in it is live, cut or out of sight."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import cast

import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib.utils import simpleSplit

from hicm_desktop.export.workbook import fit, write_workbook
from hicm_desktop.export.workbook.plan_reading import read_plan
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.record_words import PRIVATE_FOOT
from hicm_desktop.workshop.report import NOT_A_PERFORMANCE_TOOL, build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Details, Workshop
from tests.export import workshops

PUBLISHED = (
    "Impact change",
    "Where are you now?",
    "What do you need to do?",
    "When will it be done by?",
    "How will you know it has been successful?",
)
UNWELCOME = re.compile(r"\b(average|mean|total|score|percent|rank|rating|grade|red|amber)|%", re.I)


@pytest.fixture(scope="session")
def full_book(full_xlsx: Path) -> Workbook:
    return load_workbook(full_xlsx)


@pytest.fixture(scope="session")
def hostile_book(hostile_xlsx: Path) -> Workbook:
    return load_workbook(hostile_xlsx)


def sheet(book: Workbook, title: str) -> Worksheet:
    return cast("Worksheet", book[title])


def cells(found: Worksheet) -> list[Cell]:
    return [cell for row in found.iter_rows() for cell in row if cell.value is not None]


def texts(found: Worksheet) -> list[str]:
    return [str(cell.value) for cell in cells(found)]


def lines_of(found: Worksheet) -> list[tuple[object, ...]]:
    return list(found.iter_rows(values_only=True))


def table(found: Worksheet, number: int = 0) -> list[tuple[object, ...]]:
    """Give what stands in a real table of a sheet, its headings first."""
    area = list(found.tables.values())[number].ref
    return [tuple(cell.value for cell in line) for line in found[area]]


def changes_of(book: Workbook) -> list[Worksheet]:
    titles = book.sheetnames
    return [
        sheet(book, t) for t in titles[titles.index("Profile") + 1 : titles.index("Action plan")]
    ]


def test_the_sheets_come_in_order_under_titles_excel_allows(
    full_book: Workbook, full: Report
) -> None:
    titles = full_book.sheetnames

    assert titles[:5] == ["Contents", "Summary", "About", "Profile", "1 Early planning"]
    assert titles[-4:] == ["Action plan", "Decision log", "Notes", "Partners"]
    assert [title[0] for title in titles[4:-4]] == [str(c.number) for c in full.changes]
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)


def test_long_and_awkward_titles_of_another_model_give_sheets_of_their_own(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    awkward = ("History", "'A/B: [what?]*\\" * 9, "Very long words " * 9, "😀" * 40, "'", "About")
    changes = tuple(
        msgspec.structs.replace(change, number=1, title=title)
        for change, title in zip(model.changes, awkward * 2, strict=False)
    )
    other = msgspec.structs.replace(model, changes=changes)

    write_workbook(build_report(other, blank), tmp_path / "other.xlsx")

    titles = load_workbook(tmp_path / "other.xlsx").sheetnames
    assert len({title.casefold() for title in titles}) == 8 + len(changes)
    assert all(1 <= len(title.encode("utf-16-le")) // 2 <= 31 for title in titles)
    assert not any(set(title) & set("[]:*?/\\") or title.strip("' ") != title for title in titles)


def test_about_states_the_model_the_workshop_and_what_this_is_not(
    full_book: Workbook, full: Report
) -> None:
    found = texts(sheet(full_book, "About")) + texts(sheet(full_book, "Contents"))

    for text in (
        *(full.model_title, full.model_version, full.model_source, full.model_attribution),
        *(full.place, full.facilitator, full.populations, NOT_A_PERFORMANCE_TOOL),
        *(level.definition for level in full.levels),
        *full.how_to_read,
        *("In scope, 25 minutes planned", "Not in scope"),
    ):
        assert text in found
    dates = [cell.value for cell in cells(sheet(full_book, "About")) if cell.is_date]
    assert dates == [dt.datetime(2026, 11, 21)]  # noqa: DTZ001 - Excel's dates have no zone


def test_the_profile_has_a_line_for_every_row_with_all_that_was_said(
    full_book: Workbook, full: Report
) -> None:
    lines = table(sheet(full_book, "Profile"))[1:]

    assert lines == [
        tuple(
            text or None
            for text in (
                *(change.heading, row.name, row.level_name or "No level agreed"),
                *(change.became(row), row.reason, row.data, row.people),
                *(row.local_interpretation, row.differing_view, row.note),
            )
        )
        for change in full.changes
        for row in change.rows
    ]


def test_every_descriptor_stands_whole_under_its_level(full_book: Workbook, full: Report) -> None:
    for change, found in zip(full.changes, changes_of(full_book), strict=True):
        head, *lines = table(found)
        assert head[2:] == tuple(level.name for level in full.levels)
        for row, line in zip(change.rows, lines, strict=True):
            assert line[0] == row.name
            for descriptor, cell in zip(row.descriptors, line[2:], strict=True):
                assert str(cell).removeprefix(f"✓ {row.outcome.words.upper()}\n") == descriptor


def test_the_level_agreed_is_told_in_words_type_and_border(
    full_book: Workbook, full: Report
) -> None:
    for change, found in zip(full.changes, changes_of(full_book), strict=True):
        first = next(c.row for c in cells(found) if c.value == "Level agreed") + 1
        for place, row in enumerate(change.rows, start=first):
            for number in range(1, 6):
                cell = found.cell(place, 2 + number)
                is_agreed = number == row.level_number
                assert str(cell.value).startswith("✓ AGREED") is is_agreed
                assert (cell.border.left.style == "thick") is is_agreed
                assert bool(cell.font.b) is is_agreed


def test_what_was_recorded_stands_under_the_matrix(full_book: Workbook, full: Report) -> None:
    for change, found in zip(full.changes, changes_of(full_book), strict=True):
        head, *lines = table(found, 1)
        by_row = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
        for row in change.rows:
            assert {t.label: t.text for t in row.texts}.items() <= by_row[row.name].items()
        pairs = {line[:2] for line in lines_of(found)}
        assert {(t.label, t.text) for t in change.texts} <= pairs
        assert ("I statement", change.i_statement) in pairs
        assert ("We statement", change.we_statement) in pairs


def test_the_action_plan_has_the_published_columns_first_and_then_ours(
    full_book: Workbook, empty_xlsx: Path
) -> None:
    for book in (full_book, load_workbook(empty_xlsx)):
        heads = table(sheet(book, "Action plan"))[0]
        assert heads[:5] == PUBLISHED
        ours = ("Row", "Owner", "Progress", "Action id", "Part")
        assert heads[5:] == ours
        assert "Added by this application" in texts(sheet(book, "Action plan"))


def test_actions_stand_in_their_order_with_real_dates_and_the_rooms_words(
    full_book: Workbook, full: Report
) -> None:
    lines = table(sheet(full_book, "Action plan"))[1:]

    assert len(lines) == len(full.actions)
    for action, line in zip(full.actions, lines, strict=True):
        assert line[0] == (action.change_heading or None)
        assert line[1:3] == (action.where_now, action.to_do)
        if action.due_on is not None:
            assert cast("dt.datetime", line[3]).date() == action.due_on
        else:
            assert line[3] == action.due
        assert line[4:7] == (action.success, action.row_name or None, action.owner or None)
        assert line[7:] == (action.progress.words, action.id, None)


@pytest.mark.parametrize(
    ("due_on", "shown"),
    [
        (dt.date(1899, 12, 31), "31 December 1899"),
        (dt.date(1900, 2, 28), "28 February 1900"),
        (dt.date(1900, 3, 1), dt.datetime(1900, 3, 1)),  # noqa: DTZ001 - Excel's have no zone
        (dt.date(9999, 12, 31), dt.datetime(9999, 12, 31)),  # noqa: DTZ001 - the same
    ],
)
def test_a_date_that_excel_cannot_hold_is_written_in_words(
    model: Model, blank: Workshop, tmp_path: Path, due_on: dt.date, shown: object
) -> None:
    action = Action(id="a", due_on=due_on)
    workshop = Workshop(id="w", created_at=blank.created_at, actions=(action,))

    write_workbook(build_report(model, workshop), tmp_path / "dates.xlsx")

    plan = sheet(load_workbook(tmp_path / "dates.xlsx"), "Action plan")
    assert table(plan)[1][3] == shown


def test_notes_hold_every_text_and_the_answers_without_a_place(
    full_book: Workbook, full: Report
) -> None:
    lines = set(table(sheet(full_book, "Notes")))

    for change in full.changes:
        for text in change.texts:
            assert (change.heading, "The change as a whole", text.label, text.text) in lines
        for row in change.rows:
            for text in row.texts:
                assert (change.heading, row.name, text.label, text.text) in lines
    assert ("The workshop", None, "Populations in focus", full.populations) in lines
    assert ("Not in this model", "seven-day-services", "Outcome", "Parked") in lines
    assert ("Not in this model", "seven-day-services", "Reason", "Old row") in lines
    hands = ("Hands after discussion", "Mature 2 (2 hands, all at Mature)")
    assert ("Not in this model", "seven-day-services", *hands) in lines


def test_partners_are_listed(full_book: Workbook, full: Report) -> None:
    assert table(sheet(full_book, "Partners"))[1:] == [
        (partner.organisation, partner.role, partner.name or None) for partner in full.partners
    ]


def test_text_that_looks_like_a_formula_stays_text(hostile_xlsx: Path) -> None:
    with zipfile.ZipFile(hostile_xlsx) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sheets:
            written = archive.read(name)
            assert b"<f>" not in written
            assert b"<f " not in written
            assert b't="e"' not in written
    plan = sheet(load_workbook(hostile_xlsx), "Action plan")
    live = [cell for cell in cells(plan) if str(cell.value).startswith(("=", "+", "-", "@", "\t"))]
    assert {"=NOW()", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"} <= {str(c.value) for c in live}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in live)
    assert "#N/A" in texts(plan)


def test_characters_that_xml_cannot_hold_are_shown_and_not_dropped(hostile_book: Workbook) -> None:
    assert "a�b�c�d�e�f" in texts(sheet(hostile_book, "Profile"))


def test_words_of_many_scripts_markup_and_escapes_stay_as_typed(hostile_book: Workbook) -> None:
    found = texts(sheet(hostile_book, "Profile"))

    assert workshops.ABROAD in found
    assert workshops.MARKUP in found
    assert "  two  spaces\tand a tab\n\n    indented" in found


def test_an_escape_of_excels_own_is_escaped_in_the_file(hostile_xlsx: Path) -> None:
    with zipfile.ZipFile(hostile_xlsx) as archive:
        assert b">_x005F_x0041_ _x005F_x005F_<" in archive.read("xl/worksheets/sheet4.xml")


def test_a_text_longer_than_a_cell_goes_on_in_marked_rows(
    hostile_book: Workbook, hostile: Report
) -> None:
    assert len(workshops.LONG) > 3 * 32_767
    head, *lines = table(sheet(hostile_book, "Notes"))
    assert head[-1] == "Part"
    start = next(n for n, line in enumerate(lines) if str(line[3]).startswith("Word0 "))
    assert str(lines[start][4]).startswith("1 of ")
    of = int(str(lines[start][4]).removeprefix("1 of "))
    parts = lines[start : start + of]
    assert of > 4
    assert "".join(str(line[3]) for line in parts) == workshops.LONG
    for number, line in enumerate(parts[1:], start=2):
        assert line[:3] == (hostile.changes[0].heading, "The change as a whole", "Note")
        assert line[4] == f"{number} of {of} (continued: What was recorded)"
    plan = table(sheet(hostile_book, "Action plan"))
    assert "".join(str(line[2] or "") for line in plan).count(workshops.LONG) == 1
    assert workshops.LONG_WORD in "".join(str(line[4] or "") for line in plan)


def test_no_cell_or_row_is_larger_than_excel_allows(hostile_book: Workbook) -> None:
    for found in hostile_book.worksheets:
        for cell in cells(found):
            assert len(str(cell.value).encode("utf-16-le", "replace")) // 2 <= 32_767
        for dimension in found.row_dimensions.values():
            assert dimension.height is None or dimension.height <= 409


@pytest.mark.parametrize("which", ["full_xlsx", "empty_xlsx"])
def test_every_row_is_high_enough_for_its_text(which: str, request: pytest.FixtureRequest) -> None:
    """Measured anew with Helvetica, whose widths are those of Arial, in Excel's line height."""
    book = load_workbook(request.getfixturevalue(which))
    checked = 0
    for found in book.worksheets:
        widths = {
            column: dimension.width
            for dimension in found.column_dimensions.values()
            for column in range(dimension.min or 0, (dimension.max or 0) + 1)
        }
        spans = {str(area).split(":")[0]: area for area in found.merged_cells.ranges}
        for cell in cells(found):
            area = spans.get(cell.coordinate)
            last = area.max_col if area else cell.column
            width = sum(widths[column] for column in range(cell.column, last + 1))
            font = "Helvetica-Bold" if cell.font.b else "Helvetica"
            room = (width * 7 - 4 - 9 * cell.alignment.indent) * 0.75
            size = float(cell.font.sz or 10)
            shown = "21 November 2026" if cell.is_date else str(cell.value)
            needed = len(simpleSplit(shown, font, size, room)) * 1.275 * size
            height = found.row_dimensions[cell.row].height
            assert height is not None
            assert height >= needed, (found.title, cell.coordinate)
            checked += 1
    assert checked > 200


def test_text_that_is_cut_is_the_same_when_joined_and_every_part_fits() -> None:
    for text in (workshops.LONG, workshops.TALL, workshops.LONG_WORD * 9, "\u0301" * 90_000, ""):
        parts = fit.pieces(text, 25)
        assert "".join(part for part, _ in parts) == text
        for part, height in parts:
            assert max(height, fit.height(part, 25)) <= 409
            assert len(part) <= 32_767


def test_headings_stay_in_view_and_print_on_landscape_paper(full_book: Workbook) -> None:
    for found in full_book.worksheets:
        assert found.page_setup.orientation == "landscape"
        assert int(found.page_setup.paperSize or 0) == (8 if found.title == "Profile" else 9)
        assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
        assert found.sheet_properties.pageSetUpPr is not None
        assert found.sheet_properties.pageSetUpPr.fitToPage
        if found.title not in ("Contents", "Summary", "About"):
            assert str(found.freeze_panes) in ("B1", "B4", "B5", "C4")
    # On the sheet of a change there are several tables: only names stay in view.
    assert {str(found.freeze_panes) for found in changes_of(full_book)} == {"B1"}
    for title in ("Profile", "Action plan", "Decision log", "Notes", "Partners"):
        only = sheet(full_book, title)
        (first,) = only.tables.values()
        head = int(first.ref.split(":")[0].removeprefix("A"))
        assert only.print_title_rows == f"${head}:${head}"
        assert str(only.freeze_panes)[1:] == str(head + 1)


def test_the_plan_fits_a_small_screen_and_its_headings_take_few_lines(full_book: Workbook) -> None:
    plan = sheet(full_book, "Action plan")
    shown = [d.width for d in plan.column_dimensions.values() if not d.hidden]

    assert sum(shown) * 7 < 1366 - 40
    assert cast("float", plan.row_dimensions[3].height) < 40


def test_the_foot_of_a_page_says_whose_record_it_is_within_what_excel_allows(
    model: Model, full_book: Workbook, tmp_path: Path
) -> None:
    foot = sheet(full_book, "Profile").oddFooter
    assert foot is not None
    assert str(foot.left.text).startswith(
        "Northdale && Eastmoor, 21 November 2026\nHigh Impact Change Model"
    )
    details = Details(place="😀& " * 900)
    workshop = Workshop(id="w", created_at=workshops.MADE, details=details)

    write_workbook(build_report(model, workshop, Parts(private_notes=True)), tmp_path / "long.xlsx")

    with zipfile.ZipFile(tmp_path / "long.xlsx") as archive:
        written = archive.read("xl/worksheets/sheet2.xml").decode()
    (found,) = re.findall("<oddFooter>(.*?)</oddFooter>", written, re.S)
    assert PRIVATE_FOOT in unescape(found)
    assert len(unescape(found).encode("utf-16-le")) // 2 <= 255


def test_the_file_is_dated_by_the_workshop_and_not_by_the_clock(
    full_book: Workbook, full: Report
) -> None:
    properties = full_book.properties

    assert properties.created == properties.modified == dt.datetime(2026, 11, 3, 9, 30)  # noqa: DTZ001 - UTC, as Excel has it
    assert full.place in (properties.title or "")


def test_we_add_no_word_of_reckoning(empty_xlsx: Path, empty: Report, model: Model) -> None:
    published = {
        *(d for c in empty.changes for r in c.rows for d in r.descriptors),
        *(t for c in empty.changes for t in (c.description, c.i_statement, c.we_statement)),
        *empty.how_to_read,
        *(row.name for c in empty.changes for row in c.rows),
        *(level.definition for level in model.levels),
        empty.model_attribution,
        *(point.words for point in empty.summary.open),
        "In words. Levels are not added up, averaged or ranked.",
        NOT_A_PERFORMANCE_TOOL,
    }
    ours = [
        text
        for found in load_workbook(empty_xlsx).worksheets
        for text in texts(found)
        if text not in published
    ]

    assert len(ours) > 100
    assert [text for text in ours if UNWELCOME.search(text)] == []


def test_an_untouched_workshop_says_what_is_missing(empty_xlsx: Path) -> None:
    book = load_workbook(empty_xlsx)

    assert "No actions were recorded. Type the first one here." in texts(sheet(book, "Action plan"))
    assert "Nothing was recorded." in texts(sheet(book, "Notes"))
    assert "No partners were recorded." in texts(sheet(book, "Partners"))
    assert "Not given" in texts(sheet(book, "About"))


def test_a_copy_of_a_change_of_which_nothing_was_recorded_says_nothing_of_the_others(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    out = tmp_path / "copy.xlsx"
    write_workbook(build_report(model, blank, Parts(changes=(model.changes[0].id,))), out)
    book = load_workbook(out)

    here = "In the changes in this copy, "
    plan = texts(sheet(book, "Action plan"))
    assert f"{here}no actions were recorded. Type the first one here." in plan
    assert read_plan(out, model.columns) == (), "and it is known again for no line"
    assert f"{here}nothing was recorded." in texts(sheet(book, "Notes"))
    assert f"{here}no decisions were logged." in texts(sheet(book, "Decision log"))
    summary = texts(sheet(book, "Summary"))
    for words in ("the room put no action first.", "no level was agreed."):
        assert f"{here}{words}" in summary


def test_a_title_begins_a_page_in_print_where_its_table_would_not_fit(full_book: Workbook) -> None:
    begun = [
        found.cell(found_break.id + 1, 1).value
        for found in changes_of(full_book)
        for found_break in found.row_breaks.brk
    ]

    assert begun
    assert {*begun} <= {"What was recorded", "Hands and movement", "The change as a whole"}
