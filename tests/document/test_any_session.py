"""Random sessions: edits, undo, redo, saving and opening again, against a plain list of values."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import msgspec
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
from hicm_desktop.workshop.decisions import minutes, written
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
    TakeTheirs,
    WriteChange,
    WriteRow,
    action_from_row,
)
from hicm_desktop.workshop.values import Action, Details, Outcome, Partner, Progress, Workshop
from tests.workshop.live_edits import PARTNERS, live_edits

MODEL = read_model(content_dir())
ROWS = [row.id for _, row in MODEL.rows()][:4]
CHANGES = [change.id for change in MODEL.changes][:3]
LEVELS = [level.id for level in MODEL.levels]
THERE = tuple(Partner(organisation=partner, id=partner) for partner in PARTNERS[:2])
BEGUN = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def recorded(workshop: Workshop) -> Workshop:
    """Give all but the log, which Undo does not put back."""
    return msgspec.structs.replace(workshop, log=())


class Session(RuleBasedStateMachine):
    """One document on one file; `past` and `future` say what Undo and Redo must bring."""

    @initialize()
    def open_new(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "room.hicm"
        self.clock = 0.0
        self.made = 0
        self.open(Workshop(id="w", created_at=BEGUN), None)

    def open(self, workshop: Workshop, on_disk: files.Fingerprint | None) -> None:
        self.document = Document(
            MODEL, workshop, self.path, on_disk, clock=lambda: self.clock, now=self.now
        )
        self.start = workshop
        self.past: list[Workshop] = []
        self.future: list[Workshop] = []

    def now(self) -> dt.datetime:
        return BEGUN + dt.timedelta(seconds=self.clock)

    def make(self, edit: Edit) -> None:
        self.clock += 10  # far enough apart that each is a step of its own
        before = self.document.workshop
        self.document.apply(edit)
        if self.document.workshop != before:
            self.past.append(before)
            self.future.clear()
            if not isinstance(edit, TakeTheirs):
                old = [entry.number for entry in before.log]
                new = [entry.number for entry in self.document.workshop.log]
                assert new[: len(old)] == old
                assert not any(entry.taken_back for entry in self.document.workshop.log[len(old) :])

    def check_travelled(self, to: Workshop) -> None:
        """See that all is as it was, what stands in the log too; its lines are all there."""
        here = self.document.workshop
        assert recorded(here) == recorded(to)
        assert minutes(here) == minutes(to)
        assert {e.number for e in to.log} <= {e.number for e in here.log}

    @rule(minutes=st.integers(1, 20))
    def wait(self, minutes: int) -> None:
        self.clock += minutes * 60

    @rule(data=st.data())
    def be_live(self, data: st.DataObject) -> None:
        rows, changes = st.sampled_from(ROWS), st.sampled_from(CHANGES)
        edits = live_edits(MODEL, rows, changes, self.document.workshop, self.now())
        self.make(data.draw(edits))

    @rule(data=st.data(), row=st.sampled_from(ROWS), level=st.sampled_from(LEVELS))
    def take_theirs(self, data: st.DataObject, row: str, level: str) -> None:
        """Somebody else went on from an earlier state, and their log goes on as ours does."""
        fork = data.draw(st.sampled_from([*self.past, self.document.workshop]))
        went_on = AgreeLevel(row, level).apply(fork)
        theirs = written(MODEL, fork, went_on, self.now()) if went_on != fork else fork
        self.make(TakeTheirs(codec.decode(codec.encode(theirs, MODEL), MODEL).workshop))

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
        self.make(
            SetDetails(Details(place=place, populations=populations, partners=THERE)),
        )

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
            self.check_travelled(self.past.pop())
        else:
            assert self.document.workshop is now

    @rule()
    def redo(self) -> None:
        now = self.document.workshop
        self.document.redo()
        if self.future:
            self.past.append(now)
            self.check_travelled(self.future.pop())
        else:
            assert self.document.workshop is now

    @rule()
    def undo_everything_and_redo_it(self) -> None:
        here, steps = self.document.workshop, len(self.past)
        for _ in range(steps):
            self.document.undo()
        self.check_travelled(self.start)
        before = {entry.number for entry in self.start.log}
        since = [e for e in self.document.workshop.log if e.number not in before]
        assert all(entry.taken_back for entry in since)
        for _ in range(steps):
            self.document.redo()
        assert self.document.workshop == here

    @rule()
    def save_and_open_again(self) -> None:
        now = self.document.workshop
        if not isinstance(self.document.flush(), Saved):
            assert not self.path.exists(), "only a workshop never edited has no file"
            return
        self.document.close()
        data = self.path.read_bytes()
        again = codec.decode(data, MODEL).workshop
        assert again == now
        self.open(again, files.fingerprint(data))

    @invariant()
    def levels_stand_where_rows_are_agreed(self) -> None:
        QCoreApplication.processEvents()
        for record in self.document.workshop.rows:
            assert (record.level is not None) == record.outcome.is_agreed

    @invariant()
    def numbers_of_the_log_ascend(self) -> None:
        numbers = [entry.number for entry in self.document.workshop.log]
        assert numbers == sorted(set(numbers))

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
