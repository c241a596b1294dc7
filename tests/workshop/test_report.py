"""The neutral report: all that was recorded, in the published order, and nothing computed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.private_notes import without_private_notes
from hicm_desktop.workshop.report import NOT_A_PERFORMANCE_TOOL, build_report, due_words
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_rows import LabelledText
from hicm_desktop.workshop.report_values import (
    Report,
    ReportAction,
    ReportChange,
    ReportRow,
    UnplacedRecord,
)
from hicm_desktop.workshop.spread import hands_words
from hicm_desktop.workshop.tally import Hands, Position, Tally
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Lean,
    Outcome,
    Progress,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import model_words


@pytest.fixture
def report(model: Model, sample: Workshop) -> Report:
    """Give the report of the sample workshop."""
    return build_report(model, sample)


def test_a_report_states_the_model_its_version_and_source(report: Report, model: Model) -> None:
    assert (report.model_title, report.model_version) == (model.title, model.version)
    assert (report.model_source, report.model_attribution) == (model.source, model.attribution)
    assert report.disclaimer == NOT_A_PERFORMANCE_TOOL


def test_a_report_knows_its_workshop_whatever_goes_out_of_it(
    report: Report, model: Model, sample: Workshop
) -> None:
    chosen = Parts(changes=(model.changes[0].id,), names=False)
    assert report.workshop_id == build_report(model, sample, chosen).workshop_id == sample.id


def test_a_report_has_every_change_and_row_in_the_published_order(
    report: Report, model: Model
) -> None:
    rows = [(change.id, row.id) for change in report.changes for row in change.rows]
    assert rows == [(change.id, row.id) for change, row in model.rows()]
    assert [v.number for v in report.levels] == [1, 2, 3, 4, 5]
    assert report.columns == model.columns


def test_an_agreed_row_has_its_level_and_every_text_with_its_label(report: Report) -> None:
    row = report.changes[0].rows[1]
    assert (row.outcome, row.level_number, row.level_name) == (
        Outcome.AGREED_WITH_RESERVATION,
        3,
        "Established",
    )
    assert [t.label for t in row.texts] == [
        "Reason",
        "What the data says",
        "What people and staff tell us",
        "Differing view",
    ]
    assert row.texts[3].text == row.differing_view


def test_a_row_that_is_not_agreed_has_no_level(report: Report) -> None:
    row = report.changes[6].rows[1]
    assert (row.outcome, row.level_number, row.level_name) == (Outcome.PARKED, None, None)
    assert row.reason.startswith("The draft is out for comment")


def test_a_row_says_in_words_where_it_stands(report: Report) -> None:
    leaning = next(r for c in report.changes for r in c.rows if r.level_name and r.lean)
    assert leaning.level_words == f"{leaning.level_name}, {leaning.lean}"
    told = f"✓ {leaning.outcome.words.upper()}, {leaning.lean.upper()}"
    assert leaning.verdict == told
    reserved = report.changes[0].rows[1]
    assert (reserved.level_words, reserved.verdict) == ("Established", "✓ AGREED WITH RESERVATION")
    assert report.changes[6].rows[1].level_words == ""


def test_a_row_nobody_came_to_is_out_of_scope_where_its_change_is(report: Report) -> None:
    housing = next(c for c in report.changes if c.id == "housing")
    untold = msgspec.structs.replace(housing.rows[0], outcome=Outcome.NOT_DISCUSSED)
    parked = msgspec.structs.replace(untold, outcome=Outcome.PARKED)
    assert housing.became(untold) == "Not in scope"
    assert housing.became(parked) == "Parked", "what was said all the same stands"
    assert report.changes[0].became(untold) == "Not discussed"
    assert report.not_in_scope == f"Not in scope for this workshop: {housing.heading}."
    rest = tuple(c for c in report.changes if c.in_scope)
    assert msgspec.structs.replace(report, changes=rest).not_in_scope == ""


def test_every_text_the_room_wrote_is_in_the_report(report: Report, sample: Workshop) -> None:
    shared = without_private_notes(sample)
    written = [f.read(r) for r in shared.rows for f in RowField if f.read(r)]
    written += [f.read(c) for c in shared.changes for f in ChangeField if f.read(c)]
    told = {t.text for c in report.changes for t in c.texts}
    told |= {t.text for c in report.changes for row in c.rows for t in row.texts}
    assert set(written) == told


def test_a_text_of_spaces_was_not_written(model: Model, blank: Workshop) -> None:
    workshop = msgspec.structs.replace(
        blank,
        rows=(RowRecord(row="planned", note=" \n"),),
        changes=(ChangeRecord(change="early-discharge-planning", culture=" "),),
    )
    change = build_report(model, workshop).changes[0]
    assert (change.texts, change.rows[0].texts) == ((), ())


def test_the_agenda_and_details_are_told(report: Report) -> None:
    assert [c.id for c in report.changes if not c.in_scope] == ["housing"]
    assert [c.minutes for c in report.changes] == [25, 20, 20, 35, 25, 20, 25, 25, 0]
    assert (report.place, report.held_on_words) == ("Northbridge", "12 November 2026")
    assert len(report.partners) == 15


def test_the_action_plan_keeps_dates_words_and_owners(report: Report) -> None:
    first, third, last = report.actions[0], report.actions[2], report.actions[11]
    assert (first.change_heading, first.row_name) == (
        "Change 1: Early discharge planning",
        "Emergency",
    )
    assert (first.due, first.due_on) == ("12 December 2026", dt.date(2026, 12, 12))
    assert first.progress is Progress.UNDER_WAY
    assert (third.due, third.due_on) == ("end of March", None)
    assert (last.change_heading, last.row_name) == ("Change 9: Housing and related services", "")
    assert first.where == "Change 1: Early discharge planning, Emergency"
    assert last.where == "Change 9: Housing and related services"
    assert (first.due_told, first.owner_told) == ("Due: 12 December 2026", f"Owner: {first.owner}")
    bare = msgspec.structs.replace(first, due="", owner="", change_heading="", row_name="")
    assert (bare.where, bare.due_told, bare.owner_told) == ("", "No date yet", "No owner yet")


@pytest.mark.parametrize(
    ("action", "heading", "row"),
    [
        (Action(id="a"), "", ""),
        (Action(id="a", change="gone", row="gone-too"), "gone", "gone-too"),
        (Action(id="a", row="planned"), "Change 1: Early discharge planning", "Planned"),
    ],
)
def test_an_action_is_placed_as_well_as_can_be(
    action: Action, heading: str, row: str, model: Model, blank: Workshop
) -> None:
    (line,) = build_report(model, msgspec.structs.replace(blank, actions=(action,))).actions
    assert (line.change_heading, line.row_name) == (heading, row)


def test_what_the_model_does_not_have_is_told_as_it_was_recorded(
    model: Model, blank: Workshop
) -> None:
    workshop = msgspec.structs.replace(
        blank,
        rows=(RowRecord(row="gone", outcome=Outcome.AGREED, level="high", note="Kept"),),
        changes=(ChangeRecord(change="gone-too", culture="Kept too"),),
    )
    assert build_report(model, workshop).unplaced == (
        UnplacedRecord("gone", Outcome.AGREED, "high", (LabelledText("Note", "Kept"),)),
        UnplacedRecord(
            "gone-too", Outcome.NOT_DISCUSSED, None, (LabelledText("Culture", "Kept too"),)
        ),
    )


def test_the_lean_and_the_hands_of_an_unplaced_row_are_told_too(
    model: Model, blank: Workshop
) -> None:
    hands = Tally(
        hands=(Hands(level="mature", number=2), Hands(level="old", number=3)),
        positions=(Position(partner="p", level="older"),),
    )
    record = RowRecord(row="gone", outcome=Outcome.AGREED, level="high", lean=Lean.UP, after=hands)
    unknown = RowRecord(row="lost", before=Tally(hands=(Hands(level="old", number=1),)))
    workshop = msgspec.structs.replace(blank, rows=(record, unknown))
    first, second = build_report(model, workshop).unplaced
    assert first.told == (
        LabelledText("Outcome", "Agreed, level “high”, leaning up"),
        LabelledText("Hands after discussion", "Mature 2, old 3 (2 hands, all at Mature)"),
        LabelledText("Partners after discussion", "A partner no longer listed: older"),
    )
    assert second.told == (LabelledText("Hands before discussion", "old 1"),)
    assert hands_words(model, hands) == "Mature 2, old 3; partners: older 1"


def test_how_to_read_comes_from_the_model_where_it_says_so(model: Model, blank: Workshop) -> None:
    section = model.section("how-to-use")
    assert section is not None
    assert build_report(model, blank).how_to_read == section.paragraphs
    bare = msgspec.structs.replace(model, sections=())
    assert build_report(bare, blank).how_to_read == ()


def test_a_time_is_a_date_or_words_or_nothing() -> None:
    assert due_words(Action(id="a", due_on=dt.date(2027, 3, 1))) == "1 March 2027"
    assert due_words(Action(id="a", due_words="by Easter")) == "by Easter"
    assert due_words(Action(id="a")) == ""


def test_a_report_holds_no_number_made_from_levels(report: Report) -> None:
    things: list[Report | ReportChange | ReportRow | ReportAction] = [report]
    things += [*report.changes, *report.changes[0].rows, *report.actions]
    numbers = {
        f"{type(thing).__name__}.{name}"
        for thing in things
        for name in thing.__struct_fields__
        if isinstance(getattr(thing, name), int | float)
    }
    assert numbers == {
        "ReportChange.number",
        "ReportChange.in_scope",
        "ReportChange.minutes",
        "Report.has_private_notes",
        "ReportRow.level_number",
        "ReportRow.previous_number",
        "ReportAction.put_first",
    }


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_reason_is_told_only_of_an_outcome_that_has_one(
    outcome: Outcome, model: Model, blank: Workshop
) -> None:
    level = "mature" if outcome.is_agreed else None
    records = tuple(
        RowRecord(row=row, outcome=outcome, level=level, reason="No data", note="Soon")
        for row in ("planned", "gone")
    )
    report = build_report(model, msgspec.structs.replace(blank, rows=records))
    row = report.changes[0].rows[0]
    assert row.reason == ("No data" if outcome.needs_reason else "")
    labels = ["Reason", "Note"] if outcome.needs_reason else ["Note"]
    assert [text.label for text in row.texts] == labels
    assert [text.label for text in report.unplaced[0].texts] == labels


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Model", "Model: its source (2019), draft"),
        ("Other", "Other. Model: its source (2019), draft"),
    ],
)
def test_a_model_is_named_by_its_source_and_by_its_title_where_that_does_not_say_it(
    title: str, words: str
) -> None:
    assert model_words(title, "Model: its source (2019)", "draft") == words
