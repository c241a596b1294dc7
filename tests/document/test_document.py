"""The open workshop: edits, names, undo, and what reaches the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.document.saving import NotSaved, Saved
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.workshop import decisions
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    RemoveActions,
    ReviseAction,
    RowField,
    SetDetails,
    SetOutcome,
    WriteRow,
)
from hicm_desktop.workshop.entry import WORDS_OUT
from hicm_desktop.workshop.history import MERGE_WITHIN_S
from hicm_desktop.workshop.room_edits import CountHands, PutFirst, TakeOutWords
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Action, Details, Outcome, Workshop

from .conftest import Clock

OnDisk = Callable[[Path], Workshop]
ROW = "reablement-and-pathways"


def write(text: str, field: RowField = RowField.NOTE) -> WriteRow:
    return WriteRow(ROW, field, text)


def test_an_edit_changes_the_workshop_and_tells_before_and_after(
    document: Document, qtbot: QtBot
) -> None:
    before = document.workshop
    with qtbot.waitSignal(document.changed) as told:
        document.apply(AgreeLevel(ROW, "established"))
    assert document.workshop.row(ROW).level == "established"
    assert told.args == [before, document.workshop]


def test_undo_and_redo_are_named_by_change_row_and_level(document: Document) -> None:
    document.apply(AgreeLevel(ROW, "established"))
    assert document.history.undo_name == "Home first, Reablement and pathways → Established"
    document.undo()
    assert document.workshop.row(ROW).level is None
    assert document.history.redo_name == "Home first, Reablement and pathways → Established"
    document.redo()
    assert document.workshop.row(ROW).level == "established"


def test_an_edit_that_changes_nothing_leaves_no_step(document: Document) -> None:
    document.apply(write(""))
    document.apply(AgreeLevel(ROW, None))
    assert document.history.past == ()


def test_an_edit_that_raises_leaves_no_step_and_no_change(document: Document) -> None:
    before = document.workshop
    with pytest.raises(KeyError):
        document.apply(ReviseAction(Action(id="gone"), "to_do"))
    assert document.workshop is before
    assert document.history.past == ()


def test_typing_in_one_field_is_undone_as_one(document: Document, clock: Clock) -> None:
    for i in range(1, 6):
        clock.now += MERGE_WITHIN_S / 2
        document.apply(write("Wards"[:i]))
    assert len(document.history.past) == 1
    document.undo()
    assert document.workshop.row(ROW).note == ""


def test_a_pause_parts_typing_into_two_steps(document: Document, clock: Clock) -> None:
    document.apply(write("First."))
    clock.now += MERGE_WITHIN_S * 2
    document.apply(write("First. Second."))
    document.undo()
    assert document.workshop.row(ROW).note == "First."


@pytest.mark.parametrize(
    "other", [write("x", RowField.DATA), WriteRow("planned", RowField.NOTE, "x")]
)
def test_typing_in_another_field_is_a_step_of_its_own(document: Document, other: WriteRow) -> None:
    document.apply(write("a"))
    document.apply(other)
    document.undo()
    assert document.workshop.row(ROW).note == "a"


def test_leaving_a_field_ends_the_step(document: Document) -> None:
    document.apply(write("a"))
    document.end_typing()
    document.apply(write("ab"))
    document.undo()
    assert document.workshop.row(ROW).note == "a"


def test_typing_that_comes_back_to_the_start_leaves_no_step(document: Document) -> None:
    document.apply(write("a"))
    document.apply(write(""))
    assert document.history.past == ()
    assert document.workshop.row(ROW).note == ""


def test_typing_after_undo_does_not_join_the_step_before_it(document: Document) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.apply(write("a"))
    document.apply(AgreeLevel(ROW, "exemplary"))
    document.undo()
    document.apply(write("ab"))
    document.undo()
    assert document.workshop.row(ROW).note == "a"


def test_undo_tells_which_edit_it_took_back(document: Document, qtbot: QtBot) -> None:
    edit = AgreeLevel(ROW, "mature")
    document.apply(edit)
    with qtbot.waitSignal(document.travelled) as told:
        document.undo()
    assert told.args == [edit]
    with qtbot.assertNotEmitted(document.travelled):
        document.undo()


def test_everything_recorded_is_in_the_file_within_a_second(
    document: Document, on_disk: OnDisk, qtbot: QtBot
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.apply(write("Typed"))
    qtbot.waitUntil(lambda: document.path.exists(), timeout=1000)
    qtbot.waitUntil(lambda: on_disk(document.path) == document.workshop, timeout=1000)


def test_a_new_document_makes_no_file_until_something_is_recorded(
    document: Document, qtbot: QtBot
) -> None:
    qtbot.wait(50)
    assert not document.path.exists()
    document.start_file()
    assert document.path.exists()


def test_a_copy_is_whole_and_the_document_stays_with_its_own_file(
    document: Document, on_disk: OnDisk, tmp_path: Path
) -> None:
    document.apply(SetDetails(Details(place="Northbridge")))
    document.save_copy(tmp_path / "copy.hicm")
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    assert document.path == tmp_path / "room.hicm"
    assert on_disk(tmp_path / "copy.hicm").rows == ()
    assert on_disk(document.path) == document.workshop


def test_renaming_moves_the_file_and_later_edits_go_to_the_new_name(
    document: Document, on_disk: OnDisk, tmp_path: Path, qtbot: QtBot
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    new = tmp_path / "Northbridge.hicm"
    with qtbot.waitSignal(document.renamed):
        document.rename(new)
    document.apply(write("After"))
    document.flush()
    assert [p.name for p in tmp_path.iterdir()] == ["Northbridge.hicm"]
    assert on_disk(new) == document.workshop


def test_renaming_onto_another_file_is_refused_and_both_are_kept(
    document: Document, on_disk: OnDisk, tmp_path: Path
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    taken = tmp_path / "taken.hicm"
    taken.write_text("somebody's")
    with pytest.raises(FileError, match="already a file called"):
        document.rename(taken)
    assert taken.read_text() == "somebody's"
    assert document.path == tmp_path / "room.hicm"
    assert on_disk(document.path) == document.workshop


def test_a_document_before_its_first_file_can_be_renamed(
    document: Document, tmp_path: Path
) -> None:
    document.rename(tmp_path / "later.hicm")
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    assert [p.name for p in tmp_path.iterdir()] == ["later.hicm"]


def test_an_action_is_added_and_taken_back(document: Document) -> None:
    document.apply(AddAction(Action(id="a", row=ROW, change="home-first")))
    assert document.history.undo_name == "Add action, Home first, Reablement and pathways"
    document.undo()
    assert document.workshop.actions == ()


def test_a_file_that_someone_else_has_changed_is_not_renamed(
    document: Document, tmp_path: Path
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    document.path.write_text("somebody else's")
    document.apply(AgreeLevel(ROW, "exemplary"))
    with pytest.raises(FileError, match="changed by someone else"):
        document.rename(tmp_path / "mine.hicm")
    assert [p.name for p in tmp_path.iterdir()] == ["room.hicm"]
    assert document.path.read_text() == "somebody else's"


@pytest.mark.parametrize("name", ["room.hicm", "other.hicm"])
def test_work_goes_on_in_the_file_that_the_user_names(
    document: Document, on_disk: OnDisk, tmp_path: Path, name: str
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    document.path.write_text("somebody else's")
    document.apply(AgreeLevel(ROW, "exemplary"))
    document.go_on_in(tmp_path / name)
    document.apply(write("After"))
    assert isinstance(document.flush(), Saved)
    assert document.path == tmp_path / name
    assert on_disk(tmp_path / name) == document.workshop


def test_what_somebody_else_recorded_is_taken_and_undo_brings_mine_back(
    document: Document, on_disk: OnDisk, model: Model
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    theirs = AgreeLevel(ROW, "exemplary").apply(document.workshop)
    document.path.write_bytes(codec.encode(theirs, model))
    document.apply(write("Mine"))
    assert isinstance(document.flush(), NotSaved)
    mine = document.workshop
    document.take_theirs()
    assert document.workshop == theirs
    assert isinstance(document.save_state, Saved)
    document.undo()
    assert isinstance(document.flush(), Saved)
    assert document.workshop == mine == on_disk(document.path)


# The decision log


def test_the_log_is_written_at_the_time_of_day_and_saved(
    qapp: QApplication, model: Model, blank: Workshop, tmp_path: Path, on_disk: OnDisk
) -> None:
    at = dt.datetime(2026, 11, 12, 10, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    document = Document(model, blank, tmp_path / "w.hicm", now=lambda: at, parent=qapp)
    document.apply(AgreeLevel(ROW, "mature"))
    document.apply(AgreeLevel(ROW, "exemplary"))
    document.undo()
    document.flush()
    first, second = on_disk(document.path).log
    assert (first.at, first.taken_back, first.now) == (at, False, "Mature")
    assert (second.at, second.taken_back, second.was) == (at, True, "Mature")
    assert document.now() == at
    document.close()


def test_the_time_of_day_has_a_zone_and_whole_seconds(document: Document) -> None:
    now = document.now()
    assert now.utcoffset() is not None
    assert now.microsecond == 0
    assert abs(dt.datetime.now(dt.UTC) - now) < dt.timedelta(minutes=1)


def test_redo_brings_a_line_of_the_log_again(document: Document) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    recorded = document.workshop
    document.undo()
    assert [e.taken_back for e in document.workshop.log] == [True]
    document.redo()
    assert document.workshop == recorded


def test_a_reason_that_is_typed_is_in_its_line_and_goes_with_the_typing(
    document: Document,
) -> None:
    document.apply(SetOutcome(ROW, Outcome.PARKED))
    parked = document.workshop
    for text in ("T", "To", "Too early"):
        document.apply(write(text, RowField.REASON))
    assert [e.reason for e in document.workshop.log] == ["Too early"]
    assert len(document.history.past) == 2
    document.undo()
    assert document.workshop == parked


def test_hands_counted_at_one_level_are_one_step_and_one_line(
    document: Document, model: Model
) -> None:
    levels = tuple(level.id for level in model.levels)
    for number in (1, 2, 3):
        document.apply(CountHands(ROW, When.BEFORE, "mature", number, levels))
    assert len(document.history.past) == 1
    assert [e.now for e in document.workshop.log] == ["Mature 3"]
    document.undo()
    assert document.workshop.rows == ()
    assert [e.taken_back for e in document.workshop.log] == [True]
    document.redo()
    assert [(e.now, e.taken_back) for e in document.workshop.log] == [("Mature 3", False)]


def test_undo_of_taking_theirs_brings_my_log_back_whatever_numbers_theirs_has(
    document: Document, on_disk: OnDisk, model: Model
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    fork = document.workshop
    document.apply(AgreeLevel("planned", "established"))
    mine = document.workshop
    other = AgreeLevel("planned", "exemplary").apply(fork)
    theirs = decisions.written(model, fork, other, document.now())
    assert [e.number for e in theirs.log] == [e.number for e in mine.log]
    document.flush()
    document.path.write_bytes(codec.encode(theirs, model))
    document.take_theirs()
    assert document.workshop == theirs
    document.apply(AgreeLevel("emergency", "mature"))
    went_on = document.workshop
    document.undo()
    document.undo()
    assert document.workshop == mine
    document.redo()
    document.redo()
    assert document.workshop == went_on
    document.flush()
    assert on_disk(document.path) == went_on


def test_an_action_put_first_comes_back_with_undo_of_its_removal(document: Document) -> None:
    for i in "ab":
        document.apply(AddAction(Action(id=i, to_do=i)))
    document.apply(PutFirst(("b", "a")))
    put_first = document.workshop
    document.apply(RemoveActions(("b",)))
    document.undo()
    assert document.workshop == msgspec.structs.replace(put_first, log=document.workshop.log)
    assert decisions.minutes(document.workshop) == decisions.minutes(put_first)
    document.redo()
    assert document.workshop.first_actions == ("a",)
    assert not any(entry.taken_back for entry in document.workshop.log)


def test_a_hand_counted_and_put_back_at_once_leaves_nothing_to_undo(
    document: Document, model: Model
) -> None:
    levels = tuple(level.id for level in model.levels)
    for number in (1, 0):
        document.apply(CountHands("planned", When.BEFORE, levels[0], number, levels))
    assert document.history.past == ()
    assert decisions.minutes(document.workshop) == ()


def test_words_taken_out_of_the_log_come_back_by_undo_and_go_again_by_redo(
    document: Document, on_disk: Callable[[Path], Workshop]
) -> None:
    document.apply(SetOutcome("planned", Outcome.PARKED))
    document.apply(WriteRow("planned", RowField.REASON, "943 476 5919"))
    document.apply(WriteRow("planned", RowField.NOTE, "Note"))
    document.apply(SetOutcome("planned", Outcome.NOT_DISCUSSED))
    document.apply(WriteRow("planned", RowField.REASON, ""))
    document.apply(TakeOutWords(1))
    document.flush()
    assert "943" not in repr(on_disk(document.path))
    document.undo()
    assert document.workshop.log[0].reason == "943 476 5919"
    document.redo()
    assert document.workshop.log[0].reason == WORDS_OUT


def test_their_file_without_a_log_brings_none_though_ours_is_as_empty(
    document: Document, model: Model
) -> None:
    """What was agreed in it was not decided here and now."""
    document.apply(write("Mine"))
    assert document.workshop.log == ()
    theirs = AgreeLevel(ROW, "exemplary").apply(document.workshop)
    document.flush()
    document.path.write_bytes(codec.encode(theirs, model))
    document.take_theirs()
    assert document.workshop == theirs
    document.undo()
    assert document.workshop.log == ()
