"""What the room is shown: a projection of the workshop whose types can hold nothing private.

Pure. The room view is given these values and nothing else, so that no forgotten `if` can show the
room a private note, a previous level before its reveal, the name of a file or a warning. What is
not in these types cannot be shown.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from hicm_desktop.model.values import Change, Level, Model, Row
from hicm_desktop.workshop.dates import MONTHS, date_words
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.pace import break_words, next_change, pace, time_words
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.spread import first_words, last_tally, last_words
from hicm_desktop.workshop.tally import Tally
from hicm_desktop.workshop.values import Action, Outcome, RowRecord, Workshop
from hicm_desktop.workshop.words import outcomes_in_scope, progress, standing


class Picture(enum.Enum):
    """What the room sees of a change: one row, all rows, or what the change is about."""

    ROW = "The row"
    MATRIX = "The whole matrix"
    CHANGE = "The change"


class Showing(msgspec.Struct, frozen=True):
    """What the facilitator has in focus, and what of it the room is to see.

    `change` is None on the Overview, on the action plan and at the closing; of the last `closing`
    is true. `action` is the id of an action the facilitator shows, and `plan` has all of them.
    `definitions` has those of the levels in place of all else. `waiting` says that the room view
    waits for the facilitator to go back to the console.
    """

    change: str | None = None
    row: str | None = None
    picture: Picture = Picture.ROW
    action: str | None = None
    definitions: bool = False
    blank: bool = False
    closing: bool = False
    plan: bool = False
    waiting: bool = False


class RoomDescriptor(msgspec.Struct, frozen=True):
    """One descriptor as the room sees it.

    `word` is what is said of it where it is chosen ("Agreed, leaning up"), else empty. `before`
    says when it was the level of an earlier workshop ("November 2025"), where the room may know,
    else empty. `hands` are those that were shown last.
    """

    number: int
    level: str
    text: str
    word: str
    before: str
    hands: int


class RoomRow(msgspec.Struct, frozen=True):
    """One row as the room sees it, with the spread of hands and the movement in words.

    `standing` says what became of it, in words, and `outcome` gives the mark that stands for it.
    `first_spread` is of the hands before discussion, where `spread` is of those after it.
    """

    name: str
    outcome: Outcome
    standing: str
    descriptors: tuple[RoomDescriptor, ...]
    spread: str
    movement: str
    first_spread: str = ""


class RoomLevel(msgspec.Struct, frozen=True):
    """A level with its published definition."""

    number: int
    name: str
    definition: str


class RoomAction(msgspec.Struct, frozen=True):
    """An action as it is being written.

    `labels` head its last four texts: three published headings, and our own for the owner.
    `prompt` is the next level's wording under its name, which the action works towards.
    """

    place: str
    prompt_level: str
    prompt: str
    labels: tuple[str, ...]
    to_do: str
    due: str
    success: str
    owner: str
    put_first: bool = False


class Blank(msgspec.Struct, frozen=True):
    """Nothing: all eyes are on the people."""


class Break(msgspec.Struct, frozen=True):
    """The card of a break: "Break until 11:15"."""

    words: str


class Waiting(msgspec.Struct, frozen=True):
    """How to go on, where the room view is over the console and the console is needed."""


class Welcome(msgspec.Struct, frozen=True):
    """Where and when this is, before and between the changes."""

    model: str
    place: str
    held_on: str


class ChangePicture(msgspec.Struct, frozen=True):
    """What a change is about: its title, its two statements, and where its rows stand."""

    title: str
    i_statement: str
    we_statement: str
    rows: tuple[RoomRow, ...]


class MatrixPicture(msgspec.Struct, frozen=True):
    """All rows of a change. `current` is the index of the row in focus."""

    levels: tuple[RoomLevel, ...]
    rows: tuple[RoomRow, ...]
    current: int


class RowPicture(msgspec.Struct, frozen=True):
    """One row, and the statement that puts the person first."""

    i_statement: str
    levels: tuple[RoomLevel, ...]
    row: RoomRow


class Definitions(msgspec.Struct, frozen=True):
    """What each level means."""

    levels: tuple[RoomLevel, ...]


class ActionPicture(msgspec.Struct, frozen=True):
    """The action that is being written."""

    action: RoomAction


class FirstActions(msgspec.Struct, frozen=True):
    """The actions that the room puts first."""

    actions: tuple[RoomAction, ...]


class PlanPicture(msgspec.Struct, frozen=True):
    """All actions: those that were put first, and then the others in the order of the plan."""

    actions: tuple[RoomAction, ...]


Content: TypeAlias = (
    Blank
    | Break
    | Waiting
    | Welcome
    | ChangePicture
    | MatrixPicture
    | RowPicture
    | Definitions
    | ActionPicture
    | FirstActions
    | PlanPicture
)


class RoomView(msgspec.Struct, frozen=True):
    """All that the room sees: a heading, what it is about, how far it has got, and the time.

    `marks` has the outcome of every row in scope, in the published order; `progress` says the same
    in words. `time` is empty where no clock runs.
    """

    heading: str
    position: str
    content: Content
    marks: tuple[Outcome, ...]
    progress: str
    time: str


def room_view(model: Model, workshop: Workshop, showing: Showing, now: dt.datetime) -> RoomView:
    """Give what the room is to see."""
    change = model.change(showing.change) if showing.change else None
    content = _content(model, workshop, showing, now)
    if isinstance(content, Blank | Waiting):
        return RoomView("", "", content, (), "", "")
    in_row = change is not None and isinstance(content, RowPicture | MatrixPicture)
    return RoomView(
        heading=_heading(change, content),
        position=_position(change, showing) if in_row and change else "",
        content=content,
        marks=outcomes_in_scope(model, workshop),
        progress=progress(model, workshop),
        time=_time(model, workshop, change, now),
    )


def near(model: Model, workshop: Workshop, showing: Showing) -> Iterator[Content]:
    """Go through what the room may see next: the same picture of each row, the nearest first."""
    rows = [(change, row) for change, row in model.rows()]
    here = next((i for i, (_, row) in enumerate(rows) if row.id == showing.row), 0)
    for i in sorted(range(len(rows)), key=lambda i: (abs(i - here), i < here)):
        change, row = rows[i]
        there = Showing(change=change.id, row=row.id, picture=showing.picture)
        yield _change_content(model, workshop, there, change)


def next_look(view: RoomView, workshop: Workshop, now: dt.datetime) -> dt.datetime | None:
    """Give the next moment at which the room may read something else; often there is none."""
    moments = [next_change(workshop, now)] if view.time else []
    if isinstance(view.content, Break) and workshop.clock.break_until is not None:
        moments.append(workshop.clock.break_until)
    return min((moment for moment in moments if moment > now), default=None)


def _row_picture(model: Model, workshop: Workshop, change: Change, row: Row) -> RowPicture:
    return RowPicture(change.i_statement, _levels(model), _row(model, workshop, row))


def _content(model: Model, workshop: Workshop, showing: Showing, now: dt.datetime) -> Content:
    held = _in_place_of_all(workshop, showing, now)
    if held is not None:
        return held
    if showing.definitions:
        return Definitions(_levels(model))
    if action := next((a for a in workshop.actions if a.id == showing.action), None):
        return ActionPicture(_action(model, workshop, action))
    if showing.change is not None:
        return _change_content(model, workshop, showing, model.change(showing.change))
    return _between_changes(model, workshop, showing)


def _in_place_of_all(
    workshop: Workshop, showing: Showing, now: dt.datetime
) -> Waiting | Blank | Break | None:
    if showing.waiting:
        return Waiting()
    if showing.blank:
        return Blank()
    words = break_words(workshop, now)
    return Break(words) if words else None


def _between_changes(
    model: Model, workshop: Workshop, showing: Showing
) -> PlanPicture | FirstActions | Welcome:
    first = [workshop.action(i) for i in workshop.first_actions]
    if showing.plan and workshop.actions:
        others = [a for a in workshop.actions if a.id not in workshop.first_actions]
        return PlanPicture(tuple(_action(model, workshop, each) for each in (*first, *others)))
    if showing.closing and first:
        return FirstActions(tuple(_action(model, workshop, each) for each in first))
    details = workshop.details
    return Welcome(model.title, details.place, date_words(details.held_on))


def _change_content(
    model: Model, workshop: Workshop, showing: Showing, change: Change
) -> ChangePicture | MatrixPicture | RowPicture:
    ids = [row.id for row in change.rows]
    current = ids.index(showing.row) if showing.row in ids else 0
    if showing.picture is Picture.ROW:
        return _row_picture(model, workshop, change, change.rows[current])
    rows = tuple(_row(model, workshop, row) for row in change.rows)
    if showing.picture is Picture.MATRIX:
        return MatrixPicture(_levels(model), rows, current)
    return ChangePicture(change.title, change.i_statement, change.we_statement, rows)


def _heading(change: Change | None, content: Content) -> str:
    if isinstance(content, Definitions):
        return "What the levels mean"
    if isinstance(content, FirstActions):
        return "What we do first"
    if isinstance(content, PlanPicture):
        return "What we do next"
    return f"{change.number}  {change.title}" if change is not None else ""


def _position(change: Change, showing: Showing) -> str:
    ids = [row.id for row in change.rows]
    here = ids.index(showing.row) if showing.row in ids else 0
    return f"Row {here + 1} of {len(ids)}"


def _time(model: Model, workshop: Workshop, change: Change | None, now: dt.datetime) -> str:
    clock = workshop.clock
    if change is None or not clock.runs(now) or clock.change != change.id:
        return ""
    return time_words(pace(model, workshop, change.id, now))


def _levels(model: Model) -> tuple[RoomLevel, ...]:
    return tuple(RoomLevel(v.number, v.name, v.definition) for v in model.levels)


def _row(model: Model, workshop: Workshop, row: Row) -> RoomRow:
    record = workshop.row(row.id)
    before = previous(model, workshop, row.id)
    earlier = month_words(workshop.baseline.held_on) if workshop.baseline else ""
    tally = last_tally(record)
    movement = before.movement or f"{earlier}: {before.words}" if before is not None else ""
    return RoomRow(
        name=row.name,
        outcome=record.outcome,
        standing=standing(model, record),
        descriptors=tuple(
            _descriptor(
                level, text, record, tally, earlier if before and before.level == level.id else ""
            )
            for level, text in zip(model.levels, row.descriptors, strict=True)
        ),
        spread=last_words(model, record),
        first_spread=first_words(model, record),
        movement=movement,
    )


def _descriptor(
    level: Level, text: str, record: RowRecord, tally: Tally, before: str
) -> RoomDescriptor:
    word = chosen_word(record) if level.id == record.level else ""
    return RoomDescriptor(level.number, level.name, text, word, before, tally.number(level.id))


def month_words(held_on: dt.date | None) -> str:
    """Say when an earlier workshop was: "November 2025"; "Earlier" where no date is known."""
    return "Earlier" if held_on is None else f"{MONTHS[held_on.month - 1]} {held_on.year}"


def chosen_word(record: RowRecord) -> str:
    """Say what stands on the chosen descriptor: "Agreed", "Agreed with reservation, leaning up"."""
    parts = (record.outcome.words, record.lean.words if record.lean else "")
    return ", ".join(filter(None, parts))


def _action(model: Model, workshop: Workshop, action: Action) -> RoomAction:
    place, prompt_level, prompt = "", "", ""
    if action.row is not None and model.has_row(action.row):
        row = model.row(action.row)
        place = f"{model.change_of(action.row).title} · {row.name}"
        level = workshop.row(action.row).level
        if level is not None and model.has_level(level):
            following = model.next_level(level)
            if following is not None:
                prompt_level = following.name
                prompt = model.descriptor(action.row, following.id)
    elif action.change is not None and model.has_change(action.change):
        place = model.change(action.change).title
    return RoomAction(
        place=place,
        prompt_level=prompt_level,
        prompt=prompt,
        labels=(*model.columns[2:], "Owner"),
        to_do=action.to_do,
        due=due_words(action),
        success=action.success,
        owner=action.owner,
        put_first=action.id in workshop.first_actions,
    )
