"""What users of a workbook expect of it: real tables, links, choices, the same file each time.

`golden/sample.workbook.txt` has every cell of the sample's workbook as text. Where a change of it
is meant, run these tests with `HICM_RENEW_GOLDEN=1` in the environment: they then write it anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from hicm_desktop.export.workbook import render_workbook, write_workbook
from hicm_desktop.model.values import Example, Material, Model
from hicm_desktop.workshop.record_words import (
    AGREED,
    DIFFERING,
    LEAVES_OUT,
    OPEN,
    PRIVATE,
    PUT_FIRST,
)
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Workshop

GOLDEN = Path(__file__).with_name("golden") / "sample.workbook.txt"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"


@pytest.fixture(scope="module")
def sample_report(model: Model, sample: Workshop) -> Report:
    return build_report(model, sample)


@pytest.fixture(scope="module")
def sample_xlsx(sample_report: Report, folder: Path) -> Path:
    write_workbook(sample_report, folder / "sample.xlsx")
    return folder / "sample.xlsx"


@pytest.fixture(scope="module")
def book(sample_xlsx: Path) -> Workbook:
    return load_workbook(sample_xlsx)


def sheets(book: Workbook) -> list[Worksheet]:
    return [cast("Worksheet", book[title]) for title in book.sheetnames]


def texts(found: Worksheet) -> list[str]:
    return [str(c) for line in found.iter_rows(values_only=True) for c in line if c is not None]


@pytest.mark.parametrize("which", ["sample_xlsx", "full_xlsx", "empty_xlsx", "hostile_xlsx"])
def test_every_table_has_its_own_headings_and_no_merged_cell_or_empty_row(
    which: str, request: pytest.FixtureRequest
) -> None:
    names: list[str] = []
    for found in sheets(load_workbook(request.getfixturevalue(which))):
        for table in found.tables.values():
            names.append(table.displayName)
            left, top, right, bottom = CellRange(table.ref).bounds
            assert bottom > top, "a table has a row"
            heads = [found.cell(top, column).value for column in range(left, right + 1)]
            assert heads == table.column_names
            assert len({str(head).casefold() for head in heads}) == len(heads)
            assert table.autoFilter.ref == table.ref
            for row in range(top, bottom + 1):
                assert any(found.cell(row, column).value for column in range(left, right + 1))
            for area in found.merged_cells.ranges:
                assert area.max_row < top or area.min_row > bottom, (found.title, str(area))
    assert {"Profile", "Change4", "ActionPlan", "DecisionLog", "Notes", "Partners"} <= {*names}
    assert len({name.casefold() for name in names}) == len(names)


def test_every_table_has_a_name_and_words_for_those_who_do_not_see_it(sample_xlsx: Path) -> None:
    with zipfile.ZipFile(sample_xlsx) as archive:
        tables = [n for n in archive.namelist() if n.startswith("xl/tables/")]
        for name in tables:
            root = ET.fromstring(archive.read(name))  # noqa: S314 - the file is our own
            (told,) = root.iter(f"{X14}table")
            assert told.get("altText")
            assert len(told.get("altTextSummary") or "") > 20
    assert len(tables) > 20


def test_the_contents_lead_to_every_sheet_and_every_sheet_back(
    book: Workbook, sample_report: Report
) -> None:
    first, *others = sheets(book)
    links = {
        c.value: c.hyperlink.location for line in first.iter_rows() for c in line if c.hyperlink
    }

    assert first.title == "Contents"
    assert [*links.values()] == [f"'{found.title}'!A1" for found in others]
    assert {change.heading for change in sample_report.changes} <= {*links}
    for found in others:
        back = found["A2"]
        assert back.value == "← Contents"
        assert back.hyperlink.location == "'Contents'!A1"


def test_a_copy_says_on_its_sheets_what_it_is_and_has_no_column_for_what_it_lacks(
    model: Model, sample: Workshop, book: Workbook, tmp_path: Path
) -> None:
    parts = Parts(
        changes=(model.changes[0].id, model.changes[3].id),
        **dict.fromkeys(("evidence", "names", "decision_log"), False),
        private_notes=True,
    )
    write_workbook(build_report(model, sample, parts), tmp_path / "parts.xlsx")

    told = load_workbook(tmp_path / "parts.xlsx")

    extract = "This copy shows changes 1 and 4 alone."
    for title in ("Contents", "Summary", "About", "Profile", "Action plan"):
        words = " ".join(texts(cast("Worksheet", told[title])))
        assert extract in words
        assert f"{LEAVES_OUT} " in words
        assert "Evidence; Names in the list of partners; Decision log." in words
        whole = " ".join(texts(cast("Worksheet", book[title])))
        assert LEAVES_OUT not in whole
        assert "This copy" not in whole
    assert PRIVATE in texts(sheets(told)[0])
    assert "What this workshop set out to cover" not in texts(cast("Worksheet", told["About"]))
    assert "Decision log" not in told.sheetnames
    for title in ("Profile", told.sheetnames[4]):
        heads = [n for t in cast("Worksheet", told[title]).tables.values() for n in t.column_names]
        assert "Note (private)" in heads
        assert "What the data says" not in heads
    partners = next(iter(cast("Worksheet", told["Partners"]).tables.values()))
    assert partners.column_names == ["Organisation or group", "Role"]


def test_a_change_that_was_not_in_scope_says_so(book: Workbook) -> None:
    profile = cast("Worksheet", book["Profile"])
    told = {line[0]: line[3] for line in profile.iter_rows(values_only=True)}

    assert told["Change 9: Housing and related services"] == "Not in scope"
    assert "Not in scope" in texts(sheets(book)[12])
    assert [*told.values()].count("Not in scope") == 1


def test_the_summary_comes_in_the_order_of_the_other_exports(book: Workbook) -> None:
    found = texts(cast("Worksheet", book["Summary"]))

    places = [found.index(title) for title in (PUT_FIRST, AGREED, OPEN, DIFFERING)]
    assert places == sorted(places)
    assert [text for text in found if "\nDue: " in text]


def test_the_summary_says_in_words_what_was_agreed_is_open_and_differs(
    book: Workbook, sample_report: Report
) -> None:
    said = {line[:2] for line in cast("Worksheet", book["Summary"]).iter_rows(values_only=True)}

    summary = sample_report.summary
    points = (*summary.agreed, *summary.open, *summary.differing)
    assert points
    assert {(point.where, point.words) for point in points} <= said
    for action in sample_report.first_actions:
        assert [line for line in said if str(line[1]).startswith(action.to_do)]


def test_guidance_has_a_sheet_with_live_addresses_of_the_web_alone(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    addresses = ("https://example.org/a?b=c", "http://example.org", "file:///etc/passwd", "x y")
    examples = (*(Example(title="T", url=u) for u in addresses), Example(title="None"))
    change = msgspec.structs.replace(model.changes[0], examples=examples)
    other = msgspec.structs.replace(
        model,
        changes=(change, *model.changes[1:]),
        materials=(Material(title="For all", publisher="LGA"),),
    )
    write_workbook(build_report(other, sample, Parts(guidance=True)), tmp_path / "guided.xlsx")

    found = cast("Worksheet", load_workbook(tmp_path / "guided.xlsx")["Guidance"])

    links = {c.value: c.hyperlink.target for line in found.iter_rows() for c in line if c.hyperlink}
    assert {a: links.get(a) for a in addresses} == {
        **{a: a for a in addresses[:2]},
        **dict.fromkeys(addresses[2:]),
    }
    told = texts(found)
    assert {*addresses, "For all", change.tips[0].text} <= {*told}
    assert {tip.text for c in model.changes for tip in c.tips if not tip.tips} <= {*told}


def test_progress_is_chosen_of_three_words_below_the_plan_too(book: Workbook) -> None:
    plan = cast("Worksheet", book["Action plan"])
    last = CellRange(plan.tables["ActionPlan"].ref).max_row
    progress, changes, rows = plan.data_validations.dataValidation

    assert progress.formula1 == '"Not started,Under way,Done"'
    assert progress.showErrorMessage
    assert "Please choose" in str(progress.error)
    assert f"H{last + 900}" in progress.sqref
    assert not changes.showErrorMessage
    assert not rows.showErrorMessage


def test_changes_and_rows_are_offered_by_their_names(book: Workbook, sample_report: Report) -> None:
    plan = cast("Worksheet", book["Action plan"])
    offered = []
    for validation in plan.data_validations.dataValidation[1:]:
        title, area = str(validation.formula1).replace("$", "").split("!")
        offered.append([line[0].value for line in cast("Worksheet", book[title.strip("'")])[area]])

    assert offered[0] == [change.heading for change in sample_report.changes]
    assert offered[1] == [row.name for change in sample_report.changes for row in change.rows]


def test_the_id_and_the_part_are_hidden_while_nothing_goes_on(
    book: Workbook, hostile_xlsx: Path
) -> None:
    plans = [cast("Worksheet", b["Action plan"]) for b in (book, load_workbook(hostile_xlsx))]

    for plan, hidden in zip(plans, (["Action id", "Part"], ["Action id"]), strict=True):
        found = [
            str(plan.cell(3, dimension.min or 0).value)
            for dimension in plan.column_dimensions.values()
            if dimension.hidden
        ]
        assert found == hidden


RENDER = """
import hashlib, sys
from hicm_desktop.export.workbook import render_workbook
from hicm_desktop.model.reader import read_model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.record_words import (
    AGREED,
    DIFFERING,
    LEAVES_OUT,
    OPEN,
    PRIVATE,
    PUT_FIRST,
)
from hicm_desktop.workshop.report import build_report
model = read_model(content_dir())
sample = codec.decode((resources_dir() / "sample.hicm").read_bytes(), model).workshop
print(hashlib.sha256(render_workbook(build_report(model, sample))).hexdigest())
"""


def test_the_same_record_gives_the_same_bytes_wherever_and_whenever(sample_report: Report) -> None:
    here = hashlib.sha256(render_workbook(sample_report)).hexdigest()
    for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Los_Angeles", "77")):
        given = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        told = subprocess.run(
            [sys.executable, "-c", RENDER], capture_output=True, text=True, check=True, env=given
        )
        assert told.stdout.strip() == here


def as_text(book: Workbook) -> str:
    """Write every cell as text, a row to a line."""
    lines = []
    for found in sheets(book):
        lines.append(f"=== {found.title}")
        for row in found.iter_rows():
            shown = [written(cell.value) for cell in row]
            while shown and not shown[-1]:
                shown.pop()
            if shown:
                lines.append(f"{row[0].row}: {' | '.join(shown)}")
    return "\n".join(lines) + "\n"


def written(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else re.sub(r"\n", "⏎", str(value))


def test_the_samples_workbook_is_as_it_was(book: Workbook) -> None:
    found = as_text(book)
    if os.environ.get("HICM_RENEW_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")

    assert found == GOLDEN.read_text(encoding="utf-8")
