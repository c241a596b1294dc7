"""Random sessions: edits, undo, redo, saving and opening again, against a plain list of values."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication

from hicm_desktop.document.document import Document
from hicm_desktop.document.saving import Saved
from hicm_desktop.model.reader import read_model
from hicm_desktop.paths import content_dir
from hicm_desktop.storage import codec, files
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
from hicm_desktop.workshop.values import Action, Details, Outcome, Progress, Workshop

MODEL = read_model(content_dir())
ROWS = [row.id for _, row in MODEL.rows()][:4]
CHANGES = [change.id for change in MODEL.changes][:3]
LEVELS = [level.id for level in MODEL.levels]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


class Session(RuleBasedStateMachine):
    """One document on one file; `past` and `future` say what Undo and Redo must bring."""

    @initialize()
    def open_new(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "room.hicm"
        self.clock = 0.0
        start = Workshop(id="w", created_at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
        self.document = Document(MODEL, start, self.path, clock=lambda: self.clock)
        self.past: list[Workshop] = []
        self.future: list[Workshop] = []
        self.made = 0

    def make(self, edit: Edit) -> None:
        self.clock += 10  # far enough apart that each is a step of its own
        before = self.document.workshop
        self.document.apply(edit)
        if self.document.workshop != before:
            self.past.append(before)
            self.future.clear()

    @rule(row=st.sampled_from(ROWS), level=st.sampled_from([None, *LEVELS]))
    def agree(self, row: str, level: str | None) -> None:
        self.make(AgreeLevel(row, level))

    @rule(row=st.sampled_from(ROWS), outcome=st.sampled_from(Outcome))
    def settle(self, row: str, outcome: Outcome) -> None:
        self.make(SetOutcome(row, outcome))

    @rule(row=st.sampled_from(ROWS), field=st.sampled_from(RowField), text=TEXTS)
    def write_row(self, row: str, field: RowField, text: str) -> None:
        self.make(WriteRow(row, field, text))

    @rule(change=st.sampled_from(CHANGES), field=st.sampled_from(ChangeField), text=TEXTS)
    def write_change(self, change: str, field: ChangeField, text: str) -> None:
        self.make(WriteChange(change, field, text))

    @rule(place=TEXTS, populations=TEXTS)
    def set_details(self, place: str, populations: str) -> None:
        self.make(SetDetails(Details(place=place, populations=populations)))

    @rule(row=st.sampled_from(ROWS))
    def add_action(self, row: str) -> None:
        self.made += 1
        action = action_from_row(f"a{self.made}", MODEL, self.document.workshop, row)
        self.make(AddAction(action))

    @precondition(lambda self: self.document.workshop.actions)
    @rule(data=st.data(), text=TEXTS, progress=st.sampled_from(Progress))
    def revise_action(self, data: st.DataObject, text: str, progress: Progress) -> None:
        action = data.draw(st.sampled_from(self.document.workshop.actions))
        revised = Action(id=action.id, row=action.row, to_do=text, progress=progress)
        self.make(ReviseAction(revised, "to_do"))

    @precondition(lambda self: self.document.workshop.actions)
    @rule(data=st.data())
    def remove_action(self, data: st.DataObject) -> None:
        action = data.draw(st.sampled_from(self.document.workshop.actions))
        self.make(RemoveActions((action.id,)))

    @rule()
    def undo(self) -> None:
        now = self.document.workshop
        self.document.undo()
        if self.past:
            self.future.append(now)
            assert self.document.workshop == self.past.pop()
        else:
            assert self.document.workshop is now

    @rule()
    def redo(self) -> None:
        now = self.document.workshop
        self.document.redo()
        if self.future:
            self.past.append(now)
            assert self.document.workshop == self.future.pop()
        else:
            assert self.document.workshop is now

    @rule()
    def save_and_open_again(self) -> None:
        recorded = self.document.workshop
        if not isinstance(self.document.flush(), Saved):
            assert not self.path.exists(), "only a workshop never edited has no file"
            return
        self.document.close()
        data = self.path.read_bytes()
        again = codec.decode(data, MODEL).workshop
        assert again == recorded
        self.document = Document(
            MODEL, again, self.path, files.fingerprint(data), clock=lambda: self.clock
        )
        self.past.clear()
        self.future.clear()

    @invariant()
    def levels_stand_where_rows_are_agreed(self) -> None:
        QCoreApplication.processEvents()
        for record in self.document.workshop.rows:
            assert (record.level is not None) == record.outcome.is_agreed

    def teardown(self) -> None:
        if hasattr(self, "document"):
            self.document.flush()
            self.document.close()
            self.folder.cleanup()


@pytest.mark.usefixtures("qapp")
def test_any_session_of_edits_undo_redo_and_saving_keeps_what_was_recorded() -> None:
    run_state_machine_as_test(
        Session,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
        ),
    )
