"""What the room is shown: whatever a workshop holds, nothing of it that is not for the room."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator
from itertools import product

import msgspec
import pytest
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop import clock, entry, room, tally, values
from hicm_desktop.workshop.edits import AgreeLevel, RowField, SetOutcome, WriteRow
from hicm_desktop.workshop.room import (
    ActionPicture,
    Blank,
    Break,
    ChangePicture,
    Definitions,
    FirstActions,
    MatrixPicture,
    Picture,
    PlanPicture,
    RoomView,
    RowPicture,
    Showing,
    Waiting,
    Welcome,
    room_view,
)
from hicm_desktop.workshop.room_edits import (
    CountHands,
    LeanLevel,
    PutFirst,
    ShowPrevious,
    StartClock,
    TakeBreak,
)
from hicm_desktop.workshop.sealing import content_of
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    Baseline,
    ChangeRecord,
    Details,
    EarlierRow,
    Lean,
    Outcome,
    Partner,
    RowRecord,
    Sealed,
    Workshop,
)

NOW = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
ROW, CHANGE = "discharge-to-assess", "home-first"
SHOWN = {"place", "to_do", "due_words", "success", "owner"}
"""What the room sees of the texts that are typed: where this is, and the action being written."""


# It cannot hold what is private


def held_by(kind: object) -> Iterator[object]:
    """Go through all types that a type is made of, and those that they are made of."""
    yield kind
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for hint in typing.get_type_hints(kind).values():
            yield from held_by(hint)
    for argument in typing.get_args(kind):
        yield from held_by(argument)


def test_the_types_of_what_the_room_sees_can_hold_no_record() -> None:
    found = set(held_by(RoomView))
    structs = {
        kind for kind in found if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    }
    assert {kind.__module__ for kind in structs} == {room.__name__}
    assert {ChangePicture, MatrixPicture, RowPicture, ActionPicture, FirstActions} < structs
    recorded = {
        kind
        for module in (values, tally, clock, entry)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    }
    assert len(recorded) > 12
    assert not found & recorded
    plain = {str, bool, int, Outcome, types.EllipsisType, ..., RoomView}
    unions = {kind for kind in found if typing.get_args(kind)}
    assert found - structs - unions <= plain


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, str):
        yield value
    else:
        assert isinstance(value, bool | int | Outcome)


class Marks:
    """Texts of their own for every field, which know whether the room may see them."""

    def __init__(self) -> None:
        self.secret: list[str] = []
        self.shown: list[str] = []

    def of(self, kind: type[msgspec.Struct], /, **given: object) -> dict[str, object]:
        """Fill the fields of a type that hold any text, but for what is given."""
        filled = dict(given)
        for field in msgspec.structs.fields(kind):
            if field.type is str and field.name not in given:
                may_be = kind in (Action, Details) and field.name in SHOWN
                filled[field.name] = self.mark(kind.__name__, field.name, shown=may_be)
        return filled

    def mark(self, *parts: str, shown: bool) -> str:
        marks = self.shown if shown else self.secret
        marks.append(f"⟦{'.'.join(parts)} {len(self.secret) + len(self.shown)}⟧")
        return marks[-1]


def filled(model: Model, marks: Marks, outcome: Outcome, *, previous_shown: bool) -> Workshop:
    """Give a workshop with a mark in every text that there is."""
    level = "mature" if outcome.is_agreed else None
    hands = {"hands": [{"level": "established", "number": 3}]}
    position = {"partner": "p", "level": "exemplary"}
    entries = [
        marks.of(entry.Entry, number=n, at=NOW, kind=kind, row=ROW, action="a")
        for n, kind in enumerate(entry.Kind, start=1)
    ]
    partner = marks.of(Partner, id="p")
    raw = {
        "id": marks.mark("id", shown=False),
        "created_at": NOW,
        "details": marks.of(Details, partners=[partner]),
        "rows": [
            marks.of(
                RowRecord,
                row=row.id,
                outcome=outcome,
                level=level,
                lean=Lean.UP if level else None,
                before={**hands, "positions": [position]},
                after=hands,
                previous_shown=previous_shown,
            )
            for _, row in model.rows()
        ],
        "changes": [marks.of(ChangeRecord, change=change.id) for change in model.changes],
        "actions": [
            marks.of(Action, id="a", change=CHANGE, row=ROW),
            marks.of(Action, id="b", change="gone", row="gone"),
        ],
        "first_actions": ["a", "b"],
        "baseline": marks.of(
            Baseline,
            rows=[
                {"row": row.id, "outcome": "agreed", "level": "exemplary", "lean": "down"}
                for _, row in model.rows()
            ],
        ),
        "log": entries,
    }
    workshop = msgspec.convert(raw, Workshop)
    other = msgspec.convert({**raw, "log": []}, Workshop)
    sealed = Sealed(
        number=1,
        at=NOW,
        present=(Partner(organisation=marks.mark("present", shown=False)),),
        fingerprint=marks.mark("fingerprint", shown=False),
        content=content_of(other),
    )
    return replace(workshop, sealed=(sealed,))


def showings(model: Model) -> Iterator[Showing]:
    changes = [(None, None), (CHANGE, None), (CHANGE, "gone"), *((CHANGE, r.id) for r in (
        model.change(CHANGE).rows))]  # fmt: skip
    for (change, row), picture, action, definitions, blank in product(
        changes, Picture, (None, "a", "b", "gone"), (False, True), (False, True)
    ):
        yield Showing(change, row, picture, action, definitions, blank, closing=change is None)


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("previous_shown", [False, True])
@pytest.mark.parametrize("live", ["still", "timed", "break"])
def test_nothing_that_is_not_for_the_room_is_in_what_it_sees(
    outcome: Outcome, live: str, model: Model, *, previous_shown: bool
) -> None:
    marks = Marks()
    workshop = filled(model, marks, outcome, previous_shown=previous_shown)
    if live == "timed":
        workshop = StartClock(CHANGE, NOW).apply(workshop)
    if live == "break":
        workshop = TakeBreak(NOW, NOW + dt.timedelta(minutes=5)).apply(workshop)
    assert len(marks.secret) > 27 * len(RowField)
    seen: set[str] = set()
    may_know = outcome.is_agreed or previous_shown
    without = replace(workshop, first_actions=())
    for showing, shown in product(showings(model), (workshop, without)):
        view = room_view(model, shown, showing, NOW)
        whole = "\n".join(texts_in(view))
        assert [mark for mark in marks.secret if mark in whole] == []
        seen |= {mark for mark in marks.shown if mark in whole}
        if not may_know and not isinstance(view.content, Definitions):
            descriptors = {d for r in model.change(CHANGE).rows for d in r.descriptors}
            levels = {level.definition for level in model.levels}
            told = [t for t in texts_in(view) if t not in descriptors | levels]
            told = [text for text in told if not text.startswith("Before discussion: ")]
            assert not [text for text in told if "before" in text.lower() or "leaning" in text]
            assert not before_of(view)
    # Nothing passes because nothing is shown: what the room may see, it does see.
    assert live == "break" or set(marks.shown) <= seen


def before_of(view: RoomView) -> list[str]:
    """Give the levels that a view says were those of an earlier workshop."""
    rows: tuple[room.RoomRow, ...] = ()
    if isinstance(view.content, RowPicture):
        rows = (view.content.row,)
    if isinstance(view.content, MatrixPicture | ChangePicture):
        rows = view.content.rows
    return [d.level for row in rows for d in row.descriptors if d.before]


# What it does show


def row_of(model: Model, workshop: Workshop, row: str = ROW) -> room.RoomRow:
    view = room_view(model, workshop, Showing(CHANGE, row), NOW)
    assert isinstance(view.content, RowPicture)
    return view.content.row


@pytest.fixture
def with_baseline(blank: Workshop) -> Workshop:
    rows = (EarlierRow(row=ROW, outcome=Outcome.AGREED, level="established"),)
    return replace(blank, baseline=Baseline(workshop="before", rows=rows))


def test_the_previous_level_is_hidden_until_the_row_is_agreed_or_it_is_revealed(
    model: Model, with_baseline: Workshop
) -> None:
    def told(workshop: Workshop) -> tuple[str, list[str]]:
        row = row_of(model, workshop)
        return row.movement, [d.level for d in row.descriptors if d.before]

    assert told(with_baseline) == ("", [])
    for outcome in (Outcome.PARKED, Outcome.NOT_APPLICABLE):
        assert told(SetOutcome(ROW, outcome).apply(with_baseline)) == ("", [])
    assert told(ShowPrevious(ROW).apply(with_baseline)) == ("Earlier: Established", ["Established"])
    assert told(ShowPrevious(ROW, shown=False).apply(with_baseline)) == ("", [])
    for level, words in (
        ("mature", "1 level up from before"),
        ("not-yet-established", "2 levels down from before"),
        ("established", "At the same level as before"),
    ):
        assert told(AgreeLevel(ROW, level).apply(with_baseline)) == (words, ["Established"])


def test_a_row_shows_its_level_its_hands_and_where_it_leans(model: Model, blank: Workshop) -> None:
    levels = tuple(level.id for level in model.levels)
    workshop = AgreeLevel(ROW, "mature").apply(blank)
    workshop = LeanLevel(ROW, Lean.DOWN).apply(workshop)
    for level, number in (("mature", 4), ("plans-in-place", 1)):
        workshop = CountHands(ROW, When.BEFORE, level, number, levels).apply(workshop)
    row = row_of(model, workshop)
    assert row.standing == "Mature, leaning down"
    assert [(d.word, d.hands) for d in row.descriptors] == [
        ("", 0), ("", 1), ("", 0), ("Agreed, leaning down", 4), ("", 0)
    ]  # fmt: skip
    assert row.spread == "Before discussion: 5 hands, from Plans in place to Mature, none between"
    again = CountHands(ROW, When.AFTER, "mature", 5, levels).apply(workshop)
    assert row_of(model, again).first_spread == row.spread
    assert row_of(model, again).spread == "After discussion: 5 hands, all at Mature"
    only_after = CountHands(ROW, When.AFTER, "mature", 5, levels).apply(blank)
    assert (row.first_spread, row_of(model, only_after).first_spread) == ("", "")


def test_each_picture_is_what_it_is_called(model: Model, blank: Workshop) -> None:
    change = model.change(CHANGE)
    for picture, kind in (
        (Picture.ROW, RowPicture),
        (Picture.MATRIX, MatrixPicture),
        (Picture.CHANGE, ChangePicture),
    ):
        view = room_view(model, blank, Showing(CHANGE, change.rows[1].id, picture), NOW)
        assert type(view.content) is kind
        assert view.heading == "4  Home first"
        assert view.position == ("" if kind is ChangePicture else "Row 2 of 3")
        if isinstance(view.content, MatrixPicture):
            assert view.content.current == 1
            assert [r.name for r in view.content.rows] == [r.name for r in change.rows]
        if isinstance(view.content, RowPicture):
            assert view.content.row.name == change.rows[1].name
    lost = room_view(model, blank, Showing(CHANGE, "planned"), NOW)
    assert lost.position == "Row 1 of 3"


@pytest.mark.parametrize("picture", [Picture.ROW, Picture.MATRIX])
def test_what_the_room_may_see_next_comes_with_the_nearest_rows_first(
    model: Model, sample: Workshop, picture: Picture
) -> None:
    ids = [row.id for _, row in model.rows()]
    of_row = [
        room_view(model, sample, Showing(model.change_of(row).id, row, picture), NOW).content
        for row in ids
    ]
    for here, row in enumerate(ids):
        contents = list(room.near(model, sample, Showing(CHANGE, row, picture)))
        assert len(contents) == len(ids)
        assert all(content in contents for content in of_row)
        assert contents[0] == of_row[here]
        if here + 1 < len(ids):
            assert contents[1] == of_row[here + 1], "the next one before the last one"
    nowhere = room.near(model, sample, Showing(picture=picture))
    assert next(nowhere) == of_row[0]


def test_blank_shows_nothing_whatever_else_is_asked_for(model: Model, sample: Workshop) -> None:
    running = StartClock(CHANGE, NOW).apply(sample)
    for content in ({"definitions": True}, {"action": "action-01"}, {"row": ROW}):
        view = room_view(model, running, Showing(CHANGE, blank=True, **content), NOW)
        assert view == RoomView("", "", Blank(), (), "", "")


def test_a_break_stands_before_all_but_blank(model: Model, sample: Workshop) -> None:
    workshop = TakeBreak(NOW, NOW + dt.timedelta(minutes=15)).apply(sample)
    showing = Showing(CHANGE, ROW, definitions=True, action="action-01")
    assert room_view(model, workshop, showing, NOW).content == Break("Break until 10:15")
    over = NOW + dt.timedelta(minutes=15)
    assert room_view(model, workshop, showing, over).content == Break("Break, over at 10:15")


def test_definitions_and_then_an_action_stand_before_a_picture(
    model: Model, sample: Workshop
) -> None:
    both = Showing(CHANGE, ROW, definitions=True, action="action-06")
    view = room_view(model, sample, both, NOW)
    assert view.heading == "What the levels mean"
    assert isinstance(view.content, Definitions)
    assert [level.name for level in view.content.levels] == [level.name for level in model.levels]
    view = room_view(model, sample, replace(both, definitions=False), NOW)
    assert isinstance(view.content, ActionPicture)
    assert view.heading == "4  Home first"
    assert view.content.action.place == "Home first · Discharge to assess"
    assert view.content.action.prompt_level == "Exemplary"
    assert view.content.action.prompt == model.descriptor(ROW, "exemplary")
    assert view.content.action.labels == (*model.columns[2:], "Owner")
    gone = room_view(model, sample, Showing(CHANGE, ROW, action="gone"), NOW)
    assert isinstance(gone.content, RowPicture)


@pytest.mark.parametrize(
    ("level", "prompt"), [(None, ""), ("exemplary", ""), ("mature", "Exemplary")]
)
def test_an_action_is_prompted_by_the_next_level(
    level: str | None, prompt: str, model: Model, blank: Workshop
) -> None:
    workshop = replace(blank, actions=(Action(id="a", row=ROW),))
    if level:
        workshop = AgreeLevel(ROW, level).apply(workshop)
    view = room_view(model, workshop, Showing(CHANGE, action="a"), NOW)
    assert isinstance(view.content, ActionPicture)
    assert view.content.action.prompt_level == prompt
    assert bool(view.content.action.prompt) == bool(prompt)


@pytest.mark.parametrize(
    ("action", "place"),
    [
        (Action(id="a", change="housing"), "Housing and related services"),
        (Action(id="a", change="gone"), ""),
        (Action(id="a", change="gone", row="gone"), ""),
        (Action(id="a"), ""),
    ],
)
def test_an_action_of_no_row_is_named_by_its_change_and_has_no_prompt(
    action: Action, place: str, model: Model, blank: Workshop
) -> None:
    workshop = replace(blank, actions=(action,))
    view = room_view(model, workshop, Showing(action="a"), NOW)
    assert isinstance(view.content, ActionPicture)
    shown = view.content.action
    assert (shown.place, shown.prompt_level, shown.prompt) == (place, "", "")


def test_an_action_of_a_row_whose_level_the_model_has_not_has_no_prompt(
    model: Model, blank: Workshop
) -> None:
    odd = RowRecord(row=ROW, outcome=Outcome.AGREED, level="odd")
    workshop = replace(blank, rows=(odd,), actions=(Action(id="a", row=ROW),))
    view = room_view(model, workshop, Showing(action="a"), NOW)
    assert isinstance(view.content, ActionPicture)
    assert view.content.action.prompt == ""
    assert view.content.action.place == "Home first · Discharge to assess"


def test_between_the_changes_it_welcomes_and_at_the_end_it_says_what_comes_first(
    model: Model, sample: Workshop
) -> None:
    for elsewhere in (Showing(), Showing(closing=True)):
        welcome = room_view(model, PutFirst(()).apply(sample), elsewhere, NOW)
        assert isinstance(welcome.content, Welcome)
    assert isinstance(room_view(model, sample, Showing(), NOW).content, Welcome), "not mid-way"
    view = room_view(model, sample, Showing(closing=True), NOW)
    assert view.heading == "What we do first"
    assert isinstance(view.content, FirstActions)
    assert [a.to_do for a in view.content.actions] == [
        sample.action(i).to_do for i in sample.first_actions
    ]
    none = PutFirst(()).apply(sample)
    view = room_view(model, none, Showing(closing=True), NOW)
    assert view.content == Welcome(model.title, "Northbridge", "12 November 2026")
    assert (view.heading, view.position, view.time) == ("", "", "")


def test_the_plan_shows_what_comes_first_at_its_head(model: Model, sample: Workshop) -> None:
    view = room_view(model, sample, Showing(plan=True), NOW)
    assert view.heading == "What we do next"
    assert isinstance(view.content, PlanPicture)
    rest = [a.id for a in sample.actions if a.id not in sample.first_actions]
    ids = [*sample.first_actions, *rest]
    assert [a.to_do for a in view.content.actions] == [sample.action(i).to_do for i in ids]
    none = replace(sample, actions=(), first_actions=())
    assert isinstance(room_view(model, none, Showing(plan=True), NOW).content, Welcome)


def test_it_waits_for_the_facilitator_whatever_else_is_asked_for(
    model: Model, sample: Workshop
) -> None:
    view = room_view(model, sample, Showing(CHANGE, plan=True, blank=True, waiting=True), NOW)
    assert isinstance(view.content, Waiting)


def test_it_is_looked_at_again_when_the_time_it_tells_changes(
    model: Model, sample: Workshop
) -> None:
    def next_look(workshop: Workshop, showing: Showing, now: dt.datetime) -> dt.datetime | None:
        return room.next_look(room_view(model, workshop, showing, now), workshop, now)

    assert next_look(sample, Showing(CHANGE), NOW) is None, "nothing runs"
    running = StartClock(CHANGE, NOW).apply(sample)
    later = NOW + dt.timedelta(seconds=90)
    change = next_look(running, Showing(CHANGE), later)
    assert change is not None
    before = change - dt.timedelta(seconds=1)
    words = [room_view(model, running, Showing(CHANGE), t).time for t in (later, before, change)]
    assert words[0] == words[1] != words[2]
    assert next_look(running, Showing("housing"), later) is None, "it is not told there"
    end = NOW + dt.timedelta(minutes=5, seconds=30)
    assert next_look(TakeBreak(NOW, end).apply(sample), Showing(CHANGE), NOW) == end


def test_marks_are_of_the_rows_in_scope_and_progress_is_in_words(
    model: Model, blank: Workshop
) -> None:
    out = Details(agenda=(AgendaItem(change="housing", in_scope=False),))
    workshop = replace(AgreeLevel("planned", "mature").apply(blank), details=out)
    view = room_view(model, workshop, Showing(CHANGE), NOW)
    assert len(view.marks) == 23
    assert view.marks[:2] == (Outcome.AGREED, Outcome.NOT_DISCUSSED)
    assert view.progress == "1 of 23 rows agreed"


def test_the_time_is_that_of_the_change_in_view_while_its_clock_runs(
    model: Model, sample: Workshop
) -> None:
    later = NOW + dt.timedelta(seconds=90)
    workshop = StartClock("housing", NOW).apply(sample)
    workshop = WriteRow("planned", RowField.NOTE, "x").apply(workshop)
    assert room_view(model, workshop, Showing("housing"), later).time == "1 min so far"
    for showing in (Showing(CHANGE), Showing()):
        assert room_view(model, workshop, showing, later).time == ""
    assert room_view(model, sample, Showing("care-homes"), later).time == ""


def test_an_earlier_level_is_named_by_the_month_of_its_workshop(
    model: Model, with_baseline: Workshop
) -> None:
    assert with_baseline.baseline is not None
    dated = replace(with_baseline.baseline, held_on=dt.date(2025, 11, 20))
    workshop = ShowPrevious(ROW).apply(replace(with_baseline, baseline=dated))
    row = row_of(model, workshop)
    assert [d.before for d in row.descriptors] == ["", "", "November 2025", "", ""]
    assert row.movement == "November 2025: Established"
