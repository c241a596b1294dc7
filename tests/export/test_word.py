"""The Word document, read back from real files: the plan, whole and as typed, and its make-up."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from hicm_desktop.errors import ExportError
from hicm_desktop.export.watching import Cancelled
from hicm_desktop.export.word import read_back, render_word, write_word
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Workshop
from tests.export.elsewhere import digests_of_sample
from tests.export.golden import assert_golden
from tests.export.workshops import CONTROL, FORMULAS, LONG, LONG_WORD, MARKUP, SPACED

COLUMNS = (
    "Impact change",
    "Where are you now?",
    "What do you need to do?",
    "When will it be done by?",
    "How will you know it has been successful?",
    "Owner\n(added by this application)",
    "Progress\n(added by this application)",
)


def opened(report: Report, folder: Path) -> WordDocument:
    write_word(report, folder / "plan.docx")
    return Document(str(folder / "plan.docx"))


def plan(document: WordDocument) -> Table:
    (table,) = document.tables
    return table


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def paragraphs(document: WordDocument, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def has(row: object, mark: str) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn(mark)) is not None  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def report(model: Model, sample: Workshop) -> Report:
    return build_report(model, sample)


@pytest.fixture(scope="module")
def document(report: Report, tmp_path_factory: pytest.TempPathFactory) -> WordDocument:
    return opened(report, tmp_path_factory.mktemp("word"))


# What it says


def test_the_sample_reads_as_it_did_when_it_was_found_good(document: WordDocument) -> None:
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = (" ¶ ".join(p.text for p in cell.paragraphs) for cell in row.cells)
                lines.append(" | ".join(cells))
        else:
            assert block.style is not None
            lines.append(f"[{block.style.name}] {block.text}")
    footer = document.sections[0].footer.paragraphs[0].text
    assert_golden("sample.word.txt", "\n".join([*lines, f"[Footer] {footer}", ""]))


def test_the_plan_has_the_published_columns_then_ours(document: WordDocument) -> None:
    assert texts(plan(document))[0] == COLUMNS


def test_every_action_is_a_row_in_its_words(document: WordDocument, report: Report) -> None:
    rows = texts(plan(document))[1:]
    assert len(rows) == len(report.actions) > 10
    for cells, action in zip(rows, report.actions, strict=True):
        first = f"Put first: {action.put_first}" if action.put_first else ""
        named = (action.change_heading, action.row_name, first)
        assert cells[0].split("\n") == [name for name in named if name]
        assert cells[1:] == (
            *(action.where_now, action.to_do, action.due, action.success, action.owner),
            action.progress.words,
        )


def test_what_the_room_puts_first_comes_first_in_its_order(
    document: WordDocument, report: Report
) -> None:
    listed = paragraphs(document, "List Number")
    assert [item.split("\n")[0] for item in listed] == [a.to_do for a in report.first_actions]
    assert "due: 12 December 2026" in listed[0]
    assert paragraphs(document, "Heading 1") == ["The room puts first", "Actions"]


def test_an_action_put_first_that_says_nothing_yet_is_told(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    made = msgspec.structs.replace(blank, actions=(Action(id="a"),), first_actions=("a",))
    document = opened(build_report(model, made), tmp_path)
    assert paragraphs(document, "List Number") == [NO_WORDING]
    assert texts(plan(document))[1][0] == "Put first: 1"


def test_a_plan_without_actions_says_so_and_has_lines_to_fill_in(
    empty: Report, tmp_path: Path
) -> None:
    document = opened(empty, tmp_path)
    assert any(
        line.startswith("No actions were recorded. ") for line in paragraphs(document, "Normal")
    )
    head, *lines = texts(plan(document))
    assert head == COLUMNS
    assert lines == [("",) * 7] * 4
    assert all((row.height or 0) >= Mm(15) for row in plan(document).rows[1:])
    assert "Date: Not given" in paragraphs(document, "HICM detail")
    assert paragraphs(document, "Heading 1") == ["Actions"]


def test_what_was_left_out_is_told_and_a_whole_copy_says_nothing_of_it(
    document: WordDocument, model: Model, sample: Workshop, tmp_path: Path
) -> None:
    chosen = Parts(changes=(model.changes[0].id,), evidence=False, private_notes=True)
    some = paragraphs(opened(build_report(model, sample, chosen), tmp_path), "HICM notice")
    assert (
        f"This copy is not the whole record. It leaves out: {model.changes[1].heading}; "
        in (some[1])
    )
    assert some[1].endswith(f"{model.changes[-1].heading}."), "no plan has any evidence"
    assert some[2] == "No private notes are in this plan."
    assert len(paragraphs(document, "HICM notice")) == 1


def test_hostile_texts_are_text_and_whole(hostile: Report, tmp_path: Path) -> None:
    document = opened(hostile, tmp_path)
    rows = texts(plan(document))
    assert len(rows) == 501
    found = {cell for row in rows for cell in row}
    assert {MARKUP, LONG, LONG_WORD, *FORMULAS[:4], "\t=1+1", "\n=1+1", "#N/A"} <= found
    assert SPACED.replace("\r\n", "\n") in found
    assert re.sub("[\x00\x07\x0b\ud800\ufffe]", "�", CONTROL) in found
    with zipfile.ZipFile(tmp_path / "plan.docx") as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert b"instrText" not in parts
    assert set(re.findall(rb'w:instr="([^"]*)"', parts)) == {b"PAGE", b"NUMPAGES"}


# What it is made of


def test_the_page_lies_across_and_its_foot_names_model_source_and_page(
    document: WordDocument, report: Report
) -> None:
    section = document.sections[0]
    size = (section.page_width or 0, section.page_height or 0)
    assert [round(length / Mm(1)) for length in size] == [297, 210]
    foot = section.footer.paragraphs[0]
    assert report.model_version in foot.text
    assert report.model_source in foot.text
    fields = [f.get(qn("w:instr")) for f in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_table_fits_the_page_and_says_what_it_is(document: WordDocument) -> None:
    section, table = document.sections[0], plan(document)
    widths = [column.width or 0 for column in table.columns]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    assert sum(widths) <= room < sum(widths) + Mm(1)
    properties = table._tbl.tblPr
    order = [child.tag for child in properties]
    names = ["w:tblStyle", "w:tblW", "w:tblLayout", "w:tblLook", "w:tblCaption", "w:tblDescription"]
    places = [order.index(qn(name)) for name in names]
    assert places == sorted(places), "the order that the format asks for"
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Action plan"
    assert "first row names the columns" in properties.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_head_stands_on_every_page_and_only_long_rows_are_broken(
    document: WordDocument, hostile: Report, tmp_path: Path
) -> None:
    head, *rows = plan(document).rows
    assert has(head, "w:tblHeader")
    assert not any(has(row, "w:tblHeader") for row in rows)
    assert all(has(row, "w:cantSplit") for row in plan(document).rows)
    long = [r for r in plan(opened(hostile, tmp_path)).rows if LONG in {c.text for c in r.cells}]
    assert long
    assert not any(has(row, "w:cantSplit") for row in long)


def test_all_is_set_in_one_typeface_that_users_have_and_by_styles(document: WordDocument) -> None:
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    assert {*fonts.attrib.values()} == {"Arial"}
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    cells = [cell for row in plan(document).rows for cell in row.cells]
    used = [p.style for p in (*document.paragraphs, *(p for c in cells for p in c.paragraphs))]
    for style in used:
        assert style is not None
        assert style.element.find(f".//{qn('w:rFonts')}") is None, style.name
        assert style.font.size is not None, style.name
    direct = {e.tag for run in document.element.body.iter(qn("w:rPr")) for e in run}
    assert direct == {qn("w:rStyle")}


def test_headings_are_real_and_skip_no_level(document: WordDocument) -> None:
    assert paragraphs(document, "Title") == ["Action plan"]
    names = [p.style.name for p in document.paragraphs if p.style is not None and p.style.name]
    levels = [int(name[-1]) for name in names if name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_file_says_whose_it_is_and_nothing_of_a_template(
    document: WordDocument, report: Report, tmp_path: Path
) -> None:
    properties = document.core_properties
    assert properties.title == "Action plan: Northbridge"
    assert properties.author == properties.last_modified_by == report.facilitator
    made = dt.datetime(2026, 11, 12, 13, 2, 40, tzinfo=dt.UTC)
    assert {properties.created, properties.modified} <= {made, made.replace(tzinfo=None)}
    assert (properties.language, properties.revision) == ("en-GB", 1)
    write_word(report, tmp_path / "plan.docx")
    with zipfile.ZipFile(tmp_path / "plan.docx") as archive:
        names = archive.namelist()
        told = b"".join(archive.read(name) for name in names if name.startswith("docProps"))
    assert [name for name in names if name.startswith("docProps")] == ["docProps/core.xml"]
    assert b"python-docx" not in told
    assert b"2013" not in told


def test_properties_too_long_for_word_are_made_to_fit(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    details = msgspec.structs.replace(blank.details, place="x\ny " * 200, facilitator=CONTROL)
    report = build_report(model, msgspec.structs.replace(blank, details=details))
    properties = opened(report, tmp_path).core_properties
    assert len(properties.title) <= 255
    assert "\n" not in properties.title
    assert "�" in properties.author


# Written, read back and put in place


def test_the_same_plan_gives_the_same_file_everywhere(report: Report) -> None:
    here = hashlib.sha256(render_word(report)).hexdigest()
    assert digests_of_sample("hicm_desktop.export.word", "render_word") == {here}


def test_what_is_not_the_plan_is_told_when_it_is_read_back(
    report: Report, empty: Report, tmp_path: Path
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(render_word(report))
    read_back.action_plan(report, path)
    other = msgspec.structs.replace(report.actions[3], owner="Somebody else")
    changed = (*report.actions[:3], other, *report.actions[4:])
    for wrong, words in (
        (empty, "12 lines and not 4"),
        (msgspec.structs.replace(report, actions=changed), "action 4 does not say"),
        (msgspec.structs.replace(report, columns=("A", *report.columns[1:])), "headings"),
        (msgspec.structs.replace(report, first_actions=()), "puts first"),
    ):
        with pytest.raises(ExportError, match=words):
            read_back.action_plan(wrong, path)
    Document().save(str(path))
    with pytest.raises(ExportError, match="table of actions is missing"):
        read_back.action_plan(report, path)


def test_a_plan_that_is_cancelled_leaves_the_earlier_one(report: Report, tmp_path: Path) -> None:
    seen: list[float] = []
    write_word(report, tmp_path / "plan.docx", seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) > len(report.actions)
    before = (tmp_path / "plan.docx").read_bytes()

    def stop(done: float) -> None:
        if done > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_word(report, tmp_path / "plan.docx", stop)
    assert (tmp_path / "plan.docx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan.docx"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn"])
def test_a_torn_document_is_told_as_such(content: bytes, report: Report, tmp_path: Path) -> None:
    (tmp_path / "torn.docx").write_bytes(content)

    with pytest.raises(ExportError, match="could not be opened again"):
        read_back.action_plan(report, tmp_path / "torn.docx")
