"""The decision log: written by edits alone, kept up to date, taken back in words and not erased."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop import decisions
from hicm_desktop.workshop.decisions import entries_of, minutes, moved, written
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    Edit,
    RemoveActions,
    ReviseAction,
    RowField,
    SetDetails,
    SetOutcome,
    TakeTheirs,
    WriteChange,
    WriteRow,
)
from hicm_desktop.workshop.edits import ChangeField as Of
from hicm_desktop.workshop.entry import MOST_ENTRIES, MOST_VERSIONS, WORDS_OUT, Entry, Kind
from hicm_desktop.workshop.room_edits import (
    ClearTally,
    CountHands,
    LeanLevel,
    PauseClock,
    PutFirst,
    RemoveSealed,
    SetBaseline,
    ShowPrevious,
    SignOff,
    StartClock,
    TakeBreak,
    TakeOutWords,
    TakePosition,
)
from hicm_desktop.workshop.sealing import standing_seal
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import (
    Action,
    Baseline,
    Details,
    EarlierRow,
    Lean,
    Outcome,
    RowRecord,
    Workshop,
)

AT = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
ROW = "planned"
BASELINE = Baseline(workshop="earlier", rows=(EarlierRow(row=ROW, outcome=Outcome.PARKED),))


class Room:
    """A workshop, with what Undo needs of it: the pure half of the open document."""

    def __init__(self, model: Model, workshop: Workshop) -> None:
        self.model, self.now, self.at = model, workshop, AT
        self.past: list[tuple[Workshop, Workshop, tuple[int, ...] | None]] = []

    def make(self, *edits: Edit, after: float = 1) -> Workshop:
        for edit in edits:
            self.at += dt.timedelta(seconds=after)
            before, made = self.now, edit.apply(self.now)
            theirs = isinstance(edit, TakeTheirs)
            self.now = written(self.model, before, made, self.at, brings_log=theirs)
            self.past.append((before, self.now, entries_of(before, self.now, brings_log=theirs)))
        return self.now

    def undo(self) -> Workshop:
        before, _, numbers = self.past.pop()
        self.now = moved(self.now, before, numbers, taken_back=True)
        return self.now

    def count(self, level: str, number: int, *, when: When = When.BEFORE, after: float = 1) -> None:
        levels = tuple(level.id for level in self.model.levels)
        self.make(CountHands(ROW, when, level, number, levels), after=after)

    def lines(self) -> list[tuple[str, str, str, str]]:
        return [(e.kind.value, e.was, e.now, e.reason) for e in minutes(self.now)]


@pytest.fixture
def room(model: Model, blank: Workshop) -> Room:
    return Room(model, blank)


def test_a_decision_says_when_what_from_what_and_why(room: Room) -> None:
    room.make(AgreeLevel(ROW, "established"), LeanLevel(ROW, Lean.UP))
    room.make(SetOutcome(ROW, Outcome.AGREED_WITH_RESERVATION))
    room.make(WriteRow(ROW, RowField.REASON, "Only on weekdays"), AgreeLevel(ROW, "mature"))
    first, second, third, fourth = room.now.log
    assert first == Entry(
        number=1,
        at=AT + dt.timedelta(seconds=1),
        kind=Kind.DECISION,
        row=ROW,
        was="Not discussed",
        now="Established",
    )
    assert (second.was, second.now) == ("Established", "Established, leaning up")
    reserved = "Established, leaning up, agreed with reservation"
    assert (third.was, third.now, third.reason) == (second.now, reserved, "Only on weekdays")
    assert (fourth.was, fourth.now) == (reserved, "Mature, agreed with reservation")
    assert fourth.reason == "Only on weekdays"
    assert [e.number for e in room.now.log] == [1, 2, 3, 4]


def test_a_reason_is_of_an_outcome_that_needs_one(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "Too early"))
    room.make(AgreeLevel(ROW, "mature"))
    assert room.lines() == [
        ("decision", "Not discussed", "Parked", "Too early"),
        ("decision", "Parked", "Mature", ""),
    ]
    room.make(WriteRow(ROW, RowField.REASON, ""))
    assert room.now.log[0].reason == "Too early", "what was said then stays said"


def test_what_is_no_decision_leaves_no_line(room: Room) -> None:
    room.make(
        WriteRow(ROW, RowField.PRIVATE_NOTE, "Mine"),
        WriteRow(ROW, RowField.NOTE, "Note"),
        WriteRow(ROW, RowField.REASON, "Before any outcome"),
        WriteChange("housing", Of.PRIVATE_NOTE, "Mine"),
        SetDetails(Details(place="Northbridge")),
        SetBaseline(Baseline(workshop="b")),
        StartClock("housing", AT),
        PauseClock(AT + dt.timedelta(seconds=3)),
        TakeBreak(AT, AT + dt.timedelta(minutes=1)),
    )
    assert room.now.log == ()


# Hands


def test_hands_that_are_counted_one_by_one_are_one_line(room: Room) -> None:
    for number in (1, 2, 3):
        room.count("mature", number, after=60)
    room.count("established", 1)
    assert room.lines() == [("hands-before", "", "Established 1, Mature 3", "")]
    assert [e.at for e in room.now.log] == [AT + dt.timedelta(seconds=60)]
    room.count("mature", 4, when=When.AFTER)
    room.make(TakePosition(ROW, When.AFTER, "p", "mature"))
    assert [kind for kind, *_ in room.lines()] == ["hands-before", "hands-after"]


@pytest.mark.parametrize(("pause", "lines"), [(600, 1), (601, 2), (-600, 1), (-601, 2)])
def test_hands_that_are_counted_much_later_are_another_count(
    room: Room, pause: int, lines: int
) -> None:
    room.count("mature", 3)
    room.count("mature", 4, after=pause)
    assert len(room.lines()) == lines
    assert room.lines()[-1][1:3] == ("" if lines == 1 else "Mature 3", "Mature 4")


def test_what_is_decided_between_two_counts_parts_them(room: Room) -> None:
    room.count("mature", 3)
    room.make(AgreeLevel(ROW, "mature"))
    room.count("mature", 4)
    assert [line[:3] for line in room.lines()] == [
        ("hands-before", "", "Mature 3"),
        ("decision", "Not discussed", "Mature"),
        ("hands-before", "Mature 3", "Mature 4"),
    ]


def test_a_count_that_comes_to_what_it_was_is_not_in_the_minutes(room: Room) -> None:
    room.count("mature", 3)
    room.make(ClearTally(ROW, When.BEFORE))
    assert (len(room.now.log), room.lines()) == (1, [])
    room.undo()
    assert room.lines() == [("hands-before", "", "Mature 3", "")]


def test_positions_that_change_places_leave_no_line(room: Room) -> None:
    room.make(TakePosition(ROW, When.BEFORE, "p", "mature"))
    room.make(TakePosition(ROW, When.BEFORE, "q", "established"), AgreeLevel(ROW, "mature"))
    log = room.now.log
    swapped = room.now.row(ROW).before.with_position("p", "established")
    record = replace(room.now.row(ROW), before=swapped.with_position("q", "mature"))
    swapped_room = replace(room.now, rows=(record,))
    assert written(room.model, room.now, swapped_room, room.at).log == log


def test_the_last_hand_taken_back_by_hand_is_taken_out_of_its_line(room: Room) -> None:
    """A row without anything recorded has no record, and its line is brought up to date still."""
    room.count("mature", 1)
    room.make(AddAction(Action(id="a", to_do="Ring")))
    room.undo()
    room.count("mature", 0)
    assert room.now.rows == ()
    assert [(e.was, e.now) for e in room.now.log if not e.taken_back] == [("", "")]


# Actions, and the previous level


def test_an_action_is_told_by_its_wording_as_it_is_written(room: Room) -> None:
    action = Action(id="a", row=ROW)
    room.make(AddAction(action))
    assert room.lines() == [("action-added", "", "An action with no wording yet", "")]
    room.make(ReviseAction(replace(action, to_do=" Ring \n"), "to_do"))
    room.make(AddAction(Action(id="b", to_do="Write")))
    room.make(ReviseAction(replace(action, to_do="Ring before four"), "to_do"))
    assert [e.now for e in room.now.log] == ["Ring before four", "Write"]
    room.make(RemoveActions(("a",)))
    assert room.lines()[-1] == ("action-removed", "Ring before four", "", "")
    assert [(e.row, e.action) for e in room.now.log] == [(ROW, "a"), (None, "b"), (ROW, "a")]
    room.undo()
    assert [e.taken_back for e in room.now.log] == [False, False, True]


def test_actions_put_first_one_by_one_are_one_line(room: Room) -> None:
    room.make(*(AddAction(Action(id=i, to_do=i.upper())) for i in "abc"))
    room.make(PutFirst(("a",)), PutFirst(("a", "b")), PutFirst(("b", "a")))
    assert room.lines()[3:] == [("put-first", "", "B · A", "")]
    room.make(ReviseAction(Action(id="b", to_do="Better"), "to_do"))
    assert room.lines()[-1][2] == "Better · A"
    room.make(RemoveActions(("b",)))
    assert [line[:3] for line in room.lines()[3:]] == [
        ("put-first", "", "Better · A"),
        ("action-removed", "Better", ""),
        ("put-first", "Better · A", "A"),
    ]
    room.undo()
    assert room.now.first_actions == ("b", "a")
    assert [e.now for e in room.now.log if e.stands][-1] == "Better · A"


def test_that_the_previous_level_was_shown_is_told_once(room: Room) -> None:
    room.make(SetBaseline(BASELINE), ShowPrevious(ROW))
    assert room.lines() == [("previous-shown", "", "", "")]
    room.make(ShowPrevious(ROW, shown=False))
    assert len(room.now.log) == 1


# Undo


def test_undo_takes_a_line_back_and_leaves_it_to_be_seen(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"), AgreeLevel("emergency", "mature"))
    room.undo()
    assert [(e.number, e.taken_back) for e in room.now.log] == [(1, False), (2, True)]
    room.make(AgreeLevel("emergency", "exemplary"))
    assert [(e.number, e.taken_back) for e in room.now.log][2:] == [(3, False)]
    assert [e.row for e in minutes(room.now)] == [ROW, "emergency"]


def test_undo_of_the_next_hand_brings_its_line_up_to_date(room: Room) -> None:
    room.count("mature", 1)
    room.count("mature", 2)
    assert room.past[-1][2] == ()
    room.undo()
    assert room.lines() == [("hands-before", "", "Mature 1", "")]
    room.undo()
    assert room.lines() == []
    assert room.now.log[0].taken_back


def test_undo_of_a_reason_brings_its_line_up_to_date(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "Early"))
    room.undo()
    assert room.lines() == [("decision", "Not discussed", "Parked", "")]


def test_an_edit_that_brings_a_log_keeps_it_however_alike_the_numbers_look(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"))
    fork = room.now
    theirs = written(room.model, fork, AgreeLevel(ROW, "exemplary").apply(fork), AT)
    room.make(AgreeLevel("emergency", "mature"))
    mine = room.now
    room.make(TakeTheirs(theirs))
    assert room.now == theirs
    assert room.past[-1][2] is None
    room.undo()
    assert room.now == mine
    same = replace(theirs, log=(*mine.log[:-1], replace(mine.log[-1])))
    room.make(TakeTheirs(same))
    assert room.now == same, "a log that only reads the same is theirs as well"


def test_a_log_that_is_full_loses_what_was_taken_back_and_then_the_oldest(
    model: Model, blank: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ENTRIES == 10_000
    monkeypatch.setattr(decisions, "MOST_ENTRIES", 4)
    room = Room(model, blank)
    room.make(AgreeLevel(ROW, "mature"), AgreeLevel(ROW, "exemplary"))
    room.undo()
    rows = ("emergency", "red-bag-scheme", "system-flow")
    room.make(*(AgreeLevel(row, "mature") for row in rows))
    assert [e.number for e in room.now.log] == [1, 3, 4, 5]
    room.make(AgreeLevel(ROW, None))
    assert [e.number for e in room.now.log] == [3, 4, 5, 6]
    assert room.past[-1][2] == (6,)
    room.undo()
    assert [e.taken_back for e in room.now.log] == [False, False, False, True]


def test_an_entry_about_what_was_left_alone_is_left_alone(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"), AgreeLevel("housing-first", "mature"))
    first = room.now.log[0]
    log = room.make(SetOutcome("housing-first", Outcome.PARKED)).log
    assert log[0] is first
    assert len(log) == 3


def test_an_entry_made_again_says_what_it_said(room: Room) -> None:
    room.make(SetBaseline(BASELINE), ShowPrevious(ROW, shown=True))
    _, after, numbers = room.past[-1]
    back = room.undo()
    assert not minutes(back)
    again = moved(back, after, numbers, taken_back=False)
    assert again.log == after.log
    assert again.row(ROW).previous_shown


# What was said under another decision, and later


def test_another_decision_begins_without_a_reason_and_the_log_keeps_the_old_one(
    room: Room,
) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "They were away"))
    room.make(SetOutcome(ROW, Outcome.NOT_DISCUSSED))
    assert room.now.row(ROW).reason == "They were away", "an outcome that needs none keeps it"
    room.make(SetOutcome(ROW, Outcome.NOT_APPLICABLE))
    assert room.now.row(ROW).reason == ""
    assert room.lines() == [
        ("decision", "Not discussed", "Parked", "They were away"),
        ("decision", "Parked", "Not discussed", ""),
        ("decision", "Not discussed", "Not applicable", ""),
    ]
    room.undo()
    assert room.now.row(ROW).reason == "They were away"


def test_the_same_outcome_again_keeps_its_reason(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "They were away"))
    assert SetOutcome(ROW, Outcome.PARKED).apply(room.now) == room.now


def test_a_reservation_keeps_its_reason_at_another_level(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"), SetOutcome(ROW, Outcome.AGREED_WITH_RESERVATION))
    room.make(WriteRow(ROW, RowField.REASON, "Not at weekends"), AgreeLevel(ROW, "exemplary"))
    record = room.now.row(ROW)
    assert (record.outcome, record.reason) == (Outcome.AGREED_WITH_RESERVATION, "Not at weekends")


def test_a_reason_that_no_entry_tells_is_told_by_the_decision_that_displaces_it(
    model: Model, blank: Workshop
) -> None:
    """An older file may have reasons and no log."""
    record = RowRecord(row=ROW, outcome=Outcome.PARKED, reason="They were away")
    room = Room(model, replace(blank, rows=(record,)))
    room.make(SetOutcome(ROW, Outcome.NOT_APPLICABLE))
    assert room.lines() == [
        ("decision", "Parked. Reason: They were away", "Not applicable", ""),
    ]
    room.make(TakeOutWords(1))
    assert room.lines() == [
        ("decision", "Parked. Reason: (words taken out)", "Not applicable", ""),
    ]


def test_a_reason_that_was_only_told_by_what_was_taken_back_is_told_again(room: Room) -> None:
    room.make(WriteRow(ROW, RowField.REASON, "Early"), SetOutcome(ROW, Outcome.PARKED))
    assert room.lines() == [("decision", "Not discussed. Reason: Early", "Parked", "")]


@pytest.mark.parametrize(("pause", "is_new"), [(600, False), (601, True)])
def test_a_reason_that_is_changed_later_is_an_entry_of_its_own(
    room: Room, pause: int, *, is_new: bool
) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "Early"))
    room.make(WriteRow(ROW, RowField.REASON, "Late"), after=pause - 1)
    if not is_new:
        assert room.lines() == [("decision", "Not discussed", "Parked", "Late")]
        return
    room.make(WriteRow(ROW, RowField.REASON, "Later"))
    assert room.lines() == [
        ("decision", "Not discussed", "Parked", "Early"),
        ("reason-changed", "Early", "Later", ""),
    ]
    room.make(WriteRow(ROW, RowField.REASON, "Early"))
    assert room.lines()[1:] == [], "it came to what it was"
    room.undo()
    assert room.lines()[1:] == [("reason-changed", "Early", "Later", "")]
    room.make(WriteRow(ROW, RowField.REASON, "At last"), after=700)
    assert room.lines()[2:] == [("reason-changed", "Later", "At last", "")]


def test_a_reason_that_is_written_where_the_log_knows_of_none_is_told(
    model: Model, blank: Workshop
) -> None:
    record = RowRecord(row=ROW, outcome=Outcome.PARKED, reason="Early")
    room = Room(model, replace(blank, rows=(record,)))
    room.make(WriteRow(ROW, RowField.REASON, "Late"))
    assert room.lines() == [("reason-changed", "Early", "Late", "")]


def test_what_is_signed_off_is_not_told_otherwise_afterwards(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "Early"))
    room.make(AddAction(Action(id="a", to_do="Ring")))
    room.count("mature", 2)
    room.make(SignOff(AT, ()))
    held = room.now.sealed[0].content.log
    room.make(WriteRow(ROW, RowField.REASON, "Late"))
    room.make(ReviseAction(Action(id="a", to_do="Write"), "to_do"))
    room.count("mature", 3)
    assert room.now.log[: len(held)] == held
    assert room.lines()[len(held) :] == [
        ("signed-off", "", "Version 1", ""),
        ("reason-changed", "Early", "Late", ""),
        ("action-changed", "Ring", "Write", ""),
        ("hands-before", "Mature 2", "Mature 3", ""),
    ]


def test_the_wording_of_an_action_that_is_changed_later_is_an_entry_of_its_own(
    room: Room,
) -> None:
    room.make(AddAction(Action(id="a", to_do="Ring")), PutFirst(("a",)))
    room.make(ReviseAction(Action(id="a", to_do="Write"), "to_do"), after=700)
    assert room.lines() == [
        ("action-added", "", "Ring", ""),
        ("put-first", "", "Ring", ""),
        ("action-changed", "Ring", "Write", ""),
    ]
    room.make(ReviseAction(Action(id="a", to_do="Write", owner="Council"), "owner"), after=700)
    assert len(room.now.log) == 3


def test_an_action_that_moves_is_told_where_it_belongs_now(room: Room) -> None:
    room.make(AddAction(Action(id="a", row=ROW, to_do="Ring")), AddAction(Action(id="b")))
    moved_to = Action(id="a", change="housing", to_do="Ring")
    room.make(ReviseAction(moved_to, "place"), after=5000)
    entry = room.now.log[0]
    assert (entry.row, entry.change, entry.now) == (None, "housing", "Ring")
    assert len(room.now.log) == 2
    room.undo()
    assert (room.now.log[0].row, room.now.log[0].change) == (ROW, None)
    room.make(RemoveActions(("a",)))
    assert (room.now.log[-1].row, room.now.log[-1].was) == (ROW, "Ring")


# What leaves no trace


def test_where_nothing_is_decided_the_log_is_the_very_same(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), AddAction(Action(id="a")))
    log = room.now.log
    room.make(WriteRow(ROW, RowField.NOTE, "Note"), WriteChange("housing", Of.NOTE, "Note"))
    room.make(ReviseAction(Action(id="a", owner="Council"), "owner"))
    assert room.now.log is log
    made = WriteRow(ROW, RowField.DATA, "Data").apply(room.now)
    assert written(room.model, room.now, made, AT) is made


def test_an_action_that_was_never_worded_leaves_nothing_in_the_minutes(room: Room) -> None:
    room.make(AddAction(Action(id="a", row=ROW)), AddAction(Action(id="b")))
    room.make(RemoveActions(("a",)))
    assert room.lines() == [("action-added", "", "An action with no wording yet", "")]
    room.undo()
    assert len(room.lines()) == 2
    room.make(SignOff(AT, ()), RemoveActions(("a",)))
    assert room.lines()[-1][0] == "action-removed", "the version that was signed off tells of it"


# Words that are taken out


def test_words_are_taken_out_of_an_entry_and_undo_gives_them_back(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "943 476 5919"))
    said = room.now.log
    room.make(TakeOutWords(1))
    (entry,) = room.now.log
    assert (entry.was, entry.now, entry.reason) == ("Not discussed", "Parked", WORDS_OUT)
    assert entry.words_out
    assert not entry.has_words
    assert TakeOutWords(1).apply(room.now) == room.now
    assert room.past[-1][2] == ()
    out = room.now
    room.make(AgreeLevel("emergency", "mature"))
    room.undo()
    assert room.now.log[0] == out.log[0], "undoing what came after gives nothing back"
    room.undo()
    assert room.now.log[0] == said[0]
    assert room.now.log[1].taken_back
    again = moved(room.now, out, (), taken_back=False)
    assert again.log[0].reason == WORDS_OUT


def test_an_entry_without_its_words_is_not_brought_up_to_date(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "943 476 5919"))
    room.make(TakeOutWords(1), WriteRow(ROW, RowField.REASON, "Early"))
    assert room.lines() == [
        ("decision", "Not discussed", "Parked", WORDS_OUT),
        ("reason-changed", WORDS_OUT, "Early", ""),
    ]
    assert "943" not in repr(room.now)


def test_words_that_were_taken_out_do_not_come_back_with_the_removal(room: Room) -> None:
    room.make(AddAction(Action(id="a", to_do="Ring 943 476 5919")), PutFirst(("a",)))
    room.make(TakeOutWords(1), TakeOutWords(2))
    room.make(RemoveActions(("a",)))
    assert room.lines()[:3] == [
        ("action-added", "", WORDS_OUT, ""),
        ("put-first", "", WORDS_OUT, ""),
        ("action-removed", WORDS_OUT, "", ""),
    ]


def test_a_reason_that_was_taken_out_is_not_named_by_the_next_decision(room: Room) -> None:
    room.make(SetOutcome(ROW, Outcome.PARKED), WriteRow(ROW, RowField.REASON, "943 476 5919"))
    room.make(TakeOutWords(1), SetOutcome(ROW, Outcome.NOT_APPLICABLE))
    assert room.lines()[-1] == ("decision", "Parked", "Not applicable", "")


def test_nothing_is_taken_out_of_what_nobody_typed(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"), AddAction(Action(id="a")))
    room.count("mature", 2)
    for number in (1, 2, 3, 99):
        assert TakeOutWords(number).apply(room.now) == room.now
    assert not any(entry.has_words for entry in room.now.log)


def test_a_change_whose_both_sides_were_taken_out_stays_in_the_minutes() -> None:
    entry = Entry(number=1, at=AT, kind=Kind.REASON_CHANGED, was="a", now="b")
    assert entry.without_words().stands


# The sign-off


def test_a_sign_off_and_the_removal_of_a_version_are_in_the_log(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"), SignOff(AT, ()))
    assert room.lines()[1:] == [("signed-off", "", "Version 1", "")]
    assert standing_seal(room.now) is not None
    assert [e.kind for e in room.now.sealed[0].content.log] == [Kind.DECISION]
    room.make(RemoveSealed(1))
    assert not room.now.sealed
    assert room.lines()[2:] == [("seal-removed", "", "Version 1", "")]
    room.undo()
    assert [s.number for s in room.now.sealed] == [1]
    assert RemoveSealed(2).apply(room.now) == room.now
    assert RemoveSealed(2).describe(room.model) == "Remove signed-off version 2"


def test_a_number_of_a_version_is_never_used_twice(room: Room) -> None:
    room.make(AgreeLevel(ROW, "mature"), SignOff(AT, ()))
    room.undo()
    room.make(SignOff(AT, ()))
    assert [s.number for s in room.now.sealed] == [2]
    room.make(RemoveSealed(2), SignOff(AT, ()))
    assert [s.number for s in room.now.sealed] == [3]


def test_a_full_log_keeps_what_numbers_the_versions(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MOST_ENTRIES", 3)
    room.make(SignOff(AT, ()))
    room.undo()
    room.make(*(AgreeLevel(ROW, level) for level in ("mature", "exemplary", None)))
    assert [e.number for e in room.now.log] == [1, 3, 4]
    room.make(SignOff(AT, ()))
    assert room.now.sealed[0].number == 2


def test_the_number_of_a_version_has_bounds() -> None:
    for version in (0, MOST_VERSIONS + 1):
        with pytest.raises(ValueError, match="number of a version"):
            Entry(number=1, at=AT, kind=Kind.SIGNED_OFF, version=version)
