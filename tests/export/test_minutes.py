"""Minutes, hands, first actions and the sign-off, read back from the workbook and the PDF."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from hicm_desktop.export.workbook import write_workbook
from hicm_desktop.model.values import Model
from hicm_desktop.workshop import decisions
from hicm_desktop.workshop.edits import AddAction, AgreeLevel, Edit, RowField, SetOutcome, WriteRow
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.room_edits import (
    CountHands,
    LeanLevel,
    PutFirst,
    SignOff,
    TakePosition,
)
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import (
    Action,
    Baseline,
    Details,
    EarlierRow,
    Lean,
    Outcome,
    Partner,
    Workshop,
)
from tests.export.conftest import as_pdf
from tests.export.workshops import ABROAD, CONTROL, FORMULAS, LONG, MADE, MARKUP

AT = dt.datetime(2026, 11, 12, 15, 40, tzinfo=dt.timezone(dt.timedelta(hours=1)))
COUNCIL = Partner(organisation="Council", role="Social care", name="Priya Shah", id="p1")
PRIVATE = "Mine alone: mind the time"
REASON = "The finance director joins after lunch"


def recorded(model: Model, workshop: Workshop, *edits: Edit) -> Workshop:
    """Make edits as an open workshop would, with the log they write."""
    for minute, edit in enumerate(edits):
        at = AT + dt.timedelta(minutes=minute)
        workshop = decisions.written(model, workshop, edit.apply(workshop), at)
    return workshop


@pytest.fixture(scope="module")
def workshop(model: Model) -> Workshop:
    """Give a short workshop in which everything of a live one happened once, signed off."""
    (first, _), *_ = rows = [(row.id, row) for _, row in model.rows()]
    parked = rows[1][0]
    levels = tuple(level.id for level in model.levels)
    begun = Workshop(
        id="w",
        created_at=MADE,
        details=Details(place="Northdale", partners=(COUNCIL,)),
        baseline=Baseline(
            workshop="old",
            place="Northdale",
            held_on=dt.date(2026, 3, 3),
            rows=tuple(
                EarlierRow(row=row, outcome=Outcome.AGREED, level=levels[0])
                for row in (first, parked)
            ),
        ),
    )
    done = recorded(
        model,
        begun,
        CountHands(first, When.BEFORE, levels[1], 2, levels),
        CountHands(first, When.BEFORE, levels[3], 5, levels),
        TakePosition(first, When.AFTER, "p1", levels[2]),
        AgreeLevel(first, levels[2]),
        LeanLevel(first, Lean.UP),
        WriteRow(first, RowField.PRIVATE_NOTE, PRIVATE),
        SetOutcome(parked, Outcome.PARKED),
        WriteRow(parked, RowField.REASON, REASON),
        AddAction(Action(id="a", row=first, to_do="Ring home")),
        AddAction(Action(id="b", to_do="Open the ward")),
        PutFirst(("b", "a")),
    )
    last = msgspec.structs.replace(done.log[-1], number=99, now="WRONG", taken_back=True)
    return SignOff(AT, ("p1",)).apply(msgspec.structs.replace(done, log=(*done.log, last)))


@pytest.fixture(scope="module")
def report(model: Model, workshop: Workshop) -> Report:
    return build_report(model, workshop)


@pytest.fixture(scope="module")
def book(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("minutes") / "minutes.xlsx"
    write_workbook(report, path)
    return load_workbook(path)


Pages = Callable[[Report], list[str]]


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    def pages(report: Report) -> list[str]:
        as_pdf(report, tmp_path / "minutes.pdf")
        return [squeezed(page.extract_text()) for page in PdfReader(tmp_path / "minutes.pdf").pages]

    return pages


def squeezed(text: str) -> str:
    return "".join(text.split())


def lines_of(book: Workbook, title: str) -> list[tuple[object, ...]]:
    return list(cast("Worksheet", book[title]).iter_rows(values_only=True))


def table(book: Workbook, title: str, number: int = 0) -> list[tuple[object, ...]]:
    """Give what stands in a real table of a sheet, its headings first."""
    found = cast("Worksheet", book[title])
    area = list(found.tables.values())[number].ref
    return [tuple(cell.value for cell in line) for line in found[area]]


def pairs(book: Workbook) -> dict[object, object]:
    return {line[0]: line[1] for line in lines_of(book, "About")}


def every_text(book: Workbook) -> str:
    return "\n".join(
        str(c) for title in book.sheetnames for line in lines_of(book, title) for c in line
    )


def test_the_log_is_a_sheet_with_real_times_and_what_changed_from_what_to_what(
    book: Workbook, model: Model, workshop: Workshop
) -> None:
    head, *lines = table(book, "Decision log")
    change = model.changes[0]

    assert head == ("When", "Change", "Row", "What", "From", "To", "Reason")
    assert len(lines) == len(workshop.log) - 1
    assert lines[2] == (
        *(dt.datetime(2026, 11, 12, 15, 43), change.heading, change.rows[0].name),  # noqa: DTZ001 - Excel's have no zone
        *("Decision", "Not discussed", "Established", None),
    )
    (parked,) = [line for line in lines if line[5] == "Parked"]
    assert parked[6] == REASON
    assert lines[-1][1:6] == (
        *("Action plan", None, "Actions put first", None),
        "Open the ward · Ring home",
    )
    assert "WRONG" not in every_text(book), "what was taken back is left out"


def test_the_profile_tells_lean_hands_and_movement(book: Workbook) -> None:
    head, first, second = table(book, "Profile")[:3]
    told = dict(zip(head, first, strict=True))

    assert told["Level"] == "Established, leaning up"
    assert told["Hands before discussion"] == (
        "Plans in place 2, Mature 5 (7 hands, from Plans in place to Mature, none between)"
    )
    assert told["Hands after discussion"] == "1 partner, all at Established"
    assert told["Previous level"] == "Not yet established. 2 levels up from before"
    assert dict(zip(head, second, strict=True))["Previous level"] is None, "not agreed: hidden"


def test_a_changes_sheet_and_the_notes_tell_who_stood_where(book: Workbook, model: Model) -> None:
    row = model.changes[0].rows[0].name
    title = book.sheetnames[book.sheetnames.index("Profile") + 1]
    head, first, *_ = table(book, title, 2)
    facts = (row, "Partners after discussion", "Council, Social care: Established")

    assert first[0] == row
    assert dict(zip(head, first, strict=True))[facts[1]] == facts[2]
    assert (model.changes[0].heading, *facts) in table(book, "Notes")
    level = str(table(book, title)[1][4])
    assert level.startswith("✓ AGREED, LEANING UP\n")


def test_the_plan_marks_what_the_room_puts_first(book: Workbook, empty_xlsx: Path) -> None:
    head, *lines = table(book, "Action plan")

    assert head[8] == "Put first"
    assert [line[8] for line in lines] == ["2", "1"]
    assert len(table(load_workbook(empty_xlsx), "Action plan")[0]) == 10


def test_the_first_sheet_states_the_seal_the_fingerprint_and_who_was_there(
    book: Workbook, workshop: Workshop
) -> None:
    about = pairs(book)

    assert about["Sign-off"] == "Signed off 12 November 2026 at 15:40, version 1."
    assert about["Who was there"] == "Council, Social care"
    assert str(about["Fingerprint"]).replace(" ", "") == workshop.sealed[0].fingerprint
    assert about["Compared with"] == "Northdale, 3 March 2026"


def test_an_edit_since_is_stated_without_a_fingerprint(
    model: Model, workshop: Workshop, tmp_path: Path, pages: Pages
) -> None:
    row = model.changes[1].rows[0].id
    later = build_report(model, recorded(model, workshop, SetOutcome(row, Outcome.PARKED)))

    write_workbook(later, tmp_path / "later.xlsx")

    about = pairs(load_workbook(tmp_path / "later.xlsx"))
    words = "Changed since version 1 was signed off, 12 November 2026 at 15:40."
    assert about["Sign-off"] == words
    assert not {"Fingerprint", "Who was there"} & {*about}
    text = pages(later)
    assert squeezed(words) in text[0]
    assert workshop.sealed[0].fingerprint not in "".join(text)


def test_a_version_exports_as_it_was_signed_off(
    model: Model, workshop: Workshop, pages: Pages
) -> None:
    row = model.changes[1].rows[0].id
    edits = (SetOutcome(row, Outcome.PARKED), WriteRow(row, RowField.REASON, "Said since"))
    later = recorded(model, workshop, *edits)

    text = "".join(pages(build_report(model, later, version=later.sealed[0])))

    assert squeezed("Signed off 12 November 2026 at 15:40, version 1.") in text
    assert squeezed("Said since") not in text
    assert squeezed("Said since") in "".join(pages(build_report(model, later)))


def test_the_pdf_has_minutes_first_actions_and_the_sign_off(
    report: Report, workshop: Workshop, pages: Pages
) -> None:
    text = pages(report)
    whole = "".join(text)

    for words in (
        "Agreed: Established, leaning up",
        "✓ AGREED, LEANING UP",
        "Plans in place 2, Mature 5 (7 hands, from Plans in place to Mature, none between)",
        "Partners after discussion",
        "Not yet established. 2 levels up from before",
        "The room puts first",
        "1. Open the ward",
        "2. Ring home",
        "Put first: 1",
        "Decision log",
        "15:43",
        "Not discussed → Established",
        REASON,
        "Who was there",
    ):
        assert squeezed(words) in whole, words
    assert squeezed("Signed off 12 November 2026 at 15:40, version 1.") in text[0]
    assert workshop.sealed[0].fingerprint in whole
    assert "WRONG" not in whole


def test_private_notes_go_out_only_where_they_are_asked_for_by_name(
    model: Model, workshop: Workshop, book: Workbook, tmp_path: Path, pages: Pages
) -> None:
    assert PRIVATE not in every_text(book)
    assert squeezed(PRIVATE) not in "".join(pages(build_report(model, workshop)))

    asked = build_report(model, workshop, parts=Parts(private_notes=True))
    write_workbook(asked, tmp_path / "asked.xlsx")

    assert PRIVATE in every_text(load_workbook(tmp_path / "asked.xlsx"))
    assert squeezed(PRIVATE) in "".join(pages(asked))


def test_the_same_record_gives_the_same_files(report: Report, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_workbook(report, tmp_path / f"{name}.xlsx")
        as_pdf(report, tmp_path / f"{name}.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    one, two = (zipfile.ZipFile(tmp_path / f"{name}.xlsx") for name in ("one", "two"))
    with one, two:
        assert one.namelist() == two.namelist()
        for name in one.namelist():
            assert one.read(name) == two.read(name), name


def test_hostile_words_in_the_minutes_come_out_as_text(model: Model, tmp_path: Path) -> None:
    row = model.changes[0].rows[0].id
    texts = (*FORMULAS, MARKUP, ABROAD, CONTROL)
    edits: list[Edit] = []
    long_text = LONG[: LONG.index(" Word1200 ")]
    assert len(long_text) > 32_767, "more than a cell of a workbook takes"
    for number, text in enumerate((*texts, long_text)):
        edits += [
            AddAction(Action(id=f"a{number}", row=row, to_do=text)),
            SetOutcome(row, Outcome.PARKED if number % 2 else Outcome.NOT_APPLICABLE),
            WriteRow(row, RowField.REASON, text),
        ]
    partner = Partner(organisation=FORMULAS[0], role=MARKUP, id="p")
    begun = Workshop(
        id="w", created_at=MADE, details=Details(place=LONG[:3_000], partners=(partner,))
    )
    done = recorded(model, begun, *edits, PutFirst((f"a{len(texts)}", "a0", "a1")))
    report = build_report(model, SignOff(AT, ("p",)).apply(done))

    write_workbook(report, tmp_path / "hostile.xlsx")
    as_pdf(report, tmp_path / "hostile.pdf")

    book = load_workbook(tmp_path / "hostile.xlsx")
    for found in book.worksheets:
        for cell in (cell for line in found.iter_rows() for cell in line):
            assert cell.data_type in ("s", "n", "d"), (found.title, cell.coordinate)
            if str(cell.value or "").startswith(("=", "+", "-", "@")):
                assert cell.quotePrefix, (found.title, cell.coordinate)
    log = table(book, "Decision log")
    said = [line[5] for line in log[1:]]
    assert {'=HYPERLINK("http://example.org";"x")', "+1+1", MARKUP, ABROAD} <= {*said}
    long = [
        str(line[5])
        for line in log
        if str(line[5]).startswith("Word") or "(continued: To" in str(line[-1])
    ]
    assert "".join(long).count("Word1199 ") >= 1
    whole = "".join(
        squeezed(page.extract_text()) for page in PdfReader(tmp_path / "hostile.pdf").pages
    )
    assert squeezed(MARKUP) in whole
    assert "Word1199" in whole
