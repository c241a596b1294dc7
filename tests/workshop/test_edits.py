"""Every verb: what it does, what it leaves, how it is named, and when it changes nothing."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    ChangeField,
    Edit,
    RemoveActions,
    ReviseAction,
    RowField,
    SetDetails,
    SetOutcome,
    WriteChange,
    WriteRow,
    action_from_row,
)
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)

ROW, CHANGE = "discharge-to-assess", "home-first"


def after(workshop: Workshop, *edits: Edit) -> Workshop:
    for edit in edits:
        workshop = edit.apply(workshop)
    return workshop


# Agreeing, parking, taking back


def test_agreeing_a_level_records_it_and_nothing_else(blank: Workshop) -> None:
    workshop = after(blank, AgreeLevel(ROW, "mature"))
    record = RowRecord(row=ROW, outcome=Outcome.AGREED, level="mature")
    assert workshop == msgspec.structs.replace(blank, rows=(record,))


def test_taking_an_agreement_back_leaves_no_trace(blank: Workshop) -> None:
    assert after(blank, AgreeLevel(ROW, "mature"), AgreeLevel(ROW, None)) == blank


def test_taking_an_agreement_back_keeps_what_was_said(blank: Workshop) -> None:
    said = WriteRow(ROW, RowField.REASON, "The council holds back.")
    workshop = after(blank, AgreeLevel(ROW, "mature"), said, AgreeLevel(ROW, None))
    assert workshop.rows == (RowRecord(row=ROW, reason="The council holds back."),)


def test_a_reservation_outlives_another_level(blank: Workshop) -> None:
    reserved = SetOutcome(ROW, Outcome.AGREED_WITH_RESERVATION)
    workshop = after(blank, AgreeLevel(ROW, "mature"), reserved, AgreeLevel(ROW, "established"))
    assert workshop.row(ROW).outcome is Outcome.AGREED_WITH_RESERVATION
    assert workshop.row(ROW).level == "established"


@pytest.mark.parametrize("outcome", [Outcome.PARKED, Outcome.NOT_APPLICABLE, Outcome.NOT_DISCUSSED])
def test_an_outcome_that_is_no_agreement_takes_the_level_away(
    outcome: Outcome, blank: Workshop
) -> None:
    workshop = after(blank, AgreeLevel(ROW, "mature"), SetOutcome(ROW, outcome))
    assert workshop.row(ROW) == RowRecord(row=ROW, outcome=outcome)


@pytest.mark.parametrize("outcome", [Outcome.AGREED, Outcome.AGREED_WITH_RESERVATION])
def test_an_agreement_without_a_level_changes_nothing(outcome: Outcome, blank: Workshop) -> None:
    parked = after(blank, SetOutcome(ROW, Outcome.PARKED))
    assert after(parked, SetOutcome(ROW, outcome)) == parked


def test_a_parked_row_that_is_agreed_keeps_the_reason_it_was_parked_for(blank: Workshop) -> None:
    parked = (SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "Too few here."))
    assert after(blank, *parked, AgreeLevel(ROW, "mature")).row(ROW) == RowRecord(
        row=ROW, outcome=Outcome.AGREED, level="mature", reason="Too few here."
    )


def test_taking_no_level_from_a_parked_row_leaves_it_parked(blank: Workshop) -> None:
    parked = after(blank, SetOutcome(ROW, Outcome.PARKED))
    assert after(parked, AgreeLevel(ROW, None)) == parked


# Writing


@pytest.mark.parametrize("field", RowField)
def test_text_goes_to_its_field_of_a_row_and_no_other(field: RowField, blank: Workshop) -> None:
    record = after(blank, WriteRow(ROW, field, "Words")).row(ROW)
    assert [f for f in RowField if f.read(record)] == [field]
    assert field.read(record) == "Words"


@pytest.mark.parametrize("field", ChangeField)
def test_text_goes_to_its_field_of_a_change_and_no_other(
    field: ChangeField, blank: Workshop
) -> None:
    record = after(blank, WriteChange(CHANGE, field, "Words")).change(CHANGE)
    assert [f for f in ChangeField if f.read(record)] == [field]


def test_text_taken_back_leaves_no_trace(blank: Workshop) -> None:
    row, change = RowField.NOTE, ChangeField.CULTURE
    written = (WriteRow(ROW, row, "x"), WriteChange(CHANGE, change, "x"))
    taken_back = (WriteRow(ROW, row, ""), WriteChange(CHANGE, change, ""))
    assert after(blank, *written, *taken_back) == blank


def test_a_record_is_replaced_where_it_stood(sample: Workshop) -> None:
    edited = after(sample, WriteRow("emergency", RowField.NOTE, "New"))
    assert [r.row for r in edited.rows] == [r.row for r in sample.rows]
    unlike = [r.row for r, s in zip(edited.rows, sample.rows, strict=True) if r != s]
    assert unlike == ["emergency"]


def test_typing_merges_in_one_field_of_one_row_or_change_only() -> None:
    keys = {
        *(WriteRow(row, f, "x").merge_key for row in (ROW, "planned") for f in RowField),
        *(WriteChange(c, f, "x").merge_key for c in (CHANGE, "housing") for f in ChangeField),
        *(ReviseAction(Action(id=i), f).merge_key for i in "ab" for f in ("owner", "to_do")),
    }
    assert len(keys) == 2 * len(RowField) + 2 * len(ChangeField) + 4
    first, second = WriteRow(ROW, RowField.NOTE, "a"), WriteRow(ROW, RowField.NOTE, "ab")
    assert first.merge_key == second.merge_key


# Details and actions


def test_details_are_set_all_together(sample: Workshop) -> None:
    details = Details(place="Southbridge", partners=(Partner(organisation="Council"),))
    expected = msgspec.structs.replace(sample, details=details)
    assert after(sample, SetDetails(details)) == expected


def test_an_action_joins_the_end_of_the_plan(sample: Workshop) -> None:
    action = Action(id="new", to_do="Ring before four")
    assert after(sample, AddAction(action)).actions == (*sample.actions, action)


def test_two_actions_never_share_an_id(sample: Workshop) -> None:
    with pytest.raises(ValueError, match="action-01"):
        AddAction(Action(id="action-01")).apply(sample)


def test_an_action_is_revised_where_it_stands(sample: Workshop) -> None:
    revised = msgspec.structs.replace(sample.action("action-07"), owner="Night sister")
    plan = after(sample, ReviseAction(revised, "owner")).actions
    assert plan == (*sample.actions[:6], revised, *sample.actions[7:])


def test_an_action_that_is_not_there_cannot_be_revised(blank: Workshop) -> None:
    with pytest.raises(KeyError):
        ReviseAction(Action(id="gone"), "owner").apply(blank)


def test_actions_leave_the_plan_and_the_others_stay_in_order(sample: Workshop) -> None:
    edited = after(sample, RemoveActions(("action-02", "action-12", "gone")))
    assert edited.actions == (sample.actions[0], *sample.actions[2:11])


def test_an_action_from_an_agreed_row_says_where_the_row_stands(
    model: Model, sample: Workshop
) -> None:
    action = action_from_row("new", model, sample, ROW)
    assert (action.change, action.row) == (CHANGE, ROW)
    assert action.where_now == f"Mature: {model.descriptor(ROW, 'mature')}"


def test_an_action_from_a_row_not_agreed_leaves_it_to_the_room(
    model: Model, sample: Workshop
) -> None:
    assert action_from_row("new", model, sample, "choice-protocol") == Action(
        id="new", change="engagement-and-choice", row="choice-protocol"
    )


def test_no_action_comes_from_a_row_the_model_does_not_have(model: Model, blank: Workshop) -> None:
    with pytest.raises(KeyError):
        action_from_row("new", model, blank, "gone")


# What changes nothing


def nothing_changing(sample: Workshop) -> list[Edit]:
    record, change = sample.row("emergency"), sample.change(CHANGE)
    return [
        AgreeLevel("emergency", record.level),
        AgreeLevel("joint-working", None),
        AgreeLevel("systematic-response", None),
        SetOutcome("emergency", record.outcome),
        SetOutcome("systematic-response", Outcome.NOT_DISCUSSED),
        SetOutcome("systematic-response", Outcome.AGREED),
        *(WriteRow("emergency", f, f.read(record)) for f in RowField),
        *(WriteRow("systematic-response", f, "") for f in RowField),
        *(WriteChange(CHANGE, f, f.read(change)) for f in ChangeField),
        *(WriteChange("trusted-assessment", f, "") for f in ChangeField),
        SetDetails(sample.details),
        ReviseAction(sample.actions[3], "owner"),
        RemoveActions(()),
        RemoveActions(("gone",)),
    ]


def test_an_edit_that_changes_nothing_gives_an_equal_workshop(sample: Workshop) -> None:
    for edit in nothing_changing(sample):
        assert edit.apply(sample) == sample, edit


def test_that_holds_for_a_file_that_holds_blank_records_too(blank: Workshop) -> None:
    workshop = msgspec.structs.replace(
        blank, rows=(RowRecord(row=ROW),), changes=(ChangeRecord(change=CHANGE),)
    )
    row, change = WriteRow(ROW, RowField.NOTE, ""), WriteChange(CHANGE, ChangeField.NOTE, "")
    assert after(workshop, row, change, AgreeLevel(ROW, None)) == workshop


# Names


ACTION = Action(id="a", change=CHANGE, row=ROW, due_on=dt.date(2027, 3, 31))


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (AgreeLevel(ROW, "mature"), "Home first, Discharge to assess → Mature"),
        (AgreeLevel(ROW, None), "Home first, Discharge to assess → no level"),
        (AgreeLevel("gone", "gone-too"), "gone → gone-too"),
        (SetOutcome(ROW, Outcome.PARKED), "Home first, Discharge to assess → Parked"),
        (
            WriteRow(ROW, RowField.DATA, "x"),
            "Home first, Discharge to assess, what the data says",
        ),
        (WriteChange(CHANGE, ChangeField.CULTURE, "x"), "Home first, culture"),
        (WriteChange("gone", ChangeField.NOTE, "x"), "gone, note"),
        (SetDetails(Details()), "Workshop details"),
        (AddAction(ACTION), "Add action, Home first, Discharge to assess"),
        (AddAction(Action(id="a", change=CHANGE)), "Add action, Home first"),
        (AddAction(Action(id="a")), "Add action, no change named"),
        (ReviseAction(ACTION, "owner"), "Edit action, Home first, Discharge to assess"),
        (ReviseAction(Action(id="a", row="gone"), "owner"), "Edit action, gone"),
        (RemoveActions(("a",)), "Remove action"),
        (RemoveActions(("a", "b")), "Remove 2 actions"),
    ],
)
def test_an_edit_is_named_as_undo_shows_it(edit: Edit, name: str, model: Model) -> None:
    assert edit.describe(model) == name


def test_only_private_notes_are_private() -> None:
    fields = (*RowField, *ChangeField)
    assert [field for field in fields if field.is_private] == [
        RowField.PRIVATE_NOTE,
        ChangeField.PRIVATE_NOTE,
    ]
